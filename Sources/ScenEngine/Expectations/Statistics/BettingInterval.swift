import Glibc

/// A confidence interval for the mean of values from 0 to 1 whose distribution is unknown, by betting (Waudby-Smith and Ramdas,
/// "Estimating means of bounded random variables by betting", JRSS B 2024). It contains the mean at least as often as it
/// says, however few the values and however skewed, and narrows as they vary less.
///
/// Who bets a share of a capital of 1 on each value being above m, before seeing it, and at fair odds if m is the mean,
/// multiplies the capital by 1 + b (x - m). If m is the mean, or above it, the capital ever reaches 1/a with a chance of at most
/// a (Ville 1939). So all m at which it does are left out; the same from above.
package enum BettingInterval {
    /// At most so much of what could be lost is bet: the paper's choice.
    private static let boldness = 0.75

    /// `confidence` in 0..<1, both sides together. No value at all says nothing: 0...1.
    package static func twoSided(_ values: [Double], confidence: Double) -> ClosedRange<Double> {
        guard !values.isEmpty else { return 0...1 }
        let goal = 2 / (1 - confidence)
        let bets = bets(on: values, goal)
        let low = least(values, bets, goal)
        let high = 1 - least(values.map { 1 - $0 }, bets, goal)
        // Two searches that end next to each other may cross by a bit.
        return min(low, high)...max(low, high)
    }

    /// Before each value, from those before it alone: large where they vary little (the paper's predictable plug-in).
    private static func bets(on values: [Double], _ goal: Double) -> [Double] {
        let scale = 2 * log(goal) / Double(values.count)
        var sum = 0.5
        var squares = 0.25
        var bets: [Double] = []
        bets.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            let seen = Double(index + 1)
            bets.append((scale * seen / squares).squareRoot())
            sum += value
            let mean = sum / (seen + 1)
            squares += (value - mean) * (value - mean)
        }
        return bets
    }

    /// The largest m below which all are left out: each factor falls as m grows, so halving finds it.
    private static func least(_ values: [Double], _ bets: [Double], _ goal: Double) -> Double {
        var low = 0.0
        var high = 1.0
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if reaches(goal, values, bets, middle) { low = middle } else { high = middle }
        }
        return low
    }

    private static func reaches(_ goal: Double, _ values: [Double], _ bets: [Double], _ m: Double) -> Bool {
        let most = boldness / m
        var capital = 1.0
        for (value, bet) in zip(values, bets) {
            capital *= 1 + min(bet, most) * (value - m)
            if capital >= goal { return true }
        }
        return false
    }
}
