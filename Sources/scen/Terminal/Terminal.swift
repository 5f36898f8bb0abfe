import Glibc

/// What can be known of where output goes.
enum Terminal {
    enum ColorChoice: String, CaseIterable, Sendable { case auto, always, never }

    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    static func color(_ choice: ColorChoice, on descriptor: Int32) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        case .auto:
            isTerminal(descriptor) && variable("NO_COLOR")?.isEmpty != false && variable("TERM") != "dumb"
        }
    }

    /// Nil where it is unknown.
    static func columns(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    static func error(_ text: String) {
        DescriptorWriting.write(text, to: STDERR_FILENO)
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

/// Seconds since some moment, never going back.
struct Stopwatch: Sendable {
    private let start = Stopwatch.now()

    var seconds: Double { Self.now() - start }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
