import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenLanguage

/// A scenario around a piece of text that is tested, as a student would write it.
enum Wrapped {
    /// Three nodes; `observer` is what an expectation asks.
    static func algorithm(
        _ algorithm: String, observer: String = "true", top: String = "", parameters: String = ""
    ) -> String {
        """
        scenario: a test
        nodes: [a, b, c]
        timing: {model: synchronous, bound: 10ms}
        \(parameters.isEmpty ? "" : "parameters:\n" + indented(parameters, 2))
        algorithm:
        \(indented(algorithm, 2))
        \(top)
        run: {simulate: 1}
        expect:
          asked:
            always: |
              \(observer)

        """
    }

    /// Statements of `on start`, after declarations.
    static func handler(_ statements: String, _ declarations: String = "") -> String {
        algorithm(declarations + "\non start: |\n" + indented(statements, 2))
    }

    static func indented(_ text: String, _ width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : String(repeating: " ", count: width) + $0 }.joined(separator: "\n")
    }
}

/// The diagnostics of a whole scenario, by place and code.
func expectScenario(
    _ marked: String, _ codes: [DiagnosticCode], sourceLocation: SourceLocation = #_sourceLocation
) {
    expectDiagnostics(marked, codes, sourceLocation: sourceLocation) { file, bag in
        bag.report(contentsOf: ScenarioLoader.load(path: file.path, bytes: file.bytes).diagnostics)
    }
}

/// The first case of a scenario without errors.
func loadCase(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> TypedCase {
    let loaded = ScenarioLoader.load(path: "scenario.yaml", bytes: Array(text.utf8))
    if loaded.hasErrors {
        let shown = DiagnosticRenderer(color: false, sources: loaded.sources).render(loaded.diagnostics)
        Issue.record("\(shown)", sourceLocation: sourceLocation)
    }
    return try #require(loaded.cases.first, sourceLocation: sourceLocation)
}

/// All that is said about a scenario, message by message with its label.
func messages(_ text: String) -> [String] {
    ScenarioLoader.load(path: "scenario.yaml", bytes: Array(text.utf8)).diagnostics.map { diagnostic in
        diagnostic.message + (diagnostic.label.map { " | " + $0 } ?? "")
    }
}
