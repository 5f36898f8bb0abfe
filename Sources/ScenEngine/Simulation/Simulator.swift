package import ScenModel

/// What one run came to.
package struct RunResult: Sendable {
    /// Steps that were carried out: starts, deliveries (also to crashed nodes), timers, rounds, crashes.
    package var events: Int
    /// Messages that reached a node that was up.
    package var deliveries: Int
    package var end: Story.End
    /// ns
    package var endTime: Int
    /// Index of the outcome, first match; nil if none holds.
    package var outcome: Int?
    /// One for each watch.
    package var watched: [Watched]
    package var failure: RuntimeFailure?
    /// Content hash over every step, its time and its effects: equal runs have equal hashes on every machine.
    package var hash: UInt64
    var hasReachedLimit: Bool { failure?.isOfLimit == true }
    package init(
        events: Int = 0, deliveries: Int = 0, end: Story.End = .quiescent, endTime: Int = 0,
        outcome: Int? = nil, watched: [Watched] = [], failure: RuntimeFailure? = nil,
        hash: UInt64 = 0
    ) {
        self.events = events
        self.deliveries = deliveries
        self.end = end
        self.endTime = endTime
        self.outcome = outcome
        self.watched = watched
        self.failure = failure
        self.hash = hash
    }
}

/// Samples runs of one case: draws what happens next, and has the world carry it out. One worker owns it and runs one seed
/// after another in the same memory.
package final class Simulator {
    package let compiled: CompiledCase
    let world: World
    let machine: Machine
    let memory: WorldMemory
    let budgets: RunBudgets
    let inputs: InputWords
    /// Whether some handler chooses.
    let drawsChoices: Bool
    /// By node: where its `choose` draws from.
    let choices: UnsafeMutablePointer<RandomStream>
    /// By node; nothing unless there are faulty ones.
    let nodeFaults: UnsafeMutableBufferPointer<NodeFault>

    var queue = EventQueue()
    var timers: TimerTable
    var network: Network
    var faults: FaultPlan
    let watching = WatchBoard()
    let badPeriods: BadPeriodCourse?
    /// Nil as long as every node handles at once what reaches it.
    var held: HeldNodes?
    /// Nil unless rounds go in lockstep.
    let lockstep: Lockstep?
    /// Nil if no node is Byzantine.
    let adversary: Adversary?
    /// Nil: nobody holds the links.
    let linkAdversary: LinkAdversary?
    /// After a later round nothing is gained by waiting.
    let lastRoundToWait: Int
    /// By node, in the present run.
    var isLying: [Bool]
    /// Nil if nothing happens at given moments.
    let timeline: TimelineRun?
    /// Only where draws may be amended, in order to shrink a run.
    let ledger: DrawLedger?
    /// Events of a run at most.
    var eventsMax: Int
    /// After so many it is looked at whether time goes on, from a moment (ns).
    var nextLook = 0
    var lookedAt = 0
    /// The run is over since its watches are decided, and nothing else is asked.
    var isDecided = false
    /// Set while a run is told.
    var teller: Storyteller?

    // Of the present run.
    var seed: UInt64 = 0
    var horizon = 0
    var hash = RunHash()
    var steps = 0
    var deliveries = 0
    var sends: UInt64 = 0
    var round = 0
    /// What is pending and not in `queue`; see `countAside`.
    var aside = 0
    /// Nodes that will crash in a handler.
    var crashesToCome = 0
    /// Nodes whose crash has been planned for a handler, and may not have come yet.
    var unreached: [Int] = []
    /// Crashes and recoveries between handlers; the time of an event is the number of a step.
    var drawn = EventQueue()
    /// Steps that would have passed while nothing but these was left to happen.
    var idled = 0
    /// The message or timer that is being handled.
    var inHand = Word.none
    var failure: RuntimeFailure? {
        didSet { hasFailed = failure != nil }
    }
    /// Asked at every step, where looking at the failure itself costs more.
    private(set) var hasFailed = false
    /// The timeline waits for a state.
    var actsOnStates = false
    /// The run is made to learn something of it, and is made again.
    var isScouting = false
    /// What that took.
    var stepsScouted = 0

    package init(_ compiled: CompiledCase, budgets: RunBudgets = RunBudgets(), isAmendable: Bool = false) {
        ledger = isAmendable ? DrawLedger() : nil
        eventsMax = budgets.eventsPerRun
        self.compiled = compiled
        self.budgets = budgets
        let system = compiled.system
        let count = system.nodes.count
        world = World(
            program: compiled.program, nodeCount: count, topology: system.network.topology, budgets: budgets)
        machine = world.machine
        memory = world.memory
        inputs = InputWords(system.inputs, machine: machine)
        drawsChoices = compiled.program.code.contains {
            $0.opcode == .choose || $0.opcode == .chooseKey || $0.opcode == .chooseInRange
        }
        choices = .allocate(capacity: max(1, count))
        choices.initialize(repeating: RandomStream(state: 0), count: max(1, count))
        memory.clocks = system.timing.clocks.map { Clocks($0, nodeCount: count) }
        timers = TimerTable(nodeCount: count)
        badPeriods = system.timing.badPeriods.map {
            BadPeriodCourse($0, bound: system.timing.bound, drawnMax: budgets.eventsPerRun)
        }
        network = Network(
            network: system.network, timing: system.timing, timeline: system.timeline, nodeCount: count,
            badPeriods: badPeriods, linksMax: budgets.linksPerRun, ledger: ledger)
        faults = FaultPlan(model: system.faults, nodeCount: count)
        held = HeldNodes(system.timing, badPeriods, nodeCount: count, drawnMax: budgets.eventsPerRun)
        timeline = TimelineRun(system.timeline, machine)
        let none = RandomStream(state: 0)
        nodeFaults = .allocate(capacity: faults.isPossible ? count : 0)
        nodeFaults.initialize(repeating: NodeFault(crashes: none, points: none, recoveries: none))
        let words = count * compiled.program.layout.width
        lockstep =
            system.timing.lockstep
            ? system.timing.bound.map { Lockstep(bound: $0, words: words, nodeCount: count) } : nil
        let hasLiars = system.faults.behaviours.contains { !$0.isEmpty }
        linkAdversary = LinkAdversary(system, machine, ledger: ledger)
        lastRoundToWait = linkAdversary == nil ? 0 : compiled.lastRoundThatDiffers
        adversary = hasLiars ? Adversary(system.faults, ledger: ledger) : nil
        isLying = hasLiars ? Array(repeating: false, count: count) : []
        if hasLiars { _ = world.falseWords }
        setFaulty()
    }

    deinit {
        choices.deallocate()
        nodeFaults.deallocate()
    }

    /// The run that `seed` fixes, until nothing is left to happen or `horizon` (ns).
    package func run(seed: UInt64, horizon: Int, watches: [Watch]) -> RunResult {
        self.seed = seed
        self.horizon = max(0, horizon)
        scout()
        watching.begin(watches, inRounds: lockstep != nil)
        return conclude(begin() ? runToEnd() : .failed)
    }

    func runToEnd() -> Story.End { lockstep.map { runRounds($0) } ?? runEvents() }

    /// Judges the end of the run.
    private func conclude(_ end: Story.End) -> RunResult {
        var outcome: Int?
        let end = isDecided ? .decided : end
        if failure == nil, !isDecided {
            world.wait(until: end == .horizon ? horizon : memory.time)
            outcome = firstOutcome()
            world.end(outcome: outcome)
            // Where nothing is left to happen the last state stays.
            let lasting = max(memory.time, horizon)
            let isObserved = watching.observeEnd(
                machine, step: steps - 1, time: memory.time, lastingUntil: lasting, wasCut: end == .horizon)
            if !isObserved {
                failure = machine.failure
            }
        }
        if let teller { teller.recorder?.ended(failure == nil ? end : .failed, at: memory.time) }
        hash.add(memory.time)
        for i in 0..<memory.nodeCount * memory.width { hash.add(machine.hash(memory.nodes[i])) }
        return RunResult(
            events: steps, deliveries: deliveries, end: failure == nil ? end : .failed,
            endTime: memory.time, outcome: outcome, watched: watching.results, failure: failure,
            hash: hash.value)
    }

    private func firstOutcome() -> Int? {
        for (i, outcome) in compiled.outcomes.enumerated() {
            guard let holds = machine.observe(outcome.condition) else {
                failure = machine.failure
                return nil
            }
            if holds.isTrue { return i }
        }
        return nil
    }
}
