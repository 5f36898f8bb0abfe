import ScenDiagnostics
import ScenModel

/// Runs that are stopped before they take more time or memory than they may.
extension Simulator {
    /// False, with a failure, if the run has had all its events, or as many in one moment as a run may.
    @inline(never)
    func goesOn(to choice: Choice, at time: Int) -> Bool {
        if steps >= eventsMax {
            stop(after: choice, at: time)
            return false
        }
        guard time > lookedAt else {
            let routine = compiled.program.routines[routine(of: choice)]
            failure = RuntimeFailure(
                code: .eventBudget, message: RuntimeMessages.momentBudget(budgets.eventsPerMoment),
                span: place(routine.entry), node: Int(choice.node), time: time)
            return false
        }
        (nextLook, lookedAt) = (min(eventsMax, steps + budgets.eventsPerMoment), time)
        return true
    }

    /// The run has had all its events.
    @inline(never)
    func stop(after choice: Choice, at time: Int) {
        let routine = compiled.program.routines[routine(of: choice)]
        failure = RuntimeFailure(
            code: .eventBudget, message: RuntimeMessages.eventBudget(budgets.eventsPerRun),
            span: place(routine.entry), node: Int(choice.node), time: time)
    }

    /// In a run whose draws may be amended.
    @inline(never)
    func note(_ choice: Choice, at time: Int, in ledger: DrawLedger) {
        if adversary != nil { ledger.spoke(Int(choice.node), world.speech) }
        if machine.workDone > ledger.workMax, failure == nil { stop(after: choice, at: time) }
    }

    /// More is pending after this step than may be.
    @inline(never)
    func outgrow(after choice: Choice, at time: Int) {
        guard failure == nil else { return }
        if network.isFull {
            let routine = compiled.program.routines[routine(of: choice)]
            failure = RuntimeFailure(
                code: .tooManyPending, message: RuntimeMessages.tooManyLinksUsed(budgets.linksPerRun),
                span: place(routine.entry), node: Int(choice.node), time: time)
            return
        }
        let most = mostPending()
        let message = RuntimeMessages.tooManyPending(
            messages: most.messages, timers: timers.count, most: most.name, isMessage: most.isMessage, count: most.count)
        failure = RuntimeFailure(
            code: .tooManyPending, message: message, span: place(ofFirst: most.isMessage, in: routine(of: choice)),
            node: Int(choice.node), time: time)
    }

    /// The run has gone through more elements of large values than it may.
    @inline(never)
    func tire(after choice: Choice, at time: Int) {
        guard failure == nil else { return }
        let program = compiled.program
        var largest = (name: "", node: 0, count: 0)
        for node in 0..<memory.nodeCount {
            for (index, variable) in program.variables.enumerated() {
                let word = memory.nodes[node * memory.width + index]
                let count = word.isComposite ? machine.arena.count(of: word) : 0
                if count > largest.count { largest = (variable.name, node, count) }
            }
        }
        let message = RuntimeMessages.tooMuchWork(
            budgets.largeElementsPerRun, large: RunBudgets.largeValue,
            largest: largest.count > RunBudgets.largeValue
                ? (largest.name, program.types.nodeNames[largest.node], largest.count) : nil)
        failure = RuntimeFailure(
            code: .valueTooLarge, message: message, span: place(program.routines[routine(of: choice)].entry),
            node: Int(choice.node), time: time)
    }

    /// Messages of the round, what waits at nodes that pause or are busy or is cut off and, each counting twice for its size, messages that wait
    /// for their turn on a link.
    func countAside() {
        aside = (lockstep?.count ?? 0) + (held?.waiting ?? 0) + (timeline?.cutOff.count ?? 0) + network.waiting * 2
    }

    /// The message or timer of which most are pending.
    private func mostPending() -> (name: String, isMessage: Bool, count: Int, messages: Int) {
        let types = compiled.program.types
        var messages = [Int](repeating: 0, count: types.messages.count)
        var set = [Int](repeating: 0, count: types.timers.count)
        func add(_ event: Event) {
            switch Event.Class(rawValue: event.classIndex) {
            case .arrival: messages[machine.shape(event.word)] += 1
            case .timer: if timers.isSet(ticket: event.number) { set[machine.shape(event.word)] += 1 }
            default: break
            }
        }
        queue.forEach(add)
        held?.forEachWaiting(add)
        timeline?.cutOff.forEach(add)
        network.roots { messages[machine.shape($0)] += 1 }
        lockstep?.forEachMessage { messages[machine.shape($0)] += 1 }
        // The first of several that are equally many.
        let message = messages.indices.max { (messages[$0], $1) < (messages[$1], $0) }
        let timer = set.indices.max { (set[$0], $1) < (set[$1], $0) }
        if let message, messages[message] >= timer.map({ set[$0] }) ?? 0 {
            return (types.messages[message].name, true, messages[message], messages.reduce(0, +))
        }
        return timer.map { (types.timers[$0].name, false, set[$0], messages.reduce(0, +)) } ?? ("", true, 0, 0)
    }

    /// The first statement of a routine that sends, or sets a timer, or else its beginning: it may be in a function.
    private func place(ofFirst isSend: Bool, in routine: Program.RoutineID) -> SourceSpan {
        let program = compiled.program
        let entry = program.routines[routine].entry
        let end = program.routines.lazy.map(\.entry).filter { $0 > entry }.min() ?? program.code.count
        let found = (entry..<end).first {
            let opcode = program.code[$0].opcode
            return isSend ? opcode == .send || opcode == .sendMany : opcode == .setTimer
        }
        return place(found ?? entry)
    }

    private func place(_ instruction: Int) -> SourceSpan {
        let places = compiled.program.places
        return instruction < places.count ? places[instruction] : SourceSpan(.scenario, 0, 0)
    }

    private func routine(of choice: Choice) -> Program.RoutineID {
        let program = compiled.program
        let routine: Program.RoutineID? =
            switch choice.kind {
            case .deliver: program.onMessage[machine.shape(choice.word)]
            case .fire: program.onTimer[machine.shape(choice.word)]
            case .round: program.onRound
            case .recover: program.onRecover
            case .start, .crash: program.onStart
            }
        return routine ?? program.initialise
    }
}
