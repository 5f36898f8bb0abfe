/// Numbers as reports show them. Never through `printf`: its locale is not ours.
package enum NumberText {
    /// `4,000`
    package static func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// `1 run`, `4,000 runs`
    static func count(_ value: Int, _ noun: String, plural: String? = nil) -> String {
        "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
    }

    /// With so many digits after the point, rounded half away from zero; `decimals` is at most 17.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "undefined" : value < 0 ? "-infinity" : "infinity" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded(.toNearestOrAwayFromZero)
        guard scaled < 9e15 else { return "\(value)" }
        let whole = Int(scaled)
        let digits = String(whole)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = value < 0 && whole != 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }

    /// How many decimals show `value` with so many significant digits.
    static func decimals(for value: Double, significant: Int) -> Int {
        var magnitude = value.magnitude
        guard magnitude > 0, magnitude.isFinite else { return 0 }
        var decimals = significant - 1
        while magnitude >= 10, decimals > 0 {
            magnitude /= 10
            decimals -= 1
        }
        while magnitude < 1, decimals < 15 {
            magnitude *= 10
            decimals += 1
        }
        return decimals
    }

    /// Without the zeros at the end of its fraction.
    static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = text
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// What a scenario states: `50%`, `0.390625%`.
    static func exactPercent(_ share: Double, significant: Int = 6) -> String {
        let percent = share * 100
        return trimmed(fixed(percent, decimals: min(15, decimals(for: percent, significant: significant)))) + "%"
    }

    /// The same of a number: `45`, `0.333333`.
    static func exact(_ value: Double, significant: Int = 6) -> String {
        trimmed(fixed(value, decimals: min(15, decimals(for: value, significant: significant))))
    }

    /// What was measured, with decimals that its interval justifies.
    static func percents(_ shares: [Double], within interval: ClosedRange<Double>?) -> [String] {
        let width = interval.map { ($0.upperBound - $0.lowerBound) * 100 } ?? 1
        let decimals = min(8, decimals(for: width, significant: 2))
        return shares.map { fixed($0 * 100, decimals: decimals) + "%" }
    }

    /// An upper bound, rounded up, with two significant digits: `0.075%`.
    static func percentAtMost(_ share: Double) -> String {
        let percent = share * 100
        let decimals = min(12, decimals(for: percent, significant: 2))
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        // A bound that is exact but for the last bit of a double is not rounded up.
        let up = (percent * scale - 1e-9).rounded(.up) / scale
        return fixed(up, decimals: decimals) + "%"
    }
}
