import ScenModel

/// Nodes that pause or are busy. A message or a timer that comes up at such a node waits; when the node goes on, what waits is
/// handled in its order, before anything else of that moment arrives.
extension Simulator {
    /// The node stops until a moment (ns) or, with nil, until it crashes; one that has been ordered to pause longer goes on doing so.
    /// Between handlers: one that is at work finishes first. No effect on a node that is down.
    func pause(_ node: Int, until end: Int?, at time: Int) {
        guard failure == nil, !memory.crashed[node], end ?? .max > time else { return }
        let held = self.held ?? HeldNodes(nodeCount: memory.nodeCount)
        self.held = held
        held.order(pauseOf: node, until: end ?? .max)
        _ = held.isNews(HeldNodes.Pause(begin: time, end: end ?? .max), of: node)
        tell(.pause(node: node, since: time, until: end), of: node, at: time)
    }

    /// Whether the event waits until its node can handle it. If not, it is to be handled now.
    @inline(never)
    func mustWait(_ event: Event) -> Bool {
        guard let held, failure == nil else { return false }
        let node = Int(event.node)
        switch Event.Class(rawValue: event.classIndex) {
        case .arrival, .timer: if isStale(event) || memory.crashed[node] { return false }
        default: return false
        }
        let pause = held.pause(of: node, at: event.time)
        if held.isExhausted {
            stop(after: .start(node), at: event.time)
            return true
        }
        if pause == nil, !held.takesTime, held.first(at: node) == nil { return false }
        if let pause, held.isNews(pause, of: node) {
            tell(
                .pause(node: node, since: pause.begin, until: pause.end == .max ? nil : pause.end), of: node,
                at: event.time)
        }
        held.add(event, to: node)
        countAside()
        if !held.isWoken(node) { callNext(node, held, at: event.time) }
        return true
    }

    /// Sees to it that the node is woken for the first that waits.
    private func callNext(_ node: Int, _ held: HeldNodes, at time: Int) {
        // Timers that have been moved or cancelled while they waited take no time of the node.
        while let first = held.first(at: node), isStale(first) { handleNow(held.takeFirst(at: node)) }
        guard held.first(at: node) != nil else { return }
        var moment = time
        if let pause = held.pause(of: node, at: time) {
            moment = pause.end
        } else if held.takesTime {
            moment = Network.sum(time, held.takeUp(at: node))
        }
        if moment == .max {
            held.dropTicket(of: node)
        } else {
            queue.push(Event(.wake, node: node, number: held.newTicket(for: node), at: moment))
        }
    }

    func wake(_ node: Int, ticket: UInt64, at time: Int) {
        guard let held, held.accept(ticket, for: node) else { return }
        if held.isBusy(node) || !held.takesTime && held.pause(of: node, at: time) == nil {
            var event = held.takeFirst(at: node)
            countAside()
            event.time = time
            handleNow(event)
        }
        callNext(node, held, at: time)
    }

    func isStale(_ event: Event) -> Bool {
        event.classIndex == Event.Class.timer.rawValue && !timers.isSet(ticket: event.number)
    }

    /// The node has crashed: its pause is over, and what waited reaches nobody.
    @inline(never)
    func loseWaiting(at node: Int, _ time: Int) {
        guard let held else { return }
        held.endOrderedPause(of: node, at: time)
        held.dropTicket(of: node)
        while held.first(at: node) != nil {
            var event = held.takeFirst(at: node)
            event.time = time
            handleNow(event)
        }
        countAside()
    }

    /// Nothing is left to happen: what is in the queue is of no effect any more.
    var isQuiescent: Bool {
        guard let held else { return queue.count == timers.stale }
        return queue.count == timers.stale - held.countWaiting(isStale) + held.staleWakes
    }

    /// Something that is no handler. `kind`: different for what is different.
    func tell(_ cause: @autoclosure () -> Story.Cause, kind: UInt64 = 2, of subject: Int, at time: Int) {
        world.wait(until: time)
        steps &+= 1
        hash.add(time)
        hash.add(UInt64.max &- kind)
        hash.add(subject)
        if let teller { teller.tell(cause(), step: steps - 1, time: time) }
    }
}
