import ScenModel

/// What each node has seen of a run, with perfect recall, as one number: equal views have equal numbers.
///
/// A view is a chain: that before it, with what happened to the node since. It begins with the node and its input. An event adds
/// itself (what arrived and from whom, a timer, a round, a recovery), what the node chose, what it really sent, and the round or
/// clock that it could read. A crash ends the chain: what is left is what the node holds then, which is what was on stable
/// storage.
struct Views: ~Copyable {
    /// Vectors of one or two words continue a view; longer ones begin one.
    private let chains: VectorStore
    /// Event, choices, and messages sent.
    private let actions: VectorStore
    /// By number of an outcome of `LocalSteps`: action + 1.
    private var actionOf: [UInt32] = []
    private var vector: [Int] = []

    private enum Beginning {
        static let ofRun = -1
        static let afterCrash = -2
    }
    /// With what a node held after it, in an action; see `Looks`.
    private let keepsLocals: Bool

    init(keepsLocals: Bool) {
        self.keepsLocals = keepsLocals
        chains = VectorStore(wordsMax: 1 << 32)
        actions = VectorStore(wordsMax: 1 << 30)
    }

    deinit {
        chains.release()
        actions.release()
    }

    var count: Int { chains.count }
    var bytes: Int { chains.bytes + actions.bytes }

    /// Before anything happens; nil if there is no room.
    mutating func first(of node: Int, input: Word) -> UInt32? {
        intern([Beginning.ofRun, node, input.bits])
    }

    /// Of a node that is down: `local` is its local state.
    mutating func down(_ local: UnsafeBufferPointer<Int>, width: Int) -> UInt32? {
        vector.removeAll(keepingCapacity: true)
        vector.append(Beginning.afterCrash)
        vector.append(local[LocalState.node])
        vector.append(local[LocalState.input])
        for index in 0..<width { vector.append(local[LocalState.variables + index]) }
        return intern(vector)
    }

    /// After an event with this outcome. `clock`: what the node could read, or 0.
    mutating func next(
        after view: UInt32, _ event: LocalEvent, outcome number: Int, clock: Int, in steps: LocalSteps
    ) -> UInt32? {
        guard let action = action(event, number, steps) else { return nil }
        let link = Int(view) | action << 32
        return clock == 0 ? intern([link]) : intern([link, clock])
    }

    /// After an event in which the node did nothing.
    mutating func next(after view: UInt32, silent event: LocalEvent, clock: Int) -> UInt32? {
        let vector = [event.bits, 0]
        let action = vector.withUnsafeBufferPointer { actions.intern($0.baseAddress!, $0.count) }
        return action.flatMap { intern([Int(view) | $0 << 32, clock]) }
    }

    /// Of its own accord. Such nodes have no clocks.
    mutating func next(after view: UInt32, saying message: LocalEvent) -> UInt32? {
        // No handler makes a negative number of choices.
        let vector = [message.bits, -1]
        let action = vector.withUnsafeBufferPointer { actions.intern($0.baseAddress!, $0.count) }
        return action.flatMap { intern([Int(view) | $0 << 32]) }
    }

    private mutating func action(_ event: LocalEvent, _ number: Int, _ steps: LocalSteps) -> Int? {
        if number < actionOf.count, actionOf[number] != 0 { return Int(actionOf[number]) - 1 }
        let outcome = steps.outcomes[number]
        let choices = steps.manners[outcome.manner].choices
        let vector =
            [event.bits, choices.count] + choices + (keepsLocals ? [outcome.local] : [])
            + steps.sends[outcome.firstSend..<outcome.firstSend + outcome.sendCount]
        guard let action = vector.withUnsafeBufferPointer({ actions.intern($0.baseAddress!, $0.count) }) else { return nil }
        while actionOf.count <= number { actionOf.append(0) }
        actionOf[number] = UInt32(action + 1)
        return action
    }

    private mutating func intern(_ vector: [Int]) -> UInt32? {
        vector.withUnsafeBufferPointer { chains.intern($0.baseAddress!, $0.count) }.map { UInt32($0) }
    }
}

/// Read back.
extension Views {
    enum Link {
        case begins(node: Int, input: Word)
        /// A crash; what is left.
        case fell(node: Int, input: Word, held: [Int])
        case goesOn(after: UInt32, Action, clock: Int)
    }
    struct Action {
        var event: LocalEvent
        var choices: [Int]
        /// Nil if the node did nothing.
        var local: Int?
        var sends: [Int]
    }

    /// Only where actions hold locals.
    subscript(view: Int) -> Link {
        let words = chains[view]
        if words.count <= 2 {
            return .goesOn(
                after: UInt32(truncatingIfNeeded: words[0]), action(words[0] >> 32), clock: words.count == 2 ? words[1] : 0)
        }
        let input = Word(bits: words[2])
        return words[0] == Beginning.ofRun ? .begins(node: words[1], input: input) : .fell(node: words[1], input: input, held: Array(words[3...]))
    }

    private func action(_ number: Int) -> Action {
        let words = actions[number]
        let afterChoices = 2 + words[1]
        let hasLocal = words.count > afterChoices
        return Action(
            event: LocalEvent(bits: words[0]), choices: Array(words[2..<afterChoices]), local: hasLocal ? words[afterChoices] : nil,
            sends: hasLocal ? Array(words[(afterChoices + 1)...]) : [])
    }
}
