import ScenModel

@testable import ScenEngine

/// Visits every state of a system in which time passes by ticks, with the plainest means: whole states in a `Set`, messages with
/// their age, every handler run again each time. It shares `World.step` with the explorer and nothing else.
///
/// No adversary, no Byzantine nodes; crashes at any moments, a given number of them, or at given moments.
final class NaiveTimed {
    struct Message: Hashable {
        var to: Int
        var from: Int
        var word: Word
        /// In ticks. It stands still until the system is stable.
        var age = 0
        /// It was sent before the system was stable, and can arrive at once.
        var isEarly: Bool
        /// A timer has fired at this moment, so that it comes later.
        var waits = false
    }
    struct Timer: Hashable {
        /// Ticks.
        var left: Int
        /// It was set before the system was stable, and may fire sooner.
        var isLoose: Bool
    }
    struct Node: Hashable {
        var words: [Word]
        var isDown = false
        var crashes = 0
        var timers: [Word: Timer] = [:]
    }
    struct State: Hashable {
        var faulty: Set<Int>
        var inputs: [Word]
        var nodes: [Node]
        /// In the order of sending on each link if links are FIFO.
        var flight: [Message] = []
        var losses = 0
        var duplicates = 0
        var clock = 0
        var isStable: Bool
        /// Something has happened since time passed.
        var hasBegun = true
        /// By node, all that it has seen; empty unless `keepsViews`.
        var views: [[Seen]] = []
    }
    enum Seen: Hashable {
        case began(node: Int, input: Word)
        case tick
        case event(Choice.Kind, word: Word, from: Int32)
        case chose(Int)
        case sent(Word, to: Int)
        case lostAllBut([Word], input: Word, node: Int)
        case clock(Int)
    }
    struct Edge {
        var ticks: Int
        var target: Int
    }

    let compiled: CompiledCase
    let world: World
    let scope: RunPlan.Exploration
    /// ns
    let tick: Int
    /// The clock of a state stops here; 0: it is no part of states.
    var clockMax = 0
    /// Conditions read the time.
    var marksMoments = false
    var keepsViews = false
    /// With views: all runs go on until after this tick.
    var restUntil = 0
    private(set) var states: [State] = []
    private(set) var edges: [[Edge]] = []
    private(set) var beginnings: [Int] = []
    private var numbers: [State: Int] = [:]
    private(set) var failed = false

    init(_ compiled: CompiledCase, scope: RunPlan.Exploration, tick: Int) {
        self.compiled = compiled
        self.scope = scope
        self.tick = tick
        world = World(
            program: compiled.program, nodeCount: compiled.system.nodes.count, topology: compiled.system.network.topology)
    }

    var count: Int { compiled.system.nodes.count }
    private var recovers: Bool { compiled.system.nodes.kind == .crashRecovery }
    private var isLossy: Bool { compiled.system.network.mayLose }
    /// Nobody has a clock before the system is stable, and nobody sees when it is.
    var viewsHaveClocks: Bool { keepsViews && !isPartial }
    private var isPartial: Bool { compiled.system.timing.kind == .partiallySynchronous }
    var horizon: Int? { scope.horizon.map { $0 / tick } }

    func run(limit: Int) {
        for faulty in faultySets() { for inputs in inputs() { start(faulty, inputs) } }
        beginnings = Array(states.indices)
        while edges.count < states.count, states.count <= limit, !failed {
            let next = successors(states[edges.count])
            edges.append(next.map { Edge(ticks: $0.0, target: number(of: $0.1)) })
        }
    }

    private func number(of state: State) -> Int {
        let state = plain(state)
        if let number = numbers[state] { return number }
        numbers[state] = states.count
        states.append(state)
        return states.count - 1
    }

