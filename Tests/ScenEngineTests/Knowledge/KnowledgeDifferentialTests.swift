import ScenModel
import Testing

@testable import ScenEngine

/// What nodes know, worked out state by state from its definition and by the explorer, in small systems at random.
@Suite struct KnowledgeDifferentialTests {
    /// Enough of them are small, and ask what some states know and others do not.
    @Test(arguments: [
        (KnowledgeGenerator.Kind.asynchronous, 60, 25, 40), (.adversary, 90, 30, 50), (.otherAlgorithm, 60, 25, 40),
    ])
    func `the explorer and the definition agree`(kind: KnowledgeGenerator.Kind, seeds: Int, comparedMin: Int, mixedMin: Int) throws {
        var (compared, mixed) = (0, 0)
        for seed in 1...seeds {
            var generator = KnowledgeGenerator(seed: UInt64(seed))
            let generated = generator.scenario(kind)
            for compiled in exploredCases(generated.text) {
                let scope = compiled.plan.exploration ?? .init()
                let naive = NaiveExplorer(compiled, scope: scope)
                naive.keepsViews = true
                naive.run(limit: KnowledgeGenerator.statesMax)
                guard naive.states.count <= KnowledgeGenerator.statesMax, !naive.failed else { continue }
                compared += 1
                mixed += compare(compiled, scope, naive, generated)
            }
        }
        #expect(compared >= comparedMin)
        #expect(mixed >= mixedMin)
    }

    /// How many formulas hold in some states and not in others.
    private func compare(
        _ compiled: CompiledCase, _ scope: RunPlan.Exploration, _ naive: NaiveExplorer, _ generated: KnowledgeGenerator.Generated
    ) -> Int {
        func routine(_ index: Int) -> Program.RoutineID? {
            if case .always(let routine) = compiled.expectations[index].form { routine } else { nil }
        }
        let (search, result) = explored(compiled, scope: scope)
        let exploration = search.exploration
        exploration.knowledge = Knowledge(exploration)
        #expect(result.isComplete)
        #expect(result.states == naive.states.count, "\(generated.text)")
        let states = Array(naive.states)
        let nodes = compiled.system.nodes.count
        func truth(_ index: Int) -> [Bool] { states.map { state in routine(index).map { naive.holds($0, state) } ?? false } }
        let atoms = generated.atoms.map { truth($0) }
        let members = generated.members.map { indices -> [Set<Int>] in
            let isMember = indices.map { truth($0) }
            return states.indices.map { state in Set((0..<nodes).filter { isMember[$0][state] }) }
        }
        let definition = NaiveKnowledge(views: states.map(\.views), nodes: nodes, atoms: atoms, members: members)
        let observation = Observation(exploration)
        var mixed = 0
        for (index, formula) in generated.formulas {
            guard let routine = routine(index) else { continue }
            let expected = definition.truth(of: formula).count { $0 }
            let found = (0..<result.states).count { observation.word(routine, in: $0)?.isTrue ?? false }
            #expect(found == expected, "\(compiled.expectations[index].text)")
            if case .atom = formula { continue }
            if expected > 0, expected < states.count { mixed += 1 }
        }
        return mixed
    }
}

/// Nodes that send a few messages, choose, set timers, crash and recover, and conditions on what they know.
struct KnowledgeGenerator {
    struct Generated {
        var text: String
        /// Indices of expectations.
        var atoms: [Int] = []
        /// By set, by node.
        var members: [[Int]] = []
        var formulas: [(Int, Formula)] = []
    }
    enum Kind {
        case asynchronous
        /// Time passes, by ticks of 5 ms.
        case synchronous
        case partiallySynchronous
        /// It holds the links, and changes, makes up or replays one message.
        case adversary
        /// One node runs another algorithm.
        case otherAlgorithm

        var isTimed: Bool { self == .synchronous || self == .partiallySynchronous }
    }
    static let statesMax = 400

