/// What happens at given moments.
extension Diagnostic {
    package static func neverHappens(
        _ moment: String, horizon: String, at span: SourceSpan, given: SourceSpan?
    ) -> Diagnostic {
        Diagnostic(
            .warning, .neverHappens, "this never happens: at \(moment) every run is over", at: span,
            label: "a run ends after \(horizon) at the latest",
            notes: [
                given.map { Note("the length of runs is given here", at: $0) }
                    ?? Note("'run: {simulate: {for: ..}}' says how long runs last")
            ])
    }

    package static func nothingToHeal(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .nothingToHeal, "there is nothing to heal at this moment", at: span,
            label: "no partition and no cut comes before it")
    }

    package static func knownAfterRun(_ name: String, at span: SourceSpan) -> Diagnostic {
        let advice = name == "outcome"
            ? "it is known when the run is over" : "who is faulty follows from what the timeline does; say 'p.crashed' or 'p.up'"
        return nameNotAllowedHere(name, advice, at: span)
    }

    package static func notATarget(_ type: String, of action: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'\(action)' takes a node or a set of nodes, found \(type)", at: span,
            label: type == "bool" || type == "list of node" ? "for example \"{p for p in nodes if CONDITION}\", in quotes" : nil)
    }

    package static func tooManyTargets(max: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .tooManyNodes, "the timelines of all cases are about more than \(max) nodes", at: span,
            label: "run fewer cases at once, or fewer items with all nodes")
    }

    package static func neverComesBack(at span: SourceSpan, modelAt: SourceSpan?) -> Diagnostic {
        Diagnostic(
            .faultNotInNodeModel, "a crash-stop node does not come back after a while", at: span,
            label: "'for' after 'crash' needs 'model: crash-recovery'",
            notes: modelAt.map { [Note("the nodes are crash-stop here", at: $0)] }
                ?? [Note("nodes are crash-stop unless 'model' says otherwise")])
    }

    package static func cutWithBound(
        _ action: String, at span: SourceSpan, timing: SourceSpan, network: SourceSpan?
    ) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "a \(action) keeps messages from arriving, which reliable links and synchronous timing exclude",
            at: span, label: "'links: fair-loss' or 'timing: asynchronous' allows it",
            notes: [
                Note("the timing is synchronous here", at: timing),
                network.map { Note("the links are reliable here", at: $0) }
                    ?? Note("links are reliable unless 'links' says otherwise"),
            ])
    }
}
