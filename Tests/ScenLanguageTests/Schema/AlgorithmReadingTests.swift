import ScenDiagnostics
import ScenLanguage
import Testing

@Suite struct AlgorithmReadingTests {
    private func algorithm(_ text: String) throws -> AlgorithmSyntax {
        let (scenario, found) = readScenario(scenario("algorithm:\n" + text))
        #expect(found.isEmpty, "\(found)")
        return try #require(scenario).algorithm
    }

    @Test func everySection() throws {
        let algorithm = try algorithm(
            """
              assumes: {network: fair-loss, nodes: byzantine}
              constants: {quorum: 2 + 1}
              types: {plan: [attack-now, retreat], entry: {term: int, value: plan}, terms: list of int}
              input: plan
              decides: maybe plan
              delivers: message
              messages: {Order: {path: list of node, plan: plan}, Ack: {}}
              state: {round: int, acks: set of node, ready: false, left: int = 3}
              functions:
                twice(x, y): x + y
                loop(): |
                  return 1
              on start: |
                send Ack() to others
              on Order(path, plan) from p: return
              when len(acks) >= quorum: decide attack-now
            """)
        #expect(algorithm.assumes.map(\.word.text) == ["fair-loss", "byzantine"])
        #expect(algorithm.constants.map(\.name.text) == ["quorum"])
        #expect(algorithm.types.map(\.name.text) == ["plan", "entry", "terms"])
        guard case .enumeration(let words) = algorithm.types[0].content,
            case .record(let fields) = algorithm.types[1].content, case .alias = algorithm.types[2].content
        else {
            Issue.record("types")
            return
        }
        #expect(words.map(\.text) == ["attack-now", "retreat"])
        #expect(fields.map(\.name.text) == ["term", "value"])
        #expect(algorithm.input != nil && algorithm.decides != nil && algorithm.delivers != nil)
        #expect(algorithm.messages.map(\.name.text) == ["Order", "Ack"])
        #expect(algorithm.messages.map(\.content.count) == [2, 0])
        #expect(algorithm.variables.map(\.name.text) == ["round", "acks", "ready", "left"])
        #expect(algorithm.functions.map(\.name.text) == ["twice", "loop"])
        #expect(algorithm.handlers.count == 3)
    }

    @Test func byName() throws {
        let (scenario, found) = readScenario(
            scenario("algorithm: eager\nalgorithms:\n  lazy: {on start: return}\n  eager:\n    state: {x: int}\n    on start: return"))
        #expect(found.isEmpty, "\(found)")
        #expect(scenario?.algorithm.variables.map(\.name.text) == ["x"])
        #expect(scenario?.algorithms.map(\.name.text) == ["lazy", "eager"])
        expectKeyDiagnostics("algorithm: ⟦eagr⟧\nalgorithms: {eager: {on start: return}}", .unknownAlgorithm)
        expectKeyDiagnostics("algorithm: ⟦flooding⟧", .unknownAlgorithm)
    }

    @Test func clashes() {
        expectKeyDiagnostics("nodes: [⟪a⟫, b]\nalgorithm:\n  state: {⟦a⟧: int}", .duplicateName)
        expectKeyDiagnostics("parameters: {⟪k⟫: 1}\nalgorithm:\n  constants: {⟦k⟧: 2}", .duplicateName)
        expectKeyDiagnostics("algorithm:\n  constants: {⟪k⟫: 2}\n  state: {⟦k⟧: int}", .duplicateName)
        expectKeyDiagnostics("algorithm:\n  input: ⟪int⟫\n  state: {⟦input⟧: int}", .duplicateName)
        expectKeyDiagnostics("algorithm:\n  functions: {⟪f⟫(): 1, ⟦f⟧(x): x}", .duplicateName)
        // Name spaces of their own.
        expectKeyDiagnostics(
            "algorithm:\n  types: {x: [u, v]}\n  messages: {x: {x: int}}\n  state: {x: int}\n  functions: {x(): 1}")
    }

    @Test func handlersThatAreNotCarriedOut() {
        for header in ["on request Get(k) as id", "on send(m) to q", "on fd.suspect(p)"] {
            expectKeyDiagnostics("algorithm:\n  ⟦\(header)⟧: return", .notSupported)
        }
    }

    @Test func misspeltHeaders() {
        expectKeyDiagnostics("algorithm:\n  ⟦On⟧ Ball() from p: return", .syntax)
        expectKeyDiagnostics("algorithm:\n  on⟦⟧: return", .syntax)
        expectKeyDiagnostics("algorithm:\n  ⟦On start⟧: return", .unknownKey)
        expectKeyDiagnostics("algorithm:\n  ⟦onstart⟧: return", .unknownKey)
    }

    @Test func brokenTextsAreToldOfWithNames() {
        let (scenario, found) = readScenario(
            scenario("algorithm:\n  state: {x: 1 +, y: int}\n  functions: {f(): 1 +}\n  variables: {z: int}\n  on start: return"))
        #expect(!found.isEmpty)
        #expect(scenario?.refused == ["f", "x", "z"])
        #expect(scenario?.algorithm.variables.map(\.name.text) == ["y"])
    }
}
