import ScenModel
import Testing

@testable import ScenEngine

/// Where an exploration gives up it says so, and what makes its states many.
@Suite struct ExplorationLimitTests {
    private func scenario(_ nodes: String, _ algorithm: String, _ run: String = "exhaustive") -> String {
        """
        scenario: limited
        network: reliable
        timing: asynchronous
        nodes: \(nodes)
        algorithm:
        \(algorithm)
        run: \(run)
        expect:
          it: {never: "any(p.count < 0 for p in nodes)"}
        """
    }

    private func report(_ text: String, _ options: CaseRunner.Options = .init()) async throws -> CaseReport {
        await CaseRunner(options: options).run(try #require(exploredCases(text).first))
    }

    private func remark(_ report: CaseReport) -> String {
        #expect(report.expectations.map(\.status) == [.inconclusive])
        #expect(report.expectations[0].evidence.complete == false)
        return report.expectations[0].evidence.remarks.joined()
    }

    static let ball = """
          messages: {Ball: {}}
          state: {kind: 0..1, count: int}
          on start: |
            if me == a:
              send Ball() to b
          on Ball() from p: |
            kind = 1 - kind
            count += 1
            send Ball() to p
        """

    @Test func `a counter that grows for ever is named`() async throws {
        let remark = remark(try await report(scenario("[a, b]", Self.ball, "{exhaustive: {states: 1000}}")))
        #expect(remark.contains("the first 1,000 states"))
        #expect(remark.contains("variable 'count' of a takes ever more values"))
    }

    @Test func `messages that nobody takes are named`() async throws {
        let tick = """
              messages: {Ball: {}}
              state: {count: 0..1}
              on start: |
                if me == a:
                  set timer Tick after 1ms
              on timer Tick: |
                send Ball() to b
                set timer Tick after 1ms
              on Ball() from p: |
                count = 1 - count
            """
        let remark = remark(try await report(scenario("[a, b]", tick, "{exhaustive: {states: 1000}}")))
        #expect(remark.contains("ever more messages are in flight"))
    }

    static let many = """
          messages: {Put: {value: int}}
          state: {got: set of int, count: int}
          on start: |
            if me == a:
              for i in 1..8:
                send Put(i) to b
          on Put(v) from p: |
            add v to got
        """

    @Test func `what is only large is not said to grow`() async throws {
        var options = CaseRunner.Options()
        options.tellsAll = true
        options.reduces = false
        let figures = try #require(try await report(scenario("[a, b]", Self.many), options).exploration)
        // What b has got is what is not in flight.
        #expect(figures.states == 256)
        #expect(figures.depth == 8)
        #expect(figures.parts == [.init(.variable("got", of: "b"), values: 256), .init(.flight(atOnce: 8), values: 256)])
    }

    @Test func `memory that would not suffice is not used`() async throws {
        var options = CaseRunner.Options()
        options.limits.bytes = 1 << 20
        let report = try await report(scenario("[a, b]", Self.ball), options)
        #expect(remark(report).contains("within 1 MiB of memory"))
    }

    @Test func `time is asked for and not measured`() async throws {
        var options = CaseRunner.Options()
        options.limits.time = "5s"
        options.limits.isTimeUp = { true }
        let report = try await report(scenario("[a, b]", Self.ball), options)
        #expect(remark(report).contains("within 5s by the clock"))
    }
}
