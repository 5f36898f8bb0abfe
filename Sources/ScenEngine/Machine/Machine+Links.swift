import ScenModel

/// Whom a node knows of.
extension Machine {
    func loadOthers(of node: Int, _ r: UnsafeMutablePointer<Int>, _ a: Int) -> StepResult {
        let kept = state.pointee.others + node
        if kept.pointee == .unset {
            let count = memory.nodeCount - 1
            guard let room = arena.room(elements: count, words: count) else { return .noRoom }
            for index in 0..<count { room[index] = Word(index < node ? index : index + 1).bits }
            let set = arena.interned(.set, count: count)
            if set.hasFailed { return .noRoom }
            kept.pointee = set
        }
        r[a] = kept.pointee.bits
        return .done
    }

    /// All other nodes, unless there is a topology.
    func loadNeighbours(of node: Int, _ r: UnsafeMutablePointer<Int>, _ a: Int) -> StepResult {
        guard let topology = memory.topology else { return loadOthers(of: node, r, a) }
        let kept = state.pointee.neighbours + node
        if kept.pointee == .unset {
            let neighbours = topology.neighbours(of: node)
            guard let room = arena.room(elements: neighbours.count, words: neighbours.count) else { return .noRoom }
            for (index, neighbour) in neighbours.enumerated() { room[index] = Word(Int(neighbour)).bits }
            let set = arena.interned(.set, count: neighbours.count)
            if set.hasFailed { return .noRoom }
            kept.pointee = set
        }
        r[a] = kept.pointee.bits
        return .done
    }

    /// From the node that runs.
    func hasLink(to node: Int) -> Bool {
        node == state.pointee.node || memory.topology?.hasLink(from: state.pointee.node, to: node) ?? true
    }

    /// The first of these nodes to which there is none.
    func missingLink(_ nodes: Word) -> Int? {
        let (start, count, _) = arena.elements(of: nodes)
        arena.charge(count * 8)
        for index in 0..<count where !hasLink(to: start[index] >> 1) { return start[index] >> 1 }
        return nil
    }
}
