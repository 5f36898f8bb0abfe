import ScenModel
import Testing

@testable import ScenEngine

/// What every run comes to, against results that follow from the definitions of the models.
@Suite struct LivenessTests {
    private func violation(
        _ text: String, _ scope: RunPlan.Exploration = .init(), _ property: (Program.RoutineID) -> Liveness.Property
    ) throws -> Liveness.Violation? {
        let compiled = try #require(exploredCases(text).first)
        let (search, result) = explored(compiled, scope: scope)
        #expect(result.isComplete)
        guard case .always(let routine) = compiled.expectations[0].form else {
            Issue.record("the scenario asks something else")
            return nil
        }
        let answer = try Liveness(search.exploration, wasExpanded: { _ in true }).answer(to: property(routine))
        if case .violated(let violation) = answer { return violation }
        return nil
    }

    private func scenario(_ model: String, _ algorithm: String, _ condition: String) -> String {
        """
        scenario: lively
        \(model)
        algorithm:
        \(algorithm)
        run: {simulate: 1}
        expect:
          it: {always: \(condition)}
        """
    }

    static let sendOnce = """
          messages: {News: {}}
          state: {got: bool}
          on start: |
            if me == n1:
              send News() to n2
          on News() from p: |
            got = true
        """
    static let retry = """
          messages: {News: {}, Ack: {}}
          state: {got: bool, acked: bool}
          on start: |
            if me == n1:
              set timer Retry after 1ms
          on timer Retry: |
            if not acked:
              send News() to n2
              set timer Retry after 1ms
          on News() from p: |
            got = true
            send Ack() to p
          on Ack() from p: |
            acked = true
        """
    static let two = "timing: asynchronous\nnodes: 2\n"

    @Test func `what is sent once arrives over reliable links, and may not over fair-loss links`() throws {
        #expect(try violation(scenario("network: reliable\n" + Self.two, Self.sendOnce, "n2.got")) { .eventually($0) } == nil)
        let lost = try #require(
            try violation(scenario("network: fair-loss\n" + Self.two, Self.sendOnce, "n2.got")) { .eventually($0) })
        #expect(lost.loop == nil)
        // Sent, lost.
        #expect(lost.states.count == 2)
    }

    @Test func `who keeps retrying gets through, since fair-loss links do not lose for ever`() throws {
        let text = scenario("network: fair-loss\n" + Self.two, Self.retry, "n2.got")
        #expect(try violation(text) { .eventually($0) } == nil)
        #expect(try violation(text) { .eventuallyAlways($0) } == nil)
        // The answer gets through too: retrying ends.
        let acked = scenario("network: fair-loss\n" + Self.two, Self.retry, "n1.acked")
        #expect(try violation(acked) { .eventually($0) } == nil)
    }

    @Test func `links that lose everything are owed nothing`() throws {
        let text = scenario("network: {links: fair-loss, loss: 100%}\n" + Self.two, Self.retry, "n2.got")
        let violation = try #require(try violation(text) { .eventually($0) })
        // It tries for ever.
        #expect(violation.loop != nil)
    }

    @Test func `a crashed sender owes nothing`() throws {
        let text = scenario("network: fair-loss\nfaulty: [n1]\n" + Self.two, Self.retry, "n2.got")
        let violation = try #require(try violation(text) { .eventually($0) })
        #expect(violation.loop == nil)
    }

    @Test func `what toggles for ever is true again and again and never for good`() throws {
        let toggle = """
              state: {on: bool}
              on start: |
                set timer Toggle after 1ms
              on timer Toggle: |
                on = not on
                set timer Toggle after 1ms
            """
        let text = scenario("network: reliable\ntiming: asynchronous\nnodes: 1\n", toggle, "n1.on")
        #expect(try violation(text) { .eventually($0) } == nil)
        let violation = try #require(try violation(text) { .eventuallyAlways($0) })
        let loop = try #require(violation.loop)
        #expect(violation.states[loop] == violation.states.last)
        #expect(violation.states.count - loop == 3)
    }

    @Test func `everybody gets a turn, so that one busy pair starves nobody`() throws {
        let busy = """
              messages: {Ball: {}, News: {}}
              state: {got: bool}
              on start: |
                if me == n1:
                  send Ball() to n2
                  send News() to n3
              on Ball() from p: |
                send Ball() to p
              on News() from p: |
                got = true
            """
        let text = scenario("network: reliable\ntiming: asynchronous\nnodes: 3\n", busy, "n3.got")
        #expect(try violation(text) { .eventually($0) } == nil)
        let never = scenario("network: reliable\ntiming: asynchronous\nnodes: 3\n", busy, "n2.got")
        #expect(try violation(never) { .eventually($0) }?.loop != nil)
    }

    /// Three nodes ask each other for a vote, are refused, and ask again.
    @Test func `a run for ever goes round no longer than it must`() throws {
        let votes = """
              messages: {Ask: {}, Answer: {}}
              state: {answers: 0..2, asked: bool}
              on start: |
                asked = true
                send Ask() to others
              on Ask() from p: |
                if asked:
                  send Answer() to p
              on Answer(): |
                answers += 1
                if answers == 2:
                  asked = false
                  answers = 0
                  set timer Again after 1ms
              on timer Again: |
                asked = true
                send Ask() to others
            """
        let model = "network: {links: reliable, fifo: true}\ntiming: asynchronous\nnodes: 3\n"
        let violation = try #require(try violation(scenario(model, votes, "false")) { .eventually($0) })
        let loop = try #require(violation.loop)
        // Six questions, as many answers, and three timers: what is asked once has to be heard once.
        #expect(violation.states.count - 1 - loop == 15)
    }
}
