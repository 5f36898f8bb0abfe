import ScenModel

/// The runs of one case: drawn, tallied for each expectation, and more of them drawn while a statistic asks for it.
final class Sampling {
    /// An expectation with what the runs so far say about it.
    struct Judged {
        let expectation: CompiledExpectation
        let rule: any FormRule
        var tally = Tally()
        /// Counts since a miss asked to be confirmed.
        var fresh: Tally?
        var conclusion = Conclusion.inconclusive("no run was made")
    }

    /// At most this many times the runs that were asked for.
    static let extensionLimit = 64

    let compiled: CompiledCase
    let plan: RunPlan.Simulation
    let mayExtend: Bool
    let options: CaseRunner.Options
    var judged: [Judged]
    var runs = 0
    /// The failed run with the fewest events.
    var failure: (seed: UInt64, events: Int, error: RuntimeFailure)?

    init(
        _ compiled: CompiledCase, plan: RunPlan.Simulation, mayExtend: Bool,
        options: CaseRunner.Options
    ) {
        self.compiled = compiled
        self.plan = plan
        self.mayExtend = mayExtend
        self.options = options
        judged = compiled.expectations.map { Judged(expectation: $0, rule: $0.form.rule) }
    }

    var watches: [Watch] { judged.map { Watch($0.rule.routine, $0.rule.need) } }

    func run(progress: (@Sendable (CaseRunner.Progress) -> Void)?) async {
        let batch = SimulationBatch(
            compiled, jobs: options.jobs, budgets: options.budgets, evaluatesIncrementally: options.evaluatesIncrementally)
        await draw(plan.runs, from: batch, progress)
        conclude()
        while failure == nil, let more = runsToAdd() {
            for index in judged.indices where judged[index].conclusion == .needsConfirmation {
                judged[index].fresh = Tally()
            }
            await draw(more, from: batch, progress)
            conclude()
        }
    }

    /// As many again while a statistic is open, up to the limit; nil when nothing is open or no more may be drawn.
    private func runsToAdd() -> Int? {
        let open = judged.contains {
            switch $0.conclusion {
            case .needsMoreRuns, .needsConfirmation: true
            case .holds, .violated, .inconclusive: false
            }
        }
        let (limit, overflow) = plan.runs.multipliedReportingOverflow(by: Self.extensionLimit)
        guard open, mayExtend, !overflow, runs < limit else { return nil }
        return min(runs, limit - runs)
    }

    private func conclude() {
        for index in judged.indices {
            let rule = judged[index].rule
            judged[index].conclusion = rule.conclude(judged[index].tally, fresh: judged[index].fresh)
            // A miss that fresh runs did not confirm is forgotten; the next one is confirmed anew.
            judged[index].fresh = nil
        }
    }

    private func draw(
        _ count: Int, from batch: SimulationBatch,
        _ progress: (@Sendable (CaseRunner.Progress) -> Void)?
    ) async {
        let first = plan.seed &+ UInt64(truncatingIfNeeded: runs)
        let done = runs
        let planned = done + count
        var drawn: (@Sendable (Int) -> Void)?
        if let progress {
            drawn = { progress(CaseRunner.Progress(runsDone: done + $0, runsPlanned: planned)) }
        }
        await batch.run(
            firstSeed: first, count: count, horizon: plan.horizon, watches: watches, progress: drawn
        ) { seed, result in
            absorb(seed, result)
        }
    }

    private func absorb(_ seed: UInt64, _ result: RunResult) {
        runs += 1
        if let error = result.failure {
            if failure.map({ result.events < $0.events }) ?? true {
                failure = (seed, result.events, error)
            }
            return
        }
        for index in judged.indices {
            let watched = result.watched[index]
            let verdict = judged[index].rule.judge(watched, in: result)
            judged[index].tally.add(verdict, seed: seed, watched: watched, run: result)
            judged[index].fresh?.add(verdict, seed: seed, watched: watched, run: result)
        }
    }
}
