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
}
