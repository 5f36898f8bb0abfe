import Foundation
import ScenModel
import Testing

@testable import ScenEngine

/// What nodes know of the model in which they are: who holds the links, which algorithm others run, whether latency has a bound.
@Suite struct KnowledgeOfModelsTests {
    private func expectAll(_ text: String) {
        for compiled in exploredCases(text) {
            let report = Exploring(compiled, scope: compiled.plan.exploration ?? .init(), options: CaseRunner.Options()).report()
            #expect(report.failure == nil)
            for each in report.expectations {
                #expect(each.status == .passed, "\(compiled.parameters.map(\.text)): \(each.expectation.name) is \(each.found)")
            }
        }
    }

    /// Who receives a message knows what it says only if nobody else can make it (Dolev and Yao 1983): a signature is needed where others
    /// may spoof or modify, and none where they only read or lose. Two equal messages would be enough where one may be made up.
    @Test func `an adversary takes away what messages tell`() {
        func orders(_ field: String, _ made: String, _ powers: String, known: Bool) -> String {
            """
            scenario: orders
            network: {links: arbitrary, adversary: [\(powers)]}
            timing: asynchronous
            nodes: [a, b]
            algorithm:
              input: 0..1
              messages: {Order: {what: \(field)}}
              state: {got: maybe \(field)}
              on start: |
                if me == a: send Order(\(made)) to b
              on Order(what) from p: |
                if got == none: got = what
            inputs: {a: any, b: 0}
            run: {exhaustive: {forgeries: 1}}
            expect:
              told: {possible: 'b.got != none'}
              it knows: {possible: 'received(b) == 1 and knows(b, a.input == 1)', verdict: \(known ? "holds" : "violated")}
              whenever it is told: {always: 'received(b) == 1 implies knows(b, a.input == 0) or knows(b, a.input == 1)', verdict: \(known ? "holds" : "violated")}
            """
        }
        for powers in ["spoof", "modify", "eavesdrop, drop, modify, spoof, replay"] {
            expectAll(orders("0..1", "input", powers, known: false))
            expectAll(orders("signed 0..1", "sign(input)", powers, known: true))
        }
        expectAll(orders("0..1", "input", "eavesdrop, drop, replay", known: true))
    }

    /// A view holds how often something came: that an adversary repeats it tells a node nothing of how often it was sent.
    @Test func `what comes twice need not have been sent twice`() {
        expectAll(
            """
            scenario: twice
            parameters: {powers: [eavesdrop, replay]}
            network: {links: arbitrary, adversary: [eavesdrop, drop, powers]}
            timing: asynchronous
            nodes: [a, b]
            algorithm:
              input: 1..2
              messages: {Ring: {}}
              on start: |
                if me == a:
                  for i in 1..input: send Ring() to b
            inputs: {a: any, b: 1}
            run: {exhaustive: {forgeries: 1}}
            expect:
              two came: {possible: 'received(b) == 2'}
              it was rung twice: {always: 'received(b) == 2 implies knows(b, a.input == 2)', verdict: holds iff powers == eavesdrop}
              three times: {always: 'received(b) == 3 implies knows(b, a.input == 2)'}
            """)
    }

    /// That a node runs another algorithm holds in every run, so that all know it, and read its messages accordingly.
    @Test(arguments: [true, false])
    func `who runs another algorithm is known to do so`(liesToo: Bool) {
        expectAll(
            """
            scenario: the contrary
            timing: asynchronous
            nodes: {names: [a, b], model: byzantine}
            faulty: {a: {runs: contrary\(liesToo ? ", behaviour: lie" : "")}}
            algorithm:
              input: 0..1
              messages: {Say: {x: 0..1}}
              state: {got: maybe 0..1}
              on start: |
                if me == a: send Say(input) to b
              on Say(x): got = x
            algorithms:
              contrary:
                input: 0..1
                messages: {Say: {x: 0..1}}
                on start: |
                  if me == a: send Say(1 - input) to b
            inputs: {a: any, b: 0}
            run: exhaustive
            expect:
              all know that it is faulty: {always: 'common_knowledge(nodes, a in faulty)'}
              the contrary is true: {always: 'b.got != none implies knows(b, a.input != b.got)', verdict: \(liesToo ? "violated" : "holds")}
              it knows what it holds itself: {always: 'knows(a, a.input == 0) or knows(a, a.input == 1)'}
            """)
    }

