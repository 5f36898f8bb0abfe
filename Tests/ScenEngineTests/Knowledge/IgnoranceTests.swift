import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

/// Why something is not known: each run looks the same to somebody as the one before it, down to one in which it is false.
@Suite struct IgnoranceTests {
    private func generals(_ messages: Int, _ condition: String) -> String {
        """
        scenario: generals
        network: fair-loss
        timing: asynchronous
        nodes: [a, b]
        algorithm:
          input: bool
          messages: {Order: {number: 1..\(messages)}}
          state: {got: 0..\(messages)}
          on start: |
            if me == a and input: send Order(1) to b
          on Order(number) from p: |
            got = max(got, number)
            if number < \(messages): send Order(number + 1) to p
        inputs: {a: any, b: false}
        run: exhaustive
        expect:
          it: {\(condition)}
        """
    }

    private func report(_ text: String) throws -> ExpectationReport {
        let compiled = try #require(exploredCases(text).first)
        var options = CaseRunner.Options()
        options.tellsAll = true
        let report = Exploring(compiled, scope: try #require(compiled.plan.exploration), options: options).report()
        return try #require(report.expectations.first)
    }

    /// Halpern and Moses (1990): from a run in which k messages arrive it takes k + 1 steps to one in which nothing was planned.
    @Test(arguments: 1...3)
    func `the two generals' proof`(messages: Int) throws {
        let report = try report(generals(messages, "possible: 'common_knowledge(nodes, a.input)'"))
        #expect(report.found == .violated)
        let runs = try #require(report.evidence.lookAlikes).runs
        #expect(runs.count == messages + 2)
        // The one to whom the last message came knows most.
        let last = messages % 2 == 1 ? 0 : 1
        #expect(runs.dropFirst().map(\.node) == (0...messages).map { ($0 + last) % 2 })
        #expect(runs.dropFirst().dropLast().allSatisfy { $0.text.isEmpty })
        #expect(runs.last?.text == "a.input")
        let planned = runs.map { $0.story.inputs.first == .bool(true) }
        #expect(planned == runs.indices.map { $0 < messages + 1 })
    }

    /// b cannot know what is not so: that a knows is false in this very run, and from there it goes on.
    @Test func `what is not known is followed down to something plain`() throws {
        let report = try report(generals(2, "always: 'b.got == 0 or knows(b, knows(a, knows(b, a.input)))'"))
        #expect(report.found == .violated)
        let lookAlikes = try #require(report.evidence.lookAlikes)
        #expect(lookAlikes.unknown == "knows(a, knows(b, a.input))")
        #expect(lookAlikes.runs.map(\.node) == [nil, 0, 1])
        #expect(lookAlikes.runs.map(\.text) == ["", "knows(b, a.input)", "a.input"])
    }

    /// What is false cannot be known, and no other run is needed to see it.
    @Test func `a plain falsehood needs no other run`() throws {
        let plain = try report(generals(1, "always: 'a.input or knows(b, a.input)'"))
        #expect(plain.found == .violated)
        #expect(plain.evidence.lookAlikes == nil)
    }

    @Test func `runs side by side are those with the fewest events`() throws {
        let report = try report(
            generals(2, "indistinguishable-to: a, executions: ['a.input and received(b) == 0', 'received(b) > 0']"))
        #expect(report.found == .holds)
        let runs = try #require(report.evidence.lookAlikes).runs
        #expect(runs.map(\.node) == [0, 0])
        // Lost; arrived, and the answer lost.
        #expect(runs.map(\.story.steps.count) == [2, 3])
        let never = try self.report(
            generals(2, "indistinguishable-to: b, executions: ['received(b) == 0', 'received(b) > 0']"))
        #expect(never.found == .violated)
    }

    @Test func `states of runs that go on are compared if asked`() throws {
        let conditions = "executions: ['a.input and received(b) == 0', 'b.got > 0 and received(a) == 0']"
        let report = try report(generals(3, "indistinguishable-to: a, at: any, \(conditions)"))
        #expect(report.found == .holds)
        let runs = try #require(report.evidence.lookAlikes).runs
        #expect(runs.map(\.story.end) == [.decided, .decided])
    }

    /// A run-time error in a fact is one of the state in which it was evaluated.
    @Test func `a fact that cannot be evaluated`() throws {
        let compiled = try #require(
            exploredCases(generals(1, "always: 'b.got == 0 or knows(a, 1 div b.got > 0)'")).first)
        let report = Exploring(compiled, scope: .init(), options: CaseRunner.Options()).report()
        #expect(report.failure?.error.code == .divisionByZero)
        #expect(report.failure?.story?.steps.count == 2)
    }

    /// The full set of states is needed; runs that look the same are found without.
    @Test func `a limit makes knowledge inconclusive`() throws {
        func limited(_ condition: String) throws -> ExpectationReport {
            try report(generals(2, condition).replacing("run: exhaustive", with: "run: {exhaustive: {states: 6}}"))
        }
        let possible = try limited("possible: 'knows(b, a.input)'")
        #expect(possible.found == .inconclusive)
        let never = try limited("never: 'knows(b, a.input)'")
        #expect(never.found == .inconclusive)
        let alike = try limited("indistinguishable-to: b, at: any, executions: ['a.input', 'not a.input']")
        #expect(alike.found == .holds)
    }

    private func relay(_ condition: String) throws -> ExpectationReport {
        try report(
            """
            scenario: relay
            timing: asynchronous
            nodes: [a, b]
            algorithm:
              input: 0..1
              messages: {M: {v: 0..1}}
              state: {got: maybe 0..1}
              on start: |
                if me == a: send M(input) to b
              on M(v): |
                got = v
            inputs: {a: any, b: 0}
            run: exhaustive
            expect:
              it: {\(condition)}
            """)
    }

    /// a has sent 0: that b does not know that it was 1 is no wonder.
    @Test func `what is so and not known comes before what is not so`() throws {
        let report = try relay("always: 'knows(b, a.input == 1) or knows(b, a.input == 0)'")
        let lookAlikes = try #require(report.evidence.lookAlikes)
        #expect(lookAlikes.unknown == "knows(b, a.input == 0)")
        #expect(lookAlikes.runs.map(\.story.inputs.first) == [.int(0), .int(1)])
    }

    @Test(arguments: [
        "leads-to: {from: a.input == 1, to: 'knows(a, b.got == 1)'}", "eventually: 'a.input == 0 or knows(a, b.got == 1)'",
        "eventually-always: 'a.input == 0 or knows(a, b.got == 1)'",
    ])
    func `what is never known in a run is explained at its end`(condition: String) throws {
        let report = try relay(condition)
        #expect(report.found == .violated)
        let lookAlikes = try #require(report.evidence.lookAlikes)
        #expect(lookAlikes.unknown == "knows(a, b.got == 1)")
        #expect(lookAlikes.runs.map(\.node) == [nil, 0])
        // The message has arrived in the first run, which ends.
        #expect(lookAlikes.runs.map(\.story.end) == [.quiescent, .decided])
    }

    @Test func `why no runs look the same`() throws {
        func remark(_ conditions: String) throws -> String? {
            try relay("indistinguishable-to: b, executions: [\(conditions)]").evidence.remarks.first
        }
        #expect(try remark("b.got == 0, b.got == 1") == "each of 'executions' occurs, and b tells them apart")
        #expect(try remark("b.got == none, b.got == 1") == "at the end of no run holds 'b.got == none'")
    }
}
