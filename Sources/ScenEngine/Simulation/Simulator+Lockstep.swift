import ScenModel

/// Runs in rounds (Lynch's synchronous model). Round r lasts from (r - 1) * bound to r * bound. It begins with what was
/// sent in round r - 1, sorted by sender; timers of that moment and `on round r` of every node follow, then timers within the
/// round. Its state is observed at its end. `on start` is in round 1, before `on round 1`. No round begins at the horizon.
extension Simulator {
    func runRounds(_ lockstep: Lockstep) -> Story.End {
        lockstep.begin()
        _ = lockstep.hasChanged(memory.nodes)
        round = 1
        start()
        carryOutDrawn()
        runRound(at: 0)
        queue.push(Event(.endOfRound, at: lockstep.end))
        var sentBefore: UInt64 = 0
        while failure == nil, !isDecided, let event = queue.pop(until: horizon) {
            switch Event.Class(rawValue: event.classIndex) {
            case .endOfRound:
                linkAdversary?.observer.endRound()
                let isLast = isLast(lockstep, sentBefore)
                if isDecided { break }
                if isLast || failure != nil {
                    let waits = linkAdversary.map(letAdversaryWait) ?? false
                    guard failure == nil, waits || endIdleness() else { return .quiescent }
                }
                if event.time >= horizon { return .horizon }
                sentBefore = sends
                handOver(lockstep)
            case .round:
                runRound(at: event.time)
                queue.push(Event(.endOfRound, at: lockstep.end))
                carryOutDrawn()
            default:
                handle(event)
                carryOutDrawn()
            }
        }
        linkAdversary?.observer.endRound()
        return .horizon
    }

    /// Observes the end of the round. It is the last if it is later than all that are named and in it nothing was sent,
    /// and nothing is set, to come or changed.
    private func isLast(_ lockstep: Lockstep, _ sentBefore: UInt64) -> Bool {
        world.wait(until: lockstep.end)
        observe()
        let hasChanged = lockstep.hasChanged(memory.nodes)
        return !hasChanged && sends == sentBefore && queue.count == timers.stale
            && round > compiled.program.lastNamedRound
    }

    private func handOver(_ lockstep: Lockstep) {
        listen(to: lockstep)
        if let linkAdversary { handOver(lockstep, linkAdversary) } else { lockstep.handOver { queue.push($0) } }
        countAside()
        queue.push(Event(.round, at: lockstep.end))
        lockstep.beginNext()
        round += 1
    }

    /// Where traitors use signatures that one of them has seen they see all that the round brings them before any of them speaks.
    private func listen(to lockstep: Lockstep) {
        guard adversary != nil, compiled.program.layout.keepsSeen else { return }
        lockstep.forEach { message in
            let node = Int(message.node)
            guard failure == nil, isLying[node], !memory.crashed[node] else { return }
            if !world.listen(to: message.word, node) { failure = machine.failure }
        }
    }

    private func runRound(at time: Int) {
        for node in 0..<memory.nodeCount { perform(.round(node), at: time) }
    }

    /// Keeps a message for the end of the round; gives its fate with the moment at which it arrives.
    func keep(_ message: Word, from: Int, to: Int, _ fate: Network.Fate, _ lockstep: Lockstep) -> Network.Fate {
        for _ in 0..<fate.copies {
            lockstep.add(Event(arrival: message, number: sends, from: from, to: to, at: lockstep.end))
        }
        countAside()
        return Network.Fate(copies: fate.copies, arrival: lockstep.end, secondArrival: lockstep.end)
    }
}
