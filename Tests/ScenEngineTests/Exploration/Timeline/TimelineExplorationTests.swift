import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

/// What follows from the definitions where every run of a system with a timeline is explored.
@Suite struct TimelineExplorationTests {
    private func found(_ model: String, _ timeline: String, _ algorithm: String, _ expect: String) throws -> [Finding] {
        let text = """
            scenario: prescribed
            timing: asynchronous
            \(model)
            timeline:
            \(timeline)
            algorithm:
            \(algorithm)
            run: exhaustive
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

    private static let eventually = "  once: {eventually: n2.got}\n  at all: {possible: n2.got}\n  in the end: {finally: n2.got}"
    private static let cut = "  - {when: true, cut: n1 -> n2}"
    private static let cutAndHeal = cut + "\n  - {when: n3.got, heal: all}"
    private static let send = LivenessTests.sendOnce.replacing("send News() to n2", with: "send News() to others")

    /// A message is held back until the link is restored, and then owed; over a link that is cut for good nothing is.
    @Test func `what reliable links hold back`() throws {
        let reliable = "network: reliable\nnodes: 3"
        #expect(try found(reliable, Self.cut, Self.send, Self.eventually) == [.violated, .violated, .violated])
        #expect(try found(reliable, Self.cutAndHeal, Self.send, Self.eventually) == [.holds, .holds, .holds])
        let heal = Self.cutAndHeal.replacing("n3.got", with: "n2.got")
        #expect(try found(reliable, heal, Self.send, Self.eventually) == [.violated, .violated, .violated])
    }

    /// Over fair-loss links a retry gets through once the cut is healed, and never before.
    @Test func `what fair-loss links owe`() throws {
        let model = "network: fair-loss\nnodes: 3"
        let retry = LivenessTests.retry.replacing("send News() to n2", with: "send News() to others")
        let ever = "  once: {eventually: n2.got}\n  at all: {possible: n2.got}\n  third: {eventually: n3.got}"
        #expect(try found(model, Self.cut, retry, ever) == [.violated, .violated, .holds])
        #expect(try found(model, "  - {when: n1.acked, cut: n1 -> n2}", retry, "  at all: {possible: n2.got}") == [.holds])
        let forGood = "  - {when: true, loss: 100%, link: n1 -> n2}"
        #expect(try found(model, forGood, retry, ever) == [.violated, .violated, .holds])
        let forAWhile = forGood + "\n  - {when: n3.got, loss: 20%}"
        let onlyOther = retry.replacing("send Ack() to p", with: "if me == n2: send Ack() to p")
        #expect(try found(model, forAWhile, onlyOther, ever) == [.holds, .holds, .holds])
        #expect(try found(model, Self.cutAndHeal, onlyOther, ever) == [.holds, .holds, .holds])
    }

    /// A node that pauses handles nothing, and is not said to have crashed; nothing is owed to it.
    @Test func `a pause without an end`() throws {
        let ever = "  once: {eventually: n2.got}\n  at all: {possible: n2.got}\n  up: {always: n2.up}\n  third: {eventually: n3.got}"
        #expect(try found("nodes: 3", "  - {when: true, pause: n2}", Self.send, ever) == [.violated, .violated, .holds, .holds])
        // What had arrived is lost in the crash, what had not is handled after it.
        let model = "nodes: {count: 3, model: crash-recovery}"
        let back = "  - {when: true, pause: n2}\n  - {when: n3.got, crash: n2}\n  - {when: n2.crashed, recover: n2}"
        #expect(try found(model, back, Self.send, ever) == [.violated, .holds, .violated, .holds])
    }

    /// Items that hold in one state act in file order, and those that hold only then after them.
    @Test func `several items in one state`() throws {
        let timeline = """
              - {when: n2.crashed, crash: n3}
              - {when: n1.got, crash: n2}
              - {when: n1.got, crash: n1}
            """
        let algorithm = """
              state: {got: bool}
              on start: |
                if me == n1: set timer Go after 1ms
              on timer Go: |
                got = true
            """
        let expect = """
              last: {always: n3.crashed implies n1.crashed and n2.crashed}
              second: {always: n1.crashed implies n2.crashed}
              all in the end: {finally: n1.crashed and n2.crashed and n3.crashed}
              seen before: {possible: n1.got and n1.up and n2.up}
              seen between: {possible: n2.crashed and n1.up}
              faulty from the beginning: {always: len(faulty) == 3}
            """
        #expect(try found("nodes: 3", timeline, algorithm, expect) == Array(repeating: .holds, count: 6))
    }

    /// A node that the timeline has made crash does not come back by itself; one that may fail does.
    @Test func `who comes back`() throws {
        let model = "nodes: {count: 2, model: crash-recovery}"
        let algorithm = """
              state: {x: int}
              stable: {back: bool}
              on recover: |
                back = true
            """
        let expect = "  back: {possible: n1.back}\n  down: {eventually-always: n1.crashed}"
        let crash = "  - {when: true, crash: n1}"
        #expect(try found(model, crash, algorithm, expect) == [.violated, .holds])
        #expect(try found(model + "\nfaulty: [n1]", crash, algorithm, expect) == [.holds, .violated])
        #expect(try found(model, crash + "\n  - {when: n1.crashed, recover: nodes}", algorithm, expect) == [.holds, .violated])
    }

    @Test func `a traitor that crashes says nothing any more`() throws {
        let model = "nodes: {count: 2, model: byzantine}\nfaulty: [n1]"
        let expect = "  honest: {possible: n2.heard == 1}\n  lie: {possible: n2.heard == 2}\n  none: {finally: n2.heard == 0}"
        let algorithm = """
              messages: {Say: {v: 0..2}}
              state: {heard: 0..2}
              on start: |
                if me == n1: set timer Go after 1ms
              on timer Go: |
                send Say(1) to n2
              on Say(v) from p: |
                heard = v
            """
        #expect(try found(model, "  - {when: n2.heard == 1, crash: n1}", algorithm, expect) == [.holds, .holds, .violated])
        #expect(try found(model, "  - {when: true, crash: n1}", algorithm, expect) == [.violated, .violated, .holds])
    }

    @Test func `what nodes know of it`() throws {
        let expect = """
              knows:
                always: n1.got implies knows(n1, n2.crashed)
              does not:
                never: knows(n2, n1.got)
            """
        let algorithm = """
              messages: {News: {}}
              state: {got: bool}
              on start: |
                if me == n2: send News() to n1
              on News() from p: |
                got = true
            """
        #expect(try found("nodes: 2", "  - {when: true, crash: n2}", algorithm, expect) == [.holds, .holds])
        #expect(try found("nodes: 2", "  - {when: n1.got, crash: n2}", algorithm, expect).first == .violated)
    }

    @Test func `a condition that cannot be evaluated`() throws {
        let text = """
            scenario: prescribed
            nodes: 2
            timeline: [{when: 1 div n2.x == 2, crash: n1}]
            algorithm:
              state: {x: int = 1}
              on start: |
                set timer T after 1ms
              on timer T: |
                x = 0
            run: exhaustive
            expect: {x: {always: true}}
            """
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        #expect(report.failure?.error.code.rawValue == "division-by-zero")
    }
}
