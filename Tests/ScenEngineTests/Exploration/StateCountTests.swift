import ScenModel
import Testing

@testable import ScenEngine

/// The explorer finds as many states and ends as a naive one, and the same conditions hold in them.
@Suite struct StateCountTests {
    static func scenario(_ model: String, _ algorithm: String, expect: String = "nothing: {always: true}") -> String {
        """
        scenario: counted
        \(model)
        algorithm:
        \(algorithm)
        run: {simulate: 1}
        expect:
          \(expect)
        """
    }

    private func compare(_ text: String, scope: RunPlan.Exploration = .init()) {
        for compiled in exploredCases(text) {
            let naive = NaiveExplorer(compiled, scope: scope)
            naive.run()
            let (_, result) = explored(compiled, scope: scope)
            #expect(result.isComplete)
            #expect(result.states == naive.states.count, "\(compiled.parameters.map(\.text))")
            #expect(result.ends == naive.ends)
            #expect(naive.states.count > 1)
        }
    }

    /// The second beginning leads nodes to what they held after the first, which the world's memory does not hold any more.
    @Test func `conditions are asked of what nodes hold, from whatever beginning`() throws {
        let text = """
            scenario: beginnings
            network: reliable
            timing: asynchronous
            nodes: 2
            inputs: {n1: 0, n2: any}
            algorithm:
              input: 0..1
              messages: {News: {}}
              state: {s: set of int}
              on start: |
                add 0 to s
                send News() to others
            run: exhaustive
            expect:
              started: {always: len(n1.s) == 1}
            """
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        #expect(report.expectations.map(\.found) == [.holds])
    }

    static let flooding = """
          messages: {News: {value: int}}
          state: {got: set of int, relayed: bool}
          on start: |
            if me == n1:
              send News(1) to others
          on News(v) from p: |
            if v not in got:
              add v to got
              send News(v) to others
        """

    @Test(arguments: ["reliable", "fair-loss"], ["none", "[n1]", "{up-to: 1}", "{exactly: 2}"])
    func `flooding with crashes`(network: String, faulty: String) {
        compare(
            Self.scenario(
                "network: \(network)\ntiming: asynchronous\nnodes: 3\nfaulty: \(faulty)", Self.flooding))
    }

    @Test(arguments: [false, true])
    func `messages in and out of order`(fifo: Bool) {
        compare(
            Self.scenario(
                "network: {links: reliable, fifo: \(fifo)}\ntiming: asynchronous\nnodes: 3", """
                  messages: {Number: {value: int}}
                  state: {got: list of int}
                  on start: |
                    if me != n3:
                      for i in 1..3:
                        send Number(i) to n3
                  on Number(i) from p: |
                    append i to got
                """))
    }

    @Test func `timers, choices and inputs`() {
        compare(
            Self.scenario(
                "network: fair-loss\ntiming: asynchronous\nnodes: 2\nfaulty: [n2]\ninputs: any", """
                  input: 0..2
                  messages: {Try: {value: int}, Answer: {}}
                  state: {tries: int, answered: bool, seen: int}
                  on start: |
                    if me == n1:
                      set timer Retry after 1ms
                  on timer Retry: |
                    if tries < 2 and not answered:
                      tries += 1
                      choose x in 1..2
                      send Try(x + input) to n2
                      set timer Retry after 1ms
                  on Try(v) from p: |
                    seen = max({seen, v})
                    send Answer() to p
                  on Answer() from p: |
                    answered = true
                    cancel timer Retry
                """))
    }

    @Test func `crash-recovery with stable storage`() {
        compare(
            Self.scenario(
                "network: reliable\ntiming: asynchronous\nnodes: {names: [client, store], model: crash-recovery}\nfaulty: [store]", """
                  messages: {Put: {value: int}, Stored: {value: int}}
                  state: {cache: int, confirmed: int}
                  stable: {disk: int}
                  on start: |
                    if me == client:
                      send Put(7) to store
                      send Put(8) to store
                  on Put(v) from p: |
                    cache = v
                    disk = v
                    send Stored(v) to p
                  on recover: |
                    cache = disk
                  on Stored(v) from p: |
                    confirmed = v
                """))
    }

    @Test(arguments: ["none", "[n1]", "[n2]"])
    func `what was broadcast and delivered`(faulty: String) {
        compare(
            Self.scenario(
                "network: reliable\ntiming: asynchronous\nnodes: 2\nfaulty: \(faulty)", """
                  delivers: int
                  messages: {Data: {value: int}}
                  on start: |
                    broadcast(1)
                    if me == n1:
                      broadcast(2)
                  on broadcast(m): |
                    send Data(m) to nodes
                  on Data(m) from p: |
                    deliver m from p
                    if m == 2 and p != me:
                      broadcast(3)
                """,
                expect: """
                    all of it: {always: "all(p.repeats + p.inventions + len(p.broadcasts) + len(p.deliveries) >= 0 for p in nodes)"}
                    """))
    }

    /// `copies` bounds what a link may lose, and takes nothing from links that lose nothing.
    @Test(arguments: ["{links: fair-loss, loss: 0%, duplicate: 0%}", "{links: fair-loss, loss: 10%}"])
    func `equal messages`(network: String) throws {
        let text = Self.scenario(
            "network: \(network)\ntiming: asynchronous\nnodes: 2", """
              messages: {News: {}}
              state: {got: int}
              on start: |
                if me == n1:
                  send News() to n2
                  send News() to n2
                  send News() to n2
                  send News() to n1
                  send News() to n1
                  send News() to n1
              on News(): |
                got = got + 1
            """, expect: "own: {finally: n1.got == 3}\n  sent: {finally: n2.got == 3}")
        compare(text)
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        #expect(report.expectations.map(\.found) == [.holds, network.contains("10%") ? .violated : .holds])
    }

    @Test func `losses, duplicates and copies within a scope`() {
        for (losses, duplicates, copies) in [(nil, 0, 1), (0, 1, 2), (1, 2, 3), (2, 0, 2)] as [(Int?, Int, Int)] {
            var scope = RunPlan.Exploration()
            scope.losses = losses
            scope.duplicates = duplicates
            scope.copies = copies
            compare(
                Self.scenario(
                    "network: fair-loss\ntiming: asynchronous\nnodes: 2", """
                      messages: {Beat: {}}
                      state: {beats: 0..3}
                      on start: |
                        if me == n1:
                          for i in 1..3:
                            send Beat() to n2
                      on Beat() from p: |
                        if beats < 3:
                          beats += 1
                    """), scope: scope)
        }
    }

    /// Beginnings that differ in nothing but who may be faulty.
    @Test(arguments: [("crash-stop", "{up-to: 3}"), ("byzantine", "{up-to: 2, behaviour: omit}"), ("byzantine", "{exactly: 3}")])
    func `what a condition reads is what nodes hold`(model: String, faulty: String) throws {
        let text = """
            scenario: started
            nodes: {count: 3, model: \(model)}
            faulty: \(faulty)
            algorithm:
              state: {x: 0}
              on start: x = 1
            run: exhaustive
            expect:
              all are set: {always: all(p.x == 1 or p.crashed for p in nodes)}
              the first is set: {always: n1.x == 1 or n1.crashed}
            """
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        #expect(report.expectations.map(\.found) == [.holds, .holds])
    }
}
