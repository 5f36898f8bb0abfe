import ScenDiagnostics

/// Times and durations in ns, as text.
enum TimeText {
    /// Exact, as a scenario would write it: `20ms`, `1.5s`, `2h`.
    static func exact(_ ns: Int) -> String { DurationText.exact(ns) }

    /// The largest unit of which `ns` is at least one, with its length in ns.
    static func unit(for ns: Double) -> (name: String, ns: Double) {
        let units: [(String, Double)] = [
            ("y", 31_536_000e9), ("d", 86_400e9), ("h", 3_600e9), ("m", 60e9), ("s", 1e9), ("ms", 1e6), ("us", 1e3),
        ]
        return units.first { ns >= $0.1 } ?? ("ns", 1)
    }

    /// One unit and as many decimals as are needed, so that a column of times can be compared at a glance.
    struct Scale: Sendable {
        let unit: UInt
        let name: String
        let decimals: Int

        private static let decimalsMax = 3

        init(for times: [Int]) {
            let longest = times.map(\.magnitude).max() ?? 0
            let (unit, digits, name): (UInt, Int, String) =
                switch longest {
                case 0: (1_000_000, 6, "ms")
                case ..<1_000: (1, 0, "ns")
                case ..<1_000_000: (1_000, 3, "us")
                case ..<10_000_000_000: (1_000_000, 6, "ms")
                default: (1_000_000_000, 9, "s")
                }
            var needed = 0
            for time in times {
                var rest = time.magnitude % unit
                var decimals = digits
                while decimals > needed, rest.isMultiple(of: 10) {
                    rest /= 10
                    decimals -= 1
                }
                needed = max(needed, decimals)
            }
            self.unit = unit
            self.name = name
            self.decimals = min(needed, Self.decimalsMax)
        }

        func text(_ ns: Int) -> String {
            let value = Double(ns) / Double(unit)
            return "\(NumberText.fixed(value, decimals: decimals)) \(name)"
        }
    }
}
