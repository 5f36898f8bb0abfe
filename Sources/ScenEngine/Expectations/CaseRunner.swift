package import ScenModel

/// Runs one case and judges its expectations.
package struct CaseRunner: Sendable {
    package struct Options: Sendable {
        /// What the command line says instead of the scenario.
        package var runs: Int?
        package var seed: UInt64?
        /// Number of workers; the result does not depend on it.
        package var jobs = 1
        package var budgets = RunBudgets()
        package init() {}
    }
    /// How far a case is; called from one thread at a time, and not more often than a terminal can show.
    package struct Progress: Sendable {
        package var runsDone: Int
        /// May grow while a statistic asks for more runs.
        package var runsPlanned: Int
        package init(runsDone: Int, runsPlanned: Int) {
            self.runsDone = runsDone
            self.runsPlanned = runsPlanned
        }
    }
    package var options: Options
    package init(options: Options) { self.options = options }

    package func run(
        _ compiled: CompiledCase, progress: (@Sendable (Progress) -> Void)? = nil
    ) async -> CaseReport {
        CaseReport(parameters: compiled.parameters, expectations: [])
    }
}
