import ScenModel
import Testing

@testable import ScenEngine

/// Arbitrary links, explored.
@Suite struct AdversaryExplorationTests {
    static let powers = [
        "[eavesdrop]", "[drop]", "[modify]", "[spoof]", "[eavesdrop, modify]", "[eavesdrop, spoof]", "[eavesdrop, replay]",
        "[modify, spoof, drop]", "[eavesdrop, modify, drop, spoof, replay]",
    ]

    /// With fields of every sort.
    private static let algorithms = [
        """
          messages: {Ask: {number: int, isLast: bool}, Tell: {value: 0..2}}
          state: {asked: set of int, told: set of int, done: bool}
          on start: |
            if me == n1:
              send Ask(7, false) to n2
          on Ask(number, isLast) from p: |
            add number to asked
            if isLast:
              done = true
            if len(told) < 1:
              send Tell(1) to p
          on Tell(value): |
            if value > 1:
              add value to told
        """,
        """
          messages:
            Order: {plan: signed 0..1, copy: int}
            Box:
              box: sealed (int, bool)
          state: {orders: set of signed 0..1, opened: maybe int, boxes: int}
          on start: |
            if me == n1:
              send Order(sign(1), 3) to others
              send Box(seal((5, true), for=n2)) to n2
          on Order(plan, copy): |
            if plan.signer != me:
              add plan to orders
          on Box(box): |
            let inside = open(box)
            if inside == none:
              boxes = 1
            else:
              opened = inside[0]
        """,
    ]

    @Test(arguments: powers, [0, 1])
    func `as many states as a naive explorer`(powers: String, algorithm: Int) throws {
        var scope = RunPlan.Exploration()
        for forgeries in [1, 2, nil] where algorithm == 1 || forgeries == 1 || forgeries == 2 && powers.count < 30 {
            scope.forgeries = forgeries
            let text = StateCountTests.scenario(
                "network: {links: arbitrary, adversary: \(powers)}\ntiming: asynchronous\nnodes: 2", Self.algorithms[algorithm])
            let compiled = try #require(exploredCases(text).first)
            let naive = NaiveExplorer(compiled, scope: scope)
            naive.run()
            let (_, result) = explored(compiled, scope: scope)
            #expect(result.isComplete)
            #expect(result.states == naive.states.count, "\(String(describing: forgeries))")
            #expect(result.ends == naive.ends)
        }
    }

    private func found(_ network: String, _ algorithm: String, _ expectations: String, nodes: String = "2") async -> [Finding] {
        let text = """
            scenario: asked
            network: \(network)
            timing: asynchronous
            nodes: \(nodes)
            algorithm:
            \(algorithm)
            run: {exhaustive: {forgeries: 3}}
            expect:
            \(expectations)
            """
        guard let compiled = exploredCases(text).first else { return [] }
        return await CaseRunner(options: .init()).run(compiled).expectations.map(\.found)
    }

    @Test func `nothing is owed where messages may be dropped, and all is where they may not`() async {
        let algorithm = """
              messages: {Hello: {times: 0..1}}
              state: {got: bool}
              on start: |
                if me == n1:
                  set timer Again after 1ms
              on timer Again: |
                send Hello(1) to n2
                set timer Again after 1ms
              on Hello: |
                got = true
            """
        for (powers, expected) in [
            ("[drop]", Finding.violated), ("[modify]", .holds), ("[eavesdrop, replay]", .holds), ("[spoof]", .holds),
            ("[modify, drop]", .violated),
        ] {
            let once = algorithm.replacing("set timer Again after 1ms\n  on Hello", with: "return\n  on Hello")
            let links = "{links: arbitrary, adversary: \(powers)}"
            #expect(await found(links, once, "  got: {eventually: n2.got}") == [expected], "\(powers)")
        }
    }

    @Test func `what is signed was signed`() async {
        let algorithm = """
              messages: {Order: {plan: signed 0..3}}
              state: {signed: set of int, got: set of signed 0..3}
              on start: |
                if me != n3:
                  choose x in 0..1
                  add x to signed
                  send Order(sign(x)) to others
              on Order(plan): |
                add plan to got
            """
        let links = "{links: arbitrary, adversary: [eavesdrop, modify, spoof, replay]}"
        let all = await found(
            links, algorithm,
            """
              unforged: {always: 'all(s.value in s.signer.signed for p in nodes for s in p.got)'}
              moved: {possible: 'any(s.signer == n3 for p in nodes for s in p.got)'}
              redirected: {possible: 'any(s.signer == p for p in nodes for s in p.got)'}
            """, nodes: "3")
        #expect(all == [.holds, .violated, .holds])
    }

    @Test func `a secret is known once it has been seen, and never from within a seal`() async {
        let algorithm = """
              messages:
                Open: {secret: int}
                Closed:
                  secret: sealed int
              state: {secret: int}
              on start: |
                if me == n1:
                  send Open(1) to n2
                  send Closed(seal(2, for=n2)) to n2
                  send Open(3) to n1
            """
        let asked = "  one: {never: adversary.knows(1)}\n  two: {never: adversary.knows(2)}\n"
            + "  three: {never: adversary.knows(3)}\n  made: {never: 'not adversary.knows(seal(1, for=n1))'}\n"
            + "  pair: {never: 'adversary.knows((2, true))'}\n  list: {eventually-always: 'adversary.knows([1, 1])'}"
        let eavesdropping = await found("{links: arbitrary, adversary: [eavesdrop, spoof]}", algorithm, asked)
        #expect(eavesdropping == [.violated, .holds, .holds, .holds, .holds, .holds])
        let blind = await found("{links: arbitrary, adversary: [spoof]}", algorithm, asked)
        #expect(blind == [.holds, .holds, .holds, .violated, .holds, .violated])
        #expect(await found("reliable", algorithm, asked).prefix(3) == [.holds, .holds, .holds])
    }

    /// One message, changed as its fields allow: 3 * 2 variants beside itself and what was sent.
    @Test func `rounds hand over what was changed`() throws {
        let compiled = try #require(
            exploredCases(
                StateCountTests.scenario(
                    "network: {links: arbitrary, adversary: [modify]}\ntiming: synchronous\nnodes: 2",
                    """
                      messages: {Say: {value: 1..3, other: bool}}
                      state: {heard: int, other: bool}
                      on start: |
                        if me == n1:
                          send Say(1, true) to n2
                      on Say(value, flag): |
                        heard = value
                        other = flag
                      on round 2: return
                    """)).first)
        let (_, result) = explored(compiled)
        #expect(result.isComplete)
        // After round 1; six after round 2; six after the last.
        #expect(result.states == 13)
    }
}
