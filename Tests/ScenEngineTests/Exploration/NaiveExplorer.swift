import ScenModel

@testable import ScenEngine

/// Visits every state with the plainest means: whole states in a Swift `Set`, every handler run again each time. It shares `World.step`
/// with the explorer and nothing else: no memory of steps, no numbering of what nodes hold, no rows.
///
/// Asynchronous timing, unlimited crashes.
final class NaiveExplorer {
    struct Message: Hashable, Comparable {
        var to: Int
        var from: Int
        var word: Word
        static func < (a: Self, b: Self) -> Bool {
            (a.to, a.from, a.word.bits) < (b.to, b.from, b.word.bits)
        }
    }
    struct Node: Hashable {
        var words: [Word]
        var isDown = false
        var timers: Set<Word> = []
    }
    struct State: Hashable {
        var faulty: Set<Int>
        var inputs: [Word]
        var nodes: [Node]
        /// Sorted; in order of sending on each link if links are FIFO.
        var flight: [Message] = []
        var losses = 0
        var duplicates = 0
        var histories: [Word] = []
        /// What an adversary on the links has seen.
        var seen: Set<Value> = []
        var passages: Set<Message> = []
        var forgeries = 0
        /// By node, all that it has seen; empty unless `keepsViews`.
        var views: [[Seen]] = []
    }
    /// An entry of a node's local history.
    enum Seen: Hashable {
        case began(node: Int, input: Word)
        case event(Choice.Kind, word: Word, from: Int32)
        case chose(Int)
        case sent(Word, to: Int)
        case lostAllBut([Word], input: Word, node: Int)
        case held([Word])
        /// Sent, and not by a handler.
        case madeUp(Word, to: Int)
    }
    /// What a node holds is in its view, too; it follows from the rest.
    var keepsHeld = false
    /// Whether states are told apart by what nodes have seen.
    var keepsViews = false

    let compiled: CompiledCase
    let world: World
    let scope: RunPlan.Exploration
    private(set) var states: Set<State> = []
    private(set) var ends = 0
    private(set) var failed = false
    private var queue: [State] = []

    init(_ compiled: CompiledCase, scope: RunPlan.Exploration) {
        self.compiled = compiled
        self.scope = scope
        world = World(
            program: compiled.program, nodeCount: compiled.system.nodes.count, topology: compiled.system.network.topology)
    }

    private var count: Int { compiled.system.nodes.count }
    private var isLossy: Bool { compiled.system.network.mayLose }
    private var recovers: Bool { compiled.system.nodes.kind == .crashRecovery }

    /// `limit`: gives up above so many states.
    func run(limit: Int = 1_000_000) {
        for faulty in faultySets() {
            for inputs in inputs() { start(faulty, inputs) }
        }
        while let state = queue.popLast(), states.count <= limit, !failed {
            for next in successors(state) { add(next) }
            if state.flight.isEmpty, state.nodes.allSatisfy({ $0.timers.isEmpty }) { ends += 1 }
        }
    }

    private func add(_ state: State) {
        if states.insert(state).inserted { queue.append(state) }
    }

    /// Whether the condition holds in the state.
    func holds(_ routine: Program.RoutineID, _ state: State) -> Bool {
        load(state)
        let nodes = 0..<count
        world.memory.faulty = world.machine.word(.set(nodes.filter { state.faulty.contains($0) }.map { .node($0) }))
        world.memory.correct = world.machine.word(.set(nodes.filter { !state.faulty.contains($0) }.map { .node($0) }))
        return world.machine.observe(routine)?.isTrue ?? false
    }

    private func faultySets() -> [Set<Int>] {
        switch compiled.system.faults.who {
        case .nobody: return [[]]
        case .these(let nodes): return [Set(nodes)]
        case .some(let most, let exactly, let candidates):
            let all = (0..<1 << candidates.count).map { bits in
                Set(candidates.indices.filter { bits >> $0 & 1 == 1 }.map { candidates[$0] })
            }
            return all.filter { exactly ? $0.count == most : $0.count <= most }
        }
    }

