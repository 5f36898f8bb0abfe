import ScenModel

/// An adversary where rounds go in lockstep: what it does in a round it decides once all has been sent, and what it makes up is handed
/// over with the rest, among the messages of the node that it claims to be from.
extension Simulator {
    /// Puts in the queue what was sent in the round that ends, sorted by sender, and what is made up.
    func handOver(_ lockstep: Lockstep, _ adversary: LinkAdversary) {
        checkRoom(of: adversary)
        let deeds = adversary.deeds(afterMessages: lockstep.count)
        guard !deeds.isEmpty, failure == nil else { return lockstep.handOver { queue.push($0) } }
        var messages: [Event] = []
        lockstep.handOver { messages.append($0) }
        var counts = [Int](repeating: 0, count: memory.nodeCount)
        for message in messages { counts[Int(message.source)] += 1 }
        // After so many messages of its sender each made up one comes.
        var made: [(place: Int, event: Event)] = []
        for deed in deeds {
            let event = event(of: deed, at: lockstep.end)
            let place = adversary.place(among: counts[Int(event.source)])
            if mayHand(event) { made.append((place, event)) }
        }
        var next = 0
        for sender in counts.indices {
            for place in 0...counts[sender] {
                for one in made where one.place == place && Int(one.event.source) == sender { queue.push(one.event) }
                if place < counts[sender] { queue.push(messages[next + place]) }
            }
            next += counts[sender]
        }
    }

    /// Nothing has happened in the round. The adversary waits, and the run goes on, if later rounds may be other than this one.
    func letAdversaryWait(_ adversary: LinkAdversary) -> Bool {
        failure == nil && adversary.makesUp && round <= lastRoundToWait && adversary.waits()
    }
}
