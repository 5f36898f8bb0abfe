import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// The cases of a scenario's text, compiled.
func compiled(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> [CompiledCase] {
    let loaded = ScenarioLoader.load(path: "scenario.yaml", bytes: Array(text.utf8))
    if loaded.hasErrors {
        let shown = DiagnosticRenderer(color: false, sources: loaded.sources).render(loaded.diagnostics)
        Issue.record("\(shown)", sourceLocation: sourceLocation)
    }
    return loaded.cases.map { Compiler.compile($0) }
}

/// What is found of each expectation of the only case, by name.
func findings(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String: Finding] {
    let only = try #require(compiled(text, sourceLocation: sourceLocation).first, sourceLocation: sourceLocation)
    let report = await CaseRunner(options: .init()).run(only)
    if let failure = report.failure { Issue.record("\(failure.error.message)", sourceLocation: sourceLocation) }
    return Dictionary(uniqueKeysWithValues: report.expectations.map { ($0.expectation.name, $0.found) })
}

/// Those that are not found to hold.
func broken(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
    try await findings(text, sourceLocation: sourceLocation).filter { $0.value != .holds }.keys.sorted()
}
