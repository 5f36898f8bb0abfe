import ScenModel
import Testing

@testable import ScenEngine

/// Verdicts that follow from the definition of the models.
@Suite struct TimedVerdictTests {
    private func found(_ text: String) async -> [String: [Finding]] {
        var found: [String: [Finding]] = [:]
        for compiled in exploredCases(text) {
            for report in await CaseRunner(options: .init()).run(compiled).expectations {
                found[report.expectation.name, default: []].append(report.found)
            }
        }
        return found
    }

    /// A message arrives within its latency, and at every moment of it that is a tick.
    @Test func `latency is what it says`() async {
        let found = await found(
            """
            scenario: latency
            network: reliable
            timing: {model: synchronous, latency: 10ms..20ms}
            nodes: 2
            algorithm:
              messages: {News: {}}
              state: {got: bool, at: duration}
              on start: |
                if me == n1:
                  send News() to n2
                  set timer Other after 15ms
              on timer Other: |
                got = true
              on News(): |
                got = true
                at = now
            run: exhaustive
            expect:
              early: {possible: n2.got and n2.at == 10ms}
              between: {possible: n2.got and n2.at == 15ms}
              late: {possible: n2.got and n2.at == 20ms}
              earlier: {possible: n2.got and n2.at < 10ms}
              later: {possible: n2.got and n2.at > 20ms}
              in time: {eventually: n2.got, within: 20ms}
              not in time: {eventually: n2.got, within: 19ms}
              always later: {eventually-always: n2.got and n1.got, within: 20ms}
              first: {possible: n2.got and not n1.got and time == 15ms}
            """)
        for name in ["early", "between", "late", "in time", "always later", "first"] { #expect(found[name] == [.holds], "\(name)") }
        for name in ["earlier", "later", "not in time"] { #expect(found[name] == [.violated], "\(name)") }
    }

    /// What arrives at the moment at which a timer fires arrives before it.
    @Test func `a timeout of the longest round trip makes no mistake`() async {
        let found = await found(
            """
            scenario: timeout
            parameters: {timeout: [5ms, 10ms, 19ms, 20ms, 21ms]}
            network: reliable
            timing: {model: synchronous, latency: 0ms..10ms}
            nodes: 2
            algorithm:
              messages: {Ping: {}, Pong: {}}
              state: {answered: bool, over: bool}
              on start: |
                if me == n1:
                  send Ping() to n2
                  set timer Over after timeout
              on Ping() from p: |
                send Pong() to p
              on Pong(): |
                answered = true
              on timer Over: |
                over = true
            run: exhaustive
            expect:
              sound: {always: n1.over implies n1.answered}
            """)
        #expect(found["sound"] == [.violated, .violated, .violated, .holds, .holds])
    }

    @Test func `faults have their moments`() async {
        let found = await found(
            """
            scenario: moments
            network: reliable
            timing: {model: synchronous, latency: 5ms}
            nodes: {count: 2, model: crash-recovery}
            faulty: {n2: {crash: 10ms, recover: {between: 20ms..30ms}}}
            algorithm:
              state: {beats: 0..8, back: bool}
              messages: {Beat: {}}
              on start: |
                if me == n1:
                  set timer Next after 5ms
              on timer Next: |
                send Beat() to n2
                if beats < 6:
                  beats += 1
                  set timer Next after 5ms
              on Beat(): |
                beats += 1
              on recover: |
                back = true
            run: {exhaustive: {for: 60ms}}
            expect:
              up before: {never: n2.crashed and time < 10ms}
              down then: {never: not n2.crashed and time > 10ms and time < 20ms}
              soon: {possible: n2.back and time == 20ms}
              late: {possible: n2.crashed and time == 30ms}
              back in the end: {eventually: n2.back, within: 30ms}
              not sooner: {eventually: n2.back, within: 25ms}
            """)
        for name in ["up before", "down then", "soon", "back in the end"] { #expect(found[name] == [.holds], "\(name)") }
        #expect(found["not sooner"] == [.violated])
    }

    @Test func `where time stands still nothing holds in the end`() async {
        let found = await found(
            """
            scenario: standstill
            network: reliable
            timing: synchronous
            nodes: 1
            algorithm:
              state: {on: bool}
              on start: |
                set timer Again after 0ms
              on timer Again: |
                set timer Again after 0ms
            run: exhaustive
            expect:
              progress: {eventually: n1.on}
            """)
        #expect(found["progress"] == [.inconclusive])
    }

    /// Dwork, Lynch and Stockmeyer (1988): before the system is stable anything may take any time.
    @Test func `partially synchronous systems are right in the end`() async {
        let found = await found(
            """
            scenario: partial
            parameters: {patience: [1, 2, 3]}
            network: reliable
            timing: {model: partially-synchronous, latency: 0ms..10ms}
            nodes: 2
            algorithm:
              messages: {Ping: {}, Pong: {}}
              state: {answered: bool, mistaken: bool}
              on start: |
                if me == n1:
                  send Ping() to n2
                  set timer Over after patience * bound
              on Ping() from p: |
                send Pong() to p
              on Pong(): |
                answered = true
              on timer Over: |
                mistaken = not answered
                if answered:
                  answered = false
                  send Ping() to n2
                set timer Over after patience * bound
            run: exhaustive
            expect:
              never mistaken: {never: n1.mistaken}
              right in the end: {eventually-always: not n1.mistaken}
              again and again: {leads-to: {from: n1.mistaken, to: not n1.mistaken}}
            """)
        #expect(found["never mistaken"] == [.violated, .violated, .violated])
        #expect(found["right in the end"] == [.violated, .holds, .holds])
        #expect(found["again and again"] == [.holds, .holds, .holds])
    }
}