    /// A bound that holds from some moment on tells nobody anything, as long as nobody knows since when it holds (Dwork, Lynch and
    /// Stockmeyer 1988): a timeout is no knowledge, and what was sent does not become common knowledge (Halpern and Moses 1990).
    @Test(arguments: ["knowledge/to-suspect-is-to-know", "knowledge/a-bound-makes-it-common"])
    func `a bound in the end is no bound to those who do not know when`(name: String) throws {
        let path = #filePath.replacing("Tests/ScenEngineTests/Knowledge/KnowledgeOfModelsTests.swift", with: "scenarios/\(name).yaml")
        expectAll(try String(contentsOfFile: path, encoding: .utf8))
    }

    /// One message, one level, as without any bound.
    @Test func `messages tell as much as without a bound`() {
        expectAll(
            """
            scenario: levels
            timing: {model: partially-synchronous, latency: 0ms..10ms}
            nodes: [a, b]
            algorithm:
              input: bool
              messages: {Planned: {level: 1..3}}
              state: {got: 0..3}
              on start: |
                if me == a and input: send Planned(1) to b
              on Planned(level) from p: |
                got = level
                if level < 3: send Planned(level + 1) to p
            inputs: {a: any, b: false}
            run: exhaustive
            expect:
              one: {always: '(b.got >= 1) == knows(b, a.input)'}
              two: {always: '(a.got >= 2) == knows(a, knows(b, a.input))'}
              three: {always: '(b.got >= 3) == knows(b, knows(a, knows(b, a.input)))'}
              common: {never: 'common_knowledge(nodes, a.input)'}
            """)
    }

    /// Of what is sealed for others a node knows nothing but whether it is the same (Abadi and Rogaway 2002), unless its handlers guess.
    @Test func `a seal tells those who cannot open it nothing but that it is the same`() throws {
        let path = #filePath.replacing("Tests/ScenEngineTests/Knowledge/KnowledgeOfModelsTests.swift", with: "scenarios/knowledge/sealed-orders.yaml")
        expectAll(try String(contentsOfFile: path, encoding: .utf8))
        expectAll(
            """
            scenario: seals
            parameters: {guesses: [false, true]}
            timing: asynchronous
            nodes: [a, b, c]
            algorithm:
              input: 0..1
              messages: {Box: {content: sealed 0..1, of: "maybe sealed sealed 0..1"}}
              state: {guessed: bool, opened: maybe 0..1, box: maybe sealed 0..1}
              on start: |
                if me == a: send Box(seal(input, for=c), seal(seal(input, for=b), for=c)) to b
              on Box(content, of): |
                if me == b:
                  box = content
                  if guesses and content == seal(1, for=c): guessed = true
                  send Box(content, of) to c
                else:
                  opened = open(content)
                  let inner = open(of) if of != none else none
                  if inner != none: box = inner
            inputs: {a: any, b: 0, c: 0}
            run: exhaustive
            expect:
              who opens it knows: {always: 'c.opened != none implies knows(c, a.input == c.opened)'}
              who made it knows: {always: 'knows(a, a.input == 1) or knows(a, a.input == 0)'}
              who carries it does not: {possible: 'knows(b, a.input == 1)', verdict: holds iff guesses}
              a guess that fails tells: {possible: 'knows(b, a.input == 0)', verdict: holds iff guesses}
              it holds what it holds: {always: 'knows(b, b.guessed) == b.guessed'}
              it does not know that it is the same inside: {never: 'knows(b, b.box == seal(1, for=c)) and not guesses'}
            """)
    }

    /// What a node says of its own accord it knows to have said.
    @Test func `who makes up a message knows it`() {
        expectAll(
            """
            scenario: rumour
            timing: asynchronous
            nodes: {names: [a, b], model: byzantine}
            faulty: {a: {behaviour: arbitrary}}
            algorithm:
              messages: {Rumour: {}}
              state: {heard: bool}
              on Rumour(): heard = true
            run: {exhaustive: {forgeries: 1}}
            expect:
              it knows: {always: 'b.heard == knows(a, b.heard)'}
              and both know: {always: 'b.heard == common_knowledge(nodes, b.heard)'}
            """)
    }
}
