import ScenModel

/// What traitors can sign, and what they have seen, decides what they may put into a signed field: with the local state of the one that
/// speaks it fixes what may come of an event.
extension LocalSteps {
    /// Of these nodes, which are faulty, in these local states. 1 where nothing is signed.
    func context(of faulty: [Int], _ locals: (Int) -> Int) -> Int {
        let layout = world.program.layout
        guard layout.keepsSeen else { return 1 }
        let arena = world.machine.arena
        var seen: Word?
        for node in faulty {
            let other = Word(bits: self.locals[locals(node)][LocalState.variables + layout.seen])
            seen = seen.map { arena.union($0, other) } ?? other
        }
        return number(of: FalseWords.Context(signers: faulty, seen: seen ?? .none))
    }

    /// The same after the node that has just run has received something.
    func contextAfter(_ lying: Int, of node: Int) -> Int {
        guard lying > 1 else { return lying }
        let seen = memory.nodes[node * memory.width + world.program.layout.seen]
        var context = contexts[lying - 2]
        context.seen = world.machine.arena.union(context.seen, seen)
        return number(of: context)
    }

    /// The local state of a traitor that has seen these messages too, before it handles any of them; nil if there is no room.
    func listened(_ local: Int, to messages: [Int]) -> Int? {
        var vector = Array(locals[local])
        let node = vector[LocalState.node]
        let place = world.program.layout.seen
        memory.nodes[node * memory.width + place] = Word(bits: vector[LocalState.variables + place])
        explored += 1
        for message in messages where !world.listen(to: LocalEvent(bits: message).message, node) { return nil }
        vector[LocalState.variables + place] = memory.nodes[node * memory.width + place].bits
        return vector.withUnsafeBufferPointer { locals.intern($0.baseAddress!, $0.count) }
    }

    private func number(of context: FalseWords.Context) -> Int {
        if let known = numberOfContext[context] { return known }
        contexts.append(context)
        numberOfContext[context] = contexts.count + 1
        return contexts.count + 1
    }

    /// As `context` gave it.
    func enterContext(_ number: Int) -> Bool { number < 2 || world.falseWords.enter(contexts[number - 2]) }
}
