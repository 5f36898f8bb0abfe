import ScenModel
import Testing

@testable import ScenEngine

/// Runs that are told chose what the explorer chose.
@Suite struct ChosenPathTests {
    @Test func `the first choice is told as well as the last`() async throws {
        let text = """
            scenario: choices
            network: reliable
            timing: asynchronous
            nodes: 2
            faulty: {up-to: 1}
            algorithm:
              messages: {Both: {x: int, y: int}}
              state: {x: int, y: int, got: int}
              on start: |
                choose a in 1..3
                choose b in 4..6
                x = a
                y = b
                send Both(a, b) to others
              on Both(a, b): |
                got = 10 * a + b
            run: exhaustive
            expect:
              first: {possible: n1.x == 1 and n1.y == 4 and n2.got == 14}
              last: {possible: n1.x == 3 and n1.y == 6 and n2.got == 36}
              middle: {possible: n1.x == 1 and n1.y == 6 and n2.x == 2 and n2.y == 4}
            """
        let compiled = try #require(exploredCases(text).first)
        let report = await CaseRunner(options: .init()).run(compiled)
        #expect(report.expectations.map(\.found) == [.holds, .holds, .holds])
        // n1 starts first, and its story shows both of its choices.
        let told = try report.expectations.map { expectation in
            try #require(expectation.story?.steps.first).effects.compactMap { effect -> Value? in
                if case .changed(_, _, let to) = effect { to } else { nil }
            }
        }
        #expect(told == [[.int(1), .int(4)], [.int(3), .int(6)], [.int(1), .int(6)]])
    }
}
