import Testing

@testable import ScenEngine
import ScenModel

@Suite struct FormTests {
    func run(_ end: Story.End, at time: Int = 100) -> RunResult {
        RunResult(events: 10, end: end, endTime: time)
    }
    func at(_ time: Int) -> Watched { Watched(moment: .init(step: 3, time: time), atEnd: true) }
    let nothing = Watched(moment: nil, atEnd: false)

    @Test func alwaysAndNever() {
        #expect(AlwaysRule(routine: 0).judge(at(5), in: run(.quiescent)) == .violates)
        #expect(AlwaysRule(routine: 0).judge(nothing, in: run(.quiescent)) == .satisfies)
        #expect(NeverRule(routine: 0).judge(at(5), in: run(.quiescent)) == .violates)
        #expect(NeverRule(routine: 0).judge(nothing, in: run(.quiescent)) == .satisfies)
    }

    @Test func eventuallyWithin() {
        let rule = EventuallyRule(routine: 0, within: 50)
        #expect(rule.judge(at(50), in: run(.quiescent)) == .satisfies)
        #expect(rule.judge(at(51), in: run(.quiescent)) == .violates)
        // A run that has ended for good never will; one cut off before the time is over still could.
        #expect(rule.judge(nothing, in: run(.quiescent, at: 20)) == .violates)
        #expect(rule.judge(nothing, in: run(.horizon, at: 20)) == .undecided)
        #expect(rule.judge(nothing, in: run(.horizon, at: 50)) == .violates)
        // Without a time the horizon is the end of the run: it is part of the scope.
        #expect(EventuallyRule(routine: 0, within: nil).judge(nothing, in: run(.horizon)) == .violates)
    }

    @Test func eventuallyAlways() {
        let rule = EventuallyAlwaysRule(routine: 0, within: 50)
        #expect(rule.judge(at(50), in: run(.quiescent)) == .satisfies)
        #expect(rule.judge(at(60), in: run(.quiescent)) == .violates)
        #expect(rule.judge(nothing, in: run(.quiescent)) == .violates)
        #expect(rule.judge(nothing, in: run(.horizon, at: 20)) == .undecided)
    }

    @Test func universalFormsNeedEveryRun() {
        var tally = Tally()
        tally.add(.satisfies, seed: 1, watched: nothing, run: run(.quiescent))
        #expect(AlwaysRule(routine: 0).conclude(tally, fresh: nil) == .holds)
        tally.add(.undecided, seed: 2, watched: nothing, run: run(.quiescent))
        guard case .inconclusive = AlwaysRule(routine: 0).conclude(tally, fresh: nil) else {
            Issue.record("a run that was cut off proves nothing")
            return
        }
        tally.add(.violates, seed: 3, watched: at(5), run: run(.quiescent))
        #expect(AlwaysRule(routine: 0).conclude(tally, fresh: nil) == .violated)
    }

    @Test func neverSeenIsNotImpossible() {
        var tally = Tally()
        tally.add(.undecided, seed: 1, watched: nothing, run: run(.quiescent))
        guard case .inconclusive = PossibleRule(routine: 0).conclude(tally, fresh: nil) else {
            Issue.record("chance proves no impossibility")
            return
        }
    }

    /// The shortest run is kept, and of equally short ones the first.
    @Test func shortestViolation() {
        var tally = Tally()
        for (seed, step) in [(1, 7), (2, 3), (3, 3), (4, 5)] {
            let watched = Watched(moment: .init(step: step, time: 0), atEnd: false)
            tally.add(.violates, seed: UInt64(seed), watched: watched, run: run(.quiescent))
        }
        #expect(tally.violation == Tally.Exhibit(seed: 2, events: 4, step: 3))
    }

    @Test func measuresAreComparedByTheirInterval() {
        func tally(_ values: [Double]) -> Tally {
            var tally = Tally()
            for value in values { tally.add(.measures(value), seed: 0, watched: nothing, run: run(.quiescent)) }
            return tally
        }
        let good = tally(Array(repeating: 0.999, count: 400))
        let rule = FractionOfTimeRule(routine: 0, comparison: .atLeast(0.95))
        #expect(rule.conclude(good, fresh: nil) == .holds)
        #expect(abs((rule.statistic(good)?.estimate ?? 0) - 0.999) < 1e-12)
        #expect(rule.conclude(tally(Array(repeating: 0.5, count: 400)), fresh: nil) == .needsConfirmation)
        let numbers = (1...200).map(Double.init)
        #expect(MeanRule(routine: 0, comparison: .between(80, 120)).conclude(tally(numbers), fresh: nil) == .holds)
        #expect(
            MeanRule(routine: 0, comparison: .atMost(80)).conclude(tally(numbers), fresh: tally(numbers)) == .violated)
        let median = QuantileRule(routine: 0, q: 0.5, comparison: .between(70, 130))
        #expect(median.conclude(tally(numbers), fresh: nil) == .holds)
        let tail = QuantileRule(routine: 0, q: 0.999, comparison: .atMost(1_000))
        guard case .needsMoreRuns = tail.conclude(tally(numbers), fresh: nil) else {
            Issue.record("200 runs do not show what one in 1000 comes to")
            return
        }
        guard case .needsMoreRuns = MeanRule(routine: 0, comparison: .atMost(9)).conclude(tally([1]), fresh: nil) else {
            Issue.record("one run shows no mean")
            return
        }
    }

    @Test func missIsConfirmedOnFreshRuns() {
        let rule = ProbabilityRule(routine: 0, comparison: .atLeast(0.9))
        func tally(_ hits: Int, _ misses: Int) -> Tally {
            var tally = Tally()
            for _ in 0..<hits { tally.add(.satisfies, seed: 0, watched: nothing, run: run(.quiescent)) }
            for _ in 0..<misses { tally.add(.violates, seed: 0, watched: nothing, run: run(.quiescent)) }
            return tally
        }
        #expect(rule.conclude(tally(500, 500), fresh: nil) == .needsConfirmation)
        #expect(rule.conclude(tally(1000, 1000), fresh: tally(500, 500)) == .violated)
        guard case .needsMoreRuns = rule.conclude(tally(800, 200), fresh: tally(95, 5)) else {
            Issue.record("fresh runs that do not miss confirm nothing")
            return
        }
        #expect(rule.conclude(tally(990, 10), fresh: nil) == .holds)
    }
}
