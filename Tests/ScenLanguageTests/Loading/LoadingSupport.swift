import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

/// A whole scenario around the keys that a test is about. What it does not say is the least that a scenario needs.
func wholeScenario(_ keys: String, algorithm: String = "  on start: return", expect: String = "  fine: {always: true}") -> String {
    var text = "scenario: test\n" + keys + (keys.hasSuffix("\n") || keys.isEmpty ? "" : "\n")
    if !keys.contains("nodes:") { text += "nodes: 3\n" }
    text += "algorithm:\n" + algorithm + "\nexpect:\n" + expect + "\n"
    return text
}

/// A node decides its input.
let decider = """
      input: 0..1
      decides: int
      on start: decide input
    """

func load(_ text: String, set overrides: [(String, String)] = []) -> LoadedScenario {
    ScenarioLoader.load(
        path: "scenario.yaml", bytes: Array(text.utf8),
        overrides: overrides.map { ScenarioLoader.Override(name: $0.0, value: $0.1) })
}

/// Checks what loading the marked text reports.
func expectLoading(
    _ marked: String, _ codes: DiagnosticCode..., sourceLocation: SourceLocation = #_sourceLocation
) {
    expectDiagnostics(marked, codes, sourceLocation: sourceLocation) { file, bag in
        bag.report(contentsOf: ScenarioLoader.load(path: file.path, bytes: file.bytes).diagnostics)
    }
}

/// The cases of a text that is sound.
func cases(
    _ text: String, set overrides: [(String, String)] = [], sourceLocation: SourceLocation = #_sourceLocation
) -> [TypedCase] {
    let loaded = load(text, set: overrides)
    if loaded.hasErrors {
        let shown = DiagnosticRenderer(color: false, sources: loaded.sources).render(loaded.diagnostics)
        Issue.record("\(shown)", sourceLocation: sourceLocation)
    }
    return loaded.cases
}

/// The only case of a text that is sound.
func onlyCase(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> TypedCase {
    let all = cases(text, sourceLocation: sourceLocation)
    #expect(all.count == 1, sourceLocation: sourceLocation)
    return try #require(all.first, sourceLocation: sourceLocation)
}

extension TypedCase {
    /// `n=3, f=1`
    var title: String { parameters.map { "\($0.name)=\($0.text)" }.joined(separator: ", ") }
}