    /// Without differences that make none.
    private func plain(_ state: State) -> State {
        var state = state
        for index in state.flight.indices {
            let message = state.flight[index]
            let toGo = latency(message).low - message.age
            if toGo <= 0 { state.flight[index].isEarly = false }
            if toGo == 1, message.isEarly, message.waits { (state.flight[index].isEarly, state.flight[index].waits) = (false, false) }
        }
        for node in state.nodes.indices {
            for (word, timer) in state.nodes[node].timers where timer.left == 0 { state.nodes[node].timers[word]?.isLoose = false }
        }
        if !marksMoments { state.hasBegun = true }
        if !compiled.system.network.fifo {
            state.flight.sort { ($0.to, $0.from, $0.word.bits, $0.age, $0.isEarly ? 1 : 0, $0.waits ? 1 : 0) < ($1.to, $1.from, $1.word.bits, $1.age, $1.isEarly ? 1 : 0, $1.waits ? 1 : 0) }
        }
        return state
    }

    // MARK: Beginnings

    private func start(_ faulty: Set<Int>, _ inputs: [Word]) {
        for node in 0..<count { world.memory.inputs[node] = inputs[node] }
        guard world.begin() else { return failed = true }
        var first = State(faulty: faulty, inputs: inputs, nodes: (0..<count).map { Node(words: words(of: $0)) }, isStable: !isPartial)
        if keepsViews { first.views = (0..<count).map { [.began(node: $0, input: inputs[$0])] } }
        var partial = [first]
        for node in 0..<count {
            partial = partial.flatMap { state -> [State] in
                if let moment = fault(of: node, state), moment.first == 0 {
                    let crashed = after(.crash(node), state)
                    return moment.last == 0 ? crashed : crashed + after(.start(node), state)
                }
                return after(.start(node), state) + (mayCrash(node, state) ? after(.crash(node), state) : [])
            }
        }
        for state in partial { _ = number(of: state) }
    }

    private func words(of node: Int) -> [Word] {
        (0..<world.memory.width).map { world.memory.nodes[node * world.memory.width + $0] }
    }

    // MARK: What may happen

    func latency(_ message: Message) -> (low: Int, high: Int) {
        var latency = compiled.system.timing.latency
        for item in compiled.system.network.between where message.from != message.to {
            let there = item.from.contains(message.from) && item.to.contains(message.to)
            let back = item.both && item.from.contains(message.to) && item.to.contains(message.from)
            if there || back { latency = item.latency ?? latency }
        }
        return switch latency {
        case .constant(let value): (value / tick, value / tick)
        case .uniform(let low, let high): (low / tick, high / tick)
        default: (0, 0)
        }
    }

    private func mayArrive(_ message: Message) -> Bool {
        !message.waits && (message.isEarly || message.age >= latency(message).low)
    }
    private func isDue(_ message: Message, _ state: State) -> Bool { state.isStable && message.age == latency(message).high }
    private func mayFire(_ timer: Timer) -> Bool { timer.isLoose || timer.left == 0 }
    private func isDue(_ timer: Timer, _ state: State) -> Bool { state.isStable && timer.left == 0 }

    /// Crashes at any moment.
    func mayCrash(_ node: Int, _ state: State) -> Bool {
        guard state.faulty.contains(node) else { return false }
        switch compiled.system.faults.courses[node] {
        case .any: return true
        case .crashes(let most): return state.nodes[node].crashes < most
        case .crash, .lifetimes: return false
        }
    }

    private func hasMoments(_ node: Int) -> Bool {
        if case .crash = compiled.system.faults.courses[node] { true } else { false }
    }

    /// The next crash or recovery at a given moment: in ticks.
    private func fault(of node: Int, _ state: State) -> (first: Int, last: Int)? {
        guard state.faulty.contains(node), case .crash(let crash, let recovery) = compiled.system.faults.courses[node] else { return nil }
        let moment = state.nodes[node].isDown ? recovery : state.nodes[node].crashes == 0 ? crash : nil
        return switch moment {
        case .at(let moment): (moment / tick, moment / tick)
        case .between(let first, let last): (first / tick, last / tick)
        case nil: nil
        }
    }

