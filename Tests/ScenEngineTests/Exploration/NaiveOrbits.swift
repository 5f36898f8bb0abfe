import ScenModel

@testable import ScenEngine

/// All states that one becomes when nodes change places, by the plainest means: every order of the nodes is tried on whole states.
struct NaiveOrbits {
    private let naive: NaiveExplorer
    private let orders: [[Int]]

    /// `classes`: of nodes that may change places.
    init(_ naive: NaiveExplorer, classes: [[Int]]) {
        self.naive = naive
        var orders = [Array(0..<naive.compiled.system.nodes.count)]
        for some in classes {
            orders = orders.flatMap { order in
                Self.permutations(some).map { places in
                    var order = order
                    for (node, place) in zip(some, places) { order[node] = place }
                    return order
                }
            }
        }
        self.orders = orders
    }

    private static func permutations(_ nodes: [Int]) -> [[Int]] {
        if nodes.isEmpty { return [[]] }
        return nodes.flatMap { node in permutations(nodes.filter { $0 != node }).map { [node] + $0 } }
    }

    /// How many there are; nil if some state becomes one that is not reached.
    func count() -> Int? {
        var left = naive.states
        var count = 0
        while let state = left.first {
            count += 1
            for order in orders {
                let other = renamed(state, order)
                guard naive.states.contains(other) else { return nil }
                left.remove(other)
            }
        }
        return count
    }

    func renamed(_ state: NaiveExplorer.State, _ order: [Int]) -> NaiveExplorer.State {
        var new = state
        new.faulty = Set(state.faulty.map { order[$0] })
        for node in state.nodes.indices {
            new.inputs[order[node]] = state.inputs[node]
            new.nodes[order[node]] = renamed(state.nodes[node], order)
        }
        let flight = state.flight.map {
            NaiveExplorer.Message(to: order[$0.to], from: order[$0.from], word: renamed($0.word, .message, order))
        }
        if naive.compiled.system.network.fifo {
            new.flight = flight.enumerated().sorted {
                ($0.element.to, $0.element.from, $0.offset) < ($1.element.to, $1.element.from, $1.offset)
            }.map(\.element)
        } else {
            new.flight = flight.sorted()
        }
        return new
    }

    private func renamed(_ node: NaiveExplorer.Node, _ order: [Int]) -> NaiveExplorer.Node {
        let program = naive.compiled.program
        var new = node
        for (index, variable) in program.variables.enumerated() {
            new.words[index] = renamed(node.words[index], variable.type, order)
        }
        if let type = program.decisionType {
            new.words[program.layout.decision] = renamed(node.words[program.layout.decision], type, order)
        }
        let machine = naive.world.machine
        new.timers = Set(
            node.timers.map { timer in
                let words =
                    [machine.shape(timer) << 1]
                    + machine.timerArguments(timer).map { machine.word(renamed($0, order)).bits }
                return words.withUnsafeBufferPointer { machine.arena.composite(.timer, of: $0.baseAddress!, count: $0.count) }
            })
        return new
    }

    private func renamed(_ word: Word, _ type: ValueType, _ order: [Int]) -> Word {
        naive.world.machine.word(renamed(naive.world.machine.value(word, type), order))
    }

    private func renamed(_ value: Value, _ order: [Int]) -> Value {
        switch value {
        case .node(let node): .node(order[node])
        case .tuple(let values): .tuple(values.map { renamed($0, order) })
        case .list(let values): .list(values.map { renamed($0, order) })
        case .set(let values): .set(of: values.map { renamed($0, order) })
        case .map(let entries): .map(of: entries.map { .init(key: renamed($0.key, order), value: renamed($0.value, order)) })
        case .record(let type, let values): .record(type: type, values.map { renamed($0, order) })
        case .message(let type, let values): .message(type: type, values.map { renamed($0, order) })
        default: value
        }
    }
}
