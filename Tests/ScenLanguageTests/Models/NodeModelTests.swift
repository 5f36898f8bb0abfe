import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct NodeModelTests {
    private func names(_ keys: String) throws -> [String] { try onlyCase(wholeScenario(keys)).system.nodes.names }

    @Test func counted() throws {
        #expect(try names("nodes: 3") == ["n1", "n2", "n3"])
        #expect(try names("nodes: {count: 2, prefix: general}") == ["general1", "general2"])
        #expect(try names("parameters: {n: [2]}\nnodes: {count: n}") == ["n1", "n2"])
        #expect(try names("parameters: {f: [1]}\nnodes: 3 * f + 1").count == 4)
    }

    @Test func named() throws {
        #expect(try names("nodes: [a, general-2]") == ["a", "general-2"])
        #expect(try names("nodes: {names: [a, b], model: crash-stop}") == ["a", "b"])
    }

    @Test func groups() throws {
        let model = try onlyCase(wholeScenario("parameters: {r: [3]}\nnodes: {groups: {client: 2, replica: r, spare: 0}}")).system.nodes
        #expect(model.names == ["client1", "client2", "replica1", "replica2", "replica3"])
        #expect(model.groups.map(\.name) == ["client", "replica", "spare"])
        #expect(model.groups.map(\.members) == [[0, 1], [2, 3, 4], []])
    }

    @Test func models() throws {
        #expect(try onlyCase(wholeScenario("")).system.nodes.kind == .crashStop)
        #expect(try onlyCase(wholeScenario("parameters: {m: [crash-stop]}\nnodes: {count: 2, model: m}")).system.nodes.kind == .crashStop)
        #expect(
            cases(wholeScenario("parameters: {m: [crash-stop, byzantine]}\nnodes: {count: 2, model: m}")).map(\.system.nodes.kind)
                == [.crashStop, .byzantine])
        expectLoading(wholeScenario("parameters: {m: [⟦crash-stopp⟧]}\nnodes: {count: 2, model: ⟪m⟫}"), .wrongWord)
        expectLoading(wholeScenario("parameters: {m: [⟦3⟧]}\nnodes: {count: 2, model: ⟪m⟫}"), .wrongWord)
    }

    @Test func numbersOfNodes() {
        expectLoading(wholeScenario("nodes: ⟦0⟧"), .outOfRange)
        expectLoading(wholeScenario("nodes: ⟦-1⟧"), .outOfRange)
        expectLoading(wholeScenario("nodes: ⟦100000000000⟧"), .tooManyNodes)
        expectLoading(wholeScenario("nodes: ⟦1000001⟧"), .tooManyNodes)
        expectLoading(wholeScenario("nodes: {groups: {a: 600000, b: ⟦600000⟧}}"), .tooManyNodes)
        expectLoading(wholeScenario("nodes: {groups: {a: ⟦-1⟧, b: 2}}"), .outOfRange)
        expectLoading(wholeScenario("⟦nodes: {groups: {a: 0}}⟧"), .outOfRange)
        expectLoading(wholeScenario("nodes: ⟦2ms⟧"), .typeMismatch)
        expectLoading(wholeScenario("parameters: {k: 900001..900100}\nnodes: ⟦k⟧"), .tooManyNodes)
    }

    @Test func memoryIsForeseen() {
        let variables = (0..<1_000).map { "v\($0): int" }.joined(separator: ", ")
        func wide(_ count: String) -> String { wholeScenario("nodes: \(count)", algorithm: "  state: {\(variables)}") }
        expectLoading(wide("⟦32001⟧"), .tooManyNodes)
        #expect(!cases(wide("32000")).isEmpty)
        expectLoading(wholeScenario("nodes: ⟦10001⟧\nrun: exhaustive"), .tooManyNodes)
    }

    @Test func namesThatClash() {
        expectLoading(wholeScenario("nodes: {groups: {⟦a⟧: 11, ⟪a1⟫: 1}}"), .duplicateName)
        expectLoading(wholeScenario("parameters: {⟦n2⟧: [1]}\nnodes: 3"), .parameterShadows)
        #expect(!cases(wholeScenario("parameters: {n4: [1]}\nnodes: 3")).isEmpty)
    }

    @Test func aParameterCalledN() {
        expectLoading(wholeScenario("parameters: {⟦n⟧: [4]}\nnodes: 3"), .parameterShadows)
        #expect(!cases(wholeScenario("parameters: {n: [3]}\nnodes: 3")).isEmpty)
        #expect(!cases(wholeScenario("parameters: {n: [3]}\nnodes: {count: n + 1}")).isEmpty)
    }
}
