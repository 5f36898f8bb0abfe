import ScenModel

extension Exploration {
    /// The state that stands for this one.
    func settled(_ row: [UInt32]) throws(Stop) -> [UInt32] {
        guard let symmetry else { return row }
        var row = row
        try row.withUnsafeMutableBufferPointer { row throws(Stop) in try symmetry.settle(row.baseAddress!) }
        return row
    }

    /// What leads from state to state along a way of states that stand for others, by events of the nodes that take part in them: from
    /// each state on, to one for which the next stands. With `keepsTrails`.
    func transitionsOfNodes(along states: [Int]) -> [[Transition]] {
        var found: [[Transition]] = []
        var now: [UInt32] = []
        for (index, state) in states.enumerated() {
            let goal = copy(space.row(state))
            // All of it was explored before, so that nothing can fail.
            guard let step = try? index == 0 ? start(for: goal) : step(from: now, for: goal) else { return found }
            found.append(step.trail)
            now = step.row
        }
        return found
    }

    private func start(for goal: [UInt32]) throws(Stop) -> (row: [UInt32], trail: [Transition])? {
        let rows = try firstRows(of: Int(goal[RowLayout.beginning]))
        for index in 0..<rows.count where try settled(rows.row(index)) == goal { return (rows.row(index), rows.trail(index)) }
        return nil
    }

    private func step(from row: [UInt32], for goal: [UInt32]) throws(Stop) -> (row: [UInt32], trail: [Transition])? {
        try row.withUnsafeBufferPointer { row throws(Stop) in try expand(row.baseAddress!) }
        var best: (row: [UInt32], trail: [Transition])?
        for index in 0..<successors.count {
            let next = copy(successors.row(index))
            guard try settled(next) == goal else { continue }
            let trail = [successors.transition(index)]
            if best.map({ faults(of: trail) < faults(of: $0.trail) }) ?? true { best = (next, trail) }
        }
        return best
    }
}
