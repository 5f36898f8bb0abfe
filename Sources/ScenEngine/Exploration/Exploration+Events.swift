import ScenModel

/// Asynchronous timing: what may happen next, one event at a time. Any message in flight may arrive, any timer that is set may
/// fire, any node that may crash may do so before, after or in the middle of a handler.
extension Exploration {
    /// Fills `successors`.
    func expand(_ row: UnsafePointer<UInt32>) throws(Stop) {
        successors.clear()
        if timeline != nil, try act(row) { return }
        beginSuccessors()
        defer { settlesFlights = false }
        let flight = Int(row[layout.flight])
        let count = flights[flight].count
        for place in 0..<count {
            // Interning may add flights, which never moves one.
            let inFlight = flights[flight]
            guard flights.mayArrive(place, inFlight) else { continue }
            try arrive(LocalEvent(bits: inFlight[place]), place, row)
        }
        for node in 0..<nodeCount {
            let local = Int(row[layout.local(node)])
            let vector = steps.locals[local]
            if LocalState.isDown(vector) {
                if mayRecover(node, row) { try handle(.recovery, of: node, row) }
                continue
            }
            if isPaused(node, in: row) {
                if isCrashPossible(node, row) { try append(.crash, of: node, row, crashing: false) }
                continue
            }
            for index in LocalState.variables + world.memory.width..<vector.count {
                try handle(.firing(of: Word(bits: vector[index])), of: node, row)
            }
            if isCrashPossible(node, row) { try append(.crash, of: node, row, crashing: false) }
        }
        if adversary != nil { try makeUp(row) }
        try endSuccessors()
    }

    /// What is in flight in each of them becomes known only with all. Until `settlesFlights` is false again.
    func beginSuccessors() {
        successors.clear()
        flights.forget()
        settlesFlights = true
    }

    func endSuccessors() throws(Stop) {
        let place = layout.flight
        guard flights.settle({ successors.row($0)[place] = UInt32($1) }) else { throw .memory }
    }

    /// Of what has been made in `flights`, into the row that was added last or any other.
    private func endFlight(_ row: UnsafeMutablePointer<UInt32>) throws(Stop) {
        if settlesFlights { return flights.endLater(for: successors.count - 1) }
        guard let flight = flights.end() else { throw .memory }
        row[layout.flight] = UInt32(flight)
    }

    private func arrive(_ event: LocalEvent, _ place: Int, _ row: UnsafePointer<UInt32>) throws(Stop) {
        let node = event.recipient
        let link = choices(of: event.link, in: row)
        if link.contains(.isCut) {
            // What reliable links hold back is still in flight.
            if links.isLossy { try drop(.cutOff, event, place, row) }
            return
        }
        if isPaused(node, in: row) {
            if recovers { try drop(.waits, event, place, row) }
        } else if LocalState.isDown(steps.locals[Int(row[layout.local(node)])]) {
            try drop(.missed, event, place, row)
        } else {
            try handle(event, of: node, row, place: place)
            if adversary != nil { try modify(event, place, row) }
            if link.contains(.mayDuplicate), counters.duplicates(Int(row[layout.counters])) < duplicatesMax {
                try append(event, of: node, row, kind: .duplicated, crashing: false)
                if isCrashPossible(node, row) {
                    try append(event, of: node, row, kind: .duplicated, crashing: true)
                }
            }
        }
        if link.contains(.mayLose), counters.losses(Int(row[layout.counters])) < scope.losses ?? Int.max {
            try drop(.lost, event, place, row)
        }
    }

    /// At any time: one that only the timeline has made crash does not.
    func mayRecover(_ node: Int, _ row: UnsafePointer<UInt32>) -> Bool {
        recovers && (timeline == nil || isFaulty[Int(row[RowLayout.beginning])][node])
    }

    func isCrashPossible(_ node: Int, _ row: UnsafePointer<UInt32>) -> Bool {
        guard isFaulty[Int(row[RowLayout.beginning])][node], time?.courses[node] == nil else { return false }
        return crashLimits[node].map { LocalState.crashes(steps.locals[Int(row[layout.local(node)])]) < $0 } ?? true
    }

    /// Whether it is a Byzantine node that need not say what it means: 0 if not, else as `LocalSteps.range` wants it.
    @inline(__always)
    func lying(_ node: Int, _ row: UnsafePointer<UInt32>) -> Int {
        hasLiars ? lyingOf(node, row) : 0
    }

    @inline(never)
    private func lyingOf(_ node: Int, _ row: UnsafePointer<UInt32>) -> Int {
        let faulty = isFaulty[Int(row[RowLayout.beginning])]
        guard faulty[node], !steps.faults.behaviour(of: node).isEmpty else { return 0 }
        guard compiled.program.layout.keepsSeen else { return 1 }
        return steps.context(of: faulty.indices.filter { faulty[$0] }) { Int(row[self.layout.local($0)]) }
    }

    /// With and without a crash in the handler.
    private func handle(
        _ event: LocalEvent, of node: Int, _ row: UnsafePointer<UInt32>, place: Int? = nil
    ) throws(Stop) {
        try append(event, of: node, row, place: place, crashing: false)
        if isCrashPossible(node, row) { try append(event, of: node, row, place: place, crashing: true) }
    }

