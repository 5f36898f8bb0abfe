import ScenModel
import Testing

@testable import ScenEngine

/// A round put together from the parts of nodes is the round in which one node takes part after the other.
@Suite struct NodeRoundsTests {
    private static let flood = """
          input: 0..1
          decides: int
          messages: {Seen: {values: set of int}}
          state: {seen: set of int, stable_seen: int}
          on start: |
            add input to seen
          on Seen(values) from p: |
            seen |= values
            if 1 in values:
              stable_seen = stable_seen + 1
          on round r: |
            if r <= 2:
              send Seen(seen) to others
            elif decision == none:
              decide min(seen | {input})
        """
    private static let orders = """
          messages: {Order: {attack: bool}, Heard: {attack: bool, whose: node}}
          state: {heard: list of bool}
          on Order(attack) from p: |
            append attack to heard
            send Heard(attack, p) to others
          on Heard(attack, whose) from p: |
            append attack to heard
          on round r: |
            if r == 1 and me == n1:
              choose attack in {true, false}
              send Order(attack) to others
            if r == 2 and me == n2:
              send Order(true) to {n2, n3}
        """

    @Test(arguments: [
        ("nodes: {count: 3, model: crash-stop}\nfaulty: {up-to: 2}\nnetwork: reliable", flood),
        ("nodes: {count: 3, model: crash-recovery}\nfaulty: {up-to: 2, crashes: 1}\nnetwork: reliable", flood),
        ("nodes: 2\nnetwork: fair-loss", flood),
        ("nodes: {count: 2, model: crash-stop}\nfaulty: {up-to: 1}\nnetwork: {links: fair-loss, duplicate: 10%}", flood),
        ("nodes: {count: 3, model: byzantine}\nfaulty: {exactly: 1, behaviour: [lie, omit]}\nnetwork: reliable", orders),
        ("nodes: {count: 3, model: byzantine}\nfaulty: {up-to: 2, behaviour: lie}\nnetwork: {links: fair-loss, loss: 1%, duplicate: 0%}", orders),
    ])
    func `the same states in the same order with as many faults`(model: String, algorithm: String) throws {
        let inputs = algorithm.contains("input:") ? "inputs: any\n" : ""
        for scope in ["", "losses: 1, ", "losses: 2, duplicates: 2, copies: 1, "] where scope.isEmpty || model.contains("fair-loss") {
            let text = """
                scenario: rounds
                \(model)
                timing: synchronous
                \(inputs)algorithm:
                \(algorithm)
                run: {exhaustive: {\(scope)states: 1k}}
                expect:
                  nothing: {always: true}
                """
            let compiled = try #require(exploredCases(text).first)
            let plan = try #require(compiled.plan.exploration)
            let exploration = Exploration(compiled, scope: plan, statesMax: 1_000, budgets: RunBudgets())
            #expect(exploration.hasNodeRounds)
            let search = Search(exploration, asked: [])
            _ = search.run(everything: true)
            // Where both `on start` and the first round leave a choice the order may be another.
            for beginning in 0..<min(exploration.beginnings.count ?? 0, 10) {
                exploration.keepsTrails = true
                let oneByOne = try exploration.firstRows(of: beginning)
                exploration.keepsTrails = false
                let found = try Self.rows(exploration) { take throws(Exploration.Stop) in try exploration.forEachFirstRow(of: beginning, take) }
                #expect(found.count == oneByOne.count)
                for index in 0..<oneByOne.count {
                    #expect(found.first { $0.row == oneByOne.row(index) }?.faults == exploration.faults(of: oneByOne.trail(index)))
                }
            }
            var compared = 0
            for state in stride(from: 0, to: exploration.space.count, by: max(1, exploration.space.count / 12)) {
                let row = Array(UnsafeBufferPointer(start: exploration.space.row(state), count: exploration.layout.width))
                if exploration.hasEnded(row) { continue }
                compared += 1
                exploration.keepsTrails = true
                let oneByOne = try row.withUnsafeBufferPointer { try exploration.rowsAfterNextRound($0.baseAddress!) }
                let expected = (0..<oneByOne.count).map {
                    Counted(row: oneByOne.row($0), faults: exploration.faults(of: oneByOne.trail($0)))
                }
                exploration.keepsTrails = false
                var product = try RoundProduct(after: row, exploration)
                let found = try Self.rows(exploration) { take throws(Exploration.Stop) in try product.forEach(take) }
                #expect(found.count == expected.count && found == expected, "state \(state)")
            }
            #expect(compared > 3)
        }
    }

    private static func rows(
        _ exploration: Exploration,
        _ forEach: ((UnsafePointer<UInt32>, Int) throws(Exploration.Stop) -> Void) throws(Exploration.Stop) -> Void
    ) throws -> [Counted] {
        var found: [Counted] = []
        var places: [[UInt32]: Int] = [:]
        try forEach { row, faults in
            let next = Array(UnsafeBufferPointer(start: row, count: exploration.layout.width))
            let place = places[next] ?? found.count
            if place == found.count { found.append(Counted(row: next, faults: faults)) }
            places[next] = place
            found[place].faults = min(found[place].faults, faults)
        }
        return found
    }

    private struct Counted: Equatable {
        var row: [UInt32]
        var faults: Int
    }
}
