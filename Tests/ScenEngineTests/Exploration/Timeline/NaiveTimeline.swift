import ScenModel

@testable import ScenEngine

/// Visits every state of a system with a timeline by the plainest means, as the simulator tells it and not as the explorer does: what a
/// cut link holds back, what comes back when it is restored, and what waits at a node in a pause are kept for themselves.
///
/// Asynchronous timing, any number of crashes, no choices, no lies.
final class NaiveTimeline {
    struct Message: Hashable {
        var to: Int
        var from: Int
        var word: Word
    }
    struct Node: Hashable {
        var words: [Word]
        var isDown = false
        var timers: Set<Word> = []
    }
    struct State: Hashable {
        var faulty: Set<Int>
        var nodes: [Node]
        /// In the order of sending.
        var flight: [Message] = []
        /// What was cut off and is held back, in the order in which it came.
        var cutOff: [Message] = []
        /// What has been held back and arrives now, before anything else does.
        var released: [Message] = []
        var waiting: [Int]
        var due: [Int] = []
        /// In the order in which they began.
        var cuts: [Int] = []
        var losses: [Int] = []
        var paused: Set<Int> = []
        var sent: [Int]
        var duplicates = 0
        /// By rule.
        var counts: [Int]
    }
    /// What a condition can see of a state.
    struct Visible: Hashable {
        var faulty: Set<Int>
        /// By node, its variables.
        var values: [[Value]]
        var isDown: [Bool]
        var timers: [Set<String>]
        var sent: [Int]
    }

    private let compiled: CompiledCase
    private let world: World
    private let timeline: Timeline
    private(set) var states: Set<State> = []
    private(set) var visible: Set<Visible> = []
    private(set) var visibleEnds: Set<Visible> = []
    private(set) var hasFailed = false
    private var left: [State] = []

    init(_ compiled: CompiledCase) {
        self.compiled = compiled
        timeline = compiled.system.timeline
        world = World(
            program: compiled.program, nodeCount: compiled.system.nodes.count, topology: compiled.system.network.topology)
    }

    private var count: Int { compiled.system.nodes.count }
    private var network: NetworkModel { compiled.system.network }
    private var isLossy: Bool { network.links != .reliable }
    private var recovers: Bool { compiled.system.nodes.kind == .crashRecovery }

    /// False if there are more states than that.
    func run(limit: Int) -> Bool {
        for faulty in faultySets() { start(faulty) }
        while let state = left.popLast(), !hasFailed {
            if states.count > limit { return false }
            let next = successors(state)
            visible.insert(seen(state))
            if isEnd(state, next) { visibleEnds.insert(seen(state)) }
            for state in next { add(state) }
        }
        return true
    }

    private func seen(_ state: State) -> Visible {
        Visible(
            faulty: state.faulty,
            values: state.nodes.map { node in compiled.program.variables.indices.map { value(node.words[$0], $0) } }, isDown: state.nodes.map(\.isDown),
            timers: state.nodes.map { Set($0.timers.map { TraceText.timer($0, world.machine) }) }, sent: state.sent)
    }

    private func value(_ word: Word, _ variable: Int) -> Value {
        world.machine.value(word, compiled.program.variables[variable].type)
    }

    private func add(_ state: State) { if states.insert(state).inserted { left.append(state) } }

    private func faultySets() -> [Set<Int>] {
        switch compiled.system.faults.who {
        case .nobody: [[]]
        case .these(let nodes): [Set(nodes)]
        case .some(let most, _, let candidates): [[]] + (most > 0 ? candidates.map { [$0] } : [])
        }
    }

    private func start(_ faulty: Set<Int>) {
        _ = world.begin()
        var states: Set<State> = [
            State(
                faulty: faulty,
                nodes: (0..<count).map { node in
                    Node(words: (0..<world.memory.width).map { world.memory.nodes[node * world.memory.width + $0] })
                }, waiting: Array(timeline.items.indices), sent: sentNow(), counts: network.rules.map { _ in 0 })
        ]
        for node in 0..<count {
            states = Set(states.flatMap { after(.start(node), $0) + (faulty.contains(node) ? after(.crash(node), $0) : []) })
        }
        for state in states { add(state) }
    }

    private func isEnd(_ state: State, _ next: [State]) -> Bool {
        !acts(state) && state.flight.isEmpty && state.released.isEmpty
            && state.nodes.indices.allSatisfy { state.nodes[$0].timers.isEmpty || state.paused.contains($0) }
    }

