import ScenModel

/// What may follow a state, and the states that were reached. Ids of whatever states consist of, and the numbers of states, depend on
/// nothing but the case.
final class Exploration {
    /// Why it ended before everything was seen, or could not go on.
    enum Stop: Error {
        case states(Int)
        case memory
        case time
        /// The event of a node leads to more outcomes than can be told apart.
        case tooManyOutcomes
        case tooManyBeginnings
        /// The adversary can make more messages than can be gone through.
        case tooManyForgeries
        /// What it makes up in one round, or nodes that crash and recover in it, come to so many states and more.
        case endlessRound(Int)
        /// A timer runs for a time that is no multiple of the tick: one that divides it is needed (ns).
        case finerTick(Int)
        /// Nodes are not interchangeable; `Exploration.symmetry` knows why.
        case asymmetric
        /// Durations that are too many ticks long.
        case tooManyTicks
        /// A run-time error, in this transition from this state; nil: before the first state.
        case failed(RuntimeFailure, from: Int?, Transition?)
    }

    let compiled: CompiledCase
    let scope: RunPlan.Exploration
    let world: World
    let steps: LocalSteps
    let beginnings: Beginnings
    let links: LinkChoices
    let nodeCount: Int
    let flights: Flights
    let counters: Counters
    var histories: Histories
    let space: StateSpace
    let successors: Successors
    /// While the successors of a state are made.
    var settlesFlights = false
    var views: Views
    /// Once all states are there, where something is sealed.
    var looks: Looks?
    /// The last round after which some run goes on, as far as states were reached; kept where knowledge is asked.
    var liveRound = 0
    /// The last tick at which some run goes on, as `liveRound`, or later; and the one from which on it was so before there were states.
    var liveClock: Int
    let firstLiveClock: Int
    /// The first tick at which some run was left as nothing happens in it any more.
    var restedClock = Int.max
    /// Once all states are there, if knowledge is asked.
    var knowledge: Knowledge?
    /// While a run is told.
    var keepsTrails = false
    /// If trails are kept: what led, within the step in which all nodes take part, to what failed in it, that included.
    var failedTrail: [Transition] = []
    /// The last one that began.
    var lastBeginning = 0
    /// By beginning: whether a node is faulty.
    var isFaulty: [[Bool]] = []
    let inputs: [[Word]]
    /// What whoever judges holds on to.
    var held: [Word] = []
    let recovers: Bool
    let crashLimits: [Int?]
    /// Nodes may be Byzantine.
    let hasLiars: Bool
    let duplicatesMax: Int
    let emptyFlight: Int
    let noCounters: Int

    /// Closed while tables move that others read.
    let gate: Gate
    let layout: RowLayout
    let loadedRow: LoadedRow
    let limits: ExplorationLimits
    /// Holds the links, or nodes that make up messages; nil: nobody does.
    let adversary: ExploredAdversary?
    /// The last round after which an adversary who makes up messages may wait though nothing happens; nil: there is none, or no rounds.
    let lastRoundToWait: Int?
    /// By beginning: with whose secrets.
    var keys: [Int] = []
    /// Nil where there is no clock, or rounds are all there is to it.
    let time: ExploredTime?
    /// Durations; see `TimedState`.
    let timeStore: VectorStore
    /// Nil: nothing is prescribed.
    let timeline: ExploredTimeline?
    let rules: ExploredRules?
    let nodeRounds: NodeRounds
    /// Has one state visited for all that only differ in which node is where; nil: every state is. The search holds on to it.
    weak var symmetry: Symmetry?

    init(
        _ compiled: CompiledCase, scope: RunPlan.Exploration, statesMax: Int, budgets: RunBudgets,
        limits: ExplorationLimits = .init(), tick: Int? = nil, liveClock: Int = 0, frozen other: Exploration? = nil
    ) {
        gate = other?.gate ?? Gate()
        self.liveClock = liveClock
        firstLiveClock = liveClock
        let time = ExploredTime(compiled, scope, tick: tick)
        self.time = time
        timeStore = VectorStore(wordsMax: time == nil ? 1 << 10 : 1 << 30)
        self.compiled = compiled
        self.scope = scope
        self.limits = limits
        views = Views(keepsLocals: Looks.areNeeded(for: compiled.program))
        let system = compiled.system
        nodeCount = system.nodes.count
        world = other?.world ?? World(
            program: compiled.program, nodeCount: nodeCount, topology: system.network.topology, budgets: budgets)
        beginnings = Beginnings(system)
        links = LinkChoices(system.network, nodeCount: nodeCount)
        recovers = system.nodes.kind == .crashRecovery
        crashLimits = system.faults.courses.map { course in
            switch course {
            case .crashes(let count): count
            case .crash: 1
            case .any, .lifetimes: nil
            }
        }
        let keepsHistory = Histories.areRead(by: compiled.program)
        world.recordsHistories = false
        histories = Histories(of: compiled.program, memory: world.memory)
        steps = LocalSteps(
            world: world, crashLimits: crashLimits, faults: system.faults, keepsNotes: keepsHistory,
            tellsChoices: compiled.needsViews, tick: time?.tick, gate: gate,
            frozen: other?.steps)
        hasLiars = system.faults.behaviours.contains { !$0.isEmpty }
        duplicatesMax = scope.duplicates ?? 1
        if hasLiars { _ = world.falseWords }
        let isLossy = system.network.mayLose
        flights = Flights(
            isOrdered: system.network.fifo || system.timing.lockstep, copiesMax: isLossy ? max(1, scope.copies ?? 2) : Int.max,
            gate: gate, frozen: other?.flights)
        counters = Counters(
            losses: isLossy && scope.losses != nil, duplicates: isLossy && duplicatesMax != Int.max,
            rounds: system.timing.lockstep, forgeries: system.makesUp && scope.forgeries != nil,
            readBy: compiled.program, nodeCount: nodeCount, gate: gate, frozen: other?.counters)
        flights.beginEmpty()
        emptyFlight = flights.end() ?? 0
        noCounters = counters.none() ?? 0
        adversary = ExploredAdversary(system, world.machine)
        lastRoundToWait = system.timing.lockstep && system.addsMessages
            ? scope.horizon == nil ? compiled.lastRoundThatDiffers : .max : nil
        timeline = ExploredTimeline(system)
        rules = ExploredRules(system.network)
        layout = RowLayout(
            nodeCount: nodeCount, keepsHistory: keepsHistory, hasAdversary: adversary?.remembers ?? false,
            hasTime: time != nil, hasTimeline: timeline != nil,
            hasRules: rules != nil, hasViews: compiled.needsViews)
        loadedRow = LoadedRow(width: layout.width)
        nodeRounds = NodeRounds(gate: gate, frozen: other?.nodeRounds)
        world.memory.adversary = adversary
        let width = layout.width
        space = other.map { StateSpace(frozen: $0.space) } ?? StateSpace(width: width, countMax: statesMax, gate: gate)
        successors = Successors(width: width)
        // Each worker has its own arrays: counting references to shared ones would cost more than a second worker gains.
        isFaulty = other?.isFaulty.map { $0.map { $0 } } ?? []
        if let other {
            inputs = other.inputs
            return
        }
        let machine = world.machine
        inputs = (0..<nodeCount).map { node in
            guard node < system.inputs.sources.count else { return [.none] }
            switch system.inputs.sources[node] {
            case .given(let value): return [machine.word(value)]
            case .any(let values): return values.map { machine.word($0) }
            }
        }
    }

