package import ScenModel

/// Runs one case and judges its expectations.
package struct CaseRunner: Sendable {
    package struct Options: Sendable {
        /// What the command line says instead of the scenario. A number of runs given there is kept to: statistics do not
        /// ask for more.
        package var runs: Int?
        package var seed: UInt64?
        /// Number of workers; the result does not depend on it.
        package var jobs = 1
        package var budgets = RunBudgets()
        /// Steps of a story that are kept, those up to the deciding one.
        package var storySteps = 10_000
        /// Whether runs are told that show what was expected, too.
        package var tellsAll = false
        /// Whether each run that is told comes with its trace.
        package var wantsTraces = false
        /// False in tests only: every property is evaluated on every observed state, whatever has changed.
        package var evaluatesIncrementally = true
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
        var plan = compiled.plan.simulation ?? RunPlan.Simulation()
        if let runs = options.runs { plan.runs = runs }
        if let seed = options.seed { plan.seed = seed }
        let sampling = Sampling(
            compiled, plan: plan, mayExtend: options.runs == nil, options: options)
        await sampling.run(progress: progress)
        return sampling.report()
    }
}