    func append(
        _ event: LocalEvent, of node: Int, _ row: UnsafePointer<UInt32>, place: Int? = nil,
        kind: Transition.Kind = .event, original: LocalEvent? = nil, crashing: Bool
    ) throws(Stop) {
        let lying = lying(node, row)
        guard let range = steps.range(of: event, in: Int(row[layout.local(node)]), crashing: crashing, lying: lying) else {
            throw stop(Transition(kind, node: node, event: event, original: original))
        }
        for outcome in range {
            if kind.isMadeUp, !layout.hasViews, changesNothing(outcome, of: node, row) { continue }
            let transition = Transition(kind, node: node, event: event, outcome: outcome, original: original)
            repeat {
                let new = successors.add(transition, from: row)
                if layout.hasViews, kind == .spoofed { try extendViewOfSpeaker(new, event) }
                try complete(new, event, of: node, outcome, without: place, kind)
            } while try drawAgain()
        }
    }

    /// Puts what the outcome changes into the row.
    func complete(
        _ row: UnsafeMutablePointer<UInt32>, _ event: LocalEvent, of node: Int, _ number: Int,
        without place: Int? = nil, _ kind: Transition.Kind = .event
    ) throws(Stop) {
        let outcome = steps.outcomes[number]
        let isDown = LocalState.isDown(steps.locals[outcome.local])
        let before = time == nil ? nil : timed(row, layout.time ?? 0)
        row[layout.local(node)] = UInt32(outcome.local)
        if timeline != nil, isDown { endPause(of: node, row) }
        if layout.hasViews { try extendView(row, event, of: node, outcome: number) }
        if let time, let before {
            try completeTimed(row, from: before, event, of: node, outcome, without: place, time)
        } else if place != nil || outcome.sendCount > 0 || isDown {
            flights.begin(Int(row[layout.flight]), without: place)
            put(outcome, into: row)
            // What would reach a node that has stopped for ever is lost, now or then.
            if isDown && !recovers { flights.dropAll(to: node) }
            try endFlight(row)
        }
        if let place = layout.history, outcome.note > 0 {
            guard
                let history = histories.add(
                    steps.notes[outcome.note], number: outcome.note, of: node, at: moment(row), to: row[place], world)
            else { throw .memory }
            row[place] = history
        }
        if layout.adversary != nil { try watch(outcome, row) }
        if counters.isEmpty { return }
        counters.begin(Int(row[layout.counters]))
        if kind == .duplicated { counters.addDuplicate() }
        if kind.isForgery { counters.addForgery() }
        if event.isDelivery { counters.addReceived(node) }
        if outcome.sendCount > 0 { counters.addSending() }
        for index in outcome.firstSend..<outcome.firstSend + outcome.sendCount {
            counters.addSent(world.machine.shape(LocalEvent(bits: steps.sends[index]).message))
        }
        guard let counted = counters.end() else { throw .memory }
        row[layout.counters] = UInt32(counted)
    }

    /// ns. In rounds: the beginning of the round that follows the state.
    private func moment(_ row: UnsafePointer<UInt32>) -> Int {
        if let time, let place = layout.time { return timeStore[Int(row[place])][0] * time.tick }
        guard compiled.system.timing.lockstep, let bound = compiled.system.timing.bound else { return 0 }
        return counters.round(Int(row[layout.counters])) * bound
    }

    /// The messages of an outcome, but those that certainly reach nobody.
    func put(_ outcome: LocalSteps.Outcome, into row: UnsafeMutablePointer<UInt32>) {
        for index in outcome.firstSend..<outcome.firstSend + outcome.sendCount {
            let message = LocalEvent(bits: steps.sends[index])
            let copies = copies(of: message, row)
            guard copies > 0, reaches(message, row) else { continue }
            let mayBeLost = choices(of: message.link, in: row).contains(.mayLose)
            for _ in 0..<copies { flights.add(message.bits, mayBeLost: mayBeLost) }
        }
    }

    /// False if it certainly reaches nobody.
    func reaches(_ message: LocalEvent, _ row: UnsafePointer<UInt32>) -> Bool {
        let link = choices(of: message.link, in: row)
        if link.contains(.mustLose) || link.contains(.isCut) && links.isLossy { return false }
        if timeline != nil, isLostForGood(message, in: row) { return false }
        return recovers || !LocalState.isDown(steps.locals[Int(row[layout.local(message.recipient)])])
    }

    private func drop(
        _ kind: Transition.Kind, _ event: LocalEvent, _ place: Int, _ row: UnsafePointer<UInt32>
    ) throws(Stop) {
        let new = successors.add(Transition(kind, node: event.recipient, event: event), from: row)
        flights.begin(Int(row[layout.flight]), without: place)
        try endFlight(new)
        if kind == .lost { try countLoss(new) }
    }

    func countLoss(_ row: UnsafeMutablePointer<UInt32>) throws(Stop) {
        if counters.isEmpty { return }
        counters.begin(Int(row[layout.counters]))
        counters.addLoss()
        guard let counted = counters.end() else { throw .memory }
        row[layout.counters] = UInt32(counted)
    }

    /// What `steps` could not answer. The state in which it was asked is known to whoever catches it.
    func stop(_ transition: Transition) -> Stop {
        switch steps.problem {
        case .failed(let failure): .failed(failure, from: nil, transition)
        case .tooManyOutcomes: .tooManyOutcomes
        case .finerTick(let tick): .finerTick(tick)
        case .memory, nil: .memory
        }
    }
}
