import ScenModel

@testable import ScenEngine

/// Visits every state at the end of a round with the plainest means: reliable links, Byzantine nodes, no crashes.
final class NaiveRounds {
    typealias Message = NaiveExplorer.Message
    struct State: Hashable {
        var faulty: Set<Int>
        var inputs: [Word]
        var nodes: [[Word]]
        /// In the order of sending on each link, sorted by recipient and sender.
        var flight: [Message] = []
        var round = 0
        var hasEnded = false
    }
    let compiled: CompiledCase
    let world: World
    private(set) var states: Set<State> = []
    private var count: Int { compiled.system.nodes.count }

    init(_ compiled: CompiledCase) {
        self.compiled = compiled
        world = World(program: compiled.program, nodeCount: compiled.system.nodes.count)
    }

    func run(faulty sets: [Set<Int>], inputs: [[Word]]) {
        var queue: [State] = []
        func add(_ found: Set<State>) {
            for state in found where states.insert(state).inserted { queue.append(state) }
        }
        for faulty in sets {
            for inputs in inputs {
                for node in 0..<count { world.memory.inputs[node] = inputs[node] }
                guard world.begin() else { return }
                let width = world.memory.width
                let nodes = (0..<count).map { node in (0..<width).map { world.memory.nodes[node * width + $0] } }
                var starts: Set<State> = [State(faulty: faulty, inputs: inputs, nodes: nodes)]
                for node in 0..<count { starts = Set(starts.flatMap { after(.start(node), $0, round: 1) }) }
                add(Set(starts.flatMap { endOfRound(1, handingOver: [], from: $0, before: nil) }))
            }
        }
        while let state = queue.popLast() {
            guard !state.hasEnded else { continue }
            var next = state
            next.flight = []
            add(endOfRound(state.round + 1, handingOver: state.flight, from: next, before: state))
        }
    }

    private func endOfRound(_ round: Int, handingOver flight: [Message], from first: State, before: State?) -> Set<State> {
        var partial: Set<State> = [first]
        for node in 0..<count {
            for message in flight where message.to == node {
                let choice = Choice.deliver(message.word, from: message.from, to: node)
                partial = Set(partial.flatMap { after(choice, $0, round: round) })
            }
            partial = Set(partial.flatMap { after(.round(node), $0, round: round) })
        }
        return Set(
            partial.map { state in
                var state = state
                state.round = round
                if let before, round > compiled.program.lastNamedRound, state.flight.isEmpty, state.nodes == before.nodes {
                    state.hasEnded = true
                }
                return state
            })
    }

    private func after(_ choice: Choice, _ state: State, round: Int) -> [State] {
        let node = Int(choice.node)
        let width = world.memory.width
        for (other, words) in state.nodes.enumerated() {
            for (index, word) in words.enumerated() { world.memory.nodes[other * width + index] = word }
            world.memory.inputs[other] = state.inputs[other]
        }
        guard world.step(choice, time: 0, round: round) == .done else { return [] }
        let meant = world.effects.filter { $0.kind == .send }.map { Message(to: Int($0.node), from: node, word: $0.word) }
        var next = state
        next.nodes[node] = (0..<width).map { world.memory.nodes[node * width + $0] }
        let behaviour = compiled.system.faults.behaviour(of: node)
        let all =
            state.faulty.contains(node) && !behaviour.isEmpty ? NaiveLies.all(meant, by: node, behaviour, world.machine) : [meant]
        return all.map { said in
            var next = next
            let flight = next.flight + said
            next.flight = flight.enumerated().sorted {
                ($0.element.to, $0.element.from, $0.offset) < ($1.element.to, $1.element.from, $1.offset)
            }.map(\.element)
            return next
        }
    }
}