    private func inputs() -> [[Word]] {
        var all: [[Word]] = [[]]
        for node in 0..<count {
            var choices = [Word.none]
            if node < compiled.system.inputs.sources.count {
                switch compiled.system.inputs.sources[node] {
                case .given(let value): choices = [world.machine.word(value)]
                case .any(let values): choices = values.map { world.machine.word($0) }
                }
            }
            all = all.flatMap { some in choices.map { some + [$0] } }
        }
        return all
    }

    private func start(_ faulty: Set<Int>, _ inputs: [Word]) {
        for node in 0..<count { world.memory.inputs[node] = inputs[node] }
        guard world.begin() else {
            failed = true
            return
        }
        var first = State(
            faulty: faulty, inputs: inputs, nodes: (0..<count).map { Node(words: words(of: $0)) }, histories: histories())
        if keepsViews { first.views = (0..<count).map { [.began(node: $0, input: inputs[$0])] } }
        var partial: Set<State> = [first]
        for node in 0..<count {
            var next: Set<State> = []
            for state in partial {
                next.formUnion(after(.start(node), state))
                if mayCrash(node, faulty) { next.formUnion(after(.crash(node), state)) }
            }
            partial = next
        }
        for state in partial { add(state) }
    }

    private func words(of node: Int) -> [Word] {
        (0..<world.memory.width).map { world.memory.nodes[node * world.memory.width + $0] }
    }

    private func histories() -> [Word] { (0..<world.memory.historyWords).map { world.memory.histories[$0] } }

    private func load(_ state: State) {
        for (index, word) in state.histories.enumerated() { world.memory.histories[index] = word }
        for (node, held) in state.nodes.enumerated() {
            for (index, word) in held.words.enumerated() { world.memory.nodes[node * world.memory.width + index] = word }
            world.memory.crashed[node] = held.isDown
            world.memory.inputs[node] = state.inputs[node]
        }
    }

    private func successors(_ state: State) -> [State] {
        var next: [State] = []
        for (index, message) in state.flight.enumerated() {
            if compiled.system.network.fifo,
                state.flight[..<index].contains(where: { $0.to == message.to && $0.from == message.from })
            { continue }
            var without = state
            without.flight.remove(at: index)
            if state.nodes[message.to].isDown {
                next.append(without)
                continue
            }
            let choice = Choice.deliver(message.word, from: message.from, to: message.to)
            next += after(choice, without)
            for variant in variants(of: message, state) {
                next += after(.deliver(variant, from: message.from, to: message.to), forged(without))
            }
            guard isLossy, message.from != message.to else { continue }
            if compiled.system.network.links == .arbitrary || compiled.system.network.loss > 0, state.losses < scope.losses ?? .max {
                var lost = without
                if scope.losses != nil { lost.losses += 1 }
                next.append(lost)
            }
            if compiled.system.network.duplicate > 0, state.duplicates < scope.duplicates ?? 1 {
                var kept = state
                kept.duplicates += 1
                next += after(choice, kept)
            }
        }
        for (node, held) in state.nodes.enumerated() {
            if held.isDown {
                if recovers { next += after(.recover(node), state) }
                continue
            }
            for timer in held.timers {
                var fired = state
                fired.nodes[node].timers.remove(timer)
                next += after(.fire(timer, of: node), fired)
            }
            if mayCrash(node, state.faulty) { next += after(.crash(node), state) }
        }
        for message in madeUp(state) where !state.nodes[message.to].isDown {
            // One that changes nothing is not counted.
            var made = forged(state)
            if keepsViews, !compiled.system.network.adversary.contains(.spoof), !state.passages.contains(message) {
                made.views[message.from].append(.madeUp(message.word, to: message.to))
            }
            next += after(.deliver(message.word, from: message.from, to: message.to), made).filter {
                $0.nodes != state.nodes || $0.flight != state.flight || $0.seen != state.seen || $0.passages != state.passages || $0.views != state.views
            }
        }
        return next
    }

