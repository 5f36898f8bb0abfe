import ScenModel

/// Bounded latency: what may happen next, at this moment or after some ticks. At one moment arrivals precede timers. Time passes only
/// when nothing has to happen before.
extension Exploration {
    /// Fills `successors`.
    func expand(_ row: UnsafePointer<UInt32>, _ time: ExploredTime, _ place: Int) throws(Stop) {
        successors.clear()
        let state = timed(row, place)
        if try strike(state, row, time) { return }
        for index in state.messages.indices {
            if mayArrive(index, state) { try arrive(index, state, row, time) }
            try lose(index, state, row, time)
        }
        let isMessageDue = state.isMessageDue
        for node in 0..<nodeCount {
            let vector = steps.locals[Int(row[layout.local(node)])]
            if LocalState.isDown(vector) {
                if recovers, time.courses[node] == nil { try handle(.recovery, of: node, state, row, time) }
                continue
            }
            for timer in state.timers[node] where timer.window.earliest == 0 && !isMessageDue {
                try handle(.firing(of: Word(bits: timer.word)), of: node, state, row, time)
            }
            if isCrashPossible(node, row) { try append(.crash, of: node, state, row, time, crashing: false) }
        }
        if !state.isStable {
            var stable = state
            stable.stabilise()
            try write(stable, into: successors.add(Transition(.stabilised, node: -1, event: .tick(0)), from: row), place)
        } else if !isMessageDue, !state.isTimerDue {
            try pass(state, row, time, place)
        }
    }

    private func mayArrive(_ index: Int, _ state: TimedState) -> Bool {
        let message = state.messages[index]
        guard message.window.earliest == 0 else { return false }
        guard index > 0 else { return true }
        let before = state.messages[index - 1]
        return flights.isOrdered
            ? before.bits >> 32 != message.bits >> 32 : before.bits != message.bits || before.window != message.window
    }

    /// Messages are lost, or doubled, when they are sent: later makes no difference.
    private func arrive(
        _ index: Int, _ state: TimedState, _ row: UnsafePointer<UInt32>, _ time: ExploredTime
    ) throws(Stop) {
        let event = LocalEvent(bits: state.messages[index].bits)
        let node = event.recipient
        if LocalState.isDown(steps.locals[Int(row[layout.local(node)])]) {
            try drop(.missed, index, state, row)
        } else {
            try handle(event, of: node, state, row, time, place: index)
            let mayDuplicate = links.of(event.link).contains(.mayDuplicate)
            if mayDuplicate, counters.duplicates(Int(row[layout.counters])) < duplicatesMax {
                try append(event, of: node, state, row, time, kind: .duplicated, crashing: false)
                if isCrashPossible(node, row) {
                    try append(event, of: node, state, row, time, kind: .duplicated, crashing: true)
                }
            }
        }
    }

    private func lose(
        _ index: Int, _ state: TimedState, _ row: UnsafePointer<UInt32>, _ time: ExploredTime
    ) throws(Stop) {
        let message = state.messages[index]
        let event = LocalEvent(bits: message.bits)
        guard links.of(event.link).contains(.mayLose), time.isFresh(event, message.window),
            counters.losses(Int(row[layout.counters])) < scope.losses ?? Int.max
        else { return }
        try drop(.lost, index, state, row)
    }

    private func drop(
        _ kind: Transition.Kind, _ index: Int, _ state: TimedState, _ row: UnsafePointer<UInt32>
    ) throws(Stop) {
        let event = LocalEvent(bits: state.messages[index].bits)
        let new = successors.add(Transition(kind, node: event.recipient, event: event), from: row)
        var state = state
        state.messages.remove(at: index)
        try write(state, into: new, layout.time ?? 0)
        if kind == .lost { try countLoss(new) }
    }

    private func handle(
        _ event: LocalEvent, of node: Int, _ state: TimedState, _ row: UnsafePointer<UInt32>, _ time: ExploredTime,
        place: Int? = nil
    ) throws(Stop) {
        try append(event, of: node, state, row, time, place: place, crashing: false)
        if isCrashPossible(node, row) { try append(event, of: node, state, row, time, place: place, crashing: true) }
    }

