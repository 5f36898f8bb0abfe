import ScenModel
import Testing

@testable import ScenEngine

/// Messages made up and replayed where rounds go in lockstep: by the adversary on arbitrary links, and by nodes that behave arbitrarily.
@Suite struct ForgedRoundsTests {
    struct Draw: Drawing { var state: UInt64 }

    static let models = [
        "network: {links: arbitrary, adversary: [spoof]}\nnodes: 2",
        "network: {links: arbitrary, adversary: [eavesdrop, replay]}\nnodes: 2",
        "network: {links: arbitrary, adversary: [eavesdrop, spoof, modify]}\nnodes: 2",
        "network: {links: arbitrary, adversary: [eavesdrop, spoof, replay, drop]}\nnodes: 2",
        "network: {links: arbitrary, adversary: [eavesdrop, replay]}\nnodes: 3",
        "network: reliable\nnodes: {count: 3, model: byzantine}\nfaulty: {n1: {behaviour: arbitrary}}",
        "network: reliable\nnodes: {count: 2, model: byzantine}\nfaulty: {n2: {behaviour: arbitrary}}",
    ]

    /// Small, with fields that are finite, without end, and signed; what nodes send comes to an end.
    static func scenario(_ draw: inout Draw, _ models: [String] = models) -> String {
        let model = draw.one(models)
        // What traitors have seen of signatures is part of what they hold, which naive rounds do not know.
        let secret = draw.one(model.contains("arbitrary}}") ? ["k: int", "k: 0..1"] : ["k: int", "k: signed 0..1", "k: 0..1"])
        let made = secret.contains("signed") ? "sign(1)" : "1"
        let isSigned = secret.contains("signed")
        return """
            scenario: random
            timing: synchronous
            \(model)
            algorithm:
              messages: {Ask: {x: 0..1}, Tell: {\(secret)}}
              state: {asked: 0..2, kept: set of \(secret.dropFirst(3)), first: maybe node, done: bool}
              on start: |
                if me == \(draw.one(["n1", "n2", "me"])):
                  send \(draw.one(["Ask(0)", "Ask(1)", "Tell(\(made))"])) to \(draw.one(["others", "n2", "nodes"]))
              on Ask(x) from p: |
                if asked < \(1 + draw.below(2))\(draw.one(["", " and x > 0"])):
                  asked += 1
                  \(draw.one(["send Tell(\(made)) to p", "send Tell(\(made)) to others", "first = p", "done = true"]))
              on Tell(k) from p: |
                if \(draw.one(["true", "not done", isSigned ? "k.signer == p" : "p != me"])):
                  add k to kept
                \(draw.one(["if asked == 0: send Ask(1) to p", "done = asked > 0", "if first == none: first = p", "return"]))
              on round \(2 + draw.below(2)): |
                \(draw.one(["done = not done", "if len(kept) > 0 and asked < 2: asked += 1", "if not done: send Ask(1) to others"]))
            run: {simulate: 1}
            expect:
              nothing: {always: true}
            """
    }

    /// With traitors who share what they have seen.
    private static let otherModels = models + ["network: reliable\nnodes: {count: 3, model: byzantine}\nfaulty: [n1, n2]"]

    private static func faulty(_ compiled: CompiledCase) -> [Set<Int>] {
        if case .these(let nodes) = compiled.system.faults.who { return [Set(nodes)] }
        return [[]]
    }

    @Test(arguments: 0..<10)
    func `as many states as a naive explorer of rounds`(batch: Int) throws {
        var compared = 0
        for number in 0..<8 {
            var draw = Draw(state: UInt64(batch * 1_000 + number) &* 7_919 &+ 13)
            let text = Self.scenario(&draw)
            let compiled = try #require(exploredCases(text).first)
            var scope = RunPlan.Exploration()
            scope.forgeries = draw.one([1, 2, nil])
            let naive = NaiveRounds(compiled, scope: scope)
            let nothing = Array(repeating: Word.none, count: compiled.system.nodes.count)
            naive.run(faulty: Self.faulty(compiled), inputs: [nothing], limit: 120)
            if naive.states.count > 120 || naive.gaveUp { continue }
            compared += 1
            let (_, result) = explored(compiled, scope: scope)
            #expect(result.isComplete)
            #expect(result.states == naive.states.count, "\(batch) \(number) \(String(describing: scope.forgeries)): \(text)")
            #expect(result.ends == naive.states.count { $0.hasEnded })
        }
        #expect(compared > 2)
    }

