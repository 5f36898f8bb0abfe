import Foundation
import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

/// What is known in systems for which the literature says what must be known.
@Suite struct KnowledgeTheoryTests {
    /// Every expectation of every case comes out as its verdict says.
    private func expectAll(_ text: String) {
        for compiled in exploredCases(text) {
            guard let scope = compiled.plan.exploration else {
                Issue.record("nothing is explored")
                continue
            }
            let report = Exploring(compiled, scope: scope, options: CaseRunner.Options()).report()
            #expect(report.failure == nil)
            for each in report.expectations {
                #expect(each.status == .passed, "\(compiled.parameters.map(\.text)): \(each.expectation.name) is \(each.found)")
            }
        }
    }

    /// Muddy children (Fagin, Halpern, Moses and Vardi 1995), and the lecture's claims.
    @Test(arguments: [
        "knowledge/muddy-children", "knowledge/levels", "knowledge/no-message-no-knowledge", "knowledge/lost-order-lost-answer",
        "detectors/four-reasons-one-view",
    ])
    func `scenarios of the library come out as they say`(name: String) throws {
        let path = #filePath.replacing("Tests/ScenEngineTests/Knowledge/KnowledgeTheoryTests.swift", with: "scenarios/\(name).yaml")
        expectAll(try String(contentsOfFile: path, encoding: .utf8))
    }

    /// What is received once is known for ever, and nothing is known that does not arrive.
    @Test func `what every run comes to know`() {
        expectAll(
            """
            scenario: in the end it knows
            parameters: {links: [reliable, fair-loss]}
            network: links
            nodes: 2
            inputs: {n1: any, n2: 0}
            algorithm:
              input: 0..1
              messages: {News: {x: 0..1}}
              state: {told: bool}
              on start: |
                if me == n1:
                  send News(input) to n2
              on News(x): told = true
            run: exhaustive
            expect:
              it comes to know:
                eventually: knows(n2, n1.input == 1) or knows(n2, n1.input == 0)
                verdict: holds iff links == reliable
              and keeps it:
                eventually-always: knows(n2, n1.input == 1) or knows(n2, n1.input == 0)
                verdict: holds iff links == reliable
              it follows from being told:
                leads-to:
                  from: n2.told
                  to: knows(n2, n1.input == 1) or knows(n2, n1.input == 0)
            """)
    }

    /// Acknowledgements of acknowledgements, up to a level.
    private static func generals(_ network: String, levels: String, _ expectations: String) -> String {
        """
        scenario: generals
        parameters: {levels: \(levels)}
        network: \(network)
        timing: asynchronous
        nodes: [a, b]
        algorithm:
          types: {plan: [attack, wait]}
          input: plan
          messages: {Planned: {level: 1..levels}}
          state: {got: 0..levels}
          on start: |
            if me == a and input == attack: send Planned(1) to b
          on Planned(level) from p: |
            got = max(got, level)
            if level < levels: send Planned(level + 1) to p
        inputs: {a: any, b: wait}
        run: exhaustive
        expect:
        \(expectations)
        """
    }

    /// Halpern and Moses (1990): each message that arrives adds one level of 'I know that you know'.
    @Test func `k messages that arrive give exactly k levels of knowledge`() {
        var formula = "a.input == attack"
        var lines: [String] = []
        for depth in 1...4 {
            let node = depth % 2 == 1 ? "b" : "a"
            formula = "knows(\(node), \(formula))"
            lines.append("  level \(depth): {possible: '\(formula)', verdict: holds iff levels >= \(depth)}")
            // And at once, when that message is there.
            lines.append("  at once \(depth): {always: '(\(node).got >= \(depth)) == \(formula)', when: levels == 4}")
        }
        for network in ["fair-loss", "reliable"] {
            expectAll(Self.generals(network, levels: "1..4", lines.joined(separator: "\n")))
        }
    }

    /// Halpern and Moses (1990), Theorems 5 and 7: where messages may get lost, or take any time, nothing becomes common knowledge that
    /// was not from the start.
    @Test(arguments: ["fair-loss", "reliable"])
    func `without a bound nothing becomes common knowledge`(network: String) {
        expectAll(
            Self.generals(
                network, levels: "1..3", """
                  never: {never: 'common_knowledge(nodes, a.input == attack)'}
                  what always holds is: {always: 'common_knowledge(nodes, b.input == wait)'}
                  of one: {possible: 'common_knowledge({b}, a.input == attack)'}
                  of nobody: {always: 'common_knowledge({}, a.input == attack)'}
                """))
    }

