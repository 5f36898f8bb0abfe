import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct ExpectationTests {
    private func expectations(_ expect: String, _ keys: String = "", algorithm: String = "  on start: return") throws
        -> [TypedCase.Expectation]
    {
        try onlyCase(wholeScenario(keys, algorithm: algorithm, expect: expect)).expectations
    }

    @Test func forms() throws {
        let text = """
              a: {always: n > 0}
              b: {never: n > 9}
              c: {eventually: time > 1s, within: 2s}
              d: {eventually-always: n == 3}
              e: {finally: n == 3}
              f:
                possible: n == 3 and
                  not false
            """
        let all = try expectations(text)
        #expect(all.map(\.name) == ["a", "b", "c", "d", "e", "f"])
        #expect(all.map(\.formName) == ["always", "never", "eventually", "eventually-always", "finally", "possible"])
        #expect(all.map(\.text) == ["n > 0", "n > 9", "time > 1s", "n == 3", "n == 3", "n == 3 and not false"])
        #expect(all.map(\.expectsHolds) == [true, true, true, true, true, true])
        guard case .eventually(within: 2_000_000_000) = all[2].form else { return #expect(Bool(false)) }
    }

    @Test func comparisons() throws {
        func comparison(_ text: String) throws -> CompiledExpectation.Comparison? {
            let all = try expectations("  p: {probability: n == 3, \(text)}", "parameters: {k: [2]}")
            guard case .probability(let comparison) = all[0].form else { return nil }
            return comparison
        }
        #expect(try comparison("at-least: 99%") == .atLeast(0.99))
        #expect(try comparison("at-most: 0.5 ** k") == .atMost(0.25))
        #expect(try comparison("between: [10%, 0.2]") == .between(0.1, 0.2))
        #expect(try comparison("equals: 0.5") == .equals(0.5, tolerance: 0.05))
        #expect(try comparison("equals: 0.02") == .equals(0.02, tolerance: 0.01))
        #expect(try comparison("equals: 0.5, tolerance: 3%") == .equals(0.5, tolerance: 0.03))
        #expect(try comparison("equals: 0") == .equals(0, tolerance: 0.01))
    }

    @Test func measures() throws {
        func form(_ text: String) throws -> TypedCase.Expectation.Form {
            try expectations("  m: {\(text)}", algorithm: "  state: {w: duration, x: real, m: maybe 1..5}\n  on start: return")[0]
                .form
        }
        guard case .fractionOfTime(.atMost(0.1)) = try form("fraction-of-time: n1.x > 1, at-most: 10%") else {
            return #expect(Bool(false))
        }
        guard case .mean(.duration, .equals(2e9, tolerance: 2e8)) = try form("mean: n1.w, equals: 2s") else {
            return #expect(Bool(false))
        }
        guard case .mean(.duration, .equals(0, tolerance: 1_000)) = try form("mean: n1.w, equals: 0s") else {
            return #expect(Bool(false))
        }
        guard case .mean(.number, .equals(-20, tolerance: 2)) = try form("mean: n1.m, equals: -20") else {
            return #expect(Bool(false))
        }
        guard case .quantile(q: 0.99, .number, .between(-1.5, 3)) = try form("quantile: n1.x, q: 99%, between: [-1.5, n]") else {
            return #expect(Bool(false))
        }
    }

    @Test func leadsTo() throws {
        let algorithm = "  state: {w: duration, s: set of node}\n  on start: return"
        let text = "  l: {leads-to: {from: p.crashed, to: p in q.s, for-all: {p: faulty, q: \"nodes - {p}\"}}, within: 2 * 5ms}"
        let all = try expectations(text, algorithm: algorithm)
        guard case .leadsTo(let leadsTo) = all[0].form else { return #expect(Bool(false)) }
        #expect(all[0].text == "p.crashed -> p in q.s for all p in faulty, q in nodes - {p}")
        #expect(leadsTo.within == 10_000_000)
        #expect(leadsTo.variables.map(\.name) == ["p", "q"])
        #expect(leadsTo.variables.map(\.type) == [.node, .node])
        #expect(leadsTo.variables.map(\.domain.parameters) == [0, 1])
        #expect(leadsTo.to.parameters == 2 && all[0].condition.parameters == 2)
        let plain = try expectations("  l: {leads-to: {from: n1.crashed, to: time > 2s}}", algorithm: algorithm)
        guard case .leadsTo(let simple) = plain[0].form else { return #expect(Bool(false)) }
        #expect(simple.variables.isEmpty && simple.within == nil)
    }

    @Test func wrongLeadsTo() {
        func wrong(_ text: String, _ codes: DiagnosticCode..., sourceLocation: SourceLocation = #_sourceLocation) {
            let algorithm = "  messages: {A: {}}\n  state: {w: duration, s: set of node, b: bool}\n  on start: send A() to others\n  on A(): return"
            expectDiagnostics(wholeScenario("", algorithm: algorithm, expect: "  l: {\(text)}"), codes, sourceLocation: sourceLocation) {
                $1.report(contentsOf: ScenarioLoader.load(path: $0.path, bytes: $0.bytes).diagnostics)
            }
        }
        wrong("⟦leads-to⟧: {from: n1.b}", .missingKey)
        wrong("⟦leads-to⟧: {to: n1.b}", .missingKey)
        wrong("leads-to: ⟦n1.b⟧", .wrongKind)
        wrong("leads-to: {from: ⟦n1.w⟧, to: n1.b}", .typeMismatch)
        wrong("leads-to: {from: n1.b, to: ⟦p⟧.b}", .unknownName)
        wrong("leads-to: {from: p.b, to: n1.b, for-all: {p: ⟦5⟧}}", .typeMismatch)
        wrong("leads-to: {from: p.b, to: p.b, for-all: {p: ⟦n1.s⟧}}", .notConstant)
        wrong("leads-to: {from: p > 0, to: p > 0, for-all: {p: '0..⟦sent(A)⟧'}}", .notConstant)
        wrong("leads-to: {from: p.b, to: p.b, for-all: {p: '{p for p in nodes if ⟦p.crashed⟧}'}}", .notConstant)
        wrong("leads-to: {from: true, to: true, for-all: {p: '⟦[]⟧'}}", .unknownTypeOfValue)
        wrong("leads-to: {from: p.b, to: n1.b, for-all: {p: ⟦q⟧}}", .unknownName)
        wrong("leads-to: {from: n2.b, to: n1.b, for-all: {⟦n2⟧: nodes}}", .duplicateName)
        wrong("leads-to: {from: n2.b, to: n1.b}, ⟦at-least⟧: 5%", .conflictingKeys)
        wrong("leads-to: {from: n2.b, to: n1.b}, within: ⟦5⟧", .typeMismatch)
        wrong("leads-to: {from: n2.b, to: n1.b, ⟦for-each⟧: {p: nodes}}", .unknownKey)
    }

    @Test func wrongMeasures() {
        func wrong(_ text: String, _ codes: DiagnosticCode..., sourceLocation: SourceLocation = #_sourceLocation) {
            let algorithm = "  state: {w: duration, x: real, b: bool}\n  on start: return"
            expectDiagnostics(wholeScenario("", algorithm: algorithm, expect: "  m: {\(text)}"), codes, sourceLocation: sourceLocation) {
                $1.report(contentsOf: ScenarioLoader.load(path: $0.path, bytes: $0.bytes).diagnostics)
            }
        }
        wrong("mean: ⟦n1.b⟧, at-least: 3", .typeMismatch)
        wrong("mean: ⟦n1⟧, at-least: 3", .typeMismatch)
        wrong("mean: ⟦nodes⟧, at-least: 3", .typeMismatch)
        wrong("mean: n1.w, at-least: ⟦3⟧", .typeMismatch)
        wrong("mean: n1.x, at-least: ⟦3ms⟧", .typeMismatch)
        wrong("⟦mean⟧: n1.x", .missingComparison)
        wrong("mean: ⟦checkout⟧.latency, at-most: 3s", .unknownName)
        wrong("⟦quantile⟧: n1.x, at-least: 3", .missingKey)
        wrong("quantile: n1.x, q: ⟦99⟧, at-least: 3", .outOfRange)
        wrong("quantile: n1.x, q: ⟦0%⟧, at-least: 3", .outOfRange)
        wrong("quantile: n1.x, q: ⟦100%⟧, at-least: 3", .outOfRange)
        wrong("quantile: n1.x, q: 50%, equals: 3, tolerance: ⟦-1⟧", .outOfRange)
        wrong("quantile: n1.w, q: 50%, between: [⟦2s, 1s⟧]", .outOfRange)
        wrong("fraction-of-time: ⟦n1.x⟧, at-least: 3%", .typeMismatch)
        wrong("fraction-of-time: n1.b, at-least: ⟦3⟧", .outOfRange)
        wrong("fraction-of-time: n1.b, at-least: 3%, ⟦q⟧: 50%", .conflictingKeys)
    }

    @Test func wrongComparisons() {
        func wrong(_ text: String, _ codes: DiagnosticCode..., sourceLocation: SourceLocation = #_sourceLocation) {
            expectDiagnostics(wholeScenario("", expect: "  p: {probability: n == 3\(text)}"), codes, sourceLocation: sourceLocation) {
                $1.report(contentsOf: ScenarioLoader.load(path: $0.path, bytes: $0.bytes).diagnostics)
            }
        }
        wrong(", at-least: ⟦99⟧", .outOfRange)
        wrong(", equals: ⟦1.5⟧", .outOfRange)
        wrong(", between: [⟦0.5, 0.2⟧]", .outOfRange)
        wrong(", equals: 0.5, tolerance: ⟦0⟧", .outOfRange)
        wrong(", at-least: 0.5, ⟦tolerance⟧: 0.1", .conflictingKeys)
        wrong(", ⟪at-least⟫: 0.5, ⟦at-most⟧: 0.6", .conflictingKeys)
        wrong(", at-least: ⟦2ms⟧", .typeMismatch)
        expectLoading(wholeScenario("", expect: "  p: {⟦probability⟧: true}"), .missingComparison)
        expectLoading(wholeScenario("", expect: "  p: {always: true, ⟦at-least⟧: 0.5}"), .conflictingKeys)
        expectLoading(wholeScenario("", expect: "  p: {always: true, ⟦within⟧: 1s}"), .conflictingKeys)
        expectLoading(wholeScenario("", expect: "  p: {eventually: true, within: ⟦1⟧}"), .typeMismatch)
    }

    @Test func verdicts() throws {
        let text = wholeScenario(
            "parameters: {n: 3..5, f: [1]}\nnodes: n",
            expect: "  a: {always: true, verdict: violated}\n  b: {always: true, verdict: holds iff n > 4 * f}")
        let all = cases(text)
        #expect(all.map { $0.expectations.map(\.expectsHolds) } == [[false, false], [false, false], [false, true]])
    }

    @Test func verdictsAreOverParameters() {
        let state = "  state: {x: int}\n  on start: return"
        expectLoading(wholeScenario("", expect: "  a: {always: true, verdict: holds iff len(⟦faulty⟧) == 0}"), .notOverParameters)
        expectLoading(wholeScenario("", expect: "  a: {always: true, verdict: holds iff len(⟦nodes⟧) > 3}"), .notOverParameters)
        expectLoading(wholeScenario("", algorithm: state, expect: "  a: {always: true, when: ⟦n1⟧.x > 3}"), .notOverParameters)
        expectLoading(wholeScenario("", expect: "  a: {always: true, verdict: holds iff ⟦j⟧}"), .unknownName)
    }

    @Test func whenSelectsCases() throws {
        let text = wholeScenario("parameters: {k: 1..3}\nnodes: k", expect: "  a: {always: n3 in nodes, when: k == 3}")
        #expect(cases(text).map(\.expectations.count) == [0, 0, 1])
        expectLoading(wholeScenario("parameters: {k: 1..3}", expect: "  a: {always: true, when: ⟦k > 3⟧}"), .noCases)
    }

    @Test func outcomes() throws {
        let all = try onlyCase(
            wholeScenario("outcomes:\n  big: n > 2\n  small: n <= 2", expect: "  a: {finally: outcome == \"big\"}"))
        #expect(all.outcomes.map(\.name) == ["big", "small"])
        expectLoading(
            wholeScenario("outcomes:\n  big: n > 2", expect: "  a: {finally: outcome == ⟦\"bog\"⟧}"), .unknownOutcome)
        expectLoading(wholeScenario("outcomes:\n  big: ⟦outcome⟧ == \"big\""), .nameNotAllowedHere)
        expectLoading(wholeScenario("outcomes:\n  big: ⟦n⟧"), .typeMismatch)
    }
}

@Suite struct LibraryPropertyTests {
    @Test(arguments: LibraryProperty.all.map(\.name)) func fitsAnAlgorithm(_ name: String) throws {
        let algorithm = decider + "\n  state: {suspected: set of node}\n  delivers: int\n  on broadcast(m): deliver m from me"
        let all = try onlyCase(wholeScenario("inputs: any", algorithm: algorithm, expect: "  \(name): violated")).expectations
        let property = try #require(LibraryProperty.all.first { $0.name == name })
        #expect(all.map(\.name) == [name])
        #expect(all.map(\.formName) == [name])
        #expect(all.map(\.text) == [property.condition])
        #expect(all.map(\.expectsHolds) == [false])
    }

    @Test func everyPropertyThatIsRunIsInTheTableOfKeys() {
        #expect(KeyTable.properties.filter { $0.support == .now }.map(\.text) == LibraryProperty.all.map(\.name))
    }

    @Test func needsDecisions() {
        expectLoading(wholeScenario("", expect: "  ⟦agreement⟧: holds"), .missingKey)
        expectLoading(wholeScenario("", algorithm: "  decides: int\n  on start: decide 1", expect: "  ⟦validity⟧: holds"), .missingKey)
        expectLoading(
            wholeScenario("inputs: true", algorithm: "  input: bool\n  decides: int\n  on start: decide 1", expect: "  ⟦validity⟧: holds"),
            .typeMismatch)
        expectLoading(wholeScenario("inputs: any", algorithm: decider, expect: "  ⟦agreemnt⟧: holds"), .unknownProperty)
    }

    /// What properties call their nodes is no business of a scenario.
    @Test func namesOfTheScenarioDoNotMatter() throws {
        let text = wholeScenario(
            "parameters: {p: [0.5]}\nnodes: [q, x]\ninputs: any", algorithm: decider, expect: "  agreement: holds\n  validity: holds")
        #expect(try onlyCase(text).expectations.count == 2)
    }

    @Test func needsSuspicions() {
        let wrong = "  state: {suspected: list of node}\n  on start: return"
        expectLoading(wholeScenario("", expect: "  ⟦weak-accuracy⟧: holds"), .missingKey)
        expectLoading(wholeScenario("", algorithm: wrong, expect: "  ⟦weak-accuracy⟧: holds"), .typeMismatch)
    }

    @Test func needsBroadcasts() {
        let handler = "\n  on broadcast(m): return"
        func wrong(_ algorithm: String, _ code: DiagnosticCode, sourceLocation: SourceLocation = #_sourceLocation) {
            let text = wholeScenario("", algorithm: algorithm, expect: "  ⟦no-creation⟧: holds")
            expectLoading(text, code, sourceLocation: sourceLocation)
        }
        wrong("  on start: return", .missingKey)
        wrong("  delivers: int\n  on start: deliver 1", .missingKey)
        wrong("  delivers: int\n  on start: |\n    broadcast(1)\n    ⟪deliver 1⟫" + handler, .missingKey)
        wrong("  provides: link\n  delivers: int\n  on start: broadcast(1)" + handler, .notSupported)
    }

    /// What an algorithm offers says nothing about how it runs.
    @Test func providesIsJustSaid() throws {
        let plain = "  provides: broadcast\n  delivers: int\n  on start: deliver 1"
        #expect(try onlyCase(wholeScenario("", algorithm: plain)).algorithm.delivers == .int)
        expectLoading(wholeScenario("", algorithm: "  provides: link\n  on start: ⟦deliver 1⟧"), .nameNotAllowedHere)
    }

    @Test func terminationHasTheFormEventually() throws {
        let all = try onlyCase(wholeScenario("inputs: 0", algorithm: decider, expect: "  termination: holds")).expectations
        guard case .eventually(within: nil) = all[0].form else { return #expect(Bool(false)) }
    }
}
