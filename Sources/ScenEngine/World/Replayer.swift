package import ScenModel

/// What came of carrying out the choices of a trace.
package struct Replay: Sendable {
    /// Why a step, or the case itself, does not fit.
    package struct Misfit: Sendable, Hashable {
        /// Index in the steps of the trace; nil: the case.
        package var step: Int?
        package var reason: String
    }
    package var result: RunResult
    package var story: Story
    /// What the run says about the expectation that the trace names; nil for a trace of an error, and where the run did not
    /// come to its end.
    package var verdict: RunVerdict?
    package var misfit: Misfit?
    package var failure: RuntimeFailure? { result.failure }
    /// As `Trace.hash`.
    package var hash: UInt64
}

struct Misfit: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// Carries out the choices of a trace, one after the other, through `World.step`. It draws nothing and knows no latency:
/// each choice has to be possible when its turn comes, and to come out as the trace says.
package final class Replayer {
    struct InFlight {
        var word: Word
        var from: Int
        var to: Int
        var sentAt: Int
        /// How often it may still arrive.
        var copies: Int
    }
    let compiled: CompiledCase
    let trace: Trace
    let world: World
    let machine: Machine
    let memory: WorldMemory
    let inputs: InputWords
    let teller: Storyteller
    let names: [String]
    var isFaulty: [Bool]
    /// Whether the trace says what became of messages when they were sent.
    let tellsFates: Bool
    let watching = WatchBoard()
    private let rule: (any FormRule)?
    /// What the trace shows is no matter of this run alone: nothing is judged.
    private let comparesRuns: Bool
    let isLockstep: Bool

    /// Nil: nobody holds the links.
    let observer: LinkObserver?
    var inFlight: [InFlight] = []
    /// By node: those that are set.
    var timers: [[Word]]
    var hasStarted: [Bool]
    /// How many nodes have neither started nor crashed before they could.
    var startsLeft: Int
    /// Nodes that will crash before they start.
    var crashingFirst: Set<Int>
    var hash = StepHash()
    var result = RunResult()
    var time = 0
    var failure: RuntimeFailure?
    var end: Story.End?

    package init(_ compiled: CompiledCase, trace: Trace, budgets: RunBudgets = RunBudgets()) {
        self.compiled = compiled
        self.trace = trace
        let system = compiled.system
        names = system.nodes.names
        world = World(
            program: compiled.program, nodeCount: names.count, topology: system.network.topology, budgets: budgets)
        machine = world.machine
        memory = world.memory
        if system.faults.behaviours.contains(where: { !$0.isEmpty }) { _ = world.falseWords }
        memory.clocks = system.timing.clocks.map { Clocks($0, nodeCount: system.nodes.count) }
        inputs = InputWords(system.inputs, machine: machine)
        teller = Storyteller(world: world, keeping: 0..<trace.steps.count)
        tellsFates = trace.steps.contains { !$0.sends.isEmpty }
        isLockstep = system.timing.lockstep
        observer = LinkObserver(system, machine)
        memory.adversary = observer
        timers = Array(repeating: [], count: names.count)
        hasStarted = Array(repeating: false, count: names.count)
        let starting = Set(trace.steps.compactMap { if case .start(let node) = $0.action { node } else { nil } })
        crashingFirst = Set(trace.steps.compactMap { if case .crash(let node) = $0.action { node } else { nil } })
            .subtracting(starting)
        startsLeft = starting.count + crashingFirst.count
        isFaulty = Array(repeating: false, count: names.count)
        for node in trace.faulty where node < names.count { isFaulty[node] = true }
        if case .expectation(let name, _, _) = trace.shown {
            let shown = compiled.expectations.first { $0.name == name }
            comparesRuns = shown?.comparesRuns ?? false
            rule = comparesRuns ? nil : shown?.form.rule
        } else {
            comparesRuns = false
            rule = nil
        }
    }

    package func replay() -> Replay {
        machine.keepsLog = true
        // A trace of an error: any expectation's condition may have been what failed.
        let others = comparesRuns ? [] : compiled.expectations.filter { !$0.comparesRuns }
        let watches = rule.map { [Watch($0.routine, $0.need)] } ?? others.map {
            let rule = $0.form.rule
            return Watch(rule.routine, rule.need)
        }
        watching.isIncremental = false
        watching.begin(watches, inRounds: isLockstep)
        var misfit: Replay.Misfit?
        do throws(Misfit) {
            try prepare()
        } catch {
            misfit = Replay.Misfit(reason: error.reason)
        }
        var index = 0
        while misfit == nil, end == nil, failure == nil, index < trace.steps.count {
            do throws(Misfit) {
                try carryOut(trace.steps[index])
            } catch {
                misfit = Replay.Misfit(step: index, reason: error.reason)
            }
            index += 1
        }
        if misfit == nil, failure != nil, index < trace.steps.count - 1 {
            misfit = Replay.Misfit(step: index, reason: "the run has stopped with an error before it")
        }
        return conclude(misfit)
    }

    private func prepare() throws(Misfit) {
        try checkCase()
        try setInputs()
        setFaulty()
        observer?.begin(faulty: trace.faulty)
        memory.clocks?.draw(seed: trace.seed)
        if !world.begin() { failure = machine.failure }
    }

    // MARK: The end

    func finish(_ how: Story.End) throws(Misfit) {
        end = how
        observer?.endRound()
        if how == .decided {
            guard watching.isIdle || compiled.needsViews else { throw Misfit("the run is told up to what decided it, and nothing is decided now") }
            return
        }
        world.wait(until: time)
        judgeEnd()
        if how == .failed, failure == nil { throw Misfit("the run stopped with an error here, and now does not") }
    }

    private func judgeEnd() {
        for (index, outcome) in compiled.outcomes.enumerated() {
            guard let holds = machine.observe(outcome.condition) else { return failure = machine.failure }
            if holds.isTrue {
                result.outcome = index
                break
            }
        }
        world.end(outcome: result.outcome)
        let isObserved = watching.observeEnd(
            machine, step: result.events - 1, time: time, lastingUntil: time, wasCut: end == .horizon)
        if !isObserved { failure = machine.failure }
    }

    private func conclude(_ misfit: Replay.Misfit?) -> Replay {
        machine.keepsLog = false
        result.end = failure != nil ? .failed : end ?? .horizon
        result.endTime = memory.time
        result.watched = watching.results
        result.failure = failure
        hash.addEnd(world, failed: failure != nil)
        result.hash = hash.value
        var verdict: RunVerdict?
        if let rule, misfit == nil, failure == nil { verdict = rule.judge(result.watched[0], in: result) }
        var story = Story(
            seed: trace.seed, faulty: trace.faulty, told: teller, result: result, compiled: compiled, world: world)
        // Exploration without a clock draws nothing and says no time.
        story.isTimed = compiled.plan.exploration == nil || trace.seed != 0 || trace.steps.contains { $0.time != 0 }
        if rule != nil { story.decisiveStep = result.watched[0].moment?.step }
        return Replay(result: result, story: story, verdict: verdict, misfit: misfit, hash: hash.value)
    }

    func roots(_ mark: (Word) -> Void) {
        world.roots(mark)
        inputs.roots(mark)
        teller.roots(mark)
        watching.roots(mark)
        observer?.roots(mark)
        for message in inFlight where message.copies > 0 { mark(message.word) }
        for timers in timers { for timer in timers { mark(timer) } }
    }
}

extension Story.Fate {
    /// How often the message may arrive.
    var copiesMax: Int {
        switch self {
        case .lost, .refused: 0
        case .arrives: 1
        case .arrivesTwice, .inFlight: 2
        case .ruled(_, let rest), .queues(_, let rest), .cutOff(let rest), .sentInBadPeriod(_, let rest):
            rest.copiesMax
        case .waits(let lost): lost ? 0 : 2
        }
    }
}
