/// What a run may use before it is stopped with a diagnostic instead of being suffered.
package struct RunBudgets: Sendable {
    /// Instructions of one handler, its functions and `when` handlers included.
    package var instructionsPerHandler = 10_000_000
    package var callDepth = 1_000
    /// Elements of one list, set, map or string.
    package var elementsPerValue = 1_000_000
    /// Messages and timers of one handler: what it has done is kept until it ends.
    package var effectsPerHandler = 1_000_000
    package var eventsPerRun = 200_000_000
    /// At one moment: with so many of them time is taken to stand still. Twice as many may come to pass.
    package var eventsPerMoment = 20_000_000
    /// Messages in flight, and timers, each of which counts twice: 32 bytes each.
    package var pendingPerRun = 4_000_000
    /// Links that have carried a message, in systems too large for a table of all links: 16 to 40 bytes each.
    package var linksPerRun = 12_000_000
    /// Bytes of the arena of one worker.
    package var arenaBytes = 512 << 20
    /// Elements of values with more than `largeValue` that a run may go through: each change of a value makes another, so that one
    /// which grows for ever makes every step slower.
    package var largeElementsPerRun = 2_000_000_000
    package static let largeValue = 4_096
    package init() {}
}
