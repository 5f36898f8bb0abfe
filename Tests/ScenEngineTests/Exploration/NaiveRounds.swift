import ScenModel

@testable import ScenEngine

/// Visits every state at the end of a round with the plainest means: links that are reliable or an adversary's, Byzantine nodes, no crashes.
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
        /// What an adversary has seen, and how much it has made up; see `NaiveExplorer`.
        var seen: Set<Value> = []
        var passages: Set<Message> = []
        var forgeries = 0
    }
    /// Makes up messages.
    private let adversary: NaiveExplorer
    private var network: NetworkModel { compiled.system.network }
    /// An adversary that makes something up may wait until after this round though nothing happens.
    var waitsUntil = 0
    /// States within a round; it gives up above that.
    private let roundMax = 200
    private(set) var gaveUp = false
    let compiled: CompiledCase
    let world: World
    private(set) var states: Set<State> = []
    private var count: Int { compiled.system.nodes.count }

    init(_ compiled: CompiledCase, scope: RunPlan.Exploration = .init()) {
        self.compiled = compiled
        adversary = NaiveExplorer(compiled, scope: scope)
        world = adversary.world
    }

    func run(faulty sets: [Set<Int>], inputs: [[Word]], limit: Int = .max) {
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
        while let state = queue.popLast(), states.count <= limit, !gaveUp {
            guard !state.hasEnded || state.round <= waitsUntil else { continue }
            var next = state
            next.hasEnded = false
            next.flight = []
            add(endOfRound(state.round + 1, handingOver: state.flight, from: next, before: state))
        }
    }

    private func endOfRound(_ round: Int, handingOver flight: [Message], from first: State, before: State?) -> Set<State> {
        var partial: Set<State> = [first]
        for node in 0..<count {
            for sender in 0..<count {
                let made = before.map { adversary.madeUp(known($0)).filter { $0.to == node && $0.from == sender } } ?? []
                partial = afterAny(of: made, partial, round: round)
                for message in flight where message.to == node && message.from == sender {
                    partial = handOver(message, in: partial, knowing: before, round: round)
                    partial = afterAny(of: made, partial, round: round)
                }
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

    /// What the adversary knows.
    private func known(_ state: State) -> NaiveExplorer.State {
        var known = NaiveExplorer.State(faulty: state.faulty, inputs: [], nodes: [])
        (known.seen, known.passages, known.forgeries) = (state.seen, state.passages, state.forgeries)
        return known
    }

    private func forged(_ state: State) -> State? {
        guard state.forgeries < adversary.scope.forgeries ?? .max else { return nil }
        var state = state
        state.forgeries = adversary.forged(known(state)).forgeries
        return state
    }

    /// After any number of these, in any order.
    private func afterAny(of messages: [Message], _ states: Set<State>, round: Int) -> Set<State> {
        var (found, left) = (states, Array(states))
        while let state = left.popLast(), found.count <= roundMax {
            guard let forged = forged(state) else { continue }
            for message in messages {
                for next in after(.deliver(message.word, from: message.from, to: message.to), forged, round: round) {
                    // One that changes nothing is not counted.
                    if next.nodes == state.nodes, next.flight == state.flight, next.seen == state.seen { continue }
                    if found.insert(next).inserted { left.append(next) }
                }
            }
        }
        if found.count > roundMax { gaveUp = true }
        return found
    }

    private func handOver(_ message: Message, in states: Set<State>, knowing before: State?, round: Int) -> Set<State> {
        var next = states.flatMap { after(.deliver(message.word, from: message.from, to: message.to), $0, round: round) }
        guard network.links == .arbitrary, message.from != message.to else { return Set(next) }
        if network.adversary.contains(.drop) { next += states }
        let variants = before.map { adversary.variants(of: message, known($0)) } ?? []
        for state in states {
            guard let forged = forged(state) else { continue }
            for variant in variants { next += after(.deliver(variant, from: message.from, to: message.to), forged, round: round) }
        }
        return Set(next)
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
            var flight = next.flight
            var known = known(next)
            for message in said {
                adversary.see(message, &known)
                let mayBeLost = network.links == .arbitrary && network.adversary.contains(.drop) && message.from != message.to
                if mayBeLost, flight.count(where: { $0 == message }) >= adversary.scope.copies ?? 2 { continue }
                flight.append(message)
            }
            (next.seen, next.passages) = (known.seen, known.passages)
            next.flight = flight.enumerated().sorted {
                ($0.element.to, $0.element.from, $0.offset) < ($1.element.to, $1.element.from, $1.offset)
            }.map(\.element)
            return next
        }
    }
}