    /// The same, Section 8: with a known bound it does, when that is over.
    @Test func `in rounds it becomes common knowledge at the end of the round in which it arrives`() {
        expectAll(
            """
            scenario: generals in rounds
            network: reliable
            timing: {model: synchronous, bound: 10ms}
            nodes: [a, b, c]
            algorithm:
              input: bool
              messages: {Planned: {plan: bool}}
              state: {told: bool}
              on start: |
                if me == a: send Planned(input) to others
              on Planned(plan) from p: |
                told = true
              on round r: |
                told = told
            inputs: {a: any, others: false}
            run: {exhaustive: {for: 40ms}}
            expect:
              before: {never: 'time < 20ms and a.input and knows(b, a.input)'}
              after: {always: 'time >= 20ms and a.input implies common_knowledge(nodes, a.input)'}
              otherwise: {always: 'time >= 20ms and not a.input implies common_knowledge(nodes, not a.input)'}
              the round: {always: 'all(knows(p, time == 20ms) for p in nodes) == (time == 20ms)'}
            """)
    }

    /// Silence is a message where there is a bound, and none where messages may be lost.
    @Test func `runs that come to rest early tell nobody anything by that`() {
        func relay(_ network: String, _ expectations: String) -> String {
            """
            scenario: relay
            network: \(network)
            timing: {model: synchronous, bound: 10ms}
            nodes: [a, b, c, d]
            algorithm:
              input: bool
              messages: {News: {}}
              state: {told: bool}
              on start: |
                told = input
                if input: send News() to b
              on News() from p: |
                if not told and me == b: send News() to c
                if not told and me == c: send News() to d
                told = true
              on round r: |
                told = told
            inputs: {a: any, others: false}
            run: exhaustive
            expect:
            \(expectations)
            """
        }
        expectAll(
            relay(
                "reliable", """
                  in the end all know: {finally: 'all(knows(p, a.input) or knows(p, not a.input) for p in nodes)'}
                  not sooner: {always: 'time < 40ms implies not knows(d, not a.input)'}
                  one by one: {always: 'time < 30ms implies not knows(c, not a.input)'}
                """))
        expectAll(
            relay(
                "{links: fair-loss, duplicate: 0%}", """
                  news: {always: 'all(p.told == knows(p, a.input) for p in nodes)'}
                  silence: {never: 'any(knows(p, not a.input) for p in {b, c, d})'}
                """))
    }

    /// With a crash in the middle of the broadcast it does not: the last one to be reached is not certain of the others
    /// (Dwork and Moses 1990: f + 1 rounds).
    @Test func `a crash takes another round`() {
        expectAll(
            """
            scenario: crash
            timing: {model: synchronous, bound: 10ms}
            nodes: [a, b, c]
            faulty: {up-to: 1}
            algorithm:
              input: bool
              messages: {Seen: {}}
              state: {seen: bool}
              on start: |
                seen = input
                if seen: send Seen() to others
              on Seen() from p: |
                if not seen: send Seen() to others
                seen = true
              on round r: |
                seen = seen
            inputs: {a: any, others: false}
            run: {exhaustive: {for: 40ms}}
            expect:
              one round: {possible: 'time == 20ms and b.seen and not a.crashed and common_knowledge(correct, a.input)', verdict: violated}
              two rounds: {always: 'time >= 30ms and b in correct and b.seen implies common_knowledge(correct, a.input)'}
            """)
    }

    /// Chandy and Misra (1986): who knows what holds at another node has been reached by a chain of messages from there.
    @Test(arguments: ["reliable", "fair-loss"])
    func `nobody knows of another without a chain of messages`(network: String) {
        expectAll(
            """
            scenario: chains
            network: {links: \(network)\(network == "reliable" ? "" : ", duplicate: 0%")}
            timing: asynchronous
            nodes: [a, b, c]
            faulty: {up-to: 1}
            algorithm:
              input: 0..1
              messages: {News: {of: set of node, value: 0..1}}
              state: {heard: set of node, left: int = 1}
              on start: |
                add me to heard
                if me == a:
                  choose q in others
                  send News(heard, input) to q
              on News(of, value) from p: |
                heard |= of
                if left > 0:
                  left -= 1
                  choose q in others
                  send News(heard, (value + input) mod 2) to q
            inputs: {a: any, b: any, c: 0}
            run: exhaustive
            expect:
              chain: {always: 'all(knows(p, q.input == 1) implies q in p.heard or p.crashed for p in nodes for q in {a, b} if p != q)'}
              it can: {possible: 'knows(c, a.input == 1) and c.up'}
              by way of: {possible: 'knows(c, b.input == 1) and c.up'}
              the dead: {never: 'any(p.crashed and knows(p, q.input == 1) for p in nodes for q in {a, b} if p != q)'}
            """)
    }
}