    private func append(
        _ event: LocalEvent, of node: Int, _ state: TimedState, _ row: UnsafePointer<UInt32>, _ time: ExploredTime,
        place: Int? = nil, kind: Transition.Kind = .event, crashing: Bool
    ) throws(Stop) {
        guard let local = time.readsNow ? steps.stamped(Int(row[layout.local(node)]), state.clock) : Int(row[layout.local(node)])
        else { throw .memory }
        guard let range = steps.range(of: event, in: local, crashing: crashing, lying: lying(node, row)) else {
            throw stop(Transition(kind, node: node, event: event))
        }
        for outcome in range {
            repeat {
                let new = successors.add(Transition(kind, node: node, event: event, outcome: outcome), from: row)
                try complete(new, event, of: node, outcome, without: place, kind)
            } while try drawAgain()
        }
    }

    // MARK: Moments

    /// Crashes and recoveries at given moments. True if nothing else happens before one of them.
    private func strike(_ state: TimedState, _ row: UnsafePointer<UInt32>, _ time: ExploredTime) throws(Stop) -> Bool {
        for node in 0..<nodeCount {
            guard let window = pendingFault(of: node, row, time), window.earliest <= state.clock else { continue }
            let isDown = LocalState.isDown(steps.locals[Int(row[layout.local(node)])])
            try append(isDown ? .recovery : .crash, of: node, state, row, time, crashing: false)
            if window.earliest == window.latest { return true }
        }
        return false
    }

    /// The crash or recovery that is to come, in ticks since the beginning.
    private func pendingFault(of node: Int, _ row: UnsafePointer<UInt32>, _ time: ExploredTime) -> Window? {
        guard let course = time.courses[node], isFaulty[Int(row[RowLayout.beginning])][node] else { return nil }
        let vector = steps.locals[Int(row[layout.local(node)])]
        if LocalState.isDown(vector) { return course.recovery }
        return LocalState.crashes(vector) == 0 ? course.crash : nil
    }

    private func pass(
        _ state: TimedState, _ row: UnsafePointer<UInt32>, _ time: ExploredTime, _ place: Int
    ) throws(Stop) {
        guard var ticks = ticksToPass(state, row, time) ?? silentTicks(state, time) else { return }
        if viewsHaveClocks { ticks = min(ticks, 1) }
        if let horizon = time.horizon { ticks = min(ticks, horizon - state.clock) }
        guard ticks > 0 else { return }
        var later = state
        later.pass(ticks)
        later.clock = min(time.clockMax, state.clock + ticks)
        later.hasBegun = false
        let new = successors.add(Transition(.tick, node: -1, event: .tick(ticks)), from: row)
        try write(later, into: new, place)
        if viewsHaveClocks { try extendViews(new, clock: later.clock) }
    }

    /// Until something may happen next; nil if nothing is left, 0 if something has to happen now.
    private func ticksToPass(_ state: TimedState, _ row: UnsafePointer<UInt32>, _ time: ExploredTime) -> Int? {
        var next = state.next
        var mayHappenNow = false
        for node in 0..<nodeCount {
            if let window = pendingFault(of: node, row, time) {
                if window.latest <= state.clock { return 0 }
                next = min(next ?? Int.max, max(0, window.earliest - state.clock))
            } else if time.courses[node] == nil {
                let isDown = LocalState.isDown(steps.locals[Int(row[layout.local(node)])])
                mayHappenNow = mayHappenNow || (isDown ? recovers : isCrashPossible(node, row))
            }
        }
        return next.map { mayHappenNow ? 1 : max(1, $0) }
    }

    /// False when time has just passed, and conditions read it: nothing has happened at this moment yet.
    func isObserved(_ state: Int) -> Bool {
        guard let time, time.marksMoments, let place = layout.time else { return true }
        return timeStore[Int(space.row(state)[place])][1] & 2 != 0
    }

    /// Whether it is a state of a run: one that is observed, or its last.
    func isJudged(_ state: Int) -> Bool { isObserved(state) || isEnd(state) }

    // MARK: Ends

    func isEnd(_ row: UnsafePointer<UInt32>, _ time: ExploredTime, _ place: Int) -> Bool {
        let state = timed(row, place)
        if isQuiescent(state, row, time) { return !viewsHaveClocks || hasRested(state, time) }
        return state.clock == time.horizon && !state.isMessageDue && !state.isTimerDue
            && !(0..<nodeCount).contains { pendingFault(of: $0, row, time).map { $0.latest <= state.clock } ?? false }
    }

    func isQuiescent(_ state: TimedState, _ row: UnsafePointer<UInt32>, _ time: ExploredTime) -> Bool {
        state.next == nil && !(0..<nodeCount).contains { pendingFault(of: $0, row, time) != nil }
    }
}
