import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

/// A run-time error in an explored run comes with the run that leads to it, in every kind of step.
@Suite struct ExploredFailureTests {
    private func failure(_ timing: String, _ algorithm: String) throws -> CaseReport.Failure {
        let text = """
            scenario: failing
            timing: \(timing)
            nodes: 3
            algorithm:
              messages: {Hi: {}}
              state: {heard: map of node to bool}
              on Hi() from p: heard[p] = true
            \(algorithm.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
            run: exhaustive
            expect:
              nothing: {always: true}
            """
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        #expect(report.expectations.map(\.found) == [.error])
        return try #require(report.failure)
    }

    private func causes(_ failure: CaseReport.Failure) throws -> [String] {
        try #require(failure.story).steps.map { step in
            switch step.cause {
            case .start(let node): "start \(node)"
            case .delivery(_, _, let from, let node): "message from \(from) to \(node)"
            case .round(let node, let round): "round \(round) of \(node)"
            case .timer(let node, _, _): "timer of \(node)"
            default: "other"
            }
        }
    }

    @Test(arguments: ["asynchronous", "synchronous"])
    func `while nodes start`(timing: String) throws {
        let round = timing == "synchronous" ? "on round 1: return\n" : ""
        let failure = try failure(timing, round + "on start: |\n  send Hi() to others\n  assert me != n2")
        #expect(failure.error.code == .assertionFailed)
        #expect(failure.error.node == 1)
        #expect(try causes(failure) == ["start 0", "start 1"])
    }

    @Test func `in a round, with all that went before in it`() throws {
        let failure = try failure("{model: synchronous, bound: 10ms}", "on start: send Hi() to others\non round 2: assert len(heard) == 2 and me != n2")
        #expect(failure.error.node == 1)
        #expect(failure.error.time == 10_000_000)
        #expect(
            try causes(failure) == [
                "start 0", "start 1", "start 2", "round 1 of 0", "round 1 of 1", "round 1 of 2",
                "message from 1 to 0", "message from 2 to 0", "round 2 of 0",
                "message from 0 to 1", "message from 2 to 1", "round 2 of 1",
            ])
    }

    @Test func `in a handler`() throws {
        let failure = try failure(
            "asynchronous", "on start: set timer Check after 1s\non timer Check: assert me == n1")
        #expect(failure.error.node == 1)
        #expect(try causes(failure) == ["start 0", "start 1", "start 2", "timer of 1"])
    }
}
