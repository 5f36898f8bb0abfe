import ScenDiagnostics
import ScenLanguage
import Testing

/// What the reader makes of sound scenarios.
@Suite struct ScenarioReaderTests {
    private func read(_ part: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> ScenarioSyntax {
        let (scenario, found) = readScenario(Self.fill(part))
        #expect(found.isEmpty, "\(found)", sourceLocation: sourceLocation)
        return try #require(scenario, sourceLocation: sourceLocation)
    }

    private static func fill(_ part: String) -> String { scenario(part) }

    @Test func titleAndTags() throws {
        let scenario = try read("description: >\n  Two\n  lines.\ntags: lecture")
        #expect(scenario.title == "A test")
        #expect(scenario.description == "Two lines.\n")
        #expect(scenario.tags == ["lecture"])
        #expect(try read("tags: [a, two-generals]").tags == ["a", "two-generals"])
    }

    @Test func parameters() throws {
        let scenario = try read("parameters: {n: 4, k: [1, n - 1], r: 1..3, links: [reliable, fair-loss]}\nwhere: n > k")
        #expect(scenario.parameters.map(\.name.text) == ["n", "k", "r", "links"])
        guard case .single(let n) = scenario.parameters[0].values, case .integer(4) = n.kind else {
            Issue.record("not 4")
            return
        }
        guard case .list(let k) = scenario.parameters[1].values, k.count == 2, case .binary = k[1].kind else {
            Issue.record("not a list with n - 1")
            return
        }
        guard case .range(let low, let high) = scenario.parameters[2].values, case .integer(1) = low.kind,
            case .integer(3) = high.kind
        else {
            Issue.record("not 1..3")
            return
        }
        guard case .list(let links) = scenario.parameters[3].values, case .name("fair-loss") = links[1].kind else {
            Issue.record("fair-loss is no word")
            return
        }
        #expect(scenario.condition != nil)
    }

    /// A hyphen is a subtraction only where it stands between parameters and numbers.
    @Test func wordsAndSubtractions() throws {
        let scenario = try read("parameters: {n: 4, f: 1, k: [n-f, n-1, fair-loss]}")
        guard case .list(let k) = scenario.parameters[2].values else {
            Issue.record("no list")
            return
        }
        let isName = k.map { if case .name = $0.kind { true } else { false } }
        #expect(isName == [false, false, true])
    }

    @Test func network() throws {
        #expect(try read("").network == nil)
        let short = try #require(try read("network: fair-loss").network)
        #expect(short.short)
        #expect(name(short.links) == "fair-loss")
        let long = try #require(
            try read("parameters: {l: [reliable, fair-loss]}\nnetwork: {links: l, loss: 20%, fifo: true}").network)
        #expect(!long.short)
        #expect(name(long.links) == "l")
        #expect(long.duplicate == nil)
        guard case .percentage(0.2) = long.loss?.kind, case .bool(true) = long.fifo?.kind else {
            Issue.record("loss or fifo")
            return
        }
    }

    @Test func timing() throws {
        let timing = try #require(try read("timing: {model: synchronous, latency: 1ms..10ms, bound: 10ms}").timing)
        #expect(name(timing.model) == "synchronous")
        guard case .range = timing.latency?.kind, case .duration(10_000_000) = timing.bound?.kind else {
            Issue.record("latency or bound")
            return
        }
        #expect(name(try read("timing: asynchronous").timing?.model) == "asynchronous")
    }

    @Test func nodes() throws {
        guard case .names(let names) = try read("nodes: [a, store-2]").nodes.who else {
            Issue.record("no names")
            return
        }
        #expect(names.map(\.text) == ["a", "store-2"])
        let counted = try read("nodes: {count: 2 + 2, prefix: general, model: crash-stop}").nodes
        #expect(counted.prefix?.text == "general")
        #expect(name(counted.model) == "crash-stop")
        guard case .count = counted.who, case .count = try read("nodes: 4").nodes.who else {
            Issue.record("no count")
            return
        }
        guard case .groups(let groups) = try read("nodes: {groups: {client: 2, replica: 3}}").nodes.who else {
            Issue.record("no groups")
            return
        }
        #expect(groups.map(\.name.text) == ["client", "replica"])
    }

