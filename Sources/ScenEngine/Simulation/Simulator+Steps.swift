import ScenDiagnostics
import ScenModel

extension Simulator {
    /// Draws what is fixed from the start; false if an initial value fails.
    func begin() -> Bool {
        queue.clear()
        timers.clear()
        badPeriods?.begin(seed: seed)
        memory.clocks?.draw(seed: seed)
        network.begin(seed: seed)
        held?.begin(seed: seed)
        hash = RunHash()
        (steps, deliveries, sends, round, aside) = (0, 0, 0, 0, 0)
        (nextLook, lookedAt) = (min(eventsMax, budgets.eventsPerMoment), 0)
        failure = nil
        isDecided = false
        ledger?.begin()
        for node in 0..<memory.nodeCount {
            choices[node] = RandomStream(seed: seed, purpose: .choice, index: node)
        }
        inputs.draw(into: memory.inputs, seed: seed, instead: ledger?.amendments.inputs)
        let isDrawn = faults.draw(seed: seed, instead: ledger?.amendments.faulty)
        if let adversary { begin(adversary) }
        if let linkAdversary { begin(linkAdversary) }
        if isDrawn || timeline?.timeline.crashesComputed ?? false { setFaulty() }
        guard world.begin() else {
            failure = machine.failure
            return false
        }
        planTimeline()
        planFaults()
        collectIfDue()
        return true
    }

    /// Asynchronous or with a bound: one event after another.
    func runEvents() -> Story.End {
        start()
        observe()
        carryOutDrawn()
        while true {
            while !hasFailed, !isDecided, let event = queue.pop(until: horizon) {
                handle(event)
                observe()
                carryOutDrawn()
                if let linkAdversary, !isDecided { letAdversaryMove(linkAdversary, after: event) }
            }
            if failure != nil { return .failed }
            if isDecided || !isQuiescent { return .horizon }
            if let linkAdversary, letAdversaryMoveLast(linkAdversary) { continue }
            guard endIdleness() else { return .quiescent }
            observe()
        }
    }

    /// What the scenario prescribes for the very beginning precedes `on start`.
    func start() {
        while !hasFailed, let event = queue.pop(until: 0) { handle(event) }
        for node in 0..<memory.nodeCount { perform(.start(node), at: 0) }
    }

    /// After every step; not within a moment's rounds or starts.
    @inline(__always)
    func observe() {
        watch()
        if actsOnStates { actOnState() }
    }

    @inline(__always)
    func watch() {
        guard !watching.isIdle, !hasFailed else { return }
        if let teller { teller.recorder?.observed(at: memory.time) }
        if !watching.observe(machine, step: steps - 1, time: memory.time) { failure = machine.failure }
        if let ledger, ledger.stopsWhenDecided, watching.isIdle { isDecided = true }
    }

    @inline(__always)
    func handle(_ event: Event) {
        if network.hasCuts && isCutOff(event) { return }
        if held != nil, mustWait(event) { return }
        handleNow(event)
    }

    @inline(__always)
    func handleNow(_ event: Event) {
        let node = Int(event.node)
        switch Event.Class(rawValue: event.classIndex) {
        case .arrival:
            if let linkAdversary { return arrive(event, linkAdversary) }
            perform(
                .deliver(event.word, from: Int(event.source), to: node), number: event.number,
                at: event.time)
        case .timer:
            if timers.fire(ticket: event.number) { perform(.fire(event.word, of: node), at: event.time) }
        case .fault:
            carryOut(event)
        case .timeline:
            begin(item: node, at: event.time)
        case .timelineEnd:
            end(item: node, at: event.time)
        case .released:
            arriveReleased(at: event.time)
        case .turn:
            leaveQueue(node, at: event.time)
        case .wake:
            wake(node, ticket: event.number, at: event.time)
        case .endOfRound, .round, nil:
            break
        }
    }

