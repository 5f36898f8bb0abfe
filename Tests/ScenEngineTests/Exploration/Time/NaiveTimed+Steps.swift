import ScenModel

@testable import ScenEngine

/// Handlers, run by the world.
extension NaiveTimed {
    func faultySets() -> [Set<Int>] {
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

    func inputs() -> [[Word]] {
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

    func load(_ state: State) {
        for (node, held) in state.nodes.enumerated() {
            for (index, word) in held.words.enumerated() { world.memory.nodes[node * world.memory.width + index] = word }
            world.memory.crashed[node] = held.isDown
            world.memory.inputs[node] = state.inputs[node]
        }
    }

    /// Whether the condition holds in the state.
    func holds(_ routine: Program.RoutineID, _ state: State) -> Bool {
        load(state)
        world.memory.faulty = world.machine.word(.set((0..<count).filter { state.faulty.contains($0) }.map { .node($0) }))
        world.memory.correct = world.machine.word(.set((0..<count).filter { !state.faulty.contains($0) }.map { .node($0) }))
        world.memory.time = state.clock * tick
        return world.machine.observe(routine)?.isTrue ?? false
    }

    /// Every state that a choice leads to: whatever its handler chooses, and wherever the node crashes in it.
    func after(_ choice: Choice, _ state: State) -> [State] {
        let node = Int(choice.node)
        var next: [State] = []
        var tapes: [[Int]] = [[]]
        while let tape = tapes.popLast() {
            run(choice, state, tape, nil)
            let taken = world.machine.tape.taken
            if taken.count > tape.count {
                tapes += (0..<taken[tape.count].of).map { tape + [$0] }
                continue
            }
            next.append(result(choice, state, tape))
            guard mayCrash(node, state), choice.kind != .crash else { continue }
            load(state)
            world.machine.tape.reset(prescribed: tape)
            for (point, recipients) in world.rehearse(choice, time: state.clock * tick).enumerated() {
                for bits in 0..<max(1, 1 << recipients - 1) {
                    run(choice, state, tape, Machine.Interruption(point: point, reached: (0..<recipients).filter { bits >> $0 & 1 == 1 }))
                    next.append(result(choice, state, tape))
                }
            }
        }
        return next
    }

    private func run(_ choice: Choice, _ state: State, _ tape: [Int], _ crash: Machine.Interruption?) {
        load(state)
        world.machine.tape.reset(prescribed: tape)
        if let crash {
            _ = world.step(choice, time: state.clock * tick, crash: crash)
        } else {
            _ = world.step(choice, time: state.clock * tick)
        }
    }

    private func result(_ choice: Choice, _ old: State, _ tape: [Int]) -> State {
        let node = Int(choice.node)
        var state = old
        state.hasBegun = true
        state.nodes[node].words = (0..<world.memory.width).map { world.memory.nodes[node * world.memory.width + $0] }
        state.nodes[node].isDown = world.memory.crashed[node]
        var sent: [Seen] = []
        for effect in world.effects {
            switch effect.kind {
            case .send:
                let message = Message(to: Int(effect.node), from: node, word: effect.word, isEarly: !state.isStable)
                sent.append(.sent(message.word, to: message.to))
                send(message, &state)
            case .setTimer: state.nodes[node].timers[effect.word] = Timer(left: effect.amount / tick, isLoose: !state.isStable)
            case .cancelTimer: state.nodes[node].timers[effect.word] = nil
            default: break
            }
        }
        if keepsViews, !state.nodes[node].isDown {
            if choice.kind == .recover, viewsHaveClocks { state.views[node].append(.clock(state.clock)) }
            state.views[node] += [.event(choice.kind, word: choice.word, from: choice.from)] + tape.map { .chose($0) } + sent
        }
        guard state.nodes[node].isDown else { return state }
        state.nodes[node].timers = [:]
        if countsCrashes(node) { state.nodes[node].crashes += 1 }
        if keepsViews { state.views[node] = [.lostAllBut(state.nodes[node].words, input: state.inputs[node], node: node)] }
        if compiled.system.nodes.kind == .crashStop { state.flight.removeAll { $0.to == node } }
        return state
    }

    private func countsCrashes(_ node: Int) -> Bool {
        if case .any = compiled.system.faults.courses[node] { false } else { true }
    }

    private func send(_ message: Message, _ state: inout State) {
        if compiled.system.nodes.kind == .crashStop, state.nodes[message.to].isDown { return }
        let isLossy = compiled.system.network.mayLose && compiled.system.network.loss > 0 && message.from != message.to
        if isLossy, state.flight.count(where: { $0.to == message.to && $0.from == message.from && $0.word == message.word }) >= scope.copies ?? 2 {
            return
        }
        let place = state.flight.lastIndex { ($0.to, $0.from) <= (message.to, message.from) }.map { $0 + 1 } ?? 0
        state.flight.insert(message, at: place)
    }
}
