package import ScenModel

/// What runs say about a number.
package struct Statistic: Sendable, Hashable {
    package var estimate: Double
    /// An end may be infinite. Nil: they say nothing yet.
    package var interval: ClosedRange<Double>?
    package init(estimate: Double, interval: ClosedRange<Double>?) {
        self.estimate = estimate
        self.interval = interval
    }
}

/// Forms that compare a statistic over runs.
package protocol StatisticRule: FormRule {
    var comparison: CompiledExpectation.Comparison { get }
    /// Nil if no run has been judged.
    func statistic(_ tally: Tally) -> Statistic?
    /// What the interval rests on beside chance, for the report.
    var basis: String? { get }
}

/// Of every interval that decides.
package enum Statistics {
    package static let confidence = 0.999
}

extension StatisticRule {
    package var basis: String? { nil }

    package func conclude(_ tally: Tally, fresh: Tally?) -> Conclusion {
        guard let statistic = statistic(tally), let interval = statistic.interval else {
            return .needsMoreRuns("the values are too few, or too skewed, for an interval")
        }
        switch comparison.judge(interval) {
        case .right: return .holds
        case .tooWide:
            return .needsMoreRuns("the interval contains the value, but is wider than the tolerance")
        case .straddles: return .needsMoreRuns("the interval lies on both sides")
        case .wrong:
            guard let fresh else { return .needsConfirmation }
            if let again = self.statistic(fresh)?.interval, comparison.judge(again) == .wrong { return .violated }
            return .needsMoreRuns("a miss was not confirmed on fresh runs")
        }
    }
}
