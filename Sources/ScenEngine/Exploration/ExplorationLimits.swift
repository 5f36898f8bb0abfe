/// What an exploration may use before it gives up. A verdict that needed more is inconclusive.
package struct ExplorationLimits: Sendable {
    /// How far an exploration is.
    package struct Progress: Sendable {
        package var states: Int
        /// Reached, and not yet expanded.
        package var frontier: Int
        /// Events from the beginning of runs.
        package var depth: Int
        package var bytes: Int
    }
    /// For states and what they consist of.
    package var bytes = 8 << 30
    /// As it was given: `10min`.
    package var time: String?
    /// Asked again and again; the engine has no clock.
    package var isTimeUp: (@Sendable () -> Bool)?
    package init() {}
}
