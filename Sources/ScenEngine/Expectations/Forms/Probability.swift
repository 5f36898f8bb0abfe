package import ScenModel

/// `probability: e`: the share of runs whose end satisfies e compares as asked.
package struct ProbabilityRule: FormRule {
    /// Of the interval that decides.
    package static let confidence = 0.999

    package let routine: Program.RoutineID
    package let comparison: CompiledExpectation.Comparison
    package var need: Watch.Need { .end }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        watched.atEnd ? .satisfies : .violates
    }

    package func conclude(_ tally: Tally, fresh: Tally?) -> Conclusion {
        let all = Self.interval(tally)
        switch comparison.judge(all) {
        case .right: return .holds
        case .tooWide:
            return .needsMoreRuns("the interval contains the value, but is wider than the tolerance")
        case .straddles: return .needsMoreRuns("the interval lies on both sides")
        case .wrong:
            guard let fresh else { return .needsConfirmation }
            if comparison.judge(Self.interval(fresh)) == .wrong { return .violated }
            return .needsMoreRuns("a miss was not confirmed on fresh runs")
        }
    }

    package static func interval(_ tally: Tally) -> ClosedRange<Double> {
        BinomialInterval.twoSided(
            hits: tally.satisfying, runs: tally.runs, confidence: confidence)
    }
}
