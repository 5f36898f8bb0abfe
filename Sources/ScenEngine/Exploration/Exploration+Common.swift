import ScenModel

/// Steps in which every node takes part: `on start`, and rounds in lockstep. Nodes cannot see what others do in the same step, so
/// one takes part after the other, and all combinations come out.
extension Exploration {
    func partialRows() -> PartialRows { PartialRows(width: nodeCount + 3, keepsTrails: keepsTrails) }

    /// Every outcome of an event of a node, added to `next`. With `into` the node's new messages join what the row has in flight.
    func run(
        _ event: LocalEvent, of node: Int, _ row: [UInt32], _ trail: [Transition], crashing: Bool,
        into next: inout PartialRows
    ) throws(Stop) {
        guard let range = steps.range(of: event, in: Int(row[1 + node]), crashing: crashing) else {
            throw stop(Transition(.event, node: node, event: event))
        }
        for number in range {
            let outcome = steps.outcomes[number]
            var new = row
            new[1 + node] = UInt32(outcome.local)
            flights.begin(Int(row[flightPlace]))
            new.withUnsafeBufferPointer { put(outcome, into: $0.baseAddress!) }
            if LocalState.isDown(steps.locals[outcome.local]) && !recovers { flights.dropAll(to: node) }
            guard let flight = flights.end() else { throw .memory }
            new[flightPlace] = UInt32(flight)
            try count(event, node, outcome, &new)
            next.add(new, keepsTrails ? trail + [Transition(.event, node: node, event: event, outcome: number)] : [])
        }
    }

    /// The same, and where it is possible also with a crash in the handler.
    func runEitherWay(
        _ event: LocalEvent, of node: Int, _ row: [UInt32], _ trail: [Transition], into next: inout PartialRows
    ) throws(Stop) {
        try run(event, of: node, row, trail, crashing: false, into: &next)
        if row.withUnsafeBufferPointer({ isCrashPossible(node, $0.baseAddress!) }) {
            try run(event, of: node, row, trail, crashing: true, into: &next)
        }
    }

    private func count(
        _ event: LocalEvent, _ node: Int, _ outcome: LocalSteps.Outcome, _ row: inout [UInt32]
    ) throws(Stop) {
        if counters.isEmpty { return }
        counters.begin(Int(row[counterPlace]))
        if event.isDelivery { counters.addReceived(node) }
        for index in outcome.firstSend..<outcome.firstSend + outcome.sendCount {
            counters.addSent(world.machine.shape(LocalEvent(bits: steps.sends[index]).message))
        }
        try endCount(&row)
    }

    func endCount(_ row: inout [UInt32]) throws(Stop) {
        guard let counted = counters.end() else { throw .memory }
        row[counterPlace] = UInt32(counted)
    }
}
