import ScenModel
import Testing

@testable import ScenEngine

/// Lockstep rounds, against published results.
@Suite struct RoundExplorationTests {
    /// FloodSet: Lynch, Distributed Algorithms (1996), section 6.2.1: with f crashes agreement needs f + 1 rounds (section 6.7), if two nodes are left that could disagree.
    @Test(arguments: [(3, 1), (4, 1), (4, 2)])
    func `FloodSet agrees after f + 1 rounds, and not after f`(n: Int, f: Int) throws {
        for rounds in f...f + 1 {
            let text = """
                scenario: FloodSet
                network: reliable
                timing: synchronous
                nodes: \(n)
                faulty: {up-to: \(f)}
                inputs: any
                algorithm:
                  input: 0..1
                  decides: int
                  messages: {Values: {values: set of int}}
                  state: {known: set of int}
                  on start: |
                    known = {input}
                    send Values(known) to others
                  on Values(values) from p: |
                    known = known | values
                  on round r: |
                    if r > 1 and r <= \(rounds):
                      send Values(known) to others
                    if r == \(rounds + 1):
                      decide min(known)
                run: {simulate: 1}
                expect:
                  agreement: holds
                """
            let compiled = try #require(exploredCases(text).first)
            guard case .always(let agreement) = compiled.expectations[0].form else { return }
            let exploration = Exploration(
                compiled, scope: .init(), statesMax: 1_000_000, budgets: RunBudgets())
            let search = Search(exploration, asked: [(agreement, .falseSomewhere)])
            let result = search.run()
            #expect((search.asked[0].answer != nil) == (rounds == f))
            #expect(result.isComplete == (rounds > f))
        }
    }

    /// A node that crashes between two events of a round may be back before the next.
    @Test func `down for less than a round`() throws {
        let text = """
            scenario: back
            network: reliable
            timing: synchronous
            nodes: {count: 2, model: crash-recovery}
            faulty: {n1: {crashes: 1}}
            algorithm:
              messages: {A: {}, B: {}}
              state: {back: bool, both: bool, late: bool, missed: bool}
              stable: {s: bool}
              on start: |
                if me == n2:
                  send A() to n1
                  send B() to n1
              on A() from p: |
                s = true
              on B() from p: |
                late = back
              on recover: |
                back = s
              on round 2: |
                both = back and s
              on round 3: |
                missed = back and not both
              on round 4: |
                return
            run: exhaustive
            expect:
              before its round: {possible: n1.both}
              between messages: {possible: n1.late and n1.both}
              in place of its round: {possible: n1.missed}
              not after one crash: {always: not (n1.late and n1.missed)}
            """
        let compiled = try #require(exploredCases(text).first)
        let report = Exploring(compiled, scope: .init(), options: .init()).report()
        #expect(report.expectations.map(\.found) == [.holds, .holds, .holds, .holds])
    }
}
