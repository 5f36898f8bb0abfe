import ScenModel

/// What the timeline prescribes. As in the simulator, items whose conditions hold in a state act at once, in file order, before anything
/// else happens, each in a step of its own; then those whose conditions hold after that.
extension Exploration {
    /// Of a message on this link now.
    @inline(__always)
    func choices(of link: Int, in row: UnsafePointer<UInt32>) -> LinkChoices.Link {
        guard let timeline, let place = layout.timeline else { return links.of(link) }
        return timeline.links[Int(row[place])].of(link)
    }

    func isPaused(_ node: Int, in row: UnsafePointer<UInt32>) -> Bool {
        guard let timeline, let place = layout.timeline else { return false }
        return timeline.isPaused(node, in: Int(row[place]))
    }

    /// The item that acts next in this state, and how far the timeline has come then; nil if none does.
    func itemDue(in row: UnsafePointer<UInt32>) throws(Stop) -> (item: Int, after: TimelineState)? {
        guard let timeline, let place = layout.timeline else { return nil }
        var state = timeline.states[Int(row[place])]
        if state.due.isEmpty {
            if state.waiting.isEmpty { return nil }
            load(row)
            for item in state.waiting {
                guard case .when(let observer) = timeline.timeline.items[item].moment else { continue }
                guard let holds = world.machine.observe(timeline.timeline.observers[observer]) else { throw failed(in: nil) }
                if holds.isTrue { state.due.append(item) }
            }
            if state.due.isEmpty { return nil }
            state.waiting.removeAll { state.due.contains($0) }
        }
        return (state.due.removeFirst(), state)
    }

    /// Fills `successors` if an item acts in the state: then nothing else does.
    func act(_ row: UnsafePointer<UInt32>) throws(Stop) -> Bool {
        guard let (item, rows) = try rowsAfterItem(row) else { return false }
        for index in 0..<rows.count {
            let new = successors.add(Transition(.acted, node: item, event: .tick(0)), from: row)
            for (place, id) in rows.row(index).enumerated() { new[place] = id }
        }
        return true
    }

    /// What is on its way over a link that is cut for good, or to a node that pauses until it stops for ever.
    func isLostForGood(_ message: LocalEvent, in row: UnsafePointer<UInt32>) -> Bool {
        choices(of: message.link, in: row).contains(.isCutForGood) || !recovers && isPaused(message.recipient, in: row)
    }

    /// A node that crashes pauses no longer.
    func endPause(of node: Int, _ row: UnsafeMutablePointer<UInt32>) {
        guard let timeline, let place = layout.timeline, timeline.isPaused(node, in: Int(row[place])) else { return }
        row[place] = UInt32(timeline.state(Int(row[place]), pausing: node, false))
    }

    func nodes(_ target: Timeline.Target, in row: UnsafePointer<UInt32>) throws(Stop) -> [Int] {
        guard case .computed(let observer, let type) = target, let timeline else {
            if case .nodes(let nodes) = target { return nodes }
            return []
        }
        load(row)
        guard let word = world.machine.observe(timeline.timeline.observers[observer]) else { throw failed(in: nil) }
        return TimelineRun.nodes(world.machine.value(word, type))
    }

    // MARK: Ends

    /// It does not arrive, or is not handled, as long as the timeline stands still.
    func isBarred(_ message: LocalEvent, in row: UnsafePointer<UInt32>) -> Bool {
        timeline != nil && (choices(of: message.link, in: row).contains(.isCut) || isPaused(message.recipient, in: row))
    }

    /// As `isEnd`: what is held back at a cut link, and what waits at a node that pauses, does not count, and an item that acts does.
    func isEndWithTimeline(_ row: UnsafePointer<UInt32>) -> Bool {
        for bits in flights[Int(row[layout.flight])] where !isHeldBack(LocalEvent(bits: bits), in: row) { return false }
        for node in 0..<nodeCount where !isPaused(node, in: row) {
            let vector = steps.locals[Int(row[layout.local(node)])]
            if vector.count > LocalState.variables + world.memory.width { return false }
        }
        return !itemActs(in: row)
    }

    /// What cannot be evaluated is told where the state is expanded.
    func itemActs(in row: UnsafePointer<UInt32>) -> Bool {
        do throws(Stop) { return try itemDue(in: row) != nil } catch { return true }
    }

    /// Until an item or a crash changes that. Where links lose messages, those that come over a cut link are lost.
    func isHeldBack(_ message: LocalEvent, in row: UnsafePointer<UInt32>) -> Bool {
        choices(of: message.link, in: row).contains(.isCut) ? !links.isLossy : isPaused(message.recipient, in: row)
    }
}
