import ScenModel

extension Simulator {
    func setFaulty() {
        let faulty = faultyNodes
        var isFaulty = [Bool](repeating: false, count: memory.nodeCount)
        for node in faulty { isFaulty[node] = true }
        let correct = (0..<memory.nodeCount).filter { !isFaulty[$0] }
        memory.faulty = machine.word(.set(faulty.map { .node($0) }))
        memory.correct = machine.word(.set(correct.map { .node($0) }))
    }

    /// Ascending.
    var faultyNodes: [Int] { timeline?.faulty(beside: faults.faulty) ?? faults.faulty }

    func planCrashes() {
        crashesToCome = 0
        handlersToCrash.update(repeating: -1, count: memory.nodeCount)
        for node in faults.faulty {
            switch faults.course(of: node) {
            case .any:
                let (handler, inSends) = faults.handler(of: node, seed: seed)
                handlersToCrash[node] = handler
                crashesInSends[node] = inSends
                crashesToCome += 1
            case .crash(let moment, let recovery):
                queue.push(Event(.crash, of: node, at: faults.draw(moment, .crashMoment, of: node, seed: seed)))
                guard let recovery else { break }
                queue.push(Event(.recover, of: node, at: faults.draw(recovery, .recoveryMoment, of: node, seed: seed)))
            }
        }
    }

    /// An event of class `fault`.
    func carryOut(_ event: Event) {
        switch FaultAction(rawValue: event.number) {
        case .crash: crash(Int(event.node), at: event.time)
        case .recover: recover(Int(event.node), at: event.time)
        case nil: break
        }
    }

    /// Between two handlers; nothing happens to a node that is down.
    func crash(_ node: Int, at time: Int) { perform(.crash(node), at: time) }

    /// Between two handlers of other nodes; nothing happens to a node that is up.
    func recover(_ node: Int, at time: Int) { perform(.recover(node), at: time) }

    /// Where in this handler the node crashes, if it does. The handler is rehearsed to learn where it could.
    func interruption(of choice: Choice, at time: Int) -> Machine.Interruption? {
        let node = Int(choice.node)
        guard handlersToCrash[node] >= 0, choice.kind != .crash, memory.crashed[node] == (choice.kind == .recover) else {
            return nil
        }
        let inSends = crashesInSends[node]
        guard inSends || handlersToCrash[node] == 0 else {
            handlersToCrash[node] -= 1
            return nil
        }
        let points = world.rehearse(choice, time: time, round: round)
        drawChoicesFor(node)
        if inSends && points.isEmpty { return nil }
        handlersToCrash[node] -= 1
        guard handlersToCrash[node] < 0 else { return nil }
        crashesToCome -= 1
        var stream = RandomStream(seed: seed, purpose: .crashPoint, index: node)
        return FaultPlan.interruption(points: points, orEnd: !inSends, stream: &stream)
    }

    /// Between events.
    @inline(__always)
    func collectIfDue() {
        if machine.wantsCollection { machine.collect(roots: roots) }
    }

    /// The words that are kept outside of the world's memory.
    func roots(_ mark: (Word) -> Void) {
        mark(inHand)
        world.roots(mark)
        inputs.roots(mark)
        timers.forEach(mark)
        queue.forEach { if $0.source >= 0 { mark($0.word) } }
        lockstep?.roots(mark)
        timeline?.roots(mark)
        teller?.roots(mark)
        network.roots(mark)
        held?.roots(mark)
    }
}
