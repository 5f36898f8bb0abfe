/// A confidence interval for a quantile from ordered values: whatever their distribution, the number of values below the
/// quantile is binomial (David and Nagaraja, "Order Statistics", 2003, section 7.1).
package enum QuantileInterval {
    /// `values` is not empty; `q` above 0, below 1. The estimate is the quantile of the sample: the least value that at least a
    /// share q of them does not exceed (type 1 of Hyndman and Fan 1996). Where the values are too few for an end, it is
    /// infinite.
    package static func of(_ values: [Double], q: Double, confidence: Double) -> Statistic {
        let sorted = values.sorted()
        let count = sorted.count
        let tail = (1 - confidence) / 2
        // The quantile is below value number k only if fewer than k values are at most it.
        let below = largest(in: 0...count) { $0 == 0 || atMost($0 - 1, of: count, q) <= tail }
        // It is above the k-th value from the top only if all but k - 1 or more lie below it.
        let above = largest(in: 0...count) { $0 == 0 || 1 - atMost(count - $0, of: count, q) <= tail }
        let low = below == 0 ? -Double.infinity : sorted[below - 1]
        let high = above == 0 ? Double.infinity : sorted[count - above]
        let place = min(count, max(1, Int((Double(count) * q).rounded(.up))))
        return Statistic(estimate: sorted[place - 1], interval: low...max(low, high))
    }

    /// P(X <= k) for X of binomial distribution.
    private static func atMost(_ k: Int, of count: Int, _ q: Double) -> Double {
        k >= count ? 1 : IncompleteBeta.value(1 - q, Double(count - k), Double(k + 1))
    }

    /// The largest number that satisfies a condition which holds up to some number, and for the first.
    private static func largest(in range: ClosedRange<Int>, _ holds: (Int) -> Bool) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = low + (high - low + 1) / 2
            if holds(middle) { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
