import ScenModel

/// Counts over runs for one expectation, and the shortest run that shows what is worth showing.
package struct Tally: Sendable {
    /// The run to tell: the one with the fewest events, then the smallest seed.
    package struct Exhibit: Sendable, Hashable {
        package var seed: UInt64
        /// Events until it was decided.
        package var events: Int
        /// Nil: decided at the end of the run.
        package var step: Int?
        package var unmet: Watched.Obligation?
    }
    package private(set) var satisfying = 0
    /// Of those that satisfy it, how many do because nothing in them calls for anything.
    package private(set) var vacuous = 0
    package private(set) var violating = 0
    package private(set) var undecided = 0
    package private(set) var violation: Exhibit?
    package private(set) var witness: Exhibit?
    /// What was measured, in the order of runs.
    package private(set) var values: [Double] = []
    package var runs: Int { satisfying + violating + undecided + values.count }
    package var mean: Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }

    package init() {}

    /// Runs must come in the order of their seeds, so that the first of several equally short ones is kept.
    package mutating func add(_ verdict: RunVerdict, seed: UInt64, watched: Watched, run: RunResult) {
        switch verdict {
        case .undecided: undecided += 1
        case .measures(let value): values.append(value)
        case .satisfies, .vacuous:
            satisfying += 1
            vacuous += verdict == .vacuous ? 1 : 0
            Self.keepShorter(&witness, seed, watched, run)
        case .violates:
            violating += 1
            Self.keepShorter(&violation, seed, watched, run)
        }
    }

    private static func keepShorter(
        _ kept: inout Exhibit?, _ seed: UInt64, _ watched: Watched, _ run: RunResult
    ) {
        let events = watched.moment.map { $0.step + 1 } ?? run.events
        if let best = kept, best.events <= events { return }
        kept = Exhibit(seed: seed, events: events, step: watched.moment?.step, unmet: watched.unmet)
    }
}
