import ScenDiagnostics
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
        /// What is broadcast and delivered: a number of `notes`.
        var note = 0
        /// Timers that it sets: a number of `settings`.
        var setting = 0
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
    /// An event that was run in a local state, as `range` was asked, and its outcomes.
    struct Entered {
        var local: Int
        var event: LocalEvent
        var crashing: Bool
        var lying: Int
        var range: Range<Int>
    }
    enum Problem {
        case failed(RuntimeFailure)
        case tooManyOutcomes(LocalEvent)
        /// A timer runs for no multiple of the tick.
        case finerTick(Int)
        case memory
    }

    /// Of one event in one local state.
    static let outcomesMax = 1 << 20

    /// The words that local states, messages and timers refer to.
    func roots(_ mark: (Word) -> Void) {
        for id in 0..<locals.count {
            let vector = locals[id]
            mark(Word(bits: vector[LocalState.input]))
            for index in LocalState.variables..<vector.count { mark(Word(bits: vector[index])) }
        }
        for index in 0..<sends.count { mark(LocalEvent(bits: sends[index]).message) }
        for note in notes.all { for effect in note { mark(effect.word) } }
        for context in contexts { mark(context.seen) }
    }

    /// The choices that follow these in order; empty after the last.
    static func next(_ taken: [ChoiceTape.Taken]) -> [Int] {
        var choices = taken
        while let last = choices.popLast() {
            if last.choice + 1 < last.of { return choices.map(\.choice) + [last.choice + 1] }
        }
        return []
    }

    func hash(of outcome: Outcome) -> UInt64 {
        guard outcome.sendCount > 0 else { return UInt64(outcome.local) }
        return VectorStore.hash(sends.start + outcome.firstSend, outcome.sendCount) &+ UInt64(outcome.local)
    }
}
