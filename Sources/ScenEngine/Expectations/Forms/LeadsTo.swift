package import ScenModel

/// `leads-to: {from, to, for-all}`: for all values of the variables, whenever from holds, to holds then or later; with `within`,
/// at most so much later.
package struct LeadsToRule: UniversalRule {
    package let leadsTo: CompiledExpectation.LeadsTo
    package var routine: Program.RoutineID { leadsTo.from }
    package var need: Watch.Need { .response(leadsTo) }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        if watched.unmet != nil { return .violates }
        if watched.hasMet { return .satisfies }
        return watched.wasCut ? .undecided : .vacuous
    }

    /// Runs that were cut off too early say nothing, but others do.
    package func conclude(_ tally: Tally, fresh: Tally?) -> Conclusion {
        if tally.violating > 0 { return .violated }
        if tally.undecided > 0, tally.satisfying == tally.vacuous {
            return .inconclusive("wherever 'from' held, the run was cut off before 'to' had to follow")
        }
        return .holds
    }
}
