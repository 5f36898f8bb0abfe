import ArgumentParser
import Glibc

/// A number with a unit, as limits are given on the command line.
private enum Measure {
    /// Nil unless the unit is one of these; `Int.max` stands for all that is larger.
    static func parse(_ text: String, units: [(name: String, size: Int)]) -> Int? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        let name = String(text.dropFirst(digits.count)).drop { $0 == " " }
        guard !digits.isEmpty, let unit = units.first(where: { $0.name == name }) else { return nil }
        guard let number = Int(digits) else { return Int.max }
        let (size, overflow) = number.multipliedReportingOverflow(by: unit.size)
        return overflow ? Int.max : size
    }
}

/// Of `--memory`, in bytes.
enum MemorySize {
    private static let smallest = 16 << 20

    @Sendable static func parse(_ text: String) throws -> Int {
        let units = [
            ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ]
        guard let bytes = Measure.parse(text, units: units) else {
            throw ValidationError("'\(text)' is not a size such as 512MiB or 4GiB")
        }
        guard bytes >= smallest else { throw ValidationError("--memory must be at least 16MiB") }
        return bytes
    }

    /// Of the machine, or of the group of processes that may use no more.
    static var ofMachine: Int {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let machine = pages > 0 ? pages * sysconf(Int32(_SC_PAGESIZE)) : Int.max
        guard case .success(let bytes) = FileReading.read("/sys/fs/cgroup/memory.max") else { return machine }
        let limit = Int(String(decoding: bytes, as: UTF8.self).prefix { ("0"..."9").contains($0) })
        return min(machine, limit ?? machine)
    }
}

/// Of `--time`.
struct TimeLimit {
    let text: String
    private let seconds: Double

    @Sendable static func parse(_ text: String) throws -> TimeLimit {
        let units = [("ms", 1), ("s", 1_000), ("min", 60_000), ("h", 3_600_000)]
        guard let milliseconds = Measure.parse(text, units: units) else {
            throw ValidationError("'\(text)' is not a duration such as 30s, 10min or 2h")
        }
        guard milliseconds > 0 else { throw ValidationError("--time must be more than 0") }
        return TimeLimit(text: text, seconds: Double(milliseconds) / 1_000)
    }

    /// Begins now.
    func watch() -> @Sendable () -> Bool {
        let watch = Stopwatch()
        return { [seconds] in watch.seconds >= seconds }
    }
}
