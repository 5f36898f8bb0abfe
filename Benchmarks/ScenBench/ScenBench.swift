import Glibc

/// `make bench`: the figures that scen promises, measured anew, each with a hash of its result, so that a fast wrong
/// answer shows.
@main
struct ScenBench {
    static func main() throws(BenchFailure) {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let tiny = arguments.first == "--tiny"
        if tiny { arguments.removeFirst() }
        guard arguments.count == 2 else {
            Console.error("usage: scen-bench [--tiny] SCEN FOLDER-WITH-SCENARIOS\n")
            exit(2)
        }
        let (scen, folder) = (arguments[0], arguments[1])
        do {
            Console.show(name: "", figure: "median", wanted: "wanted", hash: "hash of the result")
            try PingPong(path: folder + "/ping-pong.yaml", tiny: tiny).measure()
            try Throughput.all(folder: folder, tiny: tiny)
            try Memory.all(scen: scen, folder: folder, tiny: tiny)
            try Workers(scen: scen, path: folder + "/workers.yaml", tiny: tiny).measure()
            try Explorations(scen: scen, folder: folder, tiny: tiny).measure()
            try Availability(scen: scen, path: folder + "/availability.yaml", tiny: tiny).measure()
            try StartUp(scen: scen, path: folder + "/small.yaml", tiny: tiny).measure()
            try Checking(scen: scen, tiny: tiny).measure()
        } catch {
            Console.error("error: \(error.message)\n")
            exit(1)
        }
    }
}

struct BenchFailure: Error {
    let message: String
    init(_ message: String) { self.message = message }
}

enum Console {
    static func error(_ text: String) { write(text, to: STDERR_FILENO) }

    static func show(name: String, figure: String, wanted: String, hash: String) {
        write(
            padded(name, 64) + padded(figure, 22) + padded(wanted, 22) + hash + "\n", to: STDOUT_FILENO)
    }

    private static func padded(_ text: String, _ columns: Int) -> String {
        text + String(repeating: " ", count: max(1, columns - text.count))
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}

enum Median {
    static func of(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// Three digits are more than a measurement here can tell.
    static func text(_ value: Double, _ unit: String) -> String {
        var digits = 0
        var scale = 1.0
        while value * scale < 100, digits < 3 {
            scale *= 10
            digits += 1
        }
        let whole = Int((value * scale).rounded())
        guard digits > 0 else { return "\(whole) \(unit)" }
        let text = String(repeating: "0", count: max(0, digits + 1 - "\(whole)".count)) + "\(whole)"
        return "\(text.dropLast(digits)).\(text.suffix(digits)) \(unit)"
    }
}

/// FNV-1a: stable, and short to write.
enum ContentHash {
    static func text(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return text(hash)
    }

    static func text(_ hash: UInt64) -> String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
