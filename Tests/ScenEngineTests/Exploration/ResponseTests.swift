import ScenModel
import Testing

@testable import ScenEngine

/// `leads-to` and the library's properties of broadcasts and detectors, by every run.
@Suite struct ResponseTests {
    private func found(_ text: String) async -> [[String: Finding]] {
        var found: [[String: Finding]] = []
        for compiled in exploredCases(text) {
            let report = await CaseRunner(options: .init()).run(compiled)
            found.append(
                Dictionary(uniqueKeysWithValues: report.expectations.map { ($0.expectation.name, $0.found) }))
        }
        return found
    }

    /// Each request is answered; those over a fair-loss link only if they are sent again.
    @Test func `every request is answered, for each client`() async {
        let text = """
            scenario: answers
            parameters: {links: [reliable, fair-loss], retry: [false, true]}
            where: links == fair-loss or not retry
            network: links
            timing: asynchronous
            nodes: {groups: {client: 1, server: 1}}
            algorithm:
              messages: {Ask: {}, Answer: {}}
              state: {asked: bool, answered: bool}
              on start: |
                if me in client:
                  set timer Ask after 1ms
              on timer Ask: |
                asked = true
                if not answered:
                  send Ask() to server
                  if retry:
                    set timer Ask after 1ms
              on Ask() from p: |
                send Answer() to p
              on Answer() from p: |
                answered = true
            run: {exhaustive: {duplicates: 0, copies: 1}}
            expect:
              each: {leads-to: {from: p.asked, to: p.answered, for-all: {p: client}}}
              none: {leads-to: {from: p.answered, to: not p.answered, for-all: {p: client}}}
              nobody: {leads-to: {from: p.asked, to: p.answered, for-all: {p: faulty}}}
            """
        let found = await found(text)
        #expect(found.map { $0["each"] } == [.holds, .violated, .holds])
        #expect(found.map { $0["none"] } == [.violated, .violated, .violated])
        #expect(found.map { $0["nobody"] } == [.holds, .holds, .holds])
    }

    @Test func `what each run owes depends on its inputs and its faulty nodes`() async throws {
        let text = """
            scenario: owed
            network: reliable
            timing: asynchronous
            nodes: 3
            faulty: {up-to: 1}
            inputs: any
            algorithm:
              input: 0..1
              messages: {News: {value: int}}
              state: {got: set of int}
              on start: |
                if input == 1:
                  send News(1) to others
              on News(v) from p: |
                add v to got
            run: exhaustive
            expect:
              from correct nodes: {leads-to: {from: p.input == 1 and p != q, to: 1 in q.got, for-all: {p: correct, q: correct}}}
              from all: {leads-to: {from: p.input == 1 and p != q, to: 1 in q.got, for-all: {p: nodes, q: correct}}}
            """
        let compiled = try #require(exploredCases(text).first)
        let report = await CaseRunner(options: .init()).run(compiled)
        #expect(report.expectations.map(\.found) == [.holds, .violated])
        // The sender crashes before it has told the others: in the middle of `on start`.
        let unmet = try #require(report.expectations[1].evidence.unmet)
        #expect(unmet.assignment.count == 2)
        #expect(unmet.since == nil)
    }

    /// Cachin, Guerraoui and Rodrigues, 3.2 and 3.3: best-effort broadcast keeps its promises for correct senders; a relay
    /// gives agreement.
    @Test func `broadcast keeps what it promises`() async {
        let text = """
            scenario: broadcast
            parameters: {relay: [false, true], again: [false, true]}
            network: reliable
            timing: asynchronous
            nodes: 3
            faulty: [n1]
            algorithm:
              delivers: int
              messages: {Data: {origin: node, value: int}}
              state: {got: set of int}
              on start: |
                if me == n1:
                  broadcast(7)
              on broadcast(m): |
                send Data(me, m) to nodes
              on Data(origin, m) from p: |
                if m not in got or again:
                  if relay and m not in got:
                    send Data(origin, m) to others
                  add m to got
                  deliver m from origin
            run: exhaustive
            expect:
              reliable-delivery: holds
              no-duplication: holds
              no-creation: holds
              fifo-order: holds
              total-order: holds
              agreement of correct nodes:
                leads-to: {from: "(n1, 1) in p.deliveries", to: "(n1, 1) in q.deliveries", for-all: {p: correct, q: correct}}
            """
        let found = await found(text)
        #expect(found.map { $0["agreement of correct nodes"] } == [.violated, .violated, .holds, .holds])
        #expect(found.map { $0["no-duplication"] } == [.holds, .holds, .holds, .violated])
        for name in ["reliable-delivery", "no-creation", "fifo-order", "total-order"] {
            #expect(found.allSatisfy { $0[name] == .holds }, "\(name)")
        }
    }

    /// n2 and n3 suspect as they like, n2 stops doing so: weak accuracy is about one node in all of a run.
    @Test func `who is trusted, always and from some moment on`() async {
        let text = """
            scenario: trust
            parameters: {all: [false, true], stops: [false, true]}
            network: reliable
            timing: asynchronous
            nodes: 3
            algorithm:
              state: {suspected: set of node, turns: 0..3}
              on start: |
                if me == n1:
                  set timer Turn after 1ms
              on timer Turn: |
                turns = (turns + 1) mod 4
                suspected = {p for p in [n1, n2, n3] if all or p != n1}
                if turns == 0 and not all:
                  suspected = {}
                if turns == 3 and stops:
                  suspected = {}
                  return
                set timer Turn after 1ms
            run: exhaustive
            expect:
              weak-accuracy: holds
              eventual-weak-accuracy: holds
              eventual-strong-accuracy: holds
            """
        let found = await found(text)
        #expect(found.map { $0["weak-accuracy"] } == [.holds, .holds, .violated, .violated])
        #expect(found.map { $0["eventual-weak-accuracy"] } == [.holds, .holds, .violated, .holds])
        #expect(found.map { $0["eventual-strong-accuracy"] } == [.violated, .holds, .violated, .holds])
    }

    @Test func `an error that the explorer finds leaves no statistic without a word`() async {
        let text = """
            scenario: fails
            network: reliable
            timing: asynchronous
            nodes: 1
            algorithm:
              state: {x: int}
              on start: |
                x = 1 div x
            run: {simulate: 10, exhaustive: {}}
            expect:
              often: {probability: n1.x == 0, at-least: 10%}
              safe: {always: n1.x == 0}
            """
        let found = await found(text)
        #expect(found == [["often": .error, "safe": .error]])
    }
}
