/// A property that scenarios expect by name. Its condition is written in the language itself.
package struct LibraryProperty: Sendable {
    /// What an algorithm has to declare.
    package enum Need: Sendable {
        case input, decides, suspected, broadcasts
    }
    /// How a run is judged by the condition.
    package enum Form: Sendable, Hashable {
        /// Every state satisfies it.
        case always
        /// Some state satisfies it.
        case eventually
        /// It is a set, of which one element is there in every state.
        case alwaysSome
        /// States satisfy it from some moment on. `settled` is the same about what has been as it is for at least half of the
        /// run: where only the rest is missing, a run that was cut off has been too short to tell. With `half` so has one in
        /// which it was not satisfied throughout the last half.
        case lasting(settled: String, half: Bool)
        /// It is a set, of which one element is there from some moment on: throughout the last half of a run that was cut off.
        case lastingSome
    }
    package var name: String
    package var form: Form
    package var condition: String
    /// One line for `scen list`.
    package var definition: String
    /// Where it comes from.
    package var origin: String
    package var needs: [Need]

    package static let all = consensus + detector + broadcast

    /// Can be late: `within` says how soon it must be reached.
    var isReached: Bool { form == .eventually }
}
