import ScenModel

/// Histories of broadcasts and deliveries. Of equal broadcasts of one node the first that has not been delivered yet is meant.
extension World {
    func beginHistories() {
        for node in 0..<memory.nodeCount {
            let history = memory.history(of: node)
            for part in History.allCases { history[part.rawValue] = Word(0) }
            history[History.broadcasts.rawValue] = machine.arena.emptyList()
            history[History.deliveries.rawValue] = machine.arena.emptyList()
        }
    }

    /// Adds what a step of the node has done; false, with `machine.failure`, if there is no room for it.
    func record(_ effects: some Sequence<Effect>, of node: Int) -> Bool {
        for effect in effects {
            guard effect.kind == .broadcast || effect.kind == .deliver else { continue }
            if note(effect, of: node) { continue }
            machine.collectGarbageOfHandler()
            if !note(effect, of: node) {
                machine.failWithoutRoom(node: node)
                return false
            }
        }
        return true
    }

    private func note(_ effect: Effect, of node: Int) -> Bool {
        if effect.kind == .broadcast { return noteBroadcast(effect.word, by: node) }
        return effect.node < 0 || noteDelivery(effect.word, from: Int(effect.node), at: node)
    }

    private func noteBroadcast(_ value: Word, by node: Int) -> Bool {
        let arena = machine.arena
        let history = memory.history(of: node)
        let deliveries = history[History.deliveries.rawValue]
        let delivered = arena.count(of: deliveries)
        var causes = arena.slice(deliveries, history[History.seen.rawValue].number, delivered)
        let last = arena.count(of: history[History.broadcasts.rawValue])
        if last > 0, !causes.hasFailed {
            let previous = tuple(Word(node), Word(last))
            causes = previous.hasFailed ? previous : arena.appending(causes, previous)
        }
        guard !causes.hasFailed else { return false }
        let broadcast = tuple(value, causes, Word(memory.time))
        guard append(broadcast, to: .broadcasts, of: node) else { return false }
        history[History.seen.rawValue] = Word(delivered)
        return true
    }

    private func noteDelivery(_ value: Word, from sender: Int, at node: Int) -> Bool {
        let arena = machine.arena
        let history = memory.history(of: node)
        let broadcasts = memory.history(of: sender)[History.broadcasts.rawValue]
        var part = History.inventions
        for index in 0..<arena.count(of: broadcasts) {
            let broadcast = Word(bits: arena.contents(of: broadcasts)[index])
            guard arena.contents(of: broadcast)[0] == value.bits else { continue }
            let delivery = tuple(Word(sender), Word(index + 1))
            guard !delivery.hasFailed else { return false }
            if !arena.containsInList(history[History.deliveries.rawValue], delivery) {
                return append(delivery, to: .deliveries, of: node)
            }
            part = .repeats
        }
        history[part.rawValue] = Word(history[part.rawValue].number + 1)
        return true
    }

    private func append(_ element: Word, to part: History, of node: Int) -> Bool {
        guard !element.hasFailed else { return false }
        let list = machine.arena.appending(memory.history(of: node)[part.rawValue], element)
        guard !list.hasFailed else { return false }
        memory.history(of: node)[part.rawValue] = list
        return true
    }

    private func tuple(_ words: Word...) -> Word {
        machine.arena.composite(.tuple, of: words.map(\.bits), count: words.count)
    }
}
