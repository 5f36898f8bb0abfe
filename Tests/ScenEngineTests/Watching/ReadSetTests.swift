import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// What is read, found out from compiled conditions.
@Suite struct ReadSetTests {
    private let layout = Program.Layout(variables: 2, whens: 0)

    private func reads(_ condition: String, forAll: String = "") throws -> ReadSet {
        let text = """
            scenario: reads
            nodes: 3
            algorithm:
              decides: int
              messages: {A: {}, B: {}}
              state: {x: int, s: set of node}
              functions:
                large(k): k > 3
              on start: |
                send A() to others
                send B() to others
              on A(): decide 1
              on B(): return
            expect:
              e:
                leads-to: {from: "\(condition)", to: true\(forAll)}
            """
        let loaded = ScenarioLoader.load(path: "reads.yaml", bytes: Array(text.utf8))
        let compiled = Compiler.compile(try #require(loaded.cases.first))
        guard case .leadsTo(let leadsTo) = compiled.expectations[0].form else { throw Missing() }
        return ReadSet(of: leadsTo.from, in: compiled.program)
    }
    private struct Missing: Error {}
    private let pairs = ", for-all: {p: nodes, q: nodes}"

    @Test func aVariableOfANode() throws {
        #expect(try reads("n2.x > 3").cells == [.init(kind: 0, node: .number(1))])
        #expect(try reads("large(n2.x)").cells == [.init(kind: 0, node: .number(1))])
        #expect(try reads("n1 in n3.s or n3.x > 1").cells.count == 2)
    }

    @Test func variablesOfArguments() throws {
        let found = try reads("p in q.s", forAll: pairs)
        #expect(found.cells == [.init(kind: 1, node: .argument(1))])
        #expect(found.isConstant == false)
        let both = try reads("p.x == q.x", forAll: pairs).cells
        #expect(both == [.init(kind: 0, node: .argument(0)), .init(kind: 0, node: .argument(1))])
    }

    @Test func variablesOfAnyNode() throws {
        #expect(try reads("all(p.x > 0 for p in nodes)").cells == [.init(kind: 0, node: .any)])
        #expect(try reads("first(n1.s).x > 0").cells.contains(.init(kind: 0, node: .any)))
        #expect(try reads("(n1 if n1.x > 0 else n2).x > 0").cells.contains(.init(kind: 0, node: .any)))
    }

    @Test func whatElseThereIs() throws {
        #expect(try reads("p.crashed", forAll: pairs).cells == [.init(kind: ReadSet.crashed(layout), node: .argument(0))])
        #expect(try reads("n1.up").cells == [.init(kind: ReadSet.crashed(layout), node: .number(0))])
        #expect(try reads("received(n1) > 3").cells == [.init(kind: ReadSet.received(layout), node: .number(0))])
        #expect(try reads("n1.decision != none").cells == [.init(kind: layout.decision, node: .number(0))])
        #expect(try reads("sent(B) > 3").messages == [1])
        #expect(try reads("time > 3s").isAlwaysStale)
        #expect(try !reads("n1.x > 3").isAlwaysStale)
        #expect(try reads("n1 in faulty").readsDraws)
        #expect(try reads("n1 in faulty").isConstant)
    }
}