    private var state: UInt64
    private var nodes = 2

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 7 }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int((state >> 33) % UInt64(range.count))
    }
    private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
    private mutating func one(_ choices: [String]) -> String { choices[number(0...choices.count - 1)] }

    private static let atoms = [
        "n1.input == 1", "n1.x > 0", "n2.x mod 2 == 1", "n2.up", "len(faulty) > 0", "n1.up and n2.x == n1.x", "n2.input == 0",
    ]
    private static let sets = [
        "nodes", "correct", "faulty", "{n1, n2}", "{p for p in nodes if p.up}", "{p for p in nodes if p.x > 0}", "{n2}",
    ]

    mutating func scenario(_ kind: Kind = .asynchronous) -> Generated {
        nodes = chance(75) ? 2 : 3
        let isTimed = kind.isTimed
        let recovers = chance(25) && kind != .otherAlgorithm
        let hasFaults = recovers || chance(40)
        var model = recovers ? "crash-recovery" : !isTimed && hasFaults && chance(40) ? "byzantine" : "crash-stop"
        if kind == .otherAlgorithm { model = "byzantine" }
        if kind == .adversary, model == "byzantine" { model = "crash-stop" }
        var lines = [
            "scenario: generated", "nodes: {count: \(nodes), model: \(model)}", "network: \(network(kind))", "timing: \(timing(kind))",
            "faulty: \(kind == .otherAlgorithm ? "{n1: {runs: other}}" : hasFaults ? fault(kind) : "none")",
            "inputs: {n1: any, others: \(chance(30) ? "any" : "0")}",
        ]
        lines += algorithm(recovers)
        if kind == .otherAlgorithm { lines += ["algorithms:"] + algorithm(false, name: "other:").map { "  " + $0 } }
        switch kind {
        case .synchronous where recovers || chance(30): lines += ["run: {exhaustive: {for: \(one(["5ms", "10ms"]))}}"]
        case .adversary: lines += ["run: {exhaustive: {forgeries: 1}}"]
        default: lines += ["run: exhaustive"]
        }
        lines += ["expect:"]
        if isTimed { lines = lines.map { $0.replacing("after 1ms", with: "after " + ["0ms", "5ms", "10ms"][nodes % 3]) } }
        var generated = Generated(text: "")
        var count = 0
        func expect(_ condition: String) -> Int {
            lines.append("  e\(count): {always: '\(condition)'}")
            count += 1
            return count - 1
        }
        generated.atoms = Self.atoms.map { expect($0) }
        generated.members = Self.sets.map { set in (1...nodes).map { expect("n\($0) in (\(set))") } }
        for _ in 0..<10 {
            let formula = formula(3)
            generated.formulas.append((expect(formula.text(Self.atoms, Self.sets)), formula))
        }
        generated.text = lines.joined(separator: "\n") + "\n"
        return generated
    }

    private mutating func network(_ kind: Kind) -> String {
        guard kind == .adversary else { return one(["reliable", "reliable", "fair-loss"]) }
        let powers = one(["modify", "spoof", "drop, modify", "eavesdrop, replay", "eavesdrop, drop, modify, spoof"])
        return "{links: arbitrary, adversary: [\(powers)]}"
    }

    private mutating func timing(_ kind: Kind) -> String {
        guard kind.isTimed else { return "asynchronous" }
        let model = kind == .synchronous ? "synchronous" : "partially-synchronous"
        return "{model: \(model), latency: " + one(["5ms", "0ms..5ms", "5ms..10ms", "0ms..10ms"]) + "}"
    }

    private mutating func fault(_ kind: Kind) -> String {
        switch kind {
        case .synchronous: one(["{n1: {crashes: 1}}", "{n1: {crash: 5ms}}", "{up-to: 1}"])
        case .partiallySynchronous: one(["{n1: {crashes: 1}}", "{up-to: 1}"])
        default: one(["[n1]", "{up-to: 1}"])
        }
    }

    private mutating func algorithm(_ recovers: Bool, name: String = "algorithm:") -> [String] {
        var lines = [name, "  input: 0..1", "  messages: {A: {v: 0..3}, B: {}}", "  state: {x: int\(recovers ? "" : ", left: int = 2")}"]
        if recovers { lines += ["  stable: {left: int = 2, kept: int}"] }
        lines += ["  on start: |"] + actions(recovers)
        lines += ["  on A(v) from p: |", "    x += v"] + actions(recovers)
        lines += ["  on B() from p: |"] + actions(recovers)
        if chance(30) { lines += ["  on timer T: |"] + actions(recovers) }
        if recovers, chance(60) { lines += ["  on recover: |"] + actions(recovers) }
        if lines.contains("  on timer T: |") { lines.insert("    set timer T after 1ms", at: lines.firstIndex(of: "  on start: |")! + 1) }
        return lines
    }

    private mutating func actions(_ recovers: Bool) -> [String] {
        var lines: [String] = []
        for index in 0..<number(1...2) {
            switch number(1...(recovers ? 6 : 5)) {
            case 1: lines.append("    x += 1")
            case 2: lines.append("    x = input")
            case 3 where chance(40): lines += ["    choose c\(index) in 0..1", "    x += c\(index)"]
            case 6: lines.append("    kept = x")
            default:
                lines += [
                    "    if left > 0:", "      left -= 1",
                    "      " + one(["send A(x mod 4) to others", "send B() to n1", "send A(input) to n2", "if me == n1: send B() to n2"]),
                ]
            }
        }
        return lines
    }

    private mutating func formula(_ depth: Int) -> Formula {
        if depth == 0 { return .atom(number(0...Self.atoms.count - 1)) }
        switch number(1...10) {
        case 1: return .not(formula(depth - 1))
        case 2: return .and(formula(depth - 1), formula(depth - 1))
        case 3: return .or(formula(depth - 1), formula(depth - 1))
        case 4: return .atom(number(0...Self.atoms.count - 1))
        case 5, 6, 7: return .knows(number(0...nodes - 1), formula(depth - 1))
        case 8: return .everyone(number(0...Self.sets.count - 1), formula(depth - 1))
        default: return .common(number(0...Self.sets.count - 1), formula(depth - 1))
        }
    }
}
