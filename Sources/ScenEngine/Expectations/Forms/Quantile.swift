package import ScenModel

/// `quantile: x, q: 99%`: the least value that x does not exceed in a share q of runs compares as asked.
package struct QuantileRule: StatisticRule {
    package let routine: Program.RoutineID
    /// Above 0, below 1.
    package let q: Double
    package let comparison: CompiledExpectation.Comparison
    package var need: Watch.Need { .value }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict { .measures(watched.value) }

    package func statistic(_ tally: Tally) -> Statistic? {
        guard !tally.values.isEmpty else { return nil }
        return QuantileInterval.of(tally.values, q: q, confidence: Statistics.confidence)
    }
}