    /// After rounds that are named all rounds are alike here, so that whoever waits could as well have acted sooner.
    @Test(arguments: 0..<10)
    func `nothing is gained by waiting`(batch: Int) throws {
        var compared = 0
        for number in 0..<10 {
            var draw = Draw(state: UInt64(batch * 1_000 + number) &* 104_729 &+ 7)
            let text = Self.scenario(&draw)
            let compiled = try #require(exploredCases(text).first)
            #expect(compiled.lastRoundThatDiffers <= 3)
            var scope = RunPlan.Exploration()
            scope.forgeries = draw.one([1, 2])
            let nothing = Array(repeating: Word.none, count: compiled.system.nodes.count)
            func held(waitsUntil: Int) -> (all: Set<[[Word]]>, ends: Set<[[Word]]>)? {
                let naive = NaiveRounds(compiled, scope: scope)
                naive.waitsUntil = waitsUntil
                naive.run(faulty: Self.faulty(compiled), inputs: [nothing], limit: 800)
                if naive.gaveUp || naive.states.count > 800 { return nil }
                let machine = naive.world.machine
                // Words of different worlds are compared by what they mean.
                func text(_ state: NaiveRounds.State) -> [[Word]] {
                    state.nodes.map { node in node.map { $0.isComposite ? Word(Int(truncatingIfNeeded: machine.hash($0) >> 8)) : $0 } }
                }
                return (Set(naive.states.map(text)), Set(naive.states.filter(\.hasEnded).map(text)))
            }
            guard let one = held(waitsUntil: compiled.lastRoundThatDiffers), let other = held(waitsUntil: 7) else { continue }
            compared += 1
            #expect(one == other, "\(text)")
        }
        #expect(compared > 2)
    }

    /// Every round that the simulator draws is one of those that are explored, up to the end of the run.
    @Test(arguments: 0..<8)
    func `a simulated run is a path`(batch: Int) throws {
        var followed = 0
        for number in 0..<6 {
            var draw = Draw(state: UInt64(batch * 1_000 + number) &* 15_485_863 &+ 3)
            let text = Self.scenario(&draw, Self.otherModels)
            let compiled = try #require(exploredCases(text).first)
            for seed in 1...3 as ClosedRange<UInt64> {
                do throws(Exploration.Stop) {
                    let problem = try RoundFollower(compiled, seed).follow()
                    #expect(problem == nil, "seed \(seed): \(text)")
                    followed += problem == nil ? 1 : 0
                } catch .endlessRound {
                    continue
                }
            }
        }
        #expect(followed > 5)
    }
}

/// Follows simulated rounds through the explored states, as far as nodes hold the same at the ends of rounds.
private final class RoundFollower {
    private let compiled: CompiledCase
    private let exploration: Exploration
    private let bound: Int

    private let seed: UInt64

    init(_ compiled: CompiledCase, _ seed: UInt64) {
        self.compiled = compiled
        self.seed = seed
        var scope = RunPlan.Exploration()
        scope.copies = 100
        // No more than the run has.
        scope.forgeries = Self.forgeries(of: compiled, seed)
        var limits = ExplorationLimits()
        limits.bytes = 200_000
        exploration = Exploration(compiled, scope: scope, statesMax: 1_000, budgets: RunBudgets(), limits: limits)
        bound = compiled.system.timing.bound ?? 1
    }

    private static func forgeries(of compiled: CompiledCase, _ seed: UInt64) -> Int {
        let told = Simulator(compiled).tell(
            seed: seed, horizon: rounds(of: compiled) * (compiled.system.timing.bound ?? 1), watches: [],
            .init(limit: 10_000, shown: .expectation("nothing", expectsHolds: true, found: .holds)))
        return told.trace?.steps.count { step in
            switch step.action {
            case .spoof, .replay, .modify: true
            default: false
            }
        } ?? 0
    }

    private static func rounds(of compiled: CompiledCase) -> Int { compiled.program.lastNamedRound + 3 }

    func follow() throws(Exploration.Stop) -> String? {
        let rounds = Self.rounds(of: compiled)
        let simulator = Simulator(compiled)
        let whole = simulator.run(seed: seed, horizon: rounds * bound, watches: [])
        if whole.events > 30 { return nil }
        let last = (whole.endTime + bound - 1) / bound
        var present: Set<[UInt32]> = []
        for round in 1...last {
            _ = simulator.run(seed: seed, horizon: round * bound, watches: [])
            let values = (0..<exploration.nodeCount).map { node in
                simulator.memory.nodes + node * compiled.program.layout.width
            }.map { words in compiled.program.variables.indices.map { simulator.machine.value(words[$0], compiled.program.variables[$0].type) } }
            var next: Set<[UInt32]> = []
            func add(_ rows: PartialRows) {
                for index in 0..<rows.count where holds(rows.row(index), values) { next.insert(rows.row(index)) }
            }
            if round == 1 { for beginning in 0..<(exploration.beginnings.count ?? 0) { add(try exploration.firstRows(of: beginning)) } }
            for row in present { add(try after(row)) }
            if next.count > 500 { return nil }
            if next.isEmpty { return "round \(round) is no transition" }
            present = next
        }
        if whole.end == .quiescent, !present.contains(where: { row in row.withUnsafeBufferPointer { exploration.hasEnded($0.baseAddress!) } }) {
            return "the run ends after round \(last), and no explored one does"
        }
        return nil
    }

    private func after(_ row: [UInt32]) throws(Exploration.Stop) -> PartialRows {
        try row.withUnsafeBufferPointer { row throws(Exploration.Stop) in try exploration.rowsAfterNextRound(row.baseAddress!) }
    }

    private func holds(_ row: [UInt32], _ values: [[Value]]) -> Bool {
        let machine = exploration.world.machine
        let variables = compiled.program.variables
        return (0..<exploration.nodeCount).allSatisfy { node in
            let local = exploration.steps.locals[Int(row[exploration.layout.local(node)])]
            return variables.indices.allSatisfy {
                machine.value(Word(bits: local[LocalState.variables + $0]), variables[$0].type) == values[node][$0]
            }
        }
    }
}
