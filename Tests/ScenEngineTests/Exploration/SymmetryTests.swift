import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

/// One state is visited for all that only differ in which node is where, and no verdict changes.
@Suite struct SymmetryTests {
    /// Verdicts, and how long the runs are that show them.
    private func verdicts(_ compiled: CompiledCase, reduces: Bool) -> [String] {
        var options = CaseRunner.Options()
        options.reduces = reduces
        options.singleStates = 0
        let report = Exploring.report(on: compiled, scope: .init(), options: options)
        return report.expectations.map { "\($0.found) \($0.story?.steps.count ?? 0)" } + ["\(report.failure?.error.code.rawValue ?? "")"]
    }

    /// Explored with as many interchangeable nodes as there are: which, and how many states. Nil: there are too few.
    private func symmetric(_ compiled: CompiledCase) -> (classes: [[Int]], result: Search.Result)? {
        var different: Set<SIMD2<Int>> = []
        while let nodes = InterchangeableNodes(compiled, different: different) {
            let exploring = Exploring(compiled, scope: .init(), options: .init(), different: different)
            guard let symmetry = exploring.search.symmetry else { return nil }
            let result = exploring.search.run(everything: true)
            guard case .asymmetric? = result.stop else { return (nodes.classes, result) }
            guard case .different(let pair)? = symmetry.asymmetry, different.insert(pair).inserted else { return nil }
        }
        return nil
    }

    /// A state for each orbit, and orbits of states that are reached.
    private func compareWithOrbits(_ compiled: CompiledCase, classes: [[Int]]?, _ comment: Comment) {
        let naive = NaiveExplorer(compiled, scope: .init())
        naive.run()
        let found = symmetric(compiled)
        #expect(found?.classes == classes, comment)
        guard let found else { return }
        #expect(found.result.isComplete, comment)
        #expect(found.result.states == NaiveOrbits(naive, classes: found.classes).count(), comment)
    }

    private static func scenario(_ model: String, _ algorithm: String, _ expect: String = "nothing: {always: true}") -> String {
        StateCountTests.scenario("timing: asynchronous\n" + model, algorithm, expect: expect)
    }

    /// A message to all, and what has come from whom.
    private static let gathering = """
          messages: {Hello: {}, News: {who: set of node}}
          state:
            from: set of node
            told: map of node to int
            order: list of node
          on start: |
            send Hello() to others
          on Hello() from p: |
            add p to from
            if len(from) == 2:
              send News(from) to p
          on News(who) from p: |
            told[p] = len(who)
            append p to order
        """

    @Test(arguments: [
        "network: reliable\nnodes: 3", "network: {links: reliable, fifo: true}\nnodes: 3",
        "network: reliable\nnodes: 3\nfaulty: {exactly: 1}",
    ])
    func `one state for each orbit`(model: String) throws {
        let compiled = try #require(exploredCases(Self.scenario(model, Self.gathering)).first)
        compareWithOrbits(compiled, classes: [[0, 1, 2]], "\(model)")
    }