    /// Has the world carry out a choice, and takes up what comes of it.
    @inline(__always)
    func perform(_ choice: Choice, number: UInt64 = 0, at time: Int) {
        guard !hasFailed else { return }
        let node = Int(choice.node)
        if steps >= nextLook, !goesOn(to: choice, at: time) { return }
        inHand = choice.word
        if drawsChoices { drawChoicesFor(node) }
        if let adversary {
            world.liar = isLying[node] ? adversary : nil
            world.isListening = compiled.program.layout.keepsSeen && isLying[node]
        }
        let crash = crashesToCome == 0 ? nil : interruption(of: choice, at: time)
        if let teller { teller.begin(choice, crash: crash, step: steps) }
        let outcome = world.step(choice, time: time, round: round, crash: crash)
        if drawsChoices { choices[node] = machine.tape.random ?? choices[node] }
        if outcome == .ignored && choice.kind != .deliver { return }
        if watching.isTracking { watching.touch(node) }
        if actsOnStates { timeline?.touch(node) }
        steps &+= 1
        hash.add(time)
        hash.add(Int(choice.kind.rawValue) &+ node &<< 8 &+ Int(choice.from) &<< 36)
        hash.add(machine.hash(choice.word))
        if choice.kind == .deliver && outcome != .ignored { deliveries &+= 1 }
        switch outcome {
        case .done:
            carryOut(node, time)
        case .crashed:
            ledger?.crashed(node)
            carryOut(node, time)
            timers.cancelAll(of: node)
            hash.add(UInt64.max)
        case .ignored:
            hash.add(UInt64.max &- 1)
        case .failed:
            failure = machine.failure
            if let teller { for effect in world.effects { teller.noted(effect) } }
        }
        if let teller { teller.end(choice, number: number, time: time, outcome: outcome) }
        if let ledger { note(choice, at: time, in: ledger) }
        if outcome == .crashed { loseWaiting(at: node, time) }
        collectIfDue()
        // A timer that is set has an event too: it counts twice, for its size.
        if queue.count &+ timers.count &+ aside > budgets.pendingPerRun || network.isFull {
            outgrow(after: choice, at: time)
        }
        if machine.hasWorkedTooMuch { tire(after: choice, at: time) }
    }

    /// Sends and timers of the handler that has just run.
    @inline(__always)
    private func carryOut(_ node: Int, _ time: Int) {
        for effect in world.effects {
            switch effect.kind {
            case .send: send(effect, from: node, at: time)
            case .setTimer:
                let moment = memory.moment(of: node, after: effect.amount)
                let ticket = timers.set(effect.word, of: node)
                queue.push(Event(.timer, node: node, word: effect.word, number: ticket, at: moment))
                hash.add(moment)
                if let teller { teller.timerSet(effect.word, at: moment) }
            case .cancelTimer:
                timers.cancel(effect.word, of: node)
                if let teller { teller.timerCancelled(effect.word) }
            case .decide, .deliver, .broadcast, .log, .choose:
                if let teller { teller.noted(effect) }
                if effect.kind == .log || effect.kind == .choose { continue }
            }
            hash.add(UInt64(effect.kind.rawValue))
            hash.add(machine.hash(effect.word))
        }
        if timers.stale > 1024 && timers.stale &* 2 > queue.count { dropStaleTimers() }
    }

    @inline(__always)
    private func send(_ effect: Effect, from: Int, at time: Int) {
        let to = Int(effect.node)
        sends &+= 1
        if let linkAdversary { linkAdversary.saw(effect.word, sends, from: from, to: to) }
        var fate =
            network.isSpecial
            ? admitSpecial(effect.word, from, to, time) : network.admit(from: from, to: to, at: time)
        if let lockstep {
            fate = keep(effect.word, from: from, to: to, fate, lockstep)
        } else {
            push(effect.word, sends, from, to, fate)
        }
        hash.add(to &+ fate.copies &<< 32)
        if let teller { teller.sent(Int(sends), effect.word, to: to, fate, network.note) }
    }

    @inline(__always)
    func push(_ message: Word, _ number: UInt64, _ from: Int, _ to: Int, _ fate: Network.Fate) {
        guard fate.copies > 0 else { return }
        queue.push(Event(arrival: message, number: number, from: from, to: to, at: fate.arrival))
        if fate.copies == 2 {
            queue.push(Event(arrival: message, number: number, from: from, to: to, at: fate.secondArrival))
        }
    }

    @inline(__always)
    func drawChoicesFor(_ node: Int) {
        machine.tape.random = choices[node]
        machine.tape.reset()
    }

    private func dropStaleTimers() {
        queue.compact { $0.classIndex != Event.Class.timer.rawValue || timers.isSet(ticket: $0.number) }
        held?.dropWaiting(isStale)
        timers.staleDropped()
    }
}
