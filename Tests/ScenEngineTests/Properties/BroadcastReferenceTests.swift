import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// The conditions of the library against the definitions, word by word, over what nodes did in random runs.
@Suite struct BroadcastReferenceTests {
    private static let text = """
        scenario: test
        nodes: 3
        faulty: {up-to: 1}
        parameters: {last: [3ms, 6ms, 12ms], wild: [2, 6, 40]}
        algorithm:
          delivers: int
          messages: {Data: {value: int}}
          state:
            heard: list of (node, int)
          on start: set timer Act after 1ms
          on timer Act: |
            choose dice in 1..wild
            if dice == 1:
              choose value in 1..2
              broadcast(value)
            if len(heard) > 0:
              choose (p, value) in heard if dice == 2 else [heard[0]]
              deliver value from p
              if dice != 3:
                remove (p, value) from heard
            if dice == 4:
              deliver 1 from n1
            if now < last:
              set timer Act after 1ms
            else:
              for (p, value) in heard:
                deliver value from p
              heard = []
          on broadcast(m): |
            send Data(m) to nodes
          on Data(m) from p: |
            append (p, m) to heard
        timing: {model: asynchronous, latency: exponential(1ms)}
        run: {simulate: {for: 1s}}
        expect:
          reliable-delivery: holds
          no-duplication: holds
          no-creation: holds
          fifo-order: holds
          causal-order: holds
          total-order: holds
        """

    @Test func definitions() throws {
        var seen: [String: Set<Bool>] = [:]
        for one in compiled(Self.text) {
            let simulator = Simulator(one)
            let rules = one.expectations.map(\.form.rule)
            for seed in 0..<60 {
                let told = simulator.tell(
                    seed: UInt64(seed), horizon: 1_000_000_000, watches: rules.map { Watch($0.routine, $0.need) },
                    .init(limit: 10_000))
                let run = told.result
                let reference = History(told.story, nodes: 3)
                for (index, rule) in rules.enumerated() {
                    let name = one.expectations[index].name
                    let holds = reference.holds(name)
                    #expect((rule.judge(run.watched[index], in: run) == .satisfies) == holds, "\(name), seed \(seed)")
                    seen[name, default: []].insert(holds)
                }
            }
        }
        #expect(seen.values.allSatisfy { $0.count == 2 }, "\(seen)")
    }
}

/// Events of a run, and the properties as Cachin, Guerraoui and Rodrigues define them.
private struct History {
    struct Message: Hashable {
        var node: Int
        var number: Int
    }
    enum Event: Hashable {
        case broadcast(Message)
        case deliver(Message)
    }
    /// By node; of deliveries only the first of each message.
    var events: [[Event]]
    var values: [Message: Value] = [:]
    var hasRepeated = false
    var hasInvented = false
    let correct: [Int]

    init(_ story: Story, nodes: Int) {
        events = Array(repeating: [], count: nodes)
        correct = (0..<nodes).filter { !story.faulty.contains($0) }
        for step in story.steps {
            let node =
                switch step.cause {
                case .start(let node), .timer(let node, _, _), .crash(let node): node
                case .delivery(_, _, _, let to): to
                default: 0
                }
            for effect in step.effects {
                if case .broadcast(let value) = effect {
                    let number = events[node].filter { if case .broadcast = $0 { true } else { false } }.count
                    let message = Message(node: node, number: number)
                    values[message] = value
                    events[node].append(.broadcast(message))
                }
                if case .delivered(let value, let from?) = effect { deliver(value, from: from, at: node) }
            }
        }
    }

    private mutating func deliver(_ value: Value, from: Int, at node: Int) {
        let equal = values.filter { $0.key.node == from && $0.value == value }.keys.sorted { $0.number < $1.number }
        if let message = equal.first(where: { !events[node].contains(.deliver($0)) }) {
            events[node].append(.deliver(message))
        } else if equal.isEmpty {
            hasInvented = true
        } else {
            hasRepeated = true
        }
    }

    private func delivered(by node: Int) -> [Message] {
        events[node].compactMap { if case .deliver(let message) = $0 { message } else { nil } }
    }

    /// All that potentially caused it: the transitive closure.
    private func causes(of message: Message) -> Set<Message> {
        var found: Set<Message> = []
        var open = [message]
        while let next = open.popLast() {
            for event in events[next.node].prefix(while: { $0 != .broadcast(next) }) {
                switch event {
                case .broadcast(let earlier), .deliver(let earlier):
                    if found.insert(earlier).inserted { open.append(earlier) }
                }
            }
        }
        return found
    }

    /// Whether the node delivers `earlier` before `later`, which it delivers.
    private func inOrder(_ earlier: Message, _ later: Message, at node: Int) -> Bool {
        let all = delivered(by: node)
        guard let first = all.firstIndex(of: earlier), let second = all.firstIndex(of: later) else { return false }
        return first < second
    }

    func holds(_ property: String) -> Bool {
        switch property {
        case "no-duplication": !hasRepeated
        case "no-creation": !hasInvented
        case "reliable-delivery":
            values.keys.filter { correct.contains($0.node) }.allSatisfy { message in
                correct.allSatisfy { delivered(by: $0).contains(message) }
            }
        case "fifo-order":
            correct.allSatisfy { node in
                delivered(by: node).allSatisfy { later in
                    (0..<later.number).allSatisfy { inOrder(Message(node: later.node, number: $0), later, at: node) }
                }
            }
        case "causal-order":
            events.indices.allSatisfy { node in
                delivered(by: node).allSatisfy { later in causes(of: later).allSatisfy { inOrder($0, later, at: node) } }
            }
        default:
            correct.allSatisfy { p in
                correct.allSatisfy { q in
                    let both = delivered(by: p).filter { delivered(by: q).contains($0) }
                    return both.allSatisfy { a in both.allSatisfy { b in !inOrder(a, b, at: p) || inOrder(a, b, at: q) } }
                }
            }
        }
    }
}
