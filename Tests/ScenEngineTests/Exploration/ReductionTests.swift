import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

/// States are left out, and verdicts are not.
@Suite struct ReductionTests {
    private func reduced(_ compiled: CompiledCase) -> (Search, Search.Result) {
        let exploration = Exploration(compiled, scope: .init(), statesMax: 2_000_000, budgets: RunBudgets())
        let search = Search(
            exploration, asked: compiled.expectations.compactMap { Exploring.question($0.form) }, reduces: true)
        return (search, search.run(everything: true))
    }

    /// Verdicts, and how long the runs are that show them.
    private func verdicts(_ compiled: CompiledCase, reduces: Bool) -> [String] {
        var options = CaseRunner.Options()
        options.reduces = reduces
        let report = Exploring.report(on: compiled, scope: .init(), options: options)
        return report.expectations.map { "\($0.found) \($0.story?.steps.count ?? 0)" } + ["\(report.failure?.error.code.rawValue ?? "")"]
    }

    @Test func `random systems`() throws {
        var (compared, smaller, left, violated) = (0, 0, 0, 0)
        for seed in 0..<400 {
            var generator = CommutingGenerator(seed: UInt64(seed))
            let text = generator.scenario()
            for compiled in exploredCases(text) {
                let naive = NaiveExplorer(compiled, scope: .init())
                naive.run(limit: 400)
                guard naive.states.count <= 400 else { continue }
                let found = verdicts(compiled, reduces: true)
                #expect(found == verdicts(compiled, reduces: false), "seed \(seed)")
                if naive.failed { continue }
                compared += 1
                let ends = naive.states.filter { $0.flight.isEmpty && $0.nodes.allSatisfy(\.timers.isEmpty) }
                for (expectation, found) in zip(compiled.expectations, found) {
                    let holds: Bool? =
                        switch expectation.form {
                        case .always(let routine): naive.states.allSatisfy { naive.holds(routine, $0) }
                        case .never(let routine): !naive.states.contains { naive.holds(routine, $0) }
                        case .possible(let routine): naive.states.contains { naive.holds(routine, $0) }
                        case .finally(let routine): ends.isEmpty ? nil : ends.allSatisfy { naive.holds(routine, $0) }
                        default: nil
                        }
                    let verdict = holds.map { $0 ? "holds" : "violated" } ?? "inconclusive"
                    #expect(found.hasPrefix(verdict), "seed \(seed), \(expectation.name)")
                    if holds == false { violated += 1 }
                }
                let (_, result) = reduced(compiled)
                #expect(result.ends == naive.ends, "seed \(seed)")
                #expect(result.isReduced || result.states == naive.states.count, "seed \(seed)")
                if result.states < naive.states.count { smaller += 1 }
                left += naive.states.count - result.states
            }
        }
        // Enough of them are small, and in enough of these something is left out.
        #expect(compared > 200)
        #expect(smaller > 100)
        #expect(violated > 100)
        #expect(left > 2_000)
    }

    /// Lamport, Shostak and Pease (1982): OM(1) among four generals, at the end and at any time.
    @Test func `oral messages need few states`() throws {
        let text = """
            scenario: OM(1)
            network: reliable
            timing: asynchronous
            nodes: {count: 4, prefix: general, model: byzantine}
            faulty: {exactly: 1, behaviour: lie}
            algorithm:
              types: {plan: [retreat, attack]}
              input: plan
              messages: {Order: {path: list of node, plan: plan}}
              state: {heard: map of list of node to plan}
              on start: |
                if me == general1:
                  send Order([me], input) to others
              on Order(path, plan) from p: |
                if len(path) == 0 or path[0] != general1 or last(path) != p or me in path or path in heard:
                  return
                heard[path] = plan
                if len(path) <= 1:
                  send Order(path + [me], plan) to {q for q in others if q not in path}
            inputs: {general1: any, others: retreat}
            run: exhaustive
            expect:
              heard: {finally: "all(len(p.heard) >= 3 for p in correct - {general1})"}
              obeyed: {always: "general3 in faulty or general1 in faulty or general3.heard.get([general1], general1.input) == general1.input"}
              deceived: {possible: "general2.heard.get([general1], attack) != general3.heard.get([general1], attack)"}
            """
        let compiled = try #require(exploredCases(text).first)
        #expect(verdicts(compiled, reduces: true) == verdicts(compiled, reduces: false))
        var ends = compiled
        for index in 0..<2 {
            ends.expectations = [compiled.expectations[index]]
            let all = explored(ends, asked: ends.expectations.compactMap { Exploring.question($0.form) }).1
            let some = reduced(ends).1
            #expect(some.isReduced && some.states * 4 < all.states)
            #expect(some.ends == all.ends)
        }
    }

