import ScenModel
import Testing

@testable import ScenEngine

/// Rules of the network where every run is explored: what follows from what they select.
@Suite struct RuleExplorationTests {
    private func found(_ model: String, _ algorithm: String, _ expect: String) throws -> [Finding] {
        let text = """
            scenario: ruled
            \(model)
            algorithm:
            \(algorithm)
            run: {exhaustive: {states: 100k}}
            expect:
            \(expect)
            """
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        for expectation in report.expectations {
            #expect(!expectation.evidence.remarks.contains { $0.contains("mistake of scen") }, "\(expectation.expectation.name)")
        }
        return report.expectations.map(\.found)
    }

    private func network(_ rule: String, loss: String = "0%") -> String {
        "nodes: 2\ntiming: asynchronous\nnetwork: {links: fair-loss, loss: \(loss), duplicate: 0%, rules: [{\(rule)}]}"
    }

    /// Who keeps trying gets through whatever a rule takes, unless it takes everything. Without loss and without an end of trying, messages
    /// in flight would grow in number for ever.
    @Test(arguments: [("0%", 5), ("10%", nil)] as [(String, Int?)])
    func `what retries come to`(loss: String, triesMax: Int?) throws {
        let retry = triesMax.map {
            LivenessTests.retry.replacing("state: {", with: "state: {tries: int, ")
                .replacing("if not acked:", with: "if not acked and tries < \($0):\n      tries = tries + 1")
        }
        func found(dropping rule: String, _ expect: String) throws -> [Finding] {
            try self.found(network("message: \(rule)", loss: loss), retry ?? LivenessTests.retry, expect)
        }
        let got = "  once: {eventually: n2.got}"
        for selection in ["first 3", "every 2", "number 2"] {
            #expect(try found(dropping: "News, drop: \(selection)", got) == [.holds], "\(selection)")
        }
        // A share may take all of a few, and not all of endlessly many.
        #expect(try found(dropping: "News, drop: 50%", got) == [triesMax == nil ? .holds : .violated])
        for selection in ["all", "after 0"] {
            #expect(try found(dropping: "News, drop: \(selection)", got) == [.violated], "\(selection)")
        }
        #expect(try found(dropping: "Ack, drop: all", "  once: {eventually: n1.acked}") == [.violated])
    }

    @Test func `what a share may take`() throws {
        let both = "  no: {eventually: n2.got}\n  yes: {possible: n2.got}"
        #expect(try found(network("to: n2, drop: 30%"), LivenessTests.sendOnce, both) == [.violated, .holds])
        #expect(try found(network("to: n2, drop: 100%"), LivenessTests.sendOnce, both) == [.violated, .violated])
        #expect(try found(network("to: n2, drop: 0%"), LivenessTests.sendOnce, both) == [.holds, .holds])
        #expect(try found(network("from: n2, drop: all"), LivenessTests.sendOnce, both) == [.holds, .holds])
    }

    private static let counting = """
          messages: {News: {number: 1..3}}
          state: {got: list of int}
          on start: |
            if me == n1:
              for i in 1..3:
                send News(i) to n2
          on News(number) from p: |
            append number to got
        """

    @Test func `which of them are doubled`() throws {
        let expect = """
              ends: {finally: len(n2.got) == 4 and count(x for x in n2.got if x == 2) == 2}
              never more: {always: len(n2.got) <= 4}
            """
        #expect(try found(network("message: News, duplicate: number 2"), Self.counting, expect) == [.holds, .holds])
    }

    /// A delay takes the place of latency where there are ticks, and nothing where there are none.
    @Test func `a delay`() throws {
        let rule = "network: {rules: [{message: News, delay: 10ms, only: number 2}]}"
        let timed = "nodes: 2\n\(rule)\ntiming: {model: synchronous, latency: 5ms, bound: 15ms}"
        let expect = "  in this order: {finally: \"n2.got == [1, 3, 2]\"}\n  possible otherwise: {possible: \"n2.got == [1, 2, 3]\"}"
        #expect(try found(timed, Self.counting, expect).first == .violated, "1 and 3 arrive in one moment, in any order")
        let last = "  the second is the last: {finally: last(n2.got) == 2}"
        #expect(try found(timed, Self.counting, last) == [.holds])
        #expect(try found("nodes: 2\n\(rule)\ntiming: asynchronous", Self.counting, expect) == [.violated, .holds])
        let when = Self.counting.replacing("state: {got", with: "state: {at: duration, got").replacing("append number to got", with: "at = now")
        #expect(try found(timed, when, "  then: {finally: n2.at == 15ms}\n  first: {possible: n2.at == 5ms}") == [.holds, .holds])
    }

    @Test func `in rounds`() throws {
        let model = "nodes: 2\ntiming: synchronous\nnetwork: {links: fair-loss, loss: 0%, duplicate: 0%, rules: [{from: n1, drop: first 2}]}"
        let algorithm = """
              messages: {Hello: {r: int}}
              state: {got: list of int}
              on round r: |
                if r <= 4 and me == n1:
                  send Hello(r) to n2
              on Hello(r) from p: |
                append r to got
            """
        let expect = "  only later ones: {finally: \"n2.got == [3, 4]\"}"
        #expect(try found(model, algorithm, expect) == [.holds])
        // A round in which something is sent is not the last, whoever may get it.
        let lonely = algorithm.replacing("state: {", with: "state: {x: int, ").replacing("  on Hello", with: "    if r == 5 and me == n1:\n      x = 1\n  on Hello")
        let down = "nodes: 2\ntiming: synchronous\nfaulty: [n2]"
        #expect(try found(down, lonely, "  ends: {finally: n1.x == 1}") == [.holds])
    }
}
