import ScenModel

extension LocalSteps {
    struct Outcome: Equatable {
        /// The local state after it.
        var local: Int
        /// Where in `sends` its messages stand, in the order of sending.
        var firstSend: Int
        var sendCount: Int
        /// Index in `manners`.
        var manner: Int
        /// Which of the `LieChoices` of a Byzantine node it is.
        var lies = 0
        /// Index in `notes`.
        var note = 0
    }
    /// How a handler ran, beside its event: what it chose, and where it crashed.
    struct Manner: Equatable {
        var choices: [Int] = []
        var interruption: Machine.Interruption?
        /// Of a node that may lie: where in `sends` stands what its handler means to send.
        var meant: Range<Int>?
        /// As `range` was asked.
        var lying = 0
    }
    enum Problem {
        case failed(RuntimeFailure)
        case tooManyOutcomes(LocalEvent)
        case memory
    }

    /// The choices that follow these in order; empty after the last.
    static func next(_ taken: [ChoiceTape.Taken]) -> [Int] {
        var choices = taken
        while let last = choices.popLast() {
            if last.choice + 1 < last.of { return choices.map(\.choice) + [last.choice + 1] }
        }
        return []
    }
}
