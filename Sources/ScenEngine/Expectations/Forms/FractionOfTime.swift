package import ScenModel

/// `fraction-of-time: e`: the share of time during which e holds, in the mean over runs, compares as asked.
package struct FractionOfTimeRule: StatisticRule {
    package let routine: Program.RoutineID
    package let comparison: CompiledExpectation.Comparison
    package var need: Watch.Need { .share }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict { .measures(watched.value) }

    package func statistic(_ tally: Tally) -> Statistic? {
        guard let mean = tally.mean else { return nil }
        return Statistic(
            estimate: mean, interval: BettingInterval.twoSided(tally.values, confidence: Statistics.confidence))
    }
}
