import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// The cases of a scenario given as text; none, and an issue, where it has errors.
func exploredCases(_ text: String) -> [CompiledCase] {
    let loaded = ScenarioLoader.load(path: "test.yaml", bytes: Array(text.utf8))
    if loaded.hasErrors { Issue.record("\(loaded.diagnostics.map(\.message))") }
    return loaded.cases.map { Compiler.compile($0) }
}

/// Every state, whatever conditions there are.
func explored(
    _ compiled: CompiledCase, scope: RunPlan.Exploration = .init(),
    asked: [(Program.RoutineID, Search.Question)] = [], jobs: Int = 1, batchMin: Int = 512
) -> (Search, Search.Result) {
    let exploration = Exploration(compiled, scope: scope, statesMax: 2_000_000, budgets: RunBudgets())
    let search = Search(exploration, asked: asked, jobs: jobs, batchMin: batchMin)
    return (search, search.run(everything: true))
}
