import ScenModel
import Testing

@testable import ScenEngine

/// Byzantine nodes, explored: as many states as naive explorers find, and published results.
@Suite struct ByzantineExplorationTests {
    static let behaviours = ["lie", "omit", "silent", "[lie, omit]", "[lie, silent]"]

    /// Asynchronous; each algorithm has fields that can be lied about and one that cannot.
    @Test(arguments: behaviours, ["reliable", "{links: reliable, fifo: true}", "{links: fair-loss, duplicate: 0%}"])
    func `as many states as a naive explorer`(behaviour: String, network: String) throws {
        let text = """
            scenario: counted
            network: \(network)
            timing: asynchronous
            nodes: {count: 2, model: byzantine}
            faulty: {up-to: 1, behaviour: \(behaviour)}
            inputs: any
            algorithm:
              input: 0..1
              types: {pair: {a: bool, b: 0..1}}
              messages: {Say: {value: 0..2, rest: list of int}, Both: {pair: pair, other: maybe node}, Ack: {}}
              state: {heard: set of int, last: maybe pair, acks: int}
              on start: |
                if me == n1:
                  send Say(input, [1]) to nodes
              on Say(value, rest) from p: |
                add value to heard
                if me != n1:
                  send Both(pair(a=true, b=input), none) to n1
              on Both(pair, other) from p: |
                last = pair
                send Ack() to others
              on Ack: acks = 1
            run: {simulate: 1}
            expect:
              nothing: {always: true}
            """
        let compiled = try #require(exploredCases(text).first)
        let naive = NaiveExplorer(compiled, scope: .init())
        naive.run()
        let (_, result) = explored(compiled)
        #expect(result.isComplete)
        #expect(result.states == naive.states.count)
        #expect(result.ends == naive.ends)
        #expect(naive.states.count > 20)
    }

    /// What it makes up holds any value of finite types, and otherwise what faulty nodes have received or sent.
    @Test(arguments: ["reliable", "{links: reliable, fifo: true}", "{links: fair-loss, duplicate: 0%}"], [nil, 1, 2])
    func `nodes that make up messages reach as many states as those of a naive explorer`(network: String, forgeries: Int?) throws {
        let text = """
            scenario: counted
            network: \(network)
            timing: asynchronous
            nodes: {count: 2, model: byzantine}
            faulty: {up-to: 1, behaviour: arbitrary}
            algorithm:
              messages: {Say: {value: bool, secret: int}, Ack: {}}
              state: {heard: set of int, values: set of bool, acked: bool}
              on start: |
                if me == n1:
                  send Say(true, 7) to others
              on Say(value, secret) from p: |
                if len(values) == 0:
                  send Ack() to p
                add secret to heard
                add value to values
              on Ack: acked = true
            run: {simulate: 1}
            expect:
              nothing: {always: true}
            """
        let compiled = try #require(exploredCases(text).first)
        var scope = RunPlan.Exploration()
        scope.forgeries = forgeries
        let naive = NaiveExplorer(compiled, scope: scope)
        naive.run()
        let (_, result) = explored(compiled, scope: scope)
        #expect(result.isComplete)
        #expect(result.states == naive.states.count)
        #expect(result.ends == naive.ends)
        #expect(naive.states.count > 20)
    }

    /// A node that votes twice is counted once, if whoever counts asks who has voted.
    @Test(arguments: ["votes", "len(voters)"], ["lie", "arbitrary"])
    func `only nodes that make up messages vote twice`(counted: String, behaviour: String) throws {
        let text = """
            scenario: votes
            timing: asynchronous
            nodes: {count: 3, model: byzantine}
            faulty: {n1: {behaviour: \(behaviour)}}
            algorithm:
              messages: {Vote: {yes: bool}}
              state: {votes: 0..2, voters: set of node}
              on start: |
                if me != n3:
                  send Vote(false) to n3
              on Vote(yes) from p: |
                if yes and votes < 2:
                  votes += 1
                  add p to voters
            run: exhaustive
            expect:
              elected: {possible: \(counted.replacing("votes", with: "n3.votes").replacing("voters", with: "n3.voters")) == 2}
            """
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        #expect(report.expectations.map(\.found) == [behaviour == "arbitrary" && counted == "votes" ? .holds : .violated])
    }

    @Test(arguments: behaviours)
    func `as many states as naive rounds`(behaviour: String) throws {
        let text = Self.oralMessages(n: 3, "{up-to: 2, behaviour: \(behaviour)}", expect: "  nothing: {always: true}")
        let compiled = try #require(exploredCases(text).first)
        let naive = NaiveRounds(compiled)
        let plans = [0, 1].map { Word($0) }
        let sets: [Set<Int>] = [[], [0], [1], [2], [0, 1], [0, 2], [1, 2]]
        naive.run(faulty: sets, inputs: plans.map { [$0, Word(0), Word(0)] })
        let (_, result) = explored(compiled)
        #expect(result.isComplete)
        #expect(result.states == naive.states.count)
    }