    // MARK: What may follow

    private func successors(_ state: State) -> [State] {
        if acts(state) { return act(state) }
        var next: [State] = []
        for node in 0..<count where state.faulty.contains(node) {
            if !state.nodes[node].isDown { next += after(.crash(node), state) }
            if state.nodes[node].isDown, recovers { next += after(.recover(node), state) }
        }
        if let message = state.released.first {
            var without = state
            without.released.removeFirst()
            return next + arrive(message, without)
        }
        for (index, message) in state.flight.enumerated() {
            if network.fifo, state.flight[..<index].contains(where: { $0.to == message.to && $0.from == message.from }) { continue }
            var without = state
            without.flight.remove(at: index)
            next += arrive(message, without)
            guard isLossy, message.from != message.to else { continue }
            // Lost sooner or later.
            if network.loss > 0 { next.append(without) }
            guard network.duplicate > 0, state.duplicates < 1, !isCut(message, state), !state.paused.contains(message.to) else { continue }
            var kept = state
            kept.duplicates += 1
            if !state.nodes[message.to].isDown { next += arrive(message, kept) }
        }
        for node in 0..<count where !state.paused.contains(node) {
            for timer in state.nodes[node].timers {
                var fired = state
                fired.nodes[node].timers.remove(timer)
                next += after(.fire(timer, of: node), fired)
            }
        }
        return next
    }

    private func arrive(_ message: Message, _ old: State) -> [State] {
        var state = old
        if isCut(message, state) {
            if !isLossy { state.cutOff.append(message) }
            return [state]
        }
        // It waits until the node crashes, and is lost then.
        if state.paused.contains(message.to) { return [state] }
        return after(.deliver(message.word, from: message.from, to: message.to), state)
    }

    /// With and without a crash in the handler.
    private func after(_ choice: Choice, _ state: State) -> [State] {
        let node = Int(choice.node)
        if state.nodes[node].isDown != (choice.kind == .recover) { return [state] }
        var next = results(of: choice, state, nil)
        guard state.faulty.contains(node), choice.kind != .crash else { return next }
        load(state)
        for (point, recipients) in world.rehearse(choice, time: 0).enumerated() {
            for bits in 0..<max(1, 1 << recipients - 1) {
                let reached = (0..<recipients).filter { bits >> $0 & 1 == 1 }
                next += results(of: choice, state, Machine.Interruption(point: point, reached: reached))
            }
        }
        return next
    }

    /// One for every way in which rules with a probability may take what is sent.
    private func results(of choice: Choice, _ old: State, _ crash: Machine.Interruption?) -> [State] {
        let asked = network.rules.contains { if case .share = $0.selection { true } else { false } }
        guard asked else { return [result(of: choice, old, crash, 0)] }
        return (0..<64).map { result(of: choice, old, crash, $0) }
    }

    /// `draws`: whether such a rule takes the message, a bit for each time that one is asked.
    private func result(of choice: Choice, _ old: State, _ crash: Machine.Interruption?, _ draws: Int = 0) -> State {
        var draws = draws
        let node = Int(choice.node)
        load(old)
        if world.step(choice, time: 0, crash: crash) == .failed { hasFailed = true }
        var state = old
        state.sent = sentNow()
        state.nodes[node].words = (0..<world.memory.width).map { world.memory.nodes[node * world.memory.width + $0] }
        state.nodes[node].isDown = world.memory.crashed[node]
        for effect in world.effects {
            switch effect.kind {
            case .send: send(Message(to: Int(effect.node), from: node, word: effect.word), &state, &draws)
            case .setTimer: state.nodes[node].timers.insert(effect.word)
            case .cancelTimer: state.nodes[node].timers.remove(effect.word)
            default: break
            }
        }
        if state.nodes[node].isDown {
            state.nodes[node].timers = []
            state.paused.remove(node)
        }
        return state
    }

    private func send(_ message: Message, _ state: inout State, _ draws: inout Int) {
        switch rule(message, &state, &draws) {
        case .drop: return
        case .duplicate: put(message, &state)
        case .delay, nil: break
        }
        put(message, &state)
    }

