/// A duration as a scenario would write it, exact: `20ms`, `1.5s`, `2h`.
package enum DurationText {
    package static func exact(_ ns: Int) -> String {
        if ns == 0 { return "0s" }
        let sign = ns < 0 ? "-" : ""
        let size = ns.magnitude
        for (unit, name) in [(86_400, "d"), (3_600, "h"), (60, "m")] as [(UInt, String)]
        where size.isMultiple(of: unit * 1_000_000_000) {
            return "\(sign)\(size / (unit * 1_000_000_000))\(name)"
        }
        for (unit, digits, name) in [(1_000_000_000, 9, "s"), (1_000_000, 6, "ms"), (1_000, 3, "us")]
            as [(UInt, Int, String)] where size >= unit
        {
            var fraction = String(size % unit)
            fraction = String(repeating: "0", count: digits - fraction.count) + fraction
            while fraction.hasSuffix("0") { fraction.removeLast() }
            return "\(sign)\(size / unit)\(fraction.isEmpty ? "" : "." + fraction)\(name)"
        }
        return "\(sign)\(size)ns"
    }
}