    /// Lamport, Shostak and Pease, The Byzantine Generals Problem (1982): OM(m) is right with more than 3m generals (theorem 1), and
    /// with three generals no solution stands one traitor.
    @Test(arguments: 3...5)
    func `OM(1) is right with more than three generals`(n: Int) throws {
        let expect = """
              agreement: holds
              obeyed: {finally: general1 in faulty or all(p.decision == general1.input for p in correct)}
              decided: {finally: all(p.decision != none for p in correct)}
            """
        let compiled = try #require(exploredCases(Self.oralMessages(n: n, "{up-to: 1}", expect: expect)).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        let found = report.expectations.map(\.found)
        #expect(found == (n > 3 ? [.holds, .holds, .holds] : [.violated, .violated, .holds]))
    }

    /// A node that may leave out anything may leave out everything from some point on: whatever a crash breaks, omission breaks.
    @Test(arguments: [("crash-stop", "{up-to: 1}"), ("byzantine", "{up-to: 1, behaviour: omit}")])
    func `omission is as bad as crashes`(model: String, faulty: String) throws {
        let text = """
            scenario: best effort
            timing: asynchronous
            nodes: {count: 3, model: \(model)}
            faulty: \(faulty)
            algorithm:
              messages: {News: {}}
              state: {got: bool}
              on start: |
                if me == n1:
                  got = true
                  send News() to others
              on News: got = true
            run: exhaustive
            expect:
              reliable: {finally: "len({p.got for p in correct}) <= 1"}
            """
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        #expect(report.expectations[0].found == .violated)
    }

    /// The commander tells each half something else; what it sets and sends is its own algorithm's.
    @Test(arguments: [3, 4])
    func `a node that runs another algorithm`(n: Int) throws {
        let honest = Self.oralMessages(n: n, "{general1: {runs: two-faced}}", expect: """
              told: {possible: "general2.heard.get([general1], retreat) == attack and general3.heard.get([general1], attack) == retreat"}
              same: {never: "general2.heard.get([general1], retreat) == general3.heard.get([general1], attack)"}
              agreement: holds
              untouched: {always: "len(general1.heard) == 0"}
            """)
        let text = honest.replacing("\nalgorithm:\n", with: """

            algorithms:
              two-faced:
                types: {plan: [retreat, attack]}
                messages: {Order: {path: list of node, plan: plan}}
                state: {told: set of node, done: bool}
                functions:
                  story(q): |
                    add q to told
                    return attack if q == general2 else retreat
                on start: |
                  for q in others:
                    send Order([me], story(q)) to q
                when len(told) > 1: done = true
            algorithm:

            """)
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        // In the first round nobody has heard anything: there 'same' compares the defaults, which differ.
        let found = report.expectations.map(\.found)
        #expect(found == [.holds, .holds, .holds, .holds])
        let naive = NaiveRounds(compiled)
        naive.run(faulty: [[0]], inputs: [0, 1].map { [Word($0), Word(0)] + Array(repeating: Word(0), count: n - 2) })
        let (_, result) = explored(compiled)
        #expect(result.states == naive.states.count)
    }

    static func oralMessages(n: Int, _ faulty: String, expect: String, run: String = "exhaustive") -> String {
        """
        scenario: Oral messages
        timing: {model: synchronous, bound: 10ms}
        nodes: {count: \(n), prefix: general, model: byzantine}
        faulty: \(faulty)
        algorithm:
          constants: {commander: general1, f: 1}
          types: {plan: [retreat, attack]}
          input: plan
          decides: plan
          messages: {Order: {path: list of node, plan: plan}}
          state: {heard: map of list of node to plan}
          functions:
            value(path): heard.get(path, retreat)
            resolve(path): |
              if len(path) == f + 1:
                return value(path)
              let relayed = [resolve(path + [q]) for q in nodes if q != me and q not in path]
              return majority([value(path)] + relayed, retreat)
          on start: |
            if me == commander:
              send Order([me], input) to others
              decide input
          on Order(path, plan) from p: |
            if len(path) == 0 or path[0] != commander or last(path) != p or me in path or path in heard:
              return
            heard[path] = plan
            if len(path) <= f:
              send Order(path + [me], plan) to {q for q in others if q not in path}
          on round f + 2: |
            if me != commander:
              decide resolve([commander])
        inputs: {general1: any, others: retreat}
        run: \(run)
        expect:
        \(expect)
        """
    }
}