    deinit {
        flights.release()
        counters.release()
        space.release()
        successors.release()
        timeStore.release()
    }
}

extension Exploration {
    /// A state is nothing but what nodes hold, what is in flight and what is counted, and traitors share no secrets.
    var isPlain: Bool { layout.width == nodeCount + 3 && adversary == nil && !(hasLiars && compiled.program.layout.keepsSeen) }

    /// In rounds: whether nodes share nothing in one but what is lost and doubled in it.
    var hasNodeRounds: Bool { isPlain && compiled.system.timing.lockstep && !counters.countsMessages }

    /// Whether several workers may expand at once. Views, histories and what an adversary knows are not kept in tables that may be shared.
    var mayShare: Bool { isPlain && symmetry == nil && (!compiled.system.timing.lockstep || hasNodeRounds) }

    /// A row that stays as it is.
    func copy(_ row: UnsafePointer<UInt32>) -> [UInt32] { Array(UnsafeBufferPointer(start: row, count: layout.width)) }

    /// For another worker, who only looks up: what is not known yet ends an expansion with an error. The states from which it
    /// begins are known.
    func frozen() -> Exploration {
        Exploration(compiled, scope: scope, statesMax: 0, budgets: RunBudgets(), limits: limits, frozen: self)
    }

    /// Fills `successors` with what may follow a state that has been reached: with states that stand for it, where some do.
    func expand(_ state: Int) throws(Stop) {
        let row = UnsafePointer(space.row(state))
        if let symmetry {
            try expand(row)
            return try symmetry.settle(successors)
        }
        if let time, let place = layout.time {
            try expand(row, time, place)
        } else if compiled.system.timing.lockstep {
            try expandRound(row)
        } else {
            try expand(row)
        }
    }

    /// Observers leave values behind that nobody needs. Between two states.
    @inline(__always)
    func collectIfDue() {
        if world.machine.wantsCollection { collect() }
    }

    func collect() {
        gate.close()
        world.machine.collect { mark in
            steps.roots(mark)
            world.roots(mark)
            adversary?.roots(mark)
            for words in inputs { for word in words { mark(word) } }
            histories.roots(mark)
            symmetry?.roots(mark)
            for word in held { mark(word) }
        }
    }

    /// States from a beginning on, by a shortest way.
    func way(to state: Int) -> [Int] {
        var way = [state]
        while let first = way.last, space.parent(first) >= 0 { way.append(space.parent(first)) }
        return way.reversed()
    }

    /// A run that ends in this state ends since the scope does.
    func isCutOff(_ state: Int) -> Bool {
        if let time, let place = layout.time { return !isQuiescent(timed(space.row(state), place), space.row(state), time) }
        return compiled.system.timing.lockstep && isCutOff(counted: Int(space.row(state)[layout.counters]))
    }

    /// In rounds.
    func isCutOff(counted: Int) -> Bool { isCutOff(after: counters.round(counted)) }

    /// By `for`.
    func isCutOff(after round: Int) -> Bool {
        guard let bound = compiled.system.timing.bound, let horizon = scope.horizon else { return false }
        return round >= (horizon + bound - 1) / bound
    }

    /// Nothing is left to happen: no message in flight, no timer set. What may happen and need not, as a crash, does not count.
    func isEnd(_ state: Int) -> Bool {
        let row = space.row(state)
        if let time, let place = layout.time { return isEnd(row, time, place) }
        if compiled.system.timing.lockstep { return hasEnded(row) }
        if timeline != nil { return isEndWithTimeline(row) }
        guard Int(row[layout.flight]) == emptyFlight else { return false }
        return (0..<nodeCount).allSatisfy { node in
            steps.locals[Int(row[layout.local(node)])].count == LocalState.variables + world.memory.width
        }
    }
}
