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

    private func number(of context: FalseWords.Context) -> Int {
        if let known = numberOfContext[context] { return known }
        contexts.append(context)
        numberOfContext[context] = contexts.count + 1
        return contexts.count + 1
    }

    /// As `context` gave it.
    func enterContext(_ number: Int) -> Bool { number < 2 || world.falseWords.enter(contexts[number - 2]) }
}
