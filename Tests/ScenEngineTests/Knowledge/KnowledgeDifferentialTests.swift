import ScenModel
import Testing

@testable import ScenEngine

/// What nodes know, worked out state by state from its definition and by the explorer, in small systems at random.
@Suite struct KnowledgeDifferentialTests {
    /// Enough of them are small, and ask what some states know and others do not.
    @Test(arguments: [
        (KnowledgeGenerator.Kind.asynchronous, 60, 25, 40), (.adversary, 90, 30, 50), (.otherAlgorithm, 60, 25, 40),
        (.maker, 90, 20, 30), (.seals, 120, 40, 60),
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
                naive.keepsHeld = kind == .seals
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
        #expect(exploration.tellLooks())
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
        let looks = states.map { state in (0..<nodes).map { NaiveLook.look(at: state.views[$0], of: $0, naive.world) } }
        let definition = NaiveKnowledge(views: looks, nodes: nodes, atoms: atoms, members: members)
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
struct KnowledgeGenerator: Drawing {
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
        /// One node makes up a message.
        case maker
        /// Some messages hold something sealed.
        case seals

        var isTimed: Bool { self == .synchronous || self == .partiallySynchronous }
    }
    static let statesMax = 400

    var state: UInt64
    private var nodes = 2

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 7 }

    private var kind = Kind.asynchronous
    private var atoms: [String] { kind == .seals ? Self.sealedAtoms : Self.plainAtoms }
    private static let sealedAtoms = [
        "n1.input == 1", "n2.input == 0", "n1.box == n2.box", "n2.box == seal(1, for=n1)", "n1.box == seal(0, for=n2)", "n1.x > 0", "n2.up",
    ]
    private static let plainAtoms = [
        "n1.input == 1", "n1.x > 0", "n2.x mod 2 == 1", "n2.up", "len(faulty) > 0", "n1.up and n2.x == n1.x", "n2.input == 0",
    ]
    private static let sets = [
        "nodes", "correct", "faulty", "{n1, n2}", "{p for p in nodes if p.up}", "{p for p in nodes if p.x > 0}", "{n2}",
    ]

    mutating func scenario(_ kind: Kind = .asynchronous) -> Generated {
        self.kind = kind
        nodes = chance(75) ? 2 : 3
        let isTimed = kind.isTimed
        let recovers = chance(25) && kind != .otherAlgorithm && kind != .maker
        let hasFaults = recovers || chance(40)
        var model = recovers ? "crash-recovery" : !isTimed && hasFaults && chance(40) ? "byzantine" : "crash-stop"
        if kind == .otherAlgorithm || kind == .maker { model = "byzantine" }
        if kind == .adversary || kind == .seals, model == "byzantine" { model = "crash-stop" }
        var lines = [
            "scenario: generated", "nodes: {count: \(nodes), model: \(model)}", "network: \(network(kind))", "timing: \(timing(kind))",
            "faulty: \(hasFaults || model == "byzantine" ? fault(kind) : "none")",
            "inputs: {n1: any, others: \(kind == .seals || chance(30) ? "any" : "0")}",
        ]
        lines += algorithm(recovers)
        if kind == .otherAlgorithm { lines += ["algorithms:"] + algorithm(false, name: "other:").map { "  " + $0 } }
        switch kind {
        case .synchronous where recovers || chance(30): lines += ["run: {exhaustive: {for: \(one(["5ms", "10ms"]))}}"]
        case .adversary, .maker: lines += ["run: {exhaustive: {forgeries: 1}}"]
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
        generated.atoms = atoms.map { expect($0) }
        generated.members = Self.sets.map { set in (1...nodes).map { expect("n\($0) in (\(set))") } }
        for _ in 0..<10 {
            let formula = formula(3)
            generated.formulas.append((expect(formula.text(atoms, Self.sets)), formula))
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
        case .otherAlgorithm: "{n1: {runs: other}}"
        case .maker: one(["{n1: {behaviour: arbitrary}}", "{up-to: 1, behaviour: [arbitrary, silent]}"])
        default: one(["[n1]", "{up-to: 1}"])
        }
    }

    private mutating func algorithm(_ recovers: Bool, name: String = "algorithm:") -> [String] {
        let seals = kind == .seals
        let box = seals ? ", box: maybe sealed int" : ""
        let isBoxKept = recovers && seals && chance(60)
        var lines = [name, "  input: 0..1", "  messages: {A: {v: 0..3}, B: {}\(seals ? ", S: {s: sealed int, t: maybe sealed sealed int}" : "")}"]
        lines += ["  state: {x: int\(recovers ? "" : ", left: int = 2")\(isBoxKept ? "" : box)}"]
        if recovers { lines += ["  stable: {left: int = 2, kept: int\(isBoxKept ? box : "")}"] }
        lines += ["  on start: |"] + (seals ? sealedAction() : []) + actions(recovers)
        lines += ["  on A(v) from p: |", "    x += v"] + actions(recovers)
        lines += ["  on B() from p: |"] + actions(recovers)
        if seals {
            lines += ["  on S(s, t) from p: |", "    let o = open(s)", "    if o != none: x += 1 + o", "    if box == none or input == 1: box = s"]
            if chance(50) { lines += ["    let b = open(t) if t != none else none", "    if b != none: box = b"] }
            lines += actions(recovers)
        }
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
                if kind == .seals, chance(70) {
                    lines += sealedAction()
                    continue
                }
                lines += [
                    "    if left > 0:", "      left -= 1",
                    "      " + one(["send A(x mod 4) to others", "send B() to n1", "send A(input) to n2", "if me == n1: send B() to n2"]),
                ]
            }
        }
        return lines
    }

    private mutating func sealedAction() -> [String] {
        if chance(25) { return ["    if box == seal(\(one(["0", "1", "input"])), for=\(one(["n1", "n2"]))): x += 2"] }
        let send = one([
            "send S(seal(input, for=n1), none) to n2", "send S(seal(input, for=me), none) to others", "send S(seal(x mod 2, for=n2), box_) to others",
            "send S(seal(0, for=n1), seal(seal(input, for=n2), for=n1)) to n2", "if box != none: send S(box, none) to n1",
            "if box != none: send S(box, seal(box, for=n2)) to n2",
        ])
        return ["    if left > 0:", "      left -= 1", "      " + send.replacing("box_", with: "none")]
    }

    private mutating func formula(_ depth: Int) -> Formula {
        if depth == 0 { return .atom(number(0...atoms.count - 1)) }
        switch number(1...10) {
        case 1: return .not(formula(depth - 1))
        case 2: return .and(formula(depth - 1), formula(depth - 1))
        case 3: return .or(formula(depth - 1), formula(depth - 1))
        case 4: return .atom(number(0...atoms.count - 1))
        case 5, 6, 7: return .knows(number(0...nodes - 1), formula(depth - 1))
        case 8: return .everyone(number(0...Self.sets.count - 1), formula(depth - 1))
        default: return .common(number(0...Self.sets.count - 1), formula(depth - 1))
        }
    }
}