    /// Every state that a choice leads to: whatever its handler chooses, and wherever the node crashes in it.
    private func after(_ choice: Choice, _ state: State) -> [State] {
        let node = Int(choice.node)
        var next: [State] = []
        var tapes: [[Int]] = [[]]
        while let tape = tapes.popLast() {
            load(state)
            world.machine.tape.reset(prescribed: tape)
            let ended = world.step(choice, time: 0)
            if ended == .failed {
                failed = true
                return []
            }
            let taken = world.machine.tape.taken
            if taken.count > tape.count {
                let of = taken[tape.count].of
                tapes += (0..<of).map { tape + [$0] }
                continue
            }
            if isLying(node, state.faulty) {
                for said in lies(of: node) { next.append(seen(choice, tape, result(state, node, saying: said), saying: said)) }
                continue
            }
            next.append(seen(choice, tape, result(state, node)))
            guard mayCrash(node, state.faulty), choice.kind != .crash else { continue }
            load(state)
            world.machine.tape.reset(prescribed: tape)
            for (point, recipients) in world.rehearse(choice, time: 0).enumerated() {
                for bits in 0..<max(1, 1 << recipients - 1) {
                    load(state)
                    world.machine.tape.reset(prescribed: tape)
                    _ = world.step(
                        choice, time: 0,
                        crash: Machine.Interruption(
                            point: point, reached: (0..<recipients).filter { bits >> $0 & 1 == 1 }))
                    next.append(seen(choice, tape, result(state, node)))
                }
            }
        }
        return next
    }

    /// What it saw, what it chose, and what really went out.
    private func seen(_ choice: Choice, _ tape: [Int], _ state: State, saying said: [Message]? = nil) -> State {
        guard keepsViews else { return state }
        let node = Int(choice.node)
        var state = state
        if state.nodes[node].isDown {
            state.views[node] = [.lostAllBut(state.nodes[node].words, input: state.inputs[node], node: node)]
            return state
        }
        state.views[node].append(.event(choice.kind, word: choice.word, from: choice.from))
        state.views[node] += tape.map { .chose($0) }
        if let said {
            state.views[node] += said.map { .sent($0.word, to: $0.to) }
            return state
        }
        for effect in world.effects where effect.kind == .send {
            state.views[node].append(.sent(effect.word, to: Int(effect.node)))
        }
        if keepsHeld { state.views[node].append(.held(state.nodes[node].words)) }
        return state
    }

    /// A Byzantine node that is faulty lies, and does not crash.
    private func isLying(_ node: Int, _ faulty: Set<Int>) -> Bool { isByzantine && faulty.contains(node) }
    private func mayCrash(_ node: Int, _ faulty: Set<Int>) -> Bool { !isByzantine && faulty.contains(node) }
    private var isByzantine: Bool { compiled.system.nodes.kind == .byzantine }

    /// `said`: what goes out instead of what the handler sends.
    private func result(_ old: State, _ node: Int, saying said: [Message]? = nil) -> State {
        var state = old
        state.histories = histories()
        state.nodes[node].words = words(of: node)
        state.nodes[node].isDown = world.memory.crashed[node]
        for effect in world.effects {
            switch effect.kind {
            case .send where said == nil:
                send(Message(to: Int(effect.node), from: node, word: effect.word), &state)
            case .setTimer: state.nodes[node].timers.insert(effect.word)
            case .cancelTimer: state.nodes[node].timers.remove(effect.word)
            default: break
            }
        }
        for message in said ?? [] { send(message, &state) }
        if state.nodes[node].isDown {
            state.nodes[node].timers = []
            // It stays down: what is on its way to it reaches nobody.
            if !recovers { state.flight.removeAll { $0.to == node } }
        }
        return state
    }

    private func send(_ message: Message, _ state: inout State) {
        see(message, &state)
        if !recovers, state.nodes[message.to].isDown { return }
        let network = compiled.system.network
        let mayBeLost = isLossy && message.from != message.to && (network.links == .arbitrary || network.loss > 0)
        if mayBeLost, state.flight.count(where: { $0 == message }) >= scope.copies ?? 2 { return }
        state.flight.append(message)
        if compiled.system.network.fifo {
            // A stable sort by link.
            state.flight = state.flight.enumerated().sorted {
                ($0.element.to, $0.element.from, $0.offset) < ($1.element.to, $1.element.from, $1.offset)
            }.map(\.element)
        } else {
            state.flight.sort()
        }
    }
}
