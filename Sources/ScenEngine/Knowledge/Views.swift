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

    init() {
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

    private mutating func action(_ event: LocalEvent, _ number: Int, _ steps: LocalSteps) -> Int? {
        if number < actionOf.count, actionOf[number] != 0 { return Int(actionOf[number]) - 1 }
        let outcome = steps.outcomes[number]
        let choices = steps.manners[outcome.manner].choices
        let vector =
            [event.bits, choices.count] + choices + steps.sends[outcome.firstSend..<outcome.firstSend + outcome.sendCount]
        guard let action = vector.withUnsafeBufferPointer({ actions.intern($0.baseAddress!, $0.count) }) else { return nil }
        while actionOf.count <= number { actionOf.append(0) }
        actionOf[number] = UInt32(action + 1)
        return action
    }

    private mutating func intern(_ vector: [Int]) -> UInt32? {
        vector.withUnsafeBufferPointer { chains.intern($0.baseAddress!, $0.count) }.map { UInt32($0) }
    }
}