    private func rule(_ message: Message, _ state: inout State, _ draws: inout Int) -> MessageRule.Action? {
        var chosen: MessageRule.Action?
        for (index, rule) in network.rules.enumerated() where message.from != message.to {
            if let kind = rule.message, kind != world.machine.shape(message.word) { continue }
            if let from = rule.from, !from.contains(message.from) { continue }
            if let to = rule.to, !to.contains(message.to) { continue }
            state.counts[index] += 1
            if chosen != nil { continue }
            let number = state.counts[index]
            var isTaken: Bool
            switch rule.selection {
            case .all: isTaken = true
            case .first(let count): isTaken = number <= count
            case .after(let count): isTaken = number > count
            case .every(let step): isTaken = number % step == 0
            case .number(let one): isTaken = number == one
            case .share:
                isTaken = draws & 1 == 1
                draws >>= 1
            }
            if isTaken { chosen = rule.action }
        }
        return chosen
    }

    private func put(_ message: Message, _ state: inout State) {
        if message.from != message.to, isLossy {
            if isCut(message, state) || loss(message, state) >= 1 { return }
        }
        if isLossy, state.flight.count(where: { $0 == message }) >= 2 { return }
        state.flight.append(message)
        // Only on one link does the order matter.
        let order = state.flight.enumerated().sorted { one, other in
            let (a, b) = (one.element, other.element)
            if (a.to, a.from) != (b.to, b.from) { return (a.to, a.from) < (b.to, b.from) }
            return network.fifo ? one.offset < other.offset : a.word.bits < b.word.bits
        }
        state.flight = order.map(\.element)
    }

    private func sentNow() -> [Int] { compiled.program.types.messages.indices.map { world.memory.sent[$0] } }

    private func load(_ state: State) {
        for (node, held) in state.nodes.enumerated() {
            for (index, word) in held.words.enumerated() { world.memory.nodes[node * world.memory.width + index] = word }
            world.memory.crashed[node] = held.isDown
        }
        for (index, sent) in state.sent.enumerated() { world.memory.sent[index] = sent }
    }

    // MARK: Items

    private func holding(_ state: State) -> [Int] {
        load(state)
        return state.waiting.filter { item in
            guard case .when(let observer) = timeline.items[item].moment else { return false }
            return world.machine.observe(timeline.observers[observer])?.isTrue ?? false
        }
    }

    private func acts(_ state: State) -> Bool { !state.due.isEmpty || !holding(state).isEmpty }

    private func act(_ old: State) -> [State] {
        var state = old
        if state.due.isEmpty {
            state.due = holding(state)
            state.waiting.removeAll { state.due.contains($0) }
        }
        let item = state.due.removeFirst()
        switch timeline.items[item].action {
        case .nodes(let action, let target): return strike(nodes(target, old), action, state)
        case .partition, .cut: state.cuts.append(item)
        case .heal:
            state.cuts = []
            state.released += state.cutOff
            state.cutOff = []
        case .loss: state.losses.append(item)
        case .latency: break
        }
        return [state]
    }

    private func strike(_ nodes: [Int], _ action: Timeline.NodeAction, _ state: State) -> [State] {
        nodes.reduce([state]) { states, node in
            states.flatMap { state -> [State] in
                switch action {
                case .crash: return [result(of: .crash(node), state, nil)].map { state.nodes[node].isDown ? state : $0 }
                case .recover: return after(.recover(node), state)
                case .pause:
                    var state = state
                    if !state.nodes[node].isDown { state.paused.insert(node) }
                    return [state]
                }
            }
        }
    }

    private func nodes(_ target: Timeline.Target, _ state: State) -> [Int] {
        switch target {
        case .nodes(let nodes): return nodes
        case .computed(let observer, let type):
            load(state)
            guard let word = world.machine.observe(timeline.observers[observer]) else { return [] }
            return TimelineRun.nodes(world.machine.value(word, type))
        }
    }

    private func isCut(_ message: Message, _ state: State) -> Bool {
        if message.from == message.to { return false }
        return state.cuts.contains { item in
            switch timeline.items[item].action {
            case .partition(let sets):
                let (a, b) = (sets.firstIndex { $0.contains(message.from) }, sets.firstIndex { $0.contains(message.to) })
                return a != nil && b != nil && a != b
            case .cut(let links): return contains(links, message)
            default: return false
            }
        }
    }

    private func contains(_ links: Timeline.Links, _ message: Message) -> Bool {
        links.from.contains(message.from) && links.to.contains(message.to)
            || links.both && links.from.contains(message.to) && links.to.contains(message.from)
    }

    private func loss(_ message: Message, _ state: State) -> Double {
        for item in state.losses.reversed() {
            guard case .loss(let loss, _, let links) = timeline.items[item].action else { continue }
            if links.map({ contains($0, message) }) ?? true { return loss }
        }
        return network.loss
    }
}
