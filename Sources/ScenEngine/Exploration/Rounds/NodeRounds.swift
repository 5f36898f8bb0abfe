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
    private struct Question: Hashable {
        var local: Int
        var round: Int
        /// An id of `messages`.
        var messages: Int
        /// It may crash or lie.
        var isFaulty: Bool
    }

    private(set) var parts: [Part] = []
    private var known: [Question: Range<Int>] = [:]
    private let messages = VectorStore(wordsMax: 1 << 32)

    deinit { messages.release() }

    var bytes: Int {
        messages.bytes + parts.capacity * MemoryLayout<Part>.stride
            + known.capacity * (MemoryLayout<Question>.stride + MemoryLayout<Range<Int>>.stride)
    }

    /// Of a node, whose local state the row has; messages stand at `start`.
    func range(
        of node: Int, in round: Int, _ row: UnsafePointer<UInt32>, handingOver start: UnsafePointer<Int>, _ count: Int,
        _ exploration: Exploration
    ) throws(Exploration.Stop) -> Range<Int> {
        let isFaulty = exploration.isFaulty[Int(row[RowLayout.beginning])][node]
        guard let messages = messages.intern(start, count) else { throw .memory }
        let question = Question(local: Int(row[exploration.layout.local(node)]), round: round, messages: messages, isFaulty: isFaulty)
        if let range = known[question] { return range }
        let first = parts.count
        let handedOver = Array(UnsafeBufferPointer(start: start, count: count))
        let rows = try exploration.rounds(of: node, in: round, row, handingOver: handedOver)
        for index in 0..<rows.count { parts.append(part(of: node, rows.row(index), rows.trail(index), exploration)) }
        known[question] = first..<parts.count
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
