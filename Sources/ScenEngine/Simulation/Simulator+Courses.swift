import ScenModel

/// How far the faults of one node have come in a run. Each has its own draws, which no other node's faults change.
struct NodeFault {
    /// When it crashes; how long it is up.
    var crashes: RandomStream
    /// Where in a handler.
    var points: RandomStream
    /// When it comes back; how long it is down.
    var recoveries: RandomStream
    /// Handlers until the one in which it crashes; -1: in none.
    var handlers = -1
    /// Only handlers that send or write to `stable` are counted.
    var inSends = false
    /// Crashes that have not been planned yet.
    var left = 0
}

/// What becomes of faulty nodes. Crashes at drawn moments are in handlers, which `NodeFault.handlers` counts; recoveries from
/// them, and crashes that no handler has come to, are between handlers, and `drawn` has them by the number of the step.
extension Simulator {
    func planFaults() {
        drawn.clear()
        (idled, crashesToCome) = (0, 0)
        for node in unreached { nodeFaults[node].handlers = -1 }
        unreached.removeAll(keepingCapacity: true)
        for node in faults.faulty {
            nodeFaults[node] = NodeFault(
                crashes: RandomStream(seed: seed, purpose: .crashMoment, index: node),
                points: RandomStream(seed: seed, purpose: .crashPoint, index: node),
                recoveries: RandomStream(seed: seed, purpose: .recoveryMoment, index: node))
            switch faults.course(of: node) {
            case .any:
                nodeFaults[node].left = ledger?.amendments.crashes[node] ?? .max
                planCrash(of: node)
            case .crashes(let count):
                nodeFaults[node].left = count
                planCrash(of: node)
            case .crash(let moment, let recovery):
                push(.crash, of: node, at: draw(moment, &nodeFaults[node].crashes, of: node))
                if let recovery {
                    push(.recover, of: node, at: draw(recovery, &nodeFaults[node].recoveries, of: node, isRecovery: true))
                }
            case .lifetimes(let mttf, _):
                nodeFaults[node].crashes = RandomStream(seed: seed, purpose: .timeToFailure, index: node)
                nodeFaults[node].recoveries = RandomStream(seed: seed, purpose: .timeToRepair, index: node)
                push(.fail, of: node, at: FaultPlan.time(mean: mttf, &nodeFaults[node].crashes))
            }
        }
    }

    private func draw(
        _ moment: FaultModel.Moment, _ stream: inout RandomStream, of node: Int, isRecovery: Bool = false
    ) -> Int {
        let drawn = FaultPlan.draw(moment, &stream)
        return ledger?.moment(moment, drawn, of: node, isRecovery: isRecovery) ?? drawn
    }

    private func push(_ action: FaultAction, of node: Int, at time: Int) {
        queue.push(Event(action, of: node, at: min(time, Word.largest)))
    }

    /// An event of class `fault`.
    func carryOut(_ event: Event) {
        let node = Int(event.node)
        switch FaultAction(rawValue: event.number) {
        case .crash: crash(node, at: event.time)
        case .recover: recover(node, at: event.time)
        case .fail:
            crash(node, at: event.time)
            guard case .lifetimes(_, let mttr?) = faults.course(of: node) else { break }
            push(.repair, of: node, at: event.time &+ FaultPlan.time(mean: mttr, &nodeFaults[node].recoveries))
        case .repair:
            recover(node, at: event.time)
            guard case .lifetimes(let mttf, _) = faults.course(of: node) else { break }
            push(.fail, of: node, at: event.time &+ FaultPlan.time(mean: mttf, &nodeFaults[node].crashes))
        case nil: break
        }
    }

    /// Between two handlers; nothing happens to a node that is down.
    func crash(_ node: Int, at time: Int) { perform(.crash(node), at: time) }

    /// Between two handlers of other nodes; nothing happens to a node that is up.
    func recover(_ node: Int, at time: Int) { perform(.recover(node), at: time) }

    // MARK: Drawn moments

    /// Steps of the run, and those that would have passed if it had not been idle.
    private var clock: Int { steps &+ idled }

    private func planCrash(of node: Int) {
        guard nodeFaults[node].left > 0 else { return }
        nodeFaults[node].left -= 1
        (nodeFaults[node].handlers, nodeFaults[node].inSends) = FaultPlan.handler(&nodeFaults[node].crashes)
        crashesToCome += 1
        unreached.append(node)
    }

    /// Where nodes do not recover, it stays down; elsewhere it does so with probability 1/4, unless its crashes are counted.
    private func planRecovery(of node: Int, after steps: Int) {
        guard faults.model.recovers else { return }
        if faults.course(of: node) == .any, nodeFaults[node].recoveries.below(4) == 0 { return }
        drawn.push(Event(.recover, of: node, at: clock &+ steps &+ FaultPlan.gap(&nodeFaults[node].recoveries)))
    }

    /// Where in this handler the node crashes, if it does. The handler is rehearsed to learn where it could.
    func interruption(of choice: Choice, at time: Int) -> Machine.Interruption? {
        let node = Int(choice.node)
        guard nodeFaults[node].handlers >= 0, choice.kind != .crash, memory.crashed[node] == (choice.kind == .recover) else {
            return nil
        }
        let inSends = nodeFaults[node].inSends
        guard inSends || nodeFaults[node].handlers == 0 else {
            nodeFaults[node].handlers -= 1
            return nil
        }
        let points = world.rehearse(choice, time: time, round: round)
        drawChoicesFor(node)
        if inSends && points.isEmpty { return nil }
        nodeFaults[node].handlers -= 1
        guard nodeFaults[node].handlers < 0 else { return nil }
        crashesToCome -= 1
        planRecovery(of: node, after: 1)
        let drawn = FaultPlan.interruption(points: points, orEnd: !inSends, stream: &nodeFaults[node].points)
        return ledger?.interruption(drawn, of: node) ?? drawn
    }

    /// Carries out what has been drawn for the steps that have passed.
    @inline(__always)
    func carryOutDrawn() {
        if drawn.count != 0 { carryOutDrawnFaults() }
    }

    @inline(never)
    private func carryOutDrawnFaults() {
        while failure == nil, !isDecided, let event = drawn.pop(until: clock) {
            carryOutDrawn(event)
            if lockstep == nil { observe() }
        }
    }

    private func carryOutDrawn(_ event: Event) {
        let node = Int(event.node)
        if event.number == FaultAction.crash.rawValue {
            crash(node, at: queue.now)
            planRecovery(of: node, after: 0)
        } else {
            if faults.course(of: node) == .any, nodeFaults[node].crashes.below(2) == 0 { nodeFaults[node].left = 0 }
            planCrash(of: node)
            recover(node, at: queue.now)
        }
    }

    /// When nothing is left to happen but faults: the next of them. False if there is none.
    ///
    /// A crash that no handler has come to is drawn anew, between handlers. It is certain where crashes are counted, has
    /// probability 1/2 where nodes recover, and does not happen where they do not.
    func endIdleness() -> Bool {
        for node in unreached where nodeFaults[node].handlers >= 0 {
            nodeFaults[node].handlers = -1
            crashesToCome -= 1
            if faults.course(of: node) == .any {
                guard faults.model.recovers, nodeFaults[node].crashes.below(2) == 0 else { continue }
            }
            drawn.push(Event(.crash, of: node, at: clock &+ FaultPlan.gap(&nodeFaults[node].crashes)))
        }
        unreached.removeAll(keepingCapacity: true)
        guard failure == nil, let event = drawn.pop(until: .max) else { return false }
        idled = max(idled, event.time &- steps)
        carryOutDrawn(event)
        return true
    }
}
