package import ScenModel

/// What one run came to.
package struct RunResult: Sendable {
    /// Steps that were carried out: starts, deliveries, timers, rounds, crashes.
    package var events: Int
    /// Messages that reached a node that was up.
    package var deliveries: Int
    package var end: Story.End
    /// ns
    package var endTime: Int
    /// Index of the outcome, first match; nil if none holds.
    package var outcome: Int?
    /// One for each watch.
    package var watched: [Watched]
    package var failure: RuntimeFailure?
    /// Content hash over every step, its time and its effects: equal runs have equal hashes on every machine.
    package var hash: UInt64
    package init(
        events: Int = 0, deliveries: Int = 0, end: Story.End = .quiescent, endTime: Int = 0,
        outcome: Int? = nil, watched: [Watched] = [], failure: RuntimeFailure? = nil,
        hash: UInt64 = 0
    ) {
        self.events = events
        self.deliveries = deliveries
        self.end = end
        self.endTime = endTime
        self.outcome = outcome
        self.watched = watched
        self.failure = failure
        self.hash = hash
    }
}

/// Samples runs of one case. One worker owns it and runs one seed after another in the same memory.
package final class Simulator {
    package let compiled: CompiledCase
    package init(_ compiled: CompiledCase, budgets: RunBudgets = RunBudgets()) {
        self.compiled = compiled
    }

    /// The run that `seed` fixes, until nothing is left to happen or `horizon` (ns).
    package func run(seed: UInt64, horizon: Int, watches: [Watch]) -> RunResult {
        RunResult()
    }

    /// The same run again, told. `limit`: steps kept at most, the last ones (a run may have millions).
    package func tell(seed: UInt64, horizon: Int, watches: [Watch], limit: Int) -> (RunResult, Story) {
        (RunResult(), Story(seed: seed, types: TypeTable(), variables: [], steps: [], end: .quiescent, endTime: 0))
    }
}