    /// Inputs and who is faulty change places with the nodes.
    @Test func `beginnings are taken together`() throws {
        let text = Self.scenario(
            "network: reliable\nnodes: 3\nfaulty: {up-to: 1}\ninputs: any", """
              input: 0..1
              messages: {Value: {value: 0..1}}
              state: {seen: set of int}
              on start: |
                send Value(input) to others
              on Value(v): |
                add v to seen
            """, "alike: {always: all(len(p.seen) < 2 or q.input == 0 for p in nodes for q in faulty)}")
        compareWithOrbits(try #require(exploredCases(text).first), classes: [[0, 1, 2]], "")
    }

    @Test func `links that lose and repeat, and nodes that recover`() throws {
        let text = Self.scenario(
            "network: {links: fair-loss, loss: 10%, duplicate: 5%}\nnodes: {count: 3, model: crash-recovery}\nfaulty: {exactly: 1}", """
              messages: {Token: {to: node}}
              state: {got: set of node}
              stable: {was: bool}
              on start: |
                send Token(me) to others
              on Token(p): |
                add p to got
                was = true
              on recover: |
                got = {}
            """)
        let compiled = try #require(exploredCases(text).first)
        #expect(symmetric(compiled)?.classes == [[0, 1, 2]])
    }

    /// What looks symmetric and is not.
    @Test(arguments: [
        // The names of nodes have an order.
        "if p < me:\n      done = true", "if all(p <= q for q in nodes):\n      done = true", "best = max(from)", "best = first(sorted(from))",
        // So has a loop over a set.
        "if len(from) == 2:\n      for q in from:\n        append q to order",
        // One of them is named.
        "if me == n2:\n      done = true", "if p == n3:\n      done = true",
    ])
    func `handlers that tell nodes apart`(code: String) throws {
        let text = Self.scenario(
            "network: reliable\nnodes: 3", """
              messages: {Hello: {}}
              state:
                from: set of node
                order: list of node
                best: maybe node
                done: bool
              on start: |
                send Hello() to others
              on Hello() from p: |
                add p to from
                \(code)
            """, "few: {always: count(p for p in nodes if p.done) < 2}")
        let compiled = try #require(exploredCases(text).first)
        #expect(symmetric(compiled) == nil)
        #expect(verdicts(compiled, reduces: true) == verdicts(compiled, reduces: false))
    }

    /// Which nodes are interchangeable in all cases but two names.
    @Test(arguments: [("n1", [[1, 2, 3]]), ("n2", [[0, 2, 3]]), ("n4", [[0, 1, 2]])])
    func `one node apart from the others`(name: String, classes: [[Int]]) throws {
        let text = Self.scenario(
            "network: reliable\nnodes: 4", """
              messages: {News: {}}
              state: {got: bool}
              on start: |
                if me == \(name):
                  send News() to others
              on News(): |
                got = true
            """)
        compareWithOrbits(try #require(exploredCases(text).first), classes: classes, "\(name)")
    }

    /// Of messages that are sent one after the other a crash lets the first through: names have an order there.
    @Test(arguments: [("for q in others:\n      send News() to q", false), ("send News() to others", true)])
    func `crashes in the middle`(code: String, isSymmetric: Bool) throws {
        let text = Self.scenario(
            "network: reliable\nnodes: 3\nfaulty: {exactly: 1}", """
              messages: {News: {}}
              state: {got: bool}
              on start: |
                \(code)
              on News(): |
                got = true
            """)
        #expect(symmetric(try #require(exploredCases(text).first))?.classes == (isSymmetric ? [[0, 1, 2]] : nil))
    }

    /// Conditions tell nodes apart that handlers do not; or name one where it makes no difference.
    @Test(arguments: [
        ("always: n1.got < 2", [[Int]]?.none), ("always: all(p.got >= q.got or p > q for p in nodes for q in nodes)", nil),
        ("never: 'len([p for p in nodes if p.got == 1]) == 1 and first([p for p in nodes if p.got == 1]) == n3'", nil), ("always: all(p.got < 3 for p in nodes)", [[0, 1, 2]]),
        ("possible: 'len({p.got for p in nodes}) == 3'", [[0, 1, 2]]), ("finally: n2.got == 2", [[0, 1, 2]]),
        ("always: sum(p.got for p in nodes) == 0 or n1.got + n2.got + n3.got > 0", [[0, 1, 2]]),
    ])
    func `conditions`(condition: String, classes: [[Int]]?) throws {
        let text = Self.scenario(
            "network: reliable\nnodes: 3", """
              messages: {News: {}}
              state: {got: int}
              on start: |
                send News() to others
              on News(): |
                got = min(got + 1, 2)
            """, "it: {\(condition)}")
        let compiled = try #require(exploredCases(text).first)
        compareWithOrbits(compiled, classes: classes, "\(condition)")
        #expect(verdicts(compiled, reduces: true) == verdicts(compiled, reduces: false))
    }

    /// Where runs may go on for ever, states that stand for others do not tell who is treated fairly.
    @Test(arguments: [("again = true", false), ("again = false", true)])
    func `runs without an end`(code: String, ends: Bool) throws {
        let text = Self.scenario(
            "network: reliable\nnodes: 3", """
              messages: {News: {}}
              state: {got: bool, again: bool}
              on start: |
                set timer T after 1ms
              on timer T: |
                \(code)
                if again:
                  set timer T after 1ms
                else:
                  send News() to others
              on News(): |
                got = true
            """, "told: {eventually: all(p.got for p in nodes)}")
        let compiled = try #require(exploredCases(text).first)
        var options = CaseRunner.Options()
        options.singleStates = 0
        let report = Exploring.report(on: compiled, scope: .init(), options: options)
        #expect(report.expectations.map(\.evidence.isSymmetric) == [ends])
        #expect(verdicts(compiled, reduces: true) == verdicts(compiled, reduces: false))
    }

    /// A few states are visited one by one before, by several workers if there are some.
    @Test func `the same for any number of workers, and with whatever it began`() throws {
        let compiled = try #require(exploredCases(Self.scenario("network: reliable\nnodes: 3", Self.gathering)).first)
        let found = [(1, 0), (1, 40), (2, 40), (2, 0)].map { jobs, few in
            var options = CaseRunner.Options()
            (options.jobs, options.singleStates) = (jobs, few)
            // An expectation that is not only about states, so that no events are left out.
            var asked = compiled
            asked.expectations = compiled.expectations.flatMap { some in
                var other = some
                if case .always(let routine) = some.form { other.form = .eventually(routine, within: nil) }
                return [some, other]
            }
            let report = Exploring.report(on: asked, scope: .init(), options: options)
            return report.expectations.map { "\($0.found) \($0.evidence.states ?? 0) \($0.evidence.isSymmetric)" }
        }
        #expect(Set(found).count == 1)
        #expect(found.first?.allSatisfy { $0.hasSuffix("true") } == true)
    }

    @Test func `random systems`() throws {
        var (compared, symmetric, violated, orbits) = (0, 0, 0, 0)
        for seed in 0..<150 {
            var generator = AlikeGenerator(seed: UInt64(seed))
            for compiled in exploredCases(generator.scenario()) {
                let naive = NaiveExplorer(compiled, scope: .init())
                naive.run(limit: 400)
                guard naive.states.count <= 400 else { continue }
                let found = verdicts(compiled, reduces: true)
                #expect(found == verdicts(compiled, reduces: false), "seed \(seed)")
                if naive.failed { continue }
                compared += 1
                violated += found.count { $0.hasPrefix("violated") }
                guard let (classes, result) = self.symmetric(compiled) else { continue }
                symmetric += 1
                let expected = NaiveOrbits(naive, classes: classes).count()
                #expect(result.states == expected, "seed \(seed)")
                orbits += naive.states.count - result.states
            }
        }
        #expect(compared > 40)
        #expect(symmetric > 15)
        #expect(violated > 15)
        #expect(orbits > 500)
    }
}

/// Small systems whose nodes look alike, and often are.
private struct AlikeGenerator: Drawing {
    var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x0DDB_1A5E_5BAD_5EED }

    mutating func scenario() -> String {
        let model = one(["crash-stop", "crash-stop", "crash-recovery", "byzantine"])
        var lines = [
            "scenario: generated", "timing: asynchronous", "nodes: {count: 3, model: \(model)}",
            "network: \(one(["reliable", "reliable", "{links: reliable, fifo: true}", "{links: fair-loss, loss: 10%, duplicate: 0%}"]))",
        ]
        if model == "byzantine" {
            lines.append("faulty: {up-to: 1, behaviour: \(one(["lie", "omit", "silent"]))}")
        } else if chance(30) {
            lines.append("faulty: {up-to: 1}")
        }
        let hasInputs = chance(30)
        if hasInputs { lines.append("inputs: any") }
        lines.append("algorithm:")
        if hasInputs { lines.append("  input: 0..1") }
        lines += ["  messages: {A: {v: 0..1}, B: {who: node}}", "  state:"]
        lines += ["x: int", "s: set of node", "m: map of node to int", "l: list of node", "d: maybe node", "f: bool"].map { "    " + $0 }
        lines += ["  on start: |"]
        lines += actions(
            ["if len(s) == 0: send A(\(hasInputs ? "input" : "1")) to others", "set timer T(me) after 1ms", "x = 1", "for q in others: send B(me) to q",
                "send B(me) to others", "choose $ in others\n    send B($) to $", "choose $ in others\n    d = $"], most: 2)
        let more = [
            "x = min(x + 1, 2)", "f = true", "if x == 0: send B(me) to others", "if len(s) < 2: set timer T(me) after 1ms", "x = len(s)",
            "if len(s) == 2: f = true", "s = {me}", "if d != none: x = 1", "if len(s) == 2: d = min(s)", "if me == n1: f = true",
        ]
        let from = more + [
            "add p to s", "add p to s", "m[p] = x", "if len(l) < 2: append p to l", "d = p", "if p == d: f = true", "if x == 0: send A(1) to p",
            "if p < me: x = 1", "if p not in s: send B(p) to p",
        ]
        lines += ["  on A(v) from p: |"] + actions(from + ["x = v"], most: 3)
        lines += ["  on B(w) from p: |"] + actions(from + ["add w to s", "if w == me: f = true", "d = w", "m[w] = 1"], most: 3)
        lines += ["  on timer T(w): |"] + actions(more + ["add w to s", "choose $ in others\n    d = $"], most: 2)
        lines += ["run: exhaustive", "expect:"]
        for index in 0...below(2) { lines.append("  e\(index): {\(expectation())}") }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func actions(_ choices: [String], most: Int) -> [String] {
        (0...below(most)).map { index in "    " + one(choices).split(separator: "$", omittingEmptySubsequences: false).joined(separator: "c\(index)") }
    }

    private mutating func expectation() -> String {
        let condition = one([
            "all(p.x < 2 for p in nodes)", "not any(p.f for p in correct)", "all(len(p.s) < 2 for p in nodes)",
            "all(p.d == none or p.d != q.d for p in nodes for q in nodes if p != q)", "count(p for p in nodes if p.f) < 2",
            "all(q in p.s implies p in q.s for p in nodes for q in nodes)", "not n1.f", "all(p.x <= q.x or p < q for p in nodes for q in nodes)",
            "all(p.l == [] or first(p.l) in p.s for p in nodes)", "all(p.m.get(q, 0) < 2 for p in nodes for q in nodes)",
        ])
        return one(["always", "always", "never", "possible", "finally", "eventually"]) + ": '\(condition)'"
    }
}
