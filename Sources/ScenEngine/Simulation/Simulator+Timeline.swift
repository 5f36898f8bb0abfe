import ScenModel

/// What the scenario prescribes for given moments. In rounds an item acts when the round begins in which its moment lies, and
/// what it does lasts to the end of a round.
extension Simulator {
    func planTimeline() {
        guard let timeline else { return }
        timeline.begin()
        actsOnStates = !timeline.waiting.isEmpty
        for (index, item) in timeline.timeline.items.enumerated() {
            guard case .at(let moment) = item.moment else { continue }
            let time = lockstep.map { moment / $0.bound * $0.bound } ?? moment
            queue.push(Event(.timeline, node: index, at: time))
        }
    }

    /// Learns which nodes the timeline crashes in this run, where that is known at the moment only.
    func scout() {
        guard let timeline, timeline.timeline.crashesComputed else { return }
        let teller = teller
        self.teller = nil
        watching.rest()
        timeline.computed.removeAll()
        let eventsMax = eventsMax
        self.eventsMax = budgets.eventsPerRun
        isScouting = true
        if begin() { _ = runToEnd() }
        isScouting = false
        self.eventsMax = eventsMax
        stepsScouted = steps
        self.teller = teller
    }

    /// The items whose conditions hold in this state act at once, in file order; then those that hold after that.
    @inline(never)
    func actOnState() {
        while failure == nil, !isDecided, let timeline {
            guard let due = timeline.due(machine) else {
                failure = machine.failure
                return
            }
            if due.isEmpty { break }
            for index in due where failure == nil {
                begin(item: index, at: memory.time)
                watch()
            }
        }
        actsOnStates = !(timeline?.waiting.isEmpty ?? true)
    }

    func begin(item index: Int, at time: Int) {
        guard let timeline else { return }
        let item = timeline.timeline.items[index]
        let end = end(of: item, from: time)
        switch item.action {
        case .nodes(let action, let target):
            world.wait(until: time)
            guard let nodes = nodes(target) else { return }
            if nodes.isEmpty { tell(item, .findsNobody, index, at: time) }
            // The end of a pause is seen to where it is kept.
            guard strike(nodes, action, item: index, until: end, at: time) else { return }
        case .heal:
            let ended = network.heal()
            if !ended.isEmpty {
                queue.compact { $0.classIndex != Event.Class.timelineEnd.rawValue || !ended.contains(Int($0.node)) }
            }
            tell(item, .begins, index, at: time)
            release(at: time)
        case .partition, .cut, .latency, .loss:
            network.begin(change: index, until: end)
            tell(item, .begins, index, at: time)
        }
        if let end { queue.push(Event(.timelineEnd, node: index, at: end)) }
    }

    private func end(of item: Timeline.Item, from time: Int) -> Int? {
        guard let duration = item.duration else { return nil }
        guard let lockstep else { return Network.sum(time, duration) }
        var start = time
        if case .at(let moment) = item.moment { start = moment }
        let end = Network.sum(start, duration)
        return Network.sum(end, (lockstep.bound - end % lockstep.bound) % lockstep.bound)
    }

    func end(item index: Int, at time: Int) {
        guard let timeline else { return }
        let item = timeline.timeline.items[index]
        guard case .nodes = item.action else {
            guard network.end(change: index) else { return }
            tell(item, .ends, index, at: time)
            release(at: time)
            return
        }
        for node in timeline.struck.removeValue(forKey: index) ?? [] { recover(node, at: time) }
    }

    // MARK: Nodes

    /// Whether something is to be undone.
    private func strike(
        _ nodes: [Int], _ action: Timeline.NodeAction, item: Int, until end: Int?, at time: Int
    ) -> Bool {
        guard let timeline else { return false }
        switch action {
        case .crash:
            let up = nodes.filter { !memory.crashed[$0] }
            timeline.struck[item] = up
            if isScouting, case .nodes(_, .computed) = timeline.timeline.items[item].action { timeline.computed += up }
            for node in up { crash(node, at: time) }
            return !up.isEmpty
        case .recover:
            for node in nodes { recover(node, at: time) }
        case .pause:
            for node in nodes { pause(node, until: end, at: time) }
        }
        return false
    }

    /// Nil if they cannot be evaluated.
    private func nodes(_ target: Timeline.Target) -> [Int]? {
        guard case .computed(let observer, let type) = target, let timeline else {
            if case .nodes(let nodes) = target { return nodes }
            return []
        }
        guard let word = machine.observe(timeline.timeline.observers[observer]) else {
            failure = machine.failure
            return nil
        }
        return TimelineRun.nodes(machine.value(word, type))
    }

    // MARK: Links

    /// Whether this is a message over a link that is cut. Then it is lost or, where links are reliable, held back.
    @inline(never)
    func isCutOff(_ event: Event) -> Bool {
        let (from, to) = (Int(event.source), Int(event.node))
        // A negative source: it is no arrival.
        guard from >= 0, from != to, network.isCut(from: from, to: to) else { return false }
        // Nobody has sent it.
        if event.number >= Self.forged { return true }
        // What is held back for ever would only take memory.
        if !network.isLossy, !network.isCut(from: from, to: to, forGood: true) {
            timeline?.cutOff.append(event)
            countAside()
        }
        let number = Int(event.number)
        tell(
            .cutOff(
                number: number, message: machine.value(event.word, .message), from: from, to: to, isLost: network.isLossy),
            kind: 6, of: number, at: event.time)
        return true
    }

    /// What was held back and is cut off no longer arrives now, before what arrives at this moment anyway.
    private func release(at time: Int) {
        guard let timeline, !timeline.cutOff.isEmpty else { return }
        var kept: [Event] = []
        for event in timeline.cutOff {
            if network.isCut(from: Int(event.source), to: Int(event.node)) {
                kept.append(event)
            } else {
                timeline.released.append(event)
                queue.push(Event(.released, at: time))
            }
        }
        timeline.cutOff = kept
    }

    /// The next message that was held back arrives.
    func arriveReleased(at time: Int) {
        guard let timeline else { return }
        var event = timeline.released.removeFirst()
        event.time = time
        handle(event)
    }

    private func tell(_ item: Timeline.Item, _ phase: Story.Phase, _ index: Int, at time: Int) {
        tell(.timeline(item, phase), kind: 3 + UInt64(phase.rawValue), of: index, at: time)
    }
}
