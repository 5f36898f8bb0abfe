import ScenModel
import Testing

@testable import ScenEngine

/// What adversaries do, and what the timeline makes of a run, when runs are shrunk.
@Suite struct ShrinkingAdversaryTests {
    /// Traitor n1 says much; one lie to one node is enough.
    @Test func `of many lies those are left that it takes`() throws {
        let compiled = try compiledScenario(
            "nodes: {count: 4, model: byzantine}\nfaulty: [n1]\ntiming: {model: asynchronous, latency: 1ms..10ms}",
            """
            messages: {Plan: {plan: 0..3}}
            state: {heard: set of int}
            on start: |
              if me == n1: set timer Again(1) after 1ms
            on timer Again(k): |
              send Plan(0) to others
              if k < 5: set timer Again(k + 1) after 1ms
            on Plan(plan) from p: add plan to heard
            """, expect: "nobody lies: {always: 'all(len(p.heard) == 0 or p.heard == {0} for p in correct)'}")
        let found = try ShrinkerTests.shrunk(compiled, seeds: 1..<40)
        #expect(found.count > 15)
        for one in found {
            #expect(one.best.faults == 1)
            // All start, the traitor speaks until it lies, and one node hears it.
            let spoken = (one.best.drawn.lies.first?.number ?? 0) / 3 + 1
            #expect(one.best.events == 4 + spoken + 1)
        }
        #expect(found.contains { $0.original.faults > 3 })
    }

    /// Where a node is silent or not, a whole step is: it may not leave out some of its messages.
    @Test func `silence is kept as it is`() throws {
        let compiled = try compiledScenario(
            "nodes: {count: 3, model: byzantine}\nfaulty: {exactly: 1, of: n1, behaviour: silent}",
            """
            messages: {Hello: {}}
            state: {greeted: bool}
            on start: |
              if me == n1: send Hello() to others
            on Hello() from p: greeted = true
            """, expect: "all or nobody: {finally: n2.greeted and n3.greeted}")
        for one in try ShrinkerTests.shrunk(compiled, seeds: 1..<20, isDecidedEarly: false) {
            #expect(one.best.faults == 2 && one.best.drawn.lies.count == 2)
        }
    }

    /// Nobody but the adversary says 1.
    @Test func `an adversary on the links does no more than it takes`() throws {
        let compiled = try compiledScenario(
            "nodes: 3\nnetwork: {links: arbitrary, adversary: [modify, spoof, replay, eavesdrop]}\ntiming: {model: asynchronous, latency: 1ms..10ms}",
            """
            messages: {Plan: {plan: 0..1}}
            state: {heard: 0, plans: set of int}
            on start: send Plan(0) to others
            on Plan(plan) from p: |
              heard += 1
              add plan to plans
              if heard < 6: send Plan(0) to p
            """, expect: "nobody says 1: {never: any(1 in p.plans for p in nodes)}")
        let found = try ShrinkerTests.shrunk(compiled, seeds: 1..<40)
        #expect(found.count > 20)
        for one in found {
            #expect(one.best.faults == 1)
            #expect(one.best.events <= one.original.events)
        }
        #expect(found.contains { $0.original.faults > 2 })
    }

    /// Who is faulty is known from the start, though the crash that makes it so comes long after what decides.
    @Test func `what the timeline will crash is faulty in a shrunk run too`() throws {
        let compiled = try compiledScenario(
            """
            nodes: 3
            timing: {model: asynchronous, latency: 1ms..10ms}
            timeline:
              - {when: "n3.k == 20", crash: "{p for p in nodes if p.lead}"}
            """,
            """
            messages: {Noise: {}, Signal: {}}
            state: {k: 0, lead: bool, seen: bool}
            on start: |
              lead = me == n1
              if me == n3: set timer Tick() after 50ms
              if me == n2: send Noise() to {n1, n3}
              if me == n1: send Signal() to n2
            on timer Tick(): |
              k += 1
              if k < 20: set timer Tick() after 1ms
            on Signal() from p: seen = true
            """, expect: "no signal of a faulty node: {never: n2.seen and n1 in faulty}")
        let found = try ShrinkerTests.shrunk(compiled, seeds: 1..<6)
        #expect(found.count == 5)
        for one in found { #expect(one.best.events == 4) }
    }
}
