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

extension CompiledExpectation {
    /// What did not follow in a run, as a report tells it.
    package func unmet(_ obligation: Watched.Obligation, _ types: TypeTable, isTimed: Bool = true) -> Evidence.Unmet? {
        guard case .leadsTo(let leadsTo) = form else { return nil }
        let printer = ValuePrinter(types)
        return Evidence.Unmet(
            assignment: zip(leadsTo.variables, obligation.assignment).map { ($0.name, printer.text($1)) },
            since: isTimed ? obligation.since : nil, within: leadsTo.within)
    }
}

extension Replay {
    package func unmet(of expectation: CompiledExpectation, _ compiled: CompiledCase) -> Evidence.Unmet? {
        result.watched.first?.unmet.flatMap { expectation.unmet($0, compiled.program.types, isTimed: story.isTimed) }
    }
}
