import ScenModel

/// An adversary where rounds go in lockstep: what it does in a round it decides once all has been sent, and what it makes up is handed
/// over with the rest, among the messages of the node that it claims to be from.
extension Simulator {
    /// Puts in the queue what was sent in the round that ends, sorted by sender, and what is made up.
    func handOver(_ lockstep: Lockstep, _ adversary: LinkAdversary) {
        checkRoom(of: adversary)
        var messages: [Event] = []
        messages.reserveCapacity(lockstep.count)
        lockstep.handOver { messages.append($0) }
        var sent = [Int](repeating: 0, count: memory.nodeCount)
        for message in messages { sent[Int(message.source)] += 1 }
        let deeds = failure == nil ? adversary.deeds(among: sent) : []
        // Of those at one place in the order in which they were drawn.
        let order = deeds.indices.sorted { (deeds[$0].move.from, deeds[$0].place, $0) < (deeds[$1].move.from, deeds[$1].place, $1) }
        var left = order.map { deeds[$0] }[...]
        var first = 0
        for sender in sent.indices {
            for place in 0...sent[sender] {
                while let deed = left.first, deed.move.from == sender, deed.place == place {
                    left.removeFirst()
                    let event = event(of: deed.move, at: lockstep.end)
                    if mayHand(event) { queue.push(event) }
                }
                if place < sent[sender] { queue.push(messages[first + place]) }
            }
            first += sent[sender]
        }
    }

    /// Nothing has happened in the round. The adversary waits, and the run goes on, if later rounds may be other than this one.
    func letAdversaryWait(_ adversary: LinkAdversary) -> Bool {
        failure == nil && adversary.makesUp && round <= lastRoundToWait && adversary.waits()
    }
}
