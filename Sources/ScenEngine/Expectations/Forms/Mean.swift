package import ScenModel

/// `mean: x`: the mean of x at the ends of runs compares as asked.
package struct MeanRule: StatisticRule {
    package let routine: Program.RoutineID
    package let comparison: CompiledExpectation.Comparison
    package var need: Watch.Need { .value }
    package var basis: String? { "if its variance is finite" }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict { .measures(watched.value) }

    package func statistic(_ tally: Tally) -> Statistic? {
        guard !tally.values.isEmpty else { return nil }
        let mean = MeanInterval(tally.values, confidence: Statistics.confidence)
        return Statistic(estimate: mean.mean, interval: mean.interval)
    }
}
