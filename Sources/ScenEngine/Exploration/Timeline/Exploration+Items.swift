import ScenModel

/// What an item does when its moment has come.
extension Exploration {
    /// Nil if no item acts in the state.
    func rowsAfterItem(_ row: UnsafePointer<UInt32>) throws(Stop) -> (item: Int, rows: PartialRows)? {
        guard let timeline, let place = layout.timeline, let (item, after) = try itemDue(in: row) else { return nil }
        var first = copy(row)
        first[place] = UInt32(timeline.number(of: after))
        var rows = partialRows()
        try begin(item, in: first, [], into: &rows)
        if !compiled.system.timing.lockstep { return (item, rows) }
        rows = try each(rows) { row, trail, next throws(Stop) in next.add(try self.goingOn(row, after: first), trail) }
        return (item, rows)
    }

    /// In rounds: a run that would have ended goes on where an item has changed something.
    private func goingOn(_ new: [UInt32], after old: [UInt32]) throws(Stop) -> [UInt32] {
        let isSame = new[1...nodeCount] == old[1...nodeCount] && new[layout.flight] == old[layout.flight]
        guard let timeline, let place = layout.timeline, !isCutOff(counted: Int(old[layout.counters])) else { return new }
        if isSame, timeline.states[Int(new[place])].ends.isEmpty { return new }
        var new = new
        counters.begin(Int(new[layout.counters]))
        counters.removeEnd()
        try endCount(&new)
        return new
    }

    /// Every outcome of it, added to `next`.
    func begin(
        _ item: Int, in row: [UInt32], _ trail: [Transition], into next: inout PartialRows
    ) throws(Stop) {
        guard let timeline, let place = layout.timeline else { return }
        var state = timeline.states[Int(row[place])]
        if case .nodes(let action, let target) = timeline.timeline.items[item].action {
            let nodes = try row.withUnsafeBufferPointer { row throws(Stop) in try self.nodes(target, in: row.baseAddress!) }
            var first = row
            let up = nodes.filter { !isDown($0, row) }
            if action == .crash, !up.isEmpty, let left = timeline.left(of: item) {
                state.ends.append(.init(item: item, left: left, nodes: up))
                first[place] = UInt32(timeline.number(of: state))
            }
            return try strike(nodes, action, first, nodes.isEmpty ? trail + self.trail(.foundNobody, item) : trail, into: &next)
        }
        timeline.begin(item, in: &state)
        if let left = timeline.left(of: item) { state.ends.append(.init(item: item, left: left)) }
        var new = row
        new[place] = UInt32(timeline.number(of: state))
        try dropLostForGood(&new)
        next.add(new, trail + self.trail(.acted, item))
    }

    private func trail(_ kind: Transition.Kind, _ number: Int) -> [Transition] {
        keepsTrails ? [Transition(kind, node: number, event: .tick(0))] : []
    }

    private func strike(
        _ nodes: [Int], _ action: Timeline.NodeAction, _ row: [UInt32], _ trail: [Transition], into next: inout PartialRows
    ) throws(Stop) {
        var rows = partialRows()
        rows.add(row, trail)
        for node in nodes {
            rows = try each(rows) { row, trail, next throws(Stop) in
                switch (action, self.isDown(node, row)) {
                case (.crash, false): try self.run(.crash, of: node, row, trail, crashing: false, into: &next)
                case (.recover, true): try self.runEitherWay(.recovery, of: node, row, trail, into: &next)
                case (.pause, false): try self.pause(node, row, trail, into: &next)
                case (.crash, true), (.recover, false), (.pause, true): next.add(row, trail)
                }
            }
        }
        for index in 0..<rows.count { next.add(rows.row(index), rows.trail(index)) }
    }

    private func pause(_ node: Int, _ row: [UInt32], _ trail: [Transition], into next: inout PartialRows) throws(Stop) {
        guard let timeline, let place = layout.timeline else { return }
        var new = row
        new[place] = UInt32(timeline.state(Int(row[place]), pausing: node, true))
        try dropLostForGood(&new)
        next.add(new, trail + self.trail(.paused, node))
    }

    /// In rounds what is in flight was judged when it was sent.
    private func dropLostForGood(_ row: inout [UInt32]) throws(Stop) {
        if compiled.system.timing.lockstep { return }
        flights.begin(Int(row[layout.flight]))
        row.withUnsafeBufferPointer { row in
            flights.drop { isLostForGood(LocalEvent(bits: $0), in: row.baseAddress!) }
        }
        guard let flight = flights.end() else { throw .memory }
        row[layout.flight] = UInt32(flight)
    }

    // MARK: Rounds

    /// At the beginning of a round first ends what `for` has limited, then items act whose moment lies in it.
    func beginRound(_ round: Int, in rows: PartialRows) throws(Stop) -> PartialRows {
        guard let timeline, let place = layout.timeline, let bound = compiled.system.timing.bound else { return rows }
        var rows = rows
        if round > 1 {
            rows = try each(rows) { row, trail, next throws(Stop) in
                var state = timeline.states[Int(row[place])]
                let ending = state.passRound()
                var first = row
                first[place] = UInt32(timeline.number(of: state))
                try self.end(ending, in: first, trail, into: &next)
            }
        }
        for (item, content) in timeline.timeline.items.enumerated() {
            guard case .at(let moment) = content.moment, moment / bound == round - 1 else { continue }
            rows = try each(rows) { row, trail, next throws(Stop) in try self.begin(item, in: row, trail, into: &next) }
        }
        return rows
    }

    private func end(
        _ ending: [TimelineState.End], in row: [UInt32], _ trail: [Transition], into next: inout PartialRows
    ) throws(Stop) {
        guard let timeline, let place = layout.timeline else { return }
        var rows = partialRows()
        rows.add(row, trail)
        for end in ending {
            rows = try each(rows) { row, trail, next throws(Stop) in
                if case .nodes = timeline.timeline.items[end.item].action {
                    return try self.strike(end.nodes, .recover, row, trail, into: &next)
                }
                var state = timeline.states[Int(row[place])]
                timeline.end(end.item, in: &state)
                var new = row
                new[place] = UInt32(timeline.number(of: state))
                next.add(new, trail + self.trail(.ended, end.item))
            }
        }
        for index in 0..<rows.count { next.add(rows.row(index), rows.trail(index)) }
    }

    /// In rounds: nothing of the timeline is still to come after this round, whatever happens.
    func isTimelineOver(after round: Int, in row: [UInt32]) -> Bool {
        guard let timeline, let place = layout.timeline, let bound = compiled.system.timing.bound else { return true }
        return timeline.states[Int(row[place])].ends.isEmpty
            && timeline.timeline.items.allSatisfy { if case .at(let moment) = $0.moment { moment / bound < round } else { true } }
    }
}
