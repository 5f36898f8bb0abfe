package import ScenModel

/// `probability: e`: the share of runs whose end satisfies e compares as asked.
package struct ProbabilityRule: StatisticRule {
    package let routine: Program.RoutineID
    package let comparison: CompiledExpectation.Comparison
    package var need: Watch.Need { .end }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        watched.atEnd ? .satisfies : .violates
    }

    package func statistic(_ tally: Tally) -> Statistic? {
        guard tally.runs > 0 else { return nil }
        return Statistic(
            estimate: Double(tally.satisfying) / Double(tally.runs),
            interval: BinomialInterval.twoSided(
                hits: tally.satisfying, runs: tally.runs, confidence: Statistics.confidence))
    }
}
