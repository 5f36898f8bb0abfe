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
        package var limits = ExplorationLimits()
        /// Where all runs are explored, states that make no difference to any verdict are left out.
        package var reduces = true
        /// So many states are visited before those that only differ in which of some interchangeable nodes is where are taken together.
        package var singleStates = 10_000
        /// Steps of a story that are kept, those up to the deciding one.
        package var storySteps = 10_000
        /// Whether runs are told that show what was expected, too.
        package var tellsAll = false
        /// What it may take to shrink a run before it is told, roughly in instructions; 0: it is told as it was drawn.
        package var shrinkingWork = Shrinker.standardWork
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
        /// While all runs are explored, of which nobody knows how many states they reach.
        package var exploration: ExplorationLimits.Progress?
        package init(runsDone: Int, runsPlanned: Int, exploration: ExplorationLimits.Progress? = nil) {
            self.runsDone = runsDone
            self.runsPlanned = runsPlanned
            self.exploration = exploration
        }
    }
    package var options: Options
    package init(options: Options) { self.options = options }

    package func run(
        _ compiled: CompiledCase, progress: (@Sendable (Progress) -> Void)? = nil
    ) async -> CaseReport {
        guard let scope = compiled.plan.exploration else { return await sample(compiled, progress: progress) }
        let isLogical = compiled.expectations.map { !($0.form.rule is any StatisticRule) }
        var logical = compiled
        logical.expectations = zip(compiled.expectations, isLogical).filter(\.1).map(\.0)
        let explored = Exploring.report(on: logical, scope: scope, options: options) { now in
            progress?(Progress(runsDone: 0, runsPlanned: 1, exploration: now))
        }
        var statistics = compiled
        statistics.expectations = zip(compiled.expectations, isLogical).filter { !$0.1 }.map(\.0)
        guard compiled.plan.simulation != nil, !statistics.expectations.isEmpty else { return explored }
        if explored.failure != nil { return Self.merged(explored, Self.unjudged(statistics), isLogical) }
        let sampled = await sample(statistics, progress: progress)
        return Self.merged(explored, sampled, isLogical)
    }

    /// A run-time error fails a case as a whole.
    private static func unjudged(_ compiled: CompiledCase) -> CaseReport {
        CaseReport(
            parameters: compiled.parameters,
            expectations: compiled.expectations.map {
                ExpectationReport(expectation: $0, found: .error, status: .failed, evidence: Evidence(method: .simulation))
            })
    }

    /// In the order of the scenario.
    private static func merged(_ explored: CaseReport, _ sampled: CaseReport, _ isExplored: [Bool]) -> CaseReport {
        var (one, other) = (explored.expectations.makeIterator(), sampled.expectations.makeIterator())
        return CaseReport(
            parameters: explored.parameters, expectations: isExplored.compactMap { $0 ? one.next() : other.next() },
            failure: explored.failure ?? sampled.failure, exploration: explored.exploration)
    }

    private func sample(
        _ compiled: CompiledCase, progress: (@Sendable (Progress) -> Void)?
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
