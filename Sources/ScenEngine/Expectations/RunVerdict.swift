package import ScenModel

/// What one run says about one expectation.
package enum RunVerdict: Sendable, Hashable {
    /// The run satisfies the condition (for `possible`: it shows it).
    case satisfies
    case violates
    /// It was cut off before it could say.
    case undecided
    /// It satisfies the condition, since nothing in it calls for anything.
    case vacuous
    /// What a mean, a quantile or a share of time is made of.
    case measures(Double)
}

/// How a form is judged from simulated runs: what has to be watched, what one run says, what all of them say. One file for
/// each form in `Forms/`.
package protocol FormRule: Sendable {
    var routine: Program.RoutineID { get }
    var need: Watch.Need { get }
    func judge(_ watched: Watched, in run: RunResult) -> RunVerdict
    /// `fresh` counts only runs that were drawn after the last conclusion asked for a confirmation.
    func conclude(_ tally: Tally, fresh: Tally?) -> Conclusion
}

/// What all runs so far say about one expectation.
package enum Conclusion: Sendable, Hashable {
    case holds
    case violated
    /// Why, in a short sentence.
    case inconclusive(String)
    /// More runs could settle it.
    case needsMoreRuns(String)
    /// A statistic misses: it counts when as many fresh runs say so too.
    case needsConfirmation
}

extension CompiledExpectation.Form {
    package var rule: any FormRule {
        switch self {
        case .always(let routine): AlwaysRule(routine: routine)
        case .never(let routine): NeverRule(routine: routine)
        case .eventually(let routine, let within): EventuallyRule(routine: routine, within: within)
        case .eventuallyAlways(let routine, let within):
            EventuallyAlwaysRule(routine: routine, within: within)
        case .alwaysSome(let routine): AlwaysSomeRule(routine: routine)
        case .lastingSome(let routine): LastingSomeRule(routine: routine)
        case .lasting(let routine, let settled, let half):
            LastingRule(routine: routine, settled: settled, half: half)
        case .finally(let routine): FinallyRule(routine: routine)
        case .possible(let routine): PossibleRule(routine: routine)
        case .probability(let routine, let comparison):
            ProbabilityRule(routine: routine, comparison: comparison)
        case .fractionOfTime(let routine, let comparison):
            FractionOfTimeRule(routine: routine, comparison: comparison)
        case .mean(let routine, _, let comparison): MeanRule(routine: routine, comparison: comparison)
        case .quantile(let routine, let q, _, let comparison):
            QuantileRule(routine: routine, q: q, comparison: comparison)
        case .leadsTo(let leadsTo): LeadsToRule(leadsTo: leadsTo)
        // Samples never judge it.
        case .indistinguishable(_, let conditions, _): PossibleRule(routine: conditions[0])
        }
    }
}

/// Forms that every run has to satisfy.
package protocol UniversalRule: FormRule {}

extension UniversalRule {
    package func conclude(_ tally: Tally, fresh: Tally?) -> Conclusion {
        if tally.violating > 0 { return .violated }
        if tally.undecided > 0 {
            return .inconclusive("\(tally.undecided) of \(tally.runs) runs were cut off before they could tell")
        }
        return .holds
    }
}
