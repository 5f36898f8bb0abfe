import ScenModel

/// Steps in which every node takes part: `on start`, and rounds in lockstep. Nodes cannot see what others do in the same step, so
/// one takes part after the other, and all combinations come out.
extension Exploration {
    func partialRows() -> PartialRows { PartialRows(width: layout.width, faults: keepsTrails ? faults(of:) : nil) }

    /// Every outcome of an event of a node, added to `next`. With `into` the node's new messages join what the row has in flight.
    func run(
        _ event: LocalEvent, of node: Int, _ row: [UInt32], _ trail: [Transition], _ kind: Transition.Kind = .event, crashing: Bool,
        into next: inout PartialRows
    ) throws(Stop) {
        let lying = row.withUnsafeBufferPointer { self.lying(node, $0.baseAddress!) }
        guard let range = steps.range(of: event, in: Int(row[layout.local(node)]), crashing: crashing, lying: lying) else {
            let transition = Transition(kind.isMadeUp ? kind : .event, node: node, event: event)
            if keepsTrails { failedTrail = trail + [transition] }
            throw stop(transition)
        }
        for number in range {
            if kind.isMadeUp, row.withUnsafeBufferPointer({ changesNothing(number, of: node, $0.baseAddress!) }) { continue }
            var isLast = false
            while !isLast {
                var new = row
                try new.withUnsafeMutableBufferPointer { new throws(Stop) in
                    try complete(new.baseAddress!, event, of: node, number)
                }
                var transition = Transition(kind, node: node, event: event, outcome: number)
                if let rules { transition.draws = UInt16(truncatingIfNeeded: try draws(rules)) }
                next.add(new, keepsTrails ? trail + [transition] : [])
                isLast = rules?.isLast ?? true
            }
        }
    }

    /// Of a state in whose next step several nodes may take part: all that it comes to. Nil for any other.
    func rowsAfterCommonStep(_ state: Int) throws(Stop) -> PartialRows? {
        if let (_, rows) = try rowsAfterItem(space.row(state)) { return rows }
        return compiled.system.timing.lockstep ? try rowsAfterNextRound(space.row(state)) : nil
    }

    /// Whether it has such a next step.
    func isCommonStep(after state: Int) -> Bool {
        compiled.system.timing.lockstep || timeline.map { _ in itemActs(in: space.row(state)) } ?? false
    }

    /// What led to a failure in such a step after the state, or, without a state, at the beginning: found again with trails kept.
    func trailOfFailure(after state: Int?) -> [Transition] {
        keepsTrails = true
        failedTrail = []
        defer { keepsTrails = false }
        if let state { _ = try? rowsAfterCommonStep(state) } else { _ = try? firstRows(of: lastBeginning) }
        return failedTrail
    }

    func each(
        _ rows: PartialRows, _ body: ([UInt32], [Transition], inout PartialRows) throws(Stop) -> Void
    ) throws(Stop) -> PartialRows {
        var next = partialRows()
        for index in 0..<rows.count { try body(rows.row(index), rows.trail(index), &next) }
        return next
    }

    /// The rows and all that they come to by any number of steps.
    func closure(
        of rows: PartialRows, _ step: ([UInt32], [Transition], inout PartialRows) throws(Stop) -> Void
    ) throws(Stop) -> PartialRows {
        var rows = rows
        var queue = Array(0..<rows.count)
        var next = 0
        while next < queue.count {
            let (row, trail) = (rows.row(queue[next]), rows.trail(queue[next]))
            next += 1
            if next & 255 == 0 { try checkRoom(for: rows) }
            var new = partialRows()
            try step(row, trail, &new)
            for index in 0..<new.count {
                // One that is reached in a better way has to be gone on from once more.
                if let place = rows.place(new.row(index), new.trail(index)) { queue.append(place) }
            }
        }
        return rows
    }

    func isDown(_ node: Int, _ row: [UInt32]) -> Bool {
        LocalState.isDown(steps.locals[Int(row[layout.local(node)])])
    }

    /// The same, and where it is possible also with a crash in the handler.
    func runEitherWay(
        _ event: LocalEvent, of node: Int, _ row: [UInt32], _ trail: [Transition], _ kind: Transition.Kind = .event,
        into next: inout PartialRows
    ) throws(Stop) {
        try run(event, of: node, row, trail, kind, crashing: false, into: &next)
        if row.withUnsafeBufferPointer({ isCrashPossible(node, $0.baseAddress!) }) {
            try run(event, of: node, row, trail, kind, crashing: true, into: &next)
        }
    }

    func endCount(_ row: inout [UInt32]) throws(Stop) {
        guard let counted = counters.end() else { throw .memory }
        row[layout.counters] = UInt32(counted)
    }
}
