import Glibc

/// Exact confidence intervals for a share (Clopper and Pearson 1934): they contain the true share at least as often as they say,
/// whatever it is and however few the runs.
package enum BinomialInterval {
    /// `hits` of `runs`; `confidence` in 0..<1, both sides together. No run at all says nothing: 0...1.
    package static func twoSided(hits: Int, runs: Int, confidence: Double) -> ClosedRange<Double> {
        guard runs > 0 else { return 0...1 }
        let tail = (1 - confidence) / 2
        let low =
            hits == 0
            ? 0 : IncompleteBeta.quantile(tail, Double(hits), Double(runs - hits + 1))
        let high =
            hits == runs
            ? 1 : IncompleteBeta.quantile(1 - tail, Double(hits + 1), Double(runs - hits))
        return low...max(low, high)
    }

    /// What never happened in `runs` runs happens in at most this share of them, with `confidence`.
    package static func neverSeen(runs: Int, confidence: Double) -> Double {
        guard runs > 0 else { return 1 }
        return -expm1(log(1 - confidence) / Double(runs))
    }
}
