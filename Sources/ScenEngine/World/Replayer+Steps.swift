import ScenModel

/// One choice after another, each as the trace says.
extension Replayer {
    func carryOut(_ step: Trace.Step) throws(Misfit) {
        guard step.time >= time else { throw Misfit("time goes back: the step before it is later") }
        endRounds(before: step.time)
        time = step.time
        switch step.action {
        case .start, .deliver, .modify, .spoof, .replay, .fire, .round, .recover: break
        case .crash, .pause, .timeline, .cutOff, .observe, .end: try requireNoHandler(step)
        }
        switch step.action {
        case .observe:
            world.wait(until: time)
            hash.add(step.action, time: time)
            observe()
        case .end(let how): try finish(how)
        case .start(let node):
            guard !hasStarted[node...].contains(true) else {
                throw Misfit("nodes start once, in their order, and it is not the turn of \(names[node])")
            }
            hasStarted[node] = true
            startsLeft -= 1
            try perform(.start(node), step)
            if startsLeft == 0 { try requireAllStarted() }
        case .deliver(let number, let to): try perform(try delivery(number, to, step), step, number: number)
        case .modify, .spoof, .replay: try interfere(step)
        case .fire(let node): try perform(try expiry(node, step), step)
        case .round(let node, let round):
            guard isLockstep else { throw Misfit("this case has no rounds") }
            try perform(.round(node), step, round: round)
        case .crash(let node):
            try requireUp(node)
            try requireFaulty(node)
            let isFirst = crashingFirst.remove(node) != nil
            if isFirst { startsLeft -= 1 }
            try perform(.crash(node), step)
            if isFirst, startsLeft == 0 { try requireAllStarted() }
        case .recover(let node):
            guard compiled.system.nodes.kind == .crashRecovery else { throw Misfit("nodes do not recover in this case") }
            guard memory.crashed[node] else { throw Misfit("\(names[node]) is up") }
            try perform(.recover(node), step)
        case .pause(let node, _, _):
            try requireUp(node)
            tell(step)
        case .timeline(let item, _):
            let count = compiled.system.timeline.items.count
            guard item < count else { throw Misfit("the timeline has \(count) items in this case") }
            tell(step)
        case .cutOff(let number, let isLost):
            try requireInFlight(number)
            tell(step)
            if isLost { inFlight[number - 1].copies -= 1 }
        }
        if machine.wantsCollection { machine.collect(roots: roots) }
    }

    func perform(_ choice: Choice, _ step: Trace.Step, number: Int = 0, round: Int = 0) throws(Misfit) {
        let node = Int(choice.node)
        var crash: Machine.Interruption?
        if let point = step.crash {
            try requireFaulty(node)
            crash = Machine.Interruption(point: point.point, reached: point.reached)
        }
        try setLies(step, of: choice)
        machine.tape.random = nil
        machine.tape.reset(prescribed: step.choices)
        teller.begin(choice, crash: crash, step: result.events)
        let outcome = world.step(choice, time: step.time, round: round, crash: crash)
        if outcome != .failed, outcome != .ignored {
            guard machine.tape.taken.map(\.choice) == step.choices else {
                throw Misfit("the handler chooses \(machine.tape.taken.count) times, and otherwise than in the trace")
            }
            try checkLies(step)
        }
        if outcome == .ignored {
            guard choice.kind == .deliver else { throw Misfit("\(names[node]) has crashed") }
            try requireNoHandler(step)
        }
        result.events += 1
        if choice.kind == .deliver, outcome != .ignored { result.deliveries += 1 }
        hash.add(choice, time: step.time, outcome: outcome, world: world)
        if outcome == .failed {
            failure = machine.failure
            for effect in world.effects { teller.noted(effect) }
        } else {
            try takeUp(node, step)
        }
        if outcome == .crashed { timers[node] = [] }
        teller.end(choice, number: UInt64(number), time: step.time, outcome: outcome)
        if !isLockstep, startsLeft == 0, step.isObserved { observe() }
    }

    /// Something that is no handler: the world stays as it is.
    private func tell(_ step: Trace.Step) {
        guard let cause = cause(step.action) else { return }
        world.wait(until: step.time)
        teller.tell(cause, step: result.events, time: step.time)
        hash.add(step.action, time: step.time)
        result.events += 1
        if !isLockstep, startsLeft == 0, step.isObserved { observe() }
    }

