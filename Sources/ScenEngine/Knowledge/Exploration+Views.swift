import ScenModel

/// Where knowledge is asked, a state holds what each node has seen.
extension Exploration {
    func beginViews(_ row: inout [UInt32]) throws(Stop) {
        guard layout.hasViews else { return }
        for node in 0..<nodeCount {
            guard let view = views.first(of: node, input: world.memory.inputs[node]) else { throw .memory }
            row[layout.view(node)] = view
        }
    }

    /// After an event of a node, whose local state in the row is the new one.
    func extendView(
        _ row: UnsafeMutablePointer<UInt32>, _ event: LocalEvent, of node: Int, outcome number: Int
    ) throws(Stop) {
        let local = steps.locals[Int(row[layout.local(node)])]
        let place = layout.view(node)
        let view =
            LocalState.isDown(local)
            ? views.down(local, width: world.memory.width)
            : views.next(after: row[place], event, outcome: number, clock: clock(row), in: steps)
        guard let view else { throw .memory }
        row[place] = view
    }

    /// A node that makes up messages knows what it says; one in whose name the links do it does not.
    func extendViewOfSpeaker(_ row: UnsafeMutablePointer<UInt32>, _ message: LocalEvent) throws(Stop) {
        if compiled.system.network.adversary.contains(.spoof) { return }
        let place = layout.view(message.sender)
        guard let view = views.next(after: row[place], saying: message) else { throw .memory }
        row[place] = view
    }

    /// The round or clock (ticks) that a node can read, from 1; 0 where there is none.
    private func clock(_ row: UnsafeMutablePointer<UInt32>) -> Int {
        if let time, time.isPartial { return 0 }
        if time != nil, let place = layout.time { return timeStore[Int(row[place])][0] + 1 }
        return compiled.system.timing.lockstep ? counters.round(Int(row[layout.counters])) + 1 : 0
    }
}

/// Rounds in which nothing is left to happen go by all the same, and nodes count them. If runs ended one sooner than another, a node that
/// lives to see a late round would know that it is in none of those that ended before. So where knowledge is asked no run ends
/// before all have come to rest; until then rounds in which nothing happens are added to the others.
extension Exploration {
    func noteReached(_ row: UnsafePointer<UInt32>) {
        guard layout.hasViews else { return }
        if let time, let place = layout.time {
            guard viewsHaveClocks else { return }
            let state = timed(row, place)
            if state.clock > liveClock, !isQuiescent(state, row, time) { liveClock = state.clock }
        } else if compiled.system.timing.lockstep {
            let counted = Int(row[layout.counters])
            if !counters.hasEnded(counted) { liveRound = max(liveRound, counters.round(counted)) }
        }
    }

    /// In lockstep.
    func hasEnded(_ row: UnsafePointer<UInt32>) -> Bool {
        let counted = Int(row[layout.counters])
        guard counters.hasEnded(counted), timeline == nil || !itemActs(in: row) else { return false }
        let round = counters.round(counted)
        return !layout.hasViews || round > liveRound || round > scope.steps ?? Int.max
    }

    /// The run has come to rest, and others have not.
    func isSilent(_ state: Int) -> Bool {
        let row = UnsafePointer(space.row(state))
        return layout.hasViews && counters.hasEnded(Int(row[layout.counters])) && !hasEnded(row)
    }

    func addSilentRound(after row: UnsafePointer<UInt32>) throws(Stop) {
        let counted = Int(row[layout.counters])
        let round = counters.round(counted) + 1
        let new = successors.add(Transition(.event, node: -1, event: .round(0)), from: row)
        counters.begin(counted)
        counters.addRound()
        guard let next = counters.end() else { throw .memory }
        new[layout.counters] = UInt32(next)
        for node in 0..<nodeCount where !LocalState.isDown(steps.locals[Int(row[layout.local(node)])]) {
            guard let view = views.next(after: row[layout.view(node)], silent: .round(round), clock: round) else { throw .memory }
            new[layout.view(node)] = view
        }
    }
}

/// The same where time passes by ticks: clocks run on when nothing is left to happen, in all runs up to one moment, when all have
/// come to rest. When that is, is known only when all states are; then those that have rested too soon are visited once more.
extension Exploration {
    /// Where the bound need not hold yet nobody has a clock.
    var viewsHaveClocks: Bool { layout.hasViews && time.map { !$0.isPartial } ?? false }

    /// Nothing is left to happen in the state; nil: that does not matter any more.
    func silentTicks(_ state: TimedState, _ time: ExploredTime) -> Int? {
        guard viewsHaveClocks else { return nil }
        if !hasRested(state, time) { return 1 }
        if state.clock != time.horizon { restedClock = min(restedClock, state.clock) }
        return nil
    }

    func hasRested(_ state: TimedState, _ time: ExploredTime) -> Bool {
        state.clock > liveClock || state.clock == time.horizon
    }

    /// Until when all runs have to go on, if some did not.
    var lacksRest: Int? { restedClock <= liveClock ? max(liveClock, 2 * firstLiveClock) : nil }

    /// Every node that is up sees that a tick has passed.
    func extendViews(_ row: UnsafeMutablePointer<UInt32>, clock: Int) throws(Stop) {
        for node in 0..<nodeCount where !LocalState.isDown(steps.locals[Int(row[layout.local(node)])]) {
            guard let view = views.next(after: row[layout.view(node)], silent: .tick(1), clock: clock + 1) else { throw .memory }
            row[layout.view(node)] = view
        }
    }
}