    @Test func faulty() throws {
        guard case .nobody = try read("faulty: none").faulty, case .list(let list) = try read("faulty: [a]").faulty else {
            Issue.record("none or list")
            return
        }
        #expect(list.map(\.text) == ["a"])
        guard case .some(_, true, let of, let fault) = try read("faulty: {exactly: 1, of: a, crash: {between: 0s..5s}}").faulty,
            fault.crash?.isBetween == true
        else {
            Issue.record("exactly")
            return
        }
        #expect(of?.text == "a")
        guard case .some(_, false, nil, let open) = try read("faulty: {up-to: 1}").faulty, open.crash == nil else {
            Issue.record("up-to")
            return
        }
        guard case .each(let each) = try read("faulty: {a: {crash: 2s}, b: {}}").faulty,
            each[0].content.crash?.isBetween == false, each[1].content.crash == nil
        else {
            Issue.record("each")
            return
        }
        #expect(each.map(\.name.text) == ["a", "b"])
    }

    @Test func inputs() throws {
        guard case .all(.any) = try read("inputs: any").inputs, case .all(.value) = try read("inputs: 3").inputs,
            case .all(.anyOf) = try read("inputs: {any: 1..7}").inputs
        else {
            Issue.record("all")
            return
        }
        guard case .each(let each) = try read("inputs: {a: {any: [1, 3]}, b: any, others: 0}").inputs,
            case .anyOf(let choices) = each[0].content, case .list(let values) = choices.kind,
            case .any = each[1].content, case .value = each[2].content
        else {
            Issue.record("each")
            return
        }
        #expect(values.count == 2)
        #expect(each.map(\.name.text) == ["a", "b", "others"])
    }

    @Test func run() throws {
        #expect(try read("").run.simulate != nil)
        #expect(try read("run: simulate").run.simulate?.runs == nil)
        #expect(try read("run: {simulate: 4000}").run.simulate?.runs != nil)
        guard case .integer(5_000) = try read("run: {simulate: 5k}").run.simulate?.runs?.kind else {
            Issue.record("5k is no count")
            return
        }
        let full = try #require(try read("run: {simulate: {runs: 500, for: 1m, seed: 7}}").run.simulate)
        #expect(full.runs != nil && full.horizon != nil && full.seed != nil)
        #expect(try read("run: [simulate]").run.exhaustive == nil)
    }

    @Test func expectations() throws {
        let scenario = try read(
            """
            parameters: {n: 4}
            expect:
              agreement: holds iff n > 3
              validity: {verdict: violated, when: n == 4}
              often:
                probability: a.x > 0
                between: [1%, 2%]
              seldom: {probability: a.x > 1, equals: 3%, tolerance: 1%}
              soon: {eventually: a.x > 0, within: 2s, verdict: violated}
            """)
        let found = scenario.expectations
        #expect(found.map(\.name.text) == ["agreement", "validity", "often", "seldom", "soon"])
        #expect(found.map { $0.form?.key.text } == [nil, nil, "probability", "probability", "eventually"])
        guard case .holdsIff(let condition) = found[0].verdict, case .violated = found[1].verdict,
            case .holds = found[2].verdict
        else {
            Issue.record("verdicts")
            return
        }
        #expect(condition.span.end - condition.span.start == "n > 3".utf8.count)
        #expect(found[1].when != nil && found[4].within != nil)
        #expect(found[2].comparisons.map(\.content.count) == [2])
        #expect(found[3].comparisons.map(\.name.text) == ["equals", "tolerance"])
    }

    private func name(_ expression: Expression?) -> String? {
        if case .name(let name) = expression?.kind { name } else { nil }
    }
}
