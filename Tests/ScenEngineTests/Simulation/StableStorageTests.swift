import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// Stable storage from the text of an algorithm to what is left after a crash.
@Suite struct StableStorageTests {
    private func compile(_ text: String) throws -> CompiledCase {
        let loaded = ScenarioLoader.load(path: "test.yaml", bytes: Array(text.utf8))
        #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.message))")
        return Compiler.compile(try #require(loaded.cases.first))
    }

    private func store(_ onPut: String, crash: String = "{crashes: 1}") -> String {
        """
        scenario: store
        nodes: {names: [client, store], model: crash-recovery}
        faulty: {store: \(crash)}
        algorithm:
          messages: {Put: {v: int}, Stored: {}}
          state: {cache: int, confirmed: false}
          stable: {disk: int}
          on start: |
            if me == client:
              send Put(7) to store
          on Put(v): |
        \(onPut)
          on recover: cache = disk
          on Stored: confirmed = true
        expect:
          safe: {never: client.confirmed and store.up and store.cache != 7}
          lost: {never: client.confirmed and store.up and store.cache == 7}
        """
    }

    /// In how many of the runs a confirmed write was lost, and in how many it was there.
    private func outcomes(_ text: String, runs: Int = 1_000) throws -> (lost: Int, kept: Int) {
        let compiled = try compile(text)
        let watches = compiled.expectations.map { expectation in
            if case .never(let routine) = expectation.form { Watch(routine, .firstTrue) } else { Watch(0, .end) }
        }
        let simulator = Simulator(compiled)
        var (lost, kept) = (0, 0)
        for seed in 0..<runs {
            let result = simulator.run(seed: UInt64(seed), horizon: 60_000_000_000, watches: watches)
            if result.watched[0].moment != nil { lost += 1 }
            if result.watched[1].moment != nil { kept += 1 }
        }
        return (lost, kept)
    }

    @Test func `a write that is confirmed before it is stable can be lost, and one after cannot`() throws {
        let before = try outcomes(store("    cache = v\n    disk = v\n    send Stored() to client"))
        #expect(before.lost == 0 && before.kept > 500)
        let after = try outcomes(store("    cache = v\n    send Stored() to client\n    disk = v"))
        #expect(after.lost > 50 && after.kept > 500)
        let never = try outcomes(store("    cache = v\n    send Stored() to client"))
        #expect(never.lost > 300)
    }

    @Test func `it takes few runs without a number of crashes too`() throws {
        let after = try outcomes(store("    cache = v\n    send Stored() to client\n    disk = v", crash: "{}"), runs: 100)
        #expect(after.lost > 5)
    }

    @Test func `every way of writing to stable storage is one at which a crash may come`() throws {
        let compiled = try compile(
            """
            scenario: writes
            nodes: {names: [a, b], model: crash-recovery}
            algorithm:
              types: {entry: {term: int, value: int}}
              stable:
                count: int
                flag: false
                seen: set of node
                log: list of entry
                votes: map of node to int
                last: entry
                pair: (int, int)
              functions:
                note(x): |
                  count = x
                  return x
              on start: |
                count = 1
                count += 1
                flag = true
                add me to seen
                remove me from seen
                append entry(term=1, value=2) to log
                log[0] = entry(term=2, value=2)
                votes[me] = 1
                votes[me] += 1
                last.term = 3
                pair = (1, 2)
                count = note(4)
            expect:
              fine: {always: true}
            """)
        let (entry, end) = try #require(
            compiled.program.onStart.map { ($0, compiled.program.routines[$0].entry) }
                .map { start in
                    let later = compiled.program.routines.map(\.entry).filter { $0 > start.1 }.min() ?? compiled.program.code.count
                    return (start.1, later)
                })
        let opcodes = compiled.program.code[entry..<end].map(\.opcode)
        #expect(opcodes.count { $0 == .storeStable } == 12)
        #expect(!opcodes.contains { [.storeState, .setState, .addState, .insertIntoState].contains($0) })

        let world = World(program: compiled.program, nodeCount: 2)
        #expect(world.begin())
        // One more in the function.
        #expect(world.rehearse(.start(0), time: 0) == .init(repeating: 0, count: 13))
    }

    @Test func `a recovery is interrupted like any other handler`() throws {
        let compiled = try compile(
            """
            scenario: recovery
            nodes: {count: 4, model: crash-recovery}
            faulty: {n1: {crashes: 2}}
            algorithm:
              messages: {Back: {}, More: {}}
              state: {got: int}
              on recover: |
                send Back() to others
                send More() to n2
              on Back: got += 1
              on More: got += 10
            expect:
              fine: {always: true}
            """)
        let simulator = Simulator(compiled)
        var seen: [[Int]: Int] = [:]
        for seed in 0..<4_000 {
            _ = simulator.run(seed: UInt64(seed), horizon: 60_000_000_000, watches: [])
            seen[(1...3).map { simulator.number(0, of: $0) }, default: 0] += 1
        }
        // The last recovery is a whole one, and the first one is, or reached some of n2, n3 and n4, or all but n2's second.
        for (subset, more) in (0..<8).map({ ($0, 10) }) + [(7, 20)] {
            let got = [1 + subset & 1 + more, 1 + subset >> 1 & 1, 1 + subset >> 2]
            #expect(seen[got, default: 0] > 20, "\(got)")
        }
        #expect(seen.count == 9)
    }
}
