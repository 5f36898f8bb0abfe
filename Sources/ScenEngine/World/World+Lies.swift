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

extension Machine {
    /// Replaces the messages to other nodes among the effects of the last handler, or takes them out. A variant that is what the
    /// node means is no lie. False if the arena is full.
    func falsify(effectsOf node: Int, _ lies: inout [Lie], _ words: FalseWords) -> Bool {
        guard makeRoom(for: lies.count) else { return false }
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

    /// So that nothing needs to be collected while words are in nobody's hands.
    private func makeRoom(for messages: Int) -> Bool {
        let fields = program.types.messages.map(\.fields.count).max() ?? 0
        let words = messages * (fields + 1 + CompositeHeader.words)
        if arena.room(words) != nil { return true }
        collectGarbageOfHandler()
        return arena.room(words) != nil
    }
}