    private func cause(_ action: Trace.Action) -> Story.Cause? {
        switch action {
        case .pause(let node, let since, let until): return .pause(node: node, since: since, until: until)
        case .timeline(let item, let phase): return .timeline(compiled.system.timeline.items[item], phase)
        case .cutOff(let number, let isLost):
            let message = inFlight[number - 1]
            return .cutOff(
                number: number, message: machine.value(message.word, .message), from: message.from, to: message.to,
                isLost: isLost)
        default: return nil
        }
    }

    /// Sends and timers of the handler that has just run.
    private func takeUp(_ node: Int, _ step: Trace.Step) throws(Misfit) {
        let sends = world.effects.count { $0.kind == .send }
        if tellsFates, sends != step.sends.count {
            throw Misfit("\(names[node]) sends \(sends) messages here, and the trace tells of \(step.sends.count)")
        }
        var position = 0
        for effect in world.effects {
            switch effect.kind {
            case .send:
                try send(effect, from: node, tellsFates ? step.sends[position] : nil)
                position += 1
            case .setTimer:
                if !timers[node].contains(effect.word) { timers[node].append(effect.word) }
                teller.timerSet(effect.word, at: memory.moment(of: node, after: effect.amount))
            case .cancelTimer:
                timers[node].removeAll { $0 == effect.word }
                teller.timerCancelled(effect.word)
            case .decide, .deliver, .broadcast, .log, .choose: teller.noted(effect)
            }
        }
    }

    private func send(_ effect: Effect, from: Int, _ told: Trace.Send?) throws(Misfit) {
        let to = Int(effect.node)
        let number = inFlight.count + 1
        if let told {
            guard told.number == number, told.to == to else {
                throw Misfit("here #\(number) is sent to \(names[to]), and the trace tells of #\(told.number) to \(names[told.to])")
            }
        }
        // Without a word about it, it may arrive as the links allow: which of them duplicate is nothing a trace checks.
        let fate = told?.fate ?? .waits(lost: false)
        observer?.saw(effect.word, from: from, to: to)
        inFlight.append(InFlight(word: effect.word, from: from, to: to, sentAt: time, copies: fate.copiesMax))
        teller.sent(number, effect.word, to: to, fate, pushesOut: told?.pushesOut)
    }

    private func delivery(_ number: Int, _ to: Int, _ step: Trace.Step) throws(Misfit) -> Choice {
        try requireInFlight(number)
        let message = inFlight[number - 1]
        guard message.to == to else { throw Misfit("message #\(number) was sent to \(names[message.to]), not to \(names[to])") }
        let text = TraceText.message(message.word, machine)
        guard text == step.text else { throw Misfit("message #\(number) is \(text) now") }
        inFlight[number - 1].copies -= 1
        return .deliver(message.word, from: message.from, to: to)
    }

    private func expiry(_ node: Int, _ step: Trace.Step) throws(Misfit) -> Choice {
        guard let index = timers[node].firstIndex(where: { TraceText.timer($0, machine) == step.text }) else {
            throw Misfit("\(names[node]) has set no timer \(step.text)")
        }
        return .fire(timers[node].remove(at: index), of: node)
    }

    private func requireNoHandler(_ step: Trace.Step) throws(Misfit) {
        if !step.choices.isEmpty || !step.lies.isEmpty || step.crash != nil || !step.sends.isEmpty { throw Misfit("no handler runs here") }
    }

    private func requireAllStarted() throws(Misfit) {
        // What follows a failure never happens.
        if failure != nil { return }
        for node in names.indices where !hasStarted[node] && !memory.crashed[node] {
            throw Misfit("\(names[node]) has not started")
        }
    }

    func requireInFlight(_ number: Int) throws(Misfit) {
        guard number >= 1, number <= inFlight.count else { throw Misfit("message #\(number) has not been sent") }
        if inFlight[number - 1].copies == 0 {
            throw Misfit("message #\(number) is not in flight: it was lost, or has arrived")
        }
    }

    private func requireUp(_ node: Int) throws(Misfit) {
        if memory.crashed[node] { throw Misfit("\(names[node]) has crashed") }
    }

    private func requireFaulty(_ node: Int) throws(Misfit) {
        if !isFaulty[node] { throw Misfit("\(names[node]) crashes, and is not faulty in this run") }
    }

    private func observe() {
        guard failure == nil else { return }
        if !watching.observe(machine, step: result.events - 1, time: memory.time) { failure = machine.failure }
    }
}
