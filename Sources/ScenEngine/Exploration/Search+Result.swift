import ScenModel

extension Search {
    /// What a state may show about a condition.
    enum Question: Equatable {
        /// A state in which it is false.
        case falseSomewhere
        /// A state in which it is true.
        case trueSomewhere
        /// The end of a run in which it is false.
        case falseAtAnEnd
    }
    struct Asked {
        let routine: Program.RoutineID
        let question: Question
        /// The state that shows it.
        var answer: Int?
    }
    struct Result {
        var states: Int
        /// The longest of the shortest ways to a state.
        var depth: Int
        /// Every state within the scope was seen.
        var isComplete: Bool
        /// Some run has more steps than the scope allows.
        var wasCut: Bool
        /// States in which a run ends.
        var ends: Int
        var stop: Exploration.Stop?
        /// What to tell of `stop`.
        var reason = ""
        /// Something that may happen was left out in some state.
        var isReduced = false
        /// States stand for all in which interchangeable nodes have changed places.
        var isSymmetric = false
        /// The runs that are told may not be the shortest.
        var mayBeLonger = false
    }
}
