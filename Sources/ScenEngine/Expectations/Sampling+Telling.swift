import ScenModel

extension Sampling {
    /// A run that shows something.
    struct Shown {
        let seed: UInt64
        /// Until it is decided.
        let events: Int
        /// Nil: decided at the end of the run.
        var decisiveStep: Int?
        let target: Shrinker.Target
        let watches: [Watch]
        let shown: Trace.Shown
        /// Whether a report tells it; else its seed is all that matters.
        let isTold: Bool
    }
    /// Longer runs are told as they were drawn.
    private static let shrinkableEvents = 5_000
    /// Steps of a story that ends at a limit: each may hold very much, and the last ones say what grows.
    private static let stepsToLimit = 200

    /// The run as it was drawn or, where a report tells it, shrunk.
    func tell(_ run: Shown, with teller: Simulator) -> Simulator.Told {
        if mayShrink(run), let told = shrunk(run) { return told }
        var told = teller.tell(
            seed: run.seed, horizon: plan.horizon, watches: watches,
            telling(run, decisiveStep: run.decisiveStep, events: run.decisiveStep == nil ? run.events : nil))
        told.story.decisiveStep = run.decisiveStep
        return told
    }

    /// Not where each attempt would cost what a run may cost at most.
    private func mayShrink(_ run: Shown) -> Bool {
        run.isTold && options.shrinkingWork > 0 && run.events <= Self.shrinkableEvents && !run.target.isLimit
    }

    private func telling(_ run: Shown, decisiveStep: Int?, events: Int? = nil) -> Simulator.Telling {
        Simulator.Telling(
            limit: run.target.isLimit ? min(options.storySteps, Self.stepsToLimit) : options.storySteps,
            decisiveStep: decisiveStep, shown: options.wantsTraces && run.isTold ? run.shown : nil, events: events)
    }

    private func shrunk(_ run: Shown) -> Simulator.Told? {
        let simulator = Simulator(compiled, budgets: options.budgets, isAmendable: true)
        guard
            let shrinker = Shrinker(
                simulator, target: run.target, isDecidedEarly: run.decisiveStep != nil, watches: run.watches, seed: run.seed,
                horizon: plan.horizon, work: options.shrinkingWork)
        else { return nil }
        shrinker.shrink()
        guard shrinker.hasShrunk else { return nil }
        let decisiveStep = run.decisiveStep == nil ? nil : shrinker.best.events - 1
        var told = simulator.tell(
            seed: run.seed, horizon: plan.horizon, watches: run.watches, telling(run, decisiveStep: decisiveStep, events: shrinker.best.events))
        if run.decisiveStep != nil { told.story.decisiveStep = told.result.watched.first?.moment?.step }
        let before = Trace.Shrunk(events: shrinker.original.events, faults: shrinker.original.faults)
        told.story.shrunk = Story.Shrunk(from: before, faults: shrinker.best.faults)
        told.trace?.shrunk = before
        return told
    }
}
