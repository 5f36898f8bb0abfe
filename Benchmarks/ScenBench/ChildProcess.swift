import Glibc

/// One run of a command: its output, the time that passed, and the CPU time it took.
struct ChildProcess {
    var output: [UInt8]
    var status: Int32
    var wallSeconds: Double
    var cpuSeconds: Double
    var peakMegabytes: Double

    init(_ arguments: [String]) throws(BenchFailure) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchFailure("no pipe") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        defer { posix_spawn_file_actions_destroy(&actions) }
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        let start = Self.now()
        let code = posix_spawn(&process, arguments[0], &actions, nil, &words, environ)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw BenchFailure("cannot start \(arguments[0])")
        }
        output = Files.readAll(ends[0])
        close(ends[0])
        var usage = rusage()
        var result: Int32 = 0
        while wait4(process, &result, 0, &usage) < 0, errno == EINTR {}
        wallSeconds = Self.now() - start
        cpuSeconds = Self.seconds(usage)
        // Linux counts in KiB.
        peakMegabytes = Double(usage.ru_maxrss) / 1024
        status = result
    }

    /// CPU time of this process so far.
    static func ownSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return seconds(usage)
    }

    static func seconds(_ usage: rusage) -> Double {
        Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

enum Files {
    static func read(_ path: String) throws(BenchFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BenchFailure("cannot read \(path)") }
        defer { close(descriptor) }
        return readAll(descriptor)
    }

    static func readAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    static func write(_ text: String, to path: String) throws(BenchFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw BenchFailure("cannot write \(path)") }
        defer { close(descriptor) }
        var text = text
        let complete = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) == $0.count }
        guard complete else { throw BenchFailure("cannot write \(path)") }
    }
}
