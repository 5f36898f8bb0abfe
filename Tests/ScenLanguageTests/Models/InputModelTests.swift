import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct InputModelTests {
    private func algorithm(_ type: String) -> String {
        "  types: {plan: [attack, retreat], pair: {yes: bool, level: 1..2}}\n  input: \(type)\n  on start: return"
    }

    private func sources(_ keys: String, _ type: String = "plan") throws -> [InputModel.Source] {
        try onlyCase(wholeScenario(keys, algorithm: algorithm(type))).system.inputs.sources
    }

    private let attack = Value.enumeration(type: 0, word: 0)
    private let retreat = Value.enumeration(type: 0, word: 1)

    @Test func byNode() throws {
        #expect(try sources("inputs: {n1: attack, others: retreat}") == [.given(attack), .given(retreat), .given(retreat)])
        #expect(try sources("inputs: retreat") == [.given(retreat), .given(retreat), .given(retreat)])
        #expect(
            try sources("nodes: {groups: {a: 1, b: 2}}\ninputs: {b: 7, a1: 1 + 1}", "int")
                == [.given(.int(2)), .given(.int(7)), .given(.int(7))])
    }

    @Test func anyValue() throws {
        #expect(try sources("inputs: any")[0] == .any([attack, retreat]))
        #expect(try sources("inputs: any", "bool")[0] == .any([.bool(false), .bool(true)]))
        #expect(try sources("inputs: any", "2..4")[0] == .any([.int(2), .int(3), .int(4)]))
        #expect(try sources("inputs: any", "node")[0] == .any([.node(0), .node(1), .node(2)]))
        #expect(try sources("inputs: any", "maybe bool")[0] == .any([.none, .bool(false), .bool(true)]))
        #expect(
            try sources("inputs: any", "pair")[0]
                == .any([
                    .record(type: 0, [.bool(false), .int(1)]), .record(type: 0, [.bool(false), .int(2)]),
                    .record(type: 0, [.bool(true), .int(1)]), .record(type: 0, [.bool(true), .int(2)]),
                ]))
    }

    @Test func anyOfSome() throws {
        #expect(try sources("inputs: {n1: {any: 1..3}, others: 0}", "int")[0] == .any([.int(1), .int(2), .int(3)]))
        #expect(try sources("inputs: {any: [5, 2, 5]}", "int")[0] == .any([.int(2), .int(5)]))
        #expect(try sources("inputs: {any: [attack]}")[0] == .any([attack]))
        #expect(try sources("inputs: {any: nodes}", "node")[0] == .any([.node(0), .node(1), .node(2)]))
    }

    @Test func valuesAreOfTheType() {
        expectLoading(wholeScenario("inputs: {n1: ⟦charge⟧, others: attack}", algorithm: algorithm("plan")), .unknownName)
        expectLoading(wholeScenario("inputs: ⟦3⟧", algorithm: algorithm("plan")), .typeMismatch)
        expectLoading(wholeScenario("inputs: ⟦9⟧", algorithm: algorithm("1..7")), .outOfRange)
        expectLoading(wholeScenario("inputs: {any: 1..⟦9⟧}", algorithm: algorithm("1..7")), .outOfRange)
        expectLoading(wholeScenario("inputs: {any: ⟦1s..2s⟧}", algorithm: algorithm("duration")), .typeMismatch)
    }

    @Test func tooManyValues() {
        expectLoading(wholeScenario("inputs: ⟦any⟧", algorithm: algorithm("int")), .outOfRange)
        expectLoading(wholeScenario("inputs: ⟦any⟧", algorithm: algorithm("list of bool")), .outOfRange)
        expectLoading(wholeScenario("inputs: ⟦any⟧", algorithm: algorithm("1..1001")), .outOfRange)
        expectLoading(wholeScenario("inputs: {any: ⟦1..1000000000000⟧}", algorithm: algorithm("int")), .outOfRange)
        expectLoading(wholeScenario("inputs: {any: ⟦2..1⟧}", algorithm: algorithm("int")), .outOfRange)
        #expect(load(wholeScenario("inputs: any", algorithm: algorithm("int"))).diagnostics.first?.label?.contains("{any: 1..7}") == true)
    }

    @Test func everyNodeHasOne() {
        expectLoading(wholeScenario("", algorithm: "  input: ⟦bool⟧\n  on start: return"), .missingKey)
        expectLoading(wholeScenario("inputs: {⟦n1⟧: true, n2: false}", algorithm: algorithm("bool")), .missingKey)
        expectLoading(wholeScenario("inputs: ⟦true⟧"), .conflictingKeys)
        expectLoading(wholeScenario("inputs: {⟦n1⟧: true}"), .conflictingKeys)
        expectLoading(wholeScenario("inputs: {⟦n7⟧: true, others: false}", algorithm: algorithm("bool")), .unknownNode)
        expectLoading(wholeScenario("nodes: {groups: {a: 2}}\ninputs: {⟪a⟫: true, ⟦a2⟧: false}", algorithm: algorithm("bool")), .duplicateName)
    }
}

