import ScenModel

/// Byzantine nodes: their handlers run as those of correct nodes do, and only what they send may be something else.
extension World {
    /// Puts into the effects of the handler that has just run what the node says in truth or not. False, with
    /// `machine.failure`, if there is no room for it.
    func falsify(by liar: any Liar, _ node: Int) -> Bool {
        speech.meant.removeAll(keepingCapacity: true)
        speech.lies.removeAll(keepingCapacity: true)
        for effect in effects where effect.kind == .send && Int(effect.node) != node {
            speech.meant.append(Speech.Message(word: effect.word, to: Int(effect.node)))
        }
        guard !speech.meant.isEmpty else { return true }
        // From here on nothing is collected: words are in nobody's hands.
        guard machine.makeRoom(for: speech.meant.count, signed: falseWords.hasSigned),
            !falseWords.hasSigned || falseWords.enter(traitors())
        else {
            machine.failWithoutRoom(node: node)
            return false
        }
        var lies = liar.lies(about: speech.meant, by: node, falseWords)
        guard lies.contains(where: { $0 != .none }) else { return true }
        guard machine.falsify(effectsOf: node, &lies, falseWords) else {
            machine.failWithoutRoom(node: node)
            return false
        }
        if lies.contains(where: { $0 != .none }) { speech.lies = lies }
        effects = machine.effects
        return true
    }
}

extension World {
    /// Keeps the signed values of a message that reaches a traitor. False, with `machine.failure`, if there is no room for it.
    func listen(to message: Word, _ node: Int) -> Bool {
        let place = memory.nodes + node * memory.width + program.layout.seen
        let seen = falseWords.signed.adding(message, to: place.pointee, at: node)
        if seen.hasFailed {
            machine.failWithoutRoom(node: node)
            return false
        }
        place.pointee = seen
        return true
    }

    /// All that are faulty, and what they have seen.
    private func traitors() -> FalseWords.Context {
        let arena = machine.arena
        let faulty = (0..<arena.count(of: memory.faulty)).map { Word(bits: arena.contents(of: memory.faulty)[$0]).number }
        var seen = memory.nodes[program.layout.seen]
        for node in 0..<memory.nodeCount { seen = arena.union(seen, memory.nodes[node * memory.width + program.layout.seen]) }
        return FalseWords.Context(signers: faulty, seen: seen)
    }
}

extension Machine {
    /// Replaces the messages to other nodes among the effects of the last handler, or takes them out. A variant that is what the
    /// node means is no lie. False if the arena is full.
    func falsify(effectsOf node: Int, _ lies: inout [Lie], _ words: FalseWords) -> Bool {
        let effects = state.pointee.effects
        var kept = 0
        var next = 0
        for index in 0..<state.pointee.effectCount {
            var effect = effects[index]
            if effect.kind == .send, Int(effect.node) != node {
                let lie = lies[next]
                next += 1
                if lie == .omission { continue }
                if lie != .none {
                    let word = words.variant(lie.number, of: effect.word)
                    if word.hasFailed { return false }
                    if word == effect.word { lies[next - 1] = .none }
                    effect.word = word
                }
            }
            effects[kept] = effect
            kept += 1
        }
        state.pointee.effectCount = kept
        return true
    }

    /// For the messages, and for what may be signed in them.
    func makeRoom(for messages: Int, signed: Bool) -> Bool {
        let fields = program.types.messages.map(\.fields.count).max() ?? 0
        let words = messages * (fields + 1 + CompositeHeader.words) + (signed ? 1 << 16 : 0)
        if arena.room(words) != nil { return true }
        collectGarbageOfHandler()
        return arena.room(words) != nil
    }
}
