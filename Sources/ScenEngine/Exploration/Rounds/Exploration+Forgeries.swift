import ScenModel

/// What an adversary makes up or replays in a round: on its links, or by the mouth of faulty nodes.
///
/// It does so once the round has ended, so that it has seen all that was sent in it (a rushing adversary), and what it makes is handed
/// over with the rest: among the messages of the node that it claims to be from, before, between and after them, as often as it likes.
struct RoundForgeries {
    /// Messages that can be made up, whoever they are said to be from.
    fileprivate var messages: [Word] = []
    /// By node: whether they may be said to be from it.
    fileprivate var speakers: [Bool]
    /// Messages with their links that may come once more.
    fileprivate var passages: [LocalEvent]
    /// What the adversary had seen.
    fileprivate var knowledge: Int

    fileprivate struct Candidate {
        var event: LocalEvent
        var kind: Transition.Kind
    }
}

extension Exploration {
    /// After the round at whose end the row is; nil: nothing.
    func forgeries(after row: UnsafePointer<UInt32>) throws(Stop) -> RoundForgeries? {
        guard let adversary else { return nil }
        let known = knowledge(row)
        var made = RoundForgeries(speakers: [], passages: [], knowledge: known)
        guard compiled.system.addsMessages, mayForge(row) else { return made }
        let keys = keys[Int(row[RowLayout.beginning])]
        made.speakers = (0..<nodeCount).map { adversary.mayMakeUp(from: $0, keys) && maySpeak($0, row) }
        made.passages = adversary.passages(known).map { LocalEvent(bits: $0) }
        if made.speakers.contains(true) {
            guard let messages = adversary.messages(known, keys) else { throw .tooManyForgeries }
            made.messages = messages.map { Word(bits: $0) }
        }
        return made
    }

    private func candidates(from sender: Int, to node: Int, _ made: RoundForgeries) -> [RoundForgeries.Candidate] {
        guard sender != node, !made.speakers.isEmpty else { return [] }
        var candidates: [RoundForgeries.Candidate] = []
        if made.speakers[sender], hasLink(sender, node) {
            candidates = made.messages.map { .init(event: .delivery(to: node, from: sender, message: $0), kind: .spoofed) }
        }
        for passage in made.passages where passage.sender == sender && passage.recipient == node {
            candidates.append(.init(event: passage, kind: .replayed))
        }
        return candidates
    }

    /// All that is handed over to a node at the beginning of a round: `messages`, which were sent to it, sorted by sender, and what is
    /// made up.
    func handOver(
        _ messages: [Int], to node: Int, _ made: RoundForgeries?, in rows: PartialRows
    ) throws(Stop) -> PartialRows {
        var rows = rows
        guard let made, !made.speakers.isEmpty else {
            for message in messages { rows = try handOver(LocalEvent(bits: message), knowing: made?.knowledge ?? 0, in: rows) }
            return rows
        }
        var left = messages[...]
        for sender in 0..<nodeCount {
            try checkRoom(for: rows)
            let candidates = candidates(from: sender, to: node, made)
            rows = try insert(candidates, to: node, in: rows)
            while let message = left.first, LocalEvent(bits: message).sender == sender {
                left.removeFirst()
                rows = try handOver(LocalEvent(bits: message), knowing: made.knowledge, in: rows)
                rows = try insert(candidates, to: node, in: rows)
            }
        }
        return rows
    }

    /// After any number of these messages, in any order.
    private func insert(
        _ candidates: [RoundForgeries.Candidate], to node: Int, in rows: PartialRows
    ) throws(Stop) -> PartialRows {
        if candidates.isEmpty { return rows }
        return try closure(of: rows) { row, trail, next throws(Stop) in
            guard !self.isDown(node, row), row.withUnsafeBufferPointer({ self.mayForge($0.baseAddress!) }) else { return }
            var counted = row
            self.counters.begin(Int(row[self.layout.counters]))
            self.counters.addForgery()
            try self.endCount(&counted)
            for candidate in candidates {
                try self.runEitherWay(candidate.event, of: node, counted, trail, candidate.kind, into: &next)
            }
        }
    }
}

/// Ends of runs.
extension Exploration {
    /// Nothing happened in the round, so that the run may end. It may also go on, since the adversary may wait as long as it likes
    /// before it makes something up. Where later rounds are like this one that is the same as not waiting.
    func mayWait(_ row: UnsafePointer<UInt32>) -> Bool {
        guard let lastRound = lastRoundToWait, mayForge(row) else { return false }
        let counted = Int(row[layout.counters])
        return counters.round(counted) <= lastRound && !isCutOff(counted: counted)
    }
}

extension CompiledCase {
    /// Rounds after this one are alike, but for what is in flight and held; `Int.max`: never.
    var lastRoundThatDiffers: Int {
        let reads = ExploredReads(self)
        return reads.now || reads.time ? .max : program.lastRoundRead
    }
}
