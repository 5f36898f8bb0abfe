import ScenModel

/// What a round may come to for one node, found out once for each local state and each row of messages that is handed over to it. A node
/// does not see what others do in the same round, so that the round of all is any combination of these.
final class NodeRounds {
    struct Part {
        /// The local state after the round.
        var local: Int
        var isDown: Bool
        /// It has sent something, if only to be lost.
        var hasSent: Bool
        /// What it has sent: an id of `Flights`.
        var flight: Int
        var losses: Int
        var duplicates: Int
        /// The fewest that lead to it.
        var faults: Int
    }

    let parts: SharedRow<Part>
    /// From a local state (with whether the node may crash or lie), the round, 0 for the first, and an id of `messages`.
    private let known: EventTable
    private let messages: VectorStore
    private let gate: Gate
    /// Only looks up what another has found out.
    let isFrozen: Bool

    private static let partsMax = 1 << 26

    /// `frozen`: what this one knows.
    init(gate: Gate, frozen other: NodeRounds? = nil) {
        self.gate = gate
        parts = other?.parts ?? SharedRow()
        known = other?.known ?? EventTable()
        messages = other.map { VectorStore(frozen: $0.messages) } ?? VectorStore(wordsMax: 1 << 32, gate: gate)
        isFrozen = other != nil
    }

    deinit {
        messages.release()
        guard !isFrozen else { return }
        parts.release()
        known.release()
    }

    var bytes: Int { messages.bytes + parts.bytes + known.bytes }

    /// Of a node, whose local state the row has; messages stand at `start`. With `isFirst` the node starts before.
    func range(
        of node: Int, in round: Int, isFirst: Bool, _ row: [UInt32], handingOver start: UnsafePointer<Int>, _ count: Int,
        _ exploration: Exploration
    ) throws(Exploration.Stop) -> Range<Int> {
        guard let messages = messages.intern(start, count) else { throw .memory }
        let isFaulty = exploration.isFaulty[Int(row[RowLayout.beginning])][node]
        let (key, event) = (Int(row[exploration.layout.local(node)]) << 1 | (isFaulty ? 1 : 0), (isFirst ? 0 : round) << 32 | messages)
        if let range = known[key, event] { return range }
        guard !isFrozen else { throw .memory }
        let rows = try exploration.rounds(
            of: node, in: round, isFirst: isFirst, row, handingOver: Array(UnsafeBufferPointer(start: start, count: count)))
        gate.close()
        let first = parts.count
        guard first + rows.count <= Self.partsMax else { throw .memory }
        for index in 0..<rows.count { parts.append(part(of: node, rows.row(index), rows.trail(index), exploration)) }
        known.enter(key, event, first..<parts.count)
        return first..<parts.count
    }

    private func part(of node: Int, _ row: [UInt32], _ trail: [Transition], _ exploration: Exploration) -> Part {
        let layout = exploration.layout
        let counted = Int(row[layout.counters])
        return Part(
            local: Int(row[layout.local(node)]), isDown: exploration.isDown(node, row), hasSent: exploration.counters.hasSent(counted),
            flight: Int(row[layout.flight]), losses: exploration.counters.losses(counted),
            duplicates: exploration.counters.duplicates(counted), faults: exploration.faults(of: trail))
    }
}