    /// What is put off because of something that goes on for ever is not forgotten.
    @Test func `nothing is put off for ever`() throws {
        let text = StateCountTests.scenario(
            "network: reliable\ntiming: asynchronous\nnodes: 3", """
              messages: {News: {}}
              state: {x: int, got: bool}
              on start: |
                if me == n1:
                  set timer T after 1ms
                if me == n2:
                  send News() to n3
              on timer T: |
                x = (x + 1) mod 3
                set timer T after 1ms
              on News(): |
                got = true
            """, expect: "untold: {never: n3.got}")
        let compiled = try #require(exploredCases(text).first)
        let found = verdicts(compiled, reduces: true)
        #expect(found == verdicts(compiled, reduces: false))
        #expect(found.first?.hasPrefix("violated") == true)
    }

    /// Where the order of events matters in ways that handlers do not show, nothing is left out.
    @Test(arguments: [
        "network: fair-loss\ntiming: asynchronous\nnodes: 2", "network: {links: reliable, fifo: true}\ntiming: asynchronous\nnodes: 2",
        "network: reliable\ntiming: asynchronous\nnodes: 2\nfaulty: {up-to: 1}",
    ])
    func `losses, order and crashes`(model: String) throws {
        let text = StateCountTests.scenario(
            model, """
              messages: {News: {value: int}}
              state: {got: set of int}
              on start: |
                send News(1) to others
                send News(2) to others
              on News(value): |
                add value to got
            """, expect: "told: {finally: len(n1.got) == 2}")
        for compiled in exploredCases(text) {
            let (_, some) = reduced(compiled)
            let (_, all) = explored(compiled)
            if model.contains("faulty") {
                // A beginning in which nobody crashes is reduced.
                #expect(some.states < all.states && some.ends == all.ends)
            } else {
                #expect(some.states == all.states && !some.isReduced)
            }
            #expect(verdicts(compiled, reduces: true) == verdicts(compiled, reduces: false))
        }
    }
}

/// Small asynchronous systems on reliable links, some events of which commute.
private struct CommutingGenerator: Drawing {
    var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

    mutating func scenario() -> String {
        let isByzantine = chance(15)
        var lines = [
            "scenario: generated", "network: reliable", "timing: asynchronous",
            "nodes: {count: \(2 + below(2)), model: \(isByzantine ? "byzantine" : one(["crash-stop", "crash-recovery"]))}",
        ]
        if isByzantine { lines.append("faulty: {up-to: 1, behaviour: \(one(["lie", "omit", "silent", "[lie, omit]"]))}") }
        if !isByzantine, chance(10) { lines.append("faulty: {up-to: 1}") }
        if chance(30) { lines.append("inputs: any") }
        lines += ["algorithm:"]
        if lines.contains("inputs: any") { lines += ["  input: 0..1"] }
        lines += ["  messages: {A: {v: 0..2}, B: {}}", "  state: {x: int, s: set of int, m: map of int to int, f: bool, l: list of int}"]
        lines += ["  on start: |"] + actions(["send A(1) to others", "send A(2) to n1", "send B() to n2", "set timer T after 1ms",
                "set timer U after 1ms", "add 0 to s", "send B() to others", "if me == n1: send A(0) to others"])
        let more = [
            "x = (x + 1) mod 3", "x = 1", "add x to s", "f = true", "f = not f", "m[x] = 1", "s = {}", "if not f: send B() to n1",
            "if len(s) < 2: send A(x mod 3) to n2", "cancel timer U", "if x < 2: set timer U after 1ms", "x = min(x + 1, 3)", "assert x < 3",
            "if f: append x to l", "if len(l) < 2: append 1 to l",
        ]
        lines += ["  on A(v) from p: |"] + actions(more + ["add v to s", "m[v] = v", "x = v", "if v not in m: send B() to p", "add v to s"])
        lines += ["  on B() from p: |"] + actions(more)
        lines += ["  on timer T: |"] + actions(more + ["choose c in 0..1", "set timer T after 1ms"])
        lines += ["  on timer U: |"] + actions(more)
        lines += ["run: exhaustive", "expect:"]
        for index in 0...below(2) {
            lines.append("  e\(index): {\(one(["always", "never", "possible", "finally", "finally"])): '\(condition())'}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func actions(_ choices: [String]) -> [String] {
        (0...below(2)).map { _ in "    " + one(choices) }
    }

    private mutating func condition() -> String {
        let node = one(["n1", "n2"])
        let atom = one([
            "\(node).x < 2", "len(\(node).s) < 2", "\(node).f", "1 in \(node).m", "n1.x == n2.x", "len(\(node).l) < 2",
            "all(p.x < 3 for p in nodes)", "any(p.f for p in correct)",
        ])
        return chance(30) ? "\(atom) or \(one(["n1.f", "n2.x == 1", "len(n1.s) == 1"]))" : atom
    }
}
