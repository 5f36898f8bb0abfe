import ScenModel
import Testing

@testable import ScenEngine

/// Whatever the number of workers, the same states are found in the same order and from the same states.
@Suite struct WorkersTests {
    private struct Found: Equatable {
        var states: Int
        var depth: Int
        var ends: Int
        var answers: [Int?]
        var rows: [[UInt32]] = []
        var parents: [Int] = []
        var steps: Int
        var flights: Int
        /// What `eventually` comes to, if it is asked.
        var runs: [Int]?
    }

    private func found(
        _ compiled: CompiledCase, _ scope: RunPlan.Exploration, jobs: Int, everything: Bool
    ) -> Found {
        let exploration = Exploration(compiled, scope: scope, statesMax: 2_000_000, budgets: RunBudgets())
        let asked: [(Program.RoutineID, Search.Question)] = compiled.expectations.filter { !$0.usesKnowledge }.compactMap {
            switch $0.form {
            case .always(let routine): (routine, .falseSomewhere)
            case .possible(let routine): (routine, .trueSomewhere)
            case .finally(let routine): (routine, .falseAtAnEnd)
            default: nil
            }
        }
        let search = Search(exploration, asked: asked, jobs: jobs, batchMin: 2, evaluatesIncrementally: jobs > 1)
        let result = search.run(everything: everything)
        var found = Found(
            states: result.states, depth: result.depth, ends: result.ends, answers: search.asked.map(\.answer),
            steps: exploration.steps.outcomes.count, flights: exploration.flights.store.count)
        for state in 0..<exploration.space.count {
            found.rows.append(Array(UnsafeBufferPointer(start: exploration.space.row(state), count: exploration.space.width)))
            found.parents.append(exploration.space.parent(state))
        }
        for case .eventually(let routine, nil) in compiled.expectations.map(\.form) {
            if case .violated(let violation)? = try? Liveness(exploration, wasExpanded: search.wasExpanded).answer(to: .eventually(routine)) {
                found.runs = violation.states
            }
        }
        return found
    }

    private func compare(_ text: String, scope: RunPlan.Exploration = .init()) {
        for compiled in exploredCases(text) {
            for everything in [true, false] {
                let one = found(compiled, scope, jobs: 1, everything: everything)
                #expect(one.states > (everything ? 2 : 0))
                for jobs in 2...3 {
                    let several = found(compiled, scope, jobs: jobs, everything: everything)
                    #expect(one == several, "\(jobs) workers")
                }
            }
        }
    }

    private static func scenario(_ model: String, _ algorithm: String, _ expect: String) -> String {
        "scenario: shared\n\(model)\nalgorithm:\n\(algorithm)\nrun: {simulate: 1}\nexpect:\n\(expect)\n"
    }

    @Test(arguments: ["reliable", "fair-loss", "{links: reliable, fifo: true}"], ["none", "[n1]", "{up-to: 1}"])
    func `flooding with crashes`(network: String, faulty: String) {
        compare(
            Self.scenario(
                "network: \(network)\ntiming: asynchronous\nnodes: 3\nfaulty: \(faulty)", StateCountTests.flooding, """
                      all: {finally: all(1 in p.got for p in correct)}
                      some: {possible: "n3.got == {1} and len(n2.got) == 0"}
                      count: {always: received(n2) < 3}
                    """))
    }

    @Test func `timers, choices, inputs and a scope`() {
        let text = Self.scenario(
            "network: reliable\ntiming: asynchronous\nnodes: 3\ninputs: any", """
                  input: 0..2
                  messages: {Try: {value: int}, Answer: {}}
                  state: {tries: int, seen: set of int}
                  on start: |
                    if me == n1:
                      set timer Retry after 1ms
                  on timer Retry: |
                    tries += 1
                    choose x in 1..2
                    send Try(x + input) to others
                    set timer Retry after 1ms
                  on Try(v) from p: |
                    add v to seen
                    send Answer() to p
                """, "  low: {always: len(n2.seen) < 3}")
        var scope = RunPlan.Exploration()
        scope.steps = 5
        compare(text, scope: scope)
    }

    @Test func `liars`() {
        compare(
            Self.scenario(
                "network: reliable\ntiming: asynchronous\nnodes: {count: 3, model: byzantine}\nfaulty: {up-to: 1, behaviour: [lie, omit]}", """
                  messages: {Order: {value: 0..1}, Relay: {value: 0..1}}
                  state: {heard: list of int}
                  on start: |
                    if me == n1:
                      send Order(1) to others
                  on Order(v) from p: |
                    append v to heard
                    send Relay(v) to {q for q in others if q != p}
                  on Relay(v) from p: |
                    append v to heard
                """, """
                      same: {finally: n2.heard == n3.heard}
                      some: {possible: "n2.heard == [0, 1]"}
                    """))
    }

