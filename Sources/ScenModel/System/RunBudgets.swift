/// What a run may use before it is stopped with a diagnostic instead of being suffered.
package struct RunBudgets: Sendable {
    /// Instructions of one handler, its functions and `when` handlers included.
    package var instructionsPerHandler = 10_000_000
    package var callDepth = 1_000
    /// Elements of one list, set, map or string.
    package var elementsPerValue = 1_000_000
    package var eventsPerRun = 200_000_000
    /// Bytes of the arena of one worker.
    package var arenaBytes = 512 << 20
    package init() {}
}