    /// Each with the ticks that pass.
    private func successors(_ state: State) -> [(Int, State)] {
        var next: [State] = []
        for node in 0..<count {
            guard let moment = fault(of: node, state), moment.first <= state.clock else { continue }
            next += after(state.nodes[node].isDown ? .recover(node) : .crash(node), state)
            // Nothing else comes before a fault that has one moment.
            if moment.first == moment.last { return next.map { (0, $0) } }
        }
        for (index, message) in state.flight.enumerated() { next += fates(of: message, at: index, state) }
        let isMessageDue = state.flight.contains { isDue($0, state) }
        for (node, held) in state.nodes.enumerated() {
            if held.isDown {
                if recovers, !hasMoments(node) { next += after(.recover(node), state) }
                continue
            }
            for (word, timer) in held.timers where mayFire(timer) && !isMessageDue {
                var fired = state
                fired.nodes[node].timers[word] = nil
                if state.isStable {
                    for index in fired.flight.indices where mayArrive(fired.flight[index]) { fired.flight[index].waits = true }
                }
                next += after(.fire(word, of: node), fired)
            }
            if mayCrash(node, state) { next += after(.crash(node), state) }
        }
        if !state.isStable {
            var stable = state
            stable.isStable = true
            return (next + [stable]).map { (0, $0) }
        }
        return next.map { (0, $0) } + timePassing(state)
    }

    private func fates(of message: Message, at index: Int, _ state: State) -> [State] {
        var next: [State] = []
        let isFirst = !state.flight[..<index].contains { $0.to == message.to && $0.from == message.from }
        var without = state
        without.flight.remove(at: index)
        if isLossy, message.from != message.to, message.age == 0, state.losses < scope.losses ?? .max {
            var lost = without
            if scope.losses != nil { lost.losses += 1 }
            next.append(lost)
        }
        guard mayArrive(message), isFirst || !compiled.system.network.fifo else { return next }
        if state.nodes[message.to].isDown { return next + [without] }
        let choice = Choice.deliver(message.word, from: message.from, to: message.to)
        next += after(choice, without)
        if compiled.system.network.duplicate > 0, message.from != message.to, state.duplicates < scope.duplicates ?? 1 {
            var kept = state
            kept.duplicates += 1
            next += after(choice, kept)
        }
        return next
    }

    /// Until something may happen again.
    private func timePassing(_ state: State) -> [(Int, State)] {
        if hasRested(state) || hasToAct(state) || state.clock == horizon { return [] }
        var later = state
        var ticks = 0
        repeat {
            ticks += 1
            later.clock = min(clockMax, later.clock + 1)
            for index in later.flight.indices {
                later.flight[index].age += 1
                later.flight[index].waits = false
            }
            for node in later.nodes.indices {
                for word in later.nodes[node].timers.keys { later.nodes[node].timers[word]!.left -= 1 }
                if viewsHaveClocks, !later.nodes[node].isDown { later.views[node].append(.tick) }
            }
        } while !viewsHaveClocks && !mayAct(later) && later.clock != horizon
        later.hasBegun = false
        return [(ticks, later)]
    }

    func isAtRest(_ state: State) -> Bool {
        state.flight.isEmpty && state.nodes.allSatisfy { $0.timers.isEmpty }
            && (0..<count).allSatisfy { fault(of: $0, state) == nil }
    }

    private func hasToAct(_ state: State) -> Bool {
        state.flight.contains { isDue($0, state) } || state.nodes.contains { $0.timers.values.contains { isDue($0, state) } }
            || (0..<count).contains { fault(of: $0, state).map { $0.last <= state.clock } ?? false }
    }

    private func mayAct(_ state: State) -> Bool {
        state.flight.contains { mayArrive($0) } || state.nodes.contains { $0.timers.values.contains { mayFire($0) } }
            || (0..<count).contains { node in
                if let fault = fault(of: node, state) { return fault.first <= state.clock }
                return state.nodes[node].isDown ? recovers && !hasMoments(node) : mayCrash(node, state)
            }
    }

    private func hasRested(_ state: State) -> Bool { isAtRest(state) && !(viewsHaveClocks && state.clock <= restUntil) }

    func isEnd(_ state: State) -> Bool { hasRested(state) || state.clock == horizon && !hasToAct(state) }
}