    @Test(arguments: [
        ("reliable", "nodes: 3\nfaulty: {up-to: 1}"), ("{links: fair-loss, loss: 1%, duplicate: 1%}", "nodes: 2"),
        ("reliable", "nodes: {count: 3, model: byzantine}\nfaulty: {up-to: 1, behaviour: lie}"),
    ])
    func `rounds`(network: String, nodes: String) {
        let value = nodes.contains("lie") ? "0..1" : "int"
        compare(
            Self.scenario(
                "network: \(network)\ntiming: synchronous\n\(nodes)\ninputs: any", """
                      input: 0..1
                      messages: {Value: {value: \(value)}}
                      state: {known: set of int}
                      on start: |
                        known = {input}
                        send Value(input) to others
                      on Value(value): |
                        add value to known
                      on round r: |
                        if r < 3:
                          send Value(min(known)) to others
                    """, "  same: {always: n1.known == n2.known}"))
    }

    /// Those that one worker explores, too.
    @Test(arguments: [
        scenario(
            "network: {links: arbitrary, adversary: [eavesdrop, replay, modify]}\ntiming: asynchronous\nnodes: 2", """
                  messages: {Ask: {number: 0..2}}
                  state: {asked: set of int}
                  on start: |
                    if me == n1:
                      send Ask(1) to n2
                  on Ask(number): |
                    add number to asked
                """, "  changed: {never: 2 in n2.asked}"),
        scenario(
            "network: reliable\ntiming: asynchronous\nnodes: {count: 3, model: byzantine}\nfaulty: {n1: {behaviour: lie}}", """
                  messages: {Order: {plan: signed 0..1}}
                  state: {orders: set of signed 0..1}
                  on start: |
                    if me == n1:
                      send Order(sign(1)) to others
                  on Order(plan): |
                    add plan to orders
                """, "  forged: {always: \"all(o.signer in faulty or o.value == 1 for o in n3.orders)\"}"),
        scenario(
            "network: fair-loss\ntiming: asynchronous\nnodes: 2", """
                  messages: {News: {}, Ack: {}}
                  state: {got: bool, acked: bool}
                  on start: |
                    if me == n1:
                      set timer Retry after 1ms
                  on timer Retry: |
                    if not acked:
                      send News() to n2
                      set timer Retry after 1ms
                  on News() from p: |
                    got = true
                    send Ack() to p
                  on Ack(): |
                    acked = true
                """, "  told: {eventually: n2.got}\n  both: {eventually: n1.acked and not n2.got}"),
        scenario(
            "network: fair-loss\ntiming: asynchronous\nnodes: 2\ninputs: any", """
                  input: bool
                  messages: {News: {value: bool}}
                  state: {got: bool}
                  on start: |
                    if me == n1:
                      send News(input) to n2
                  on News(value): |
                    got = true
                """, "  told: {always: 'knows(n2, n1.input) or not n2.got or not n1.input'}\nrun: exhaustive"),
    ])
    func `rounds, adversaries, signatures, liveness and knowledge`(text: String) {
        compare(text.contains("knows") ? text.replacing("run: {simulate: 1}\n", with: "") : text)
    }

    @Test func `a run that fails, fails at the same place`() throws {
        let text = Self.scenario(
            "network: reliable\ntiming: asynchronous\nnodes: 4", """
                  messages: {Put: {value: int}}
                  state: {got: list of int}
                  on start: |
                    send Put(1) to others
                  on Put(v) from p: |
                    append v to got
                    assert len(got) < 3
                """, "  fine: {always: true}")
        let compiled = try #require(exploredCases(text).first)
        var places: [String] = []
        for jobs in 1...3 {
            let exploration = Exploration(compiled, scope: .init(), statesMax: 1_000_000, budgets: RunBudgets())
            let result = Search(exploration, asked: [], jobs: jobs, batchMin: 2).run(everything: true)
            guard case .failed(_, let state, let transition)? = result.stop else {
                Issue.record("it does not fail")
                return
            }
            places.append("\(result.states) \(state ?? -1) \(transition.map { "\($0)" } ?? "")")
        }
        #expect(Set(places).count == 1)
    }

    @Test func `rows keep their ids as they are widened`() {
        let space = StateSpace(width: 5, countMax: 100_000)
        defer { space.release() }
        func row(_ number: Int) -> [UInt32] {
            let number = UInt32(number)
            return [number & 1, number, number * number, number % 17, number == 9_999 ? .max : 0]
        }
        for number in 0..<10_000 { #expect(space.insert(row(number), parent: number - 1) == .new) }
        for number in 0..<10_000 {
            #expect(space.number(of: row(number)) == number)
            #expect(Array(UnsafeBufferPointer(start: space.row(number), count: 5)) == row(number))
            #expect(space.parent(number) == number - 1)
        }
        #expect(space.number(of: [0, 1, 1, 1, 1]) == nil)
        #expect(space.insert(row(77), parent: 3) == .known(77))
    }
}