@Suite struct RunPlanTests {
    private func plan(_ run: String) throws -> RunPlan.Simulation? { try onlyCase(wholeScenario(run)).plan.simulation }

    @Test func simulations() throws {
        let standard = try #require(try plan(""))
        #expect(standard.runs == 1000 && standard.horizon == 60_000_000_000 && standard.seed == 1)
        let short = try #require(try plan("run: {simulate: 4000}"))
        #expect(short.runs == 4000)
        let long = try #require(try plan("parameters: {r: [5]}\nrun: {simulate: {runs: 10 * r, for: 1m, seed: 7}}"))
        #expect(long.runs == 50 && long.horizon == 60_000_000_000 && long.seed == 7)
    }

    @Test func ranges() {
        expectLoading(wholeScenario("run: {simulate: ⟦0⟧}"), .outOfRange)
        expectLoading(wholeScenario("run: {simulate: ⟦1000000001⟧}"), .outOfRange)
        expectLoading(wholeScenario("run: {simulate: {for: ⟦0s⟧}}"), .outOfRange)
        expectLoading(wholeScenario("run: {simulate: {for: ⟦71y⟧}}"), .outOfRange)
        expectLoading(wholeScenario("run: {simulate: {seed: ⟦-1⟧}}"), .outOfRange)
        expectLoading(wholeScenario("run: {simulate: {runs: ⟦1s⟧}}"), .typeMismatch)
    }

    @Test func explorations() {
        expectLoading(wholeScenario("run: exhaustive"))
        expectLoading(wholeScenario("run: {exhaustive: {steps: ⟦-1⟧, losses: unlimited}}"), .outOfRange)
    }

    @Test func explorationsHaveNoClock() {
        expectLoading(wholeScenario("run: {exhaustive: {⟦for⟧: 5s}}"), .timingMismatch)
        expectLoading(wholeScenario("run: exhaustive\nfaulty: {n1: {⟦crash⟧: 2s}}"), .timingMismatch)
        expectLoading(wholeScenario("run: exhaustive", expect: "  x: {eventually: true, within: ⟦5s⟧}"), .timingMismatch)
        expectLoading(wholeScenario("run: exhaustive", expect: "  x: {always: ⟦time⟧ < 5s}"), .timingMismatch)
    }

    @Test func boundedLatencyIsExplored() {
        let synchronous = "run: {exhaustive: {for: 5s}}\ntiming: synchronous\nfaulty: {n1: {crash: 2s}}"
        expectLoading(wholeScenario(synchronous, expect: "  x: {eventually: time > 5s, within: 5s}"))
        let partial = "run: exhaustive\ntiming: partially-synchronous"
        expectLoading(wholeScenario(partial))
        expectLoading(wholeScenario(partial + "\nfaulty: {n1: {⟦crash⟧: 2s}}"), .timingMismatch)
        expectLoading(wholeScenario(partial, expect: "  x: {eventually: true, within: ⟦5s⟧}"), .timingMismatch)
        expectLoading(wholeScenario(partial, expect: "  x: {always: ⟦time⟧ < 5s}"), .timingMismatch)
    }

    @Test func historiesAreExplored() {
        let echo = "  delivers: int\n  messages: {M: {v: int}}\n  on start: broadcast(1)\n  on broadcast(v): send M(v) to nodes\n  on M(v) from p: deliver v from p"
        expectLoading(wholeScenario("run: exhaustive", algorithm: echo, expect: "  no-duplication: holds"))
        expectLoading(wholeScenario("run: simulate", algorithm: echo, expect: "  no-duplication: holds"))
    }

    @Test func notEverythingIsExplored() {
        let timing = "run: exhaustive\ntiming: {model: ⟦synchronous⟧, bound: 10ms, "
        expectLoading(wholeScenario(timing + "latency: 'empirical([1ms, 3ms])'}"), .notSupported)
        expectLoading(wholeScenario(timing + "clock: {skew: 1ms}}"), .notSupported)
        expectLoading(wholeScenario("run: exhaustive\ntiming: synchronous\nnetwork: ⟦arbitrary⟧"), .notSupported)
        let liar = "run: exhaustive\ntiming: synchronous\nnodes: {count: 3, model: byzantine}\nfaulty: {up-to: 1, ⟦behaviour⟧: arbitrary}"
        expectLoading(wholeScenario(liar), .notSupported)
        expectLoading(wholeScenario("run: exhaustive", expect: "  x: {leads-to: {from: true, to: true}}"))
        expectLoading(
            wholeScenario("run: exhaustive", expect: "  x: {⟦probability⟧: true, at-least: 50%}"), .needsSimulation)
        expectLoading(wholeScenario("run: [simulate, exhaustive]", expect: "  x: {probability: true, at-least: 50%}"))
    }
}
