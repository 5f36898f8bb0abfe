/// Outcomes and what is expected.
extension Diagnostic {
    package static func outcomeOfItself(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .nameNotAllowedHere, "the outcome '\(name)' cannot depend on 'outcome'", at: span,
            label: "the conditions of outcomes decide what it is")
    }

    /// `needs`: what the algorithm lacks.
    package static func propertyNeeds(
        _ property: String, _ needs: [(what: String, declaration: String)], at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .missingKey,
            "'\(property)' speaks of \(alternatives(needs.map(\.what), "and")), which the algorithm has not", at: span,
            label: "the algorithm declares \(alternatives(needs.map(\.declaration), "and")) for it")
    }

    package static func deliverNeedsSender(_ property: String, at span: SourceSpan, delivered: SourceSpan) -> Diagnostic {
        Diagnostic(
            .missingKey, "'\(property)' has to know whose message is delivered", at: span,
            label: "write 'deliver m from p' with the node that has broadcast it",
            notes: [Note("nothing is said about it here", at: delivered)])
    }

    package static func propertyDoesNotFit(_ property: String, why: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'\(property)' does not fit this algorithm", at: span, notes: why.isEmpty ? [] : [Note(why)])
    }

    /// `form`: `mean` or `quantile`.
    package static func notMeasurable(
        _ form: String, is found: String, isCondition: Bool, at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'\(form)' measures a number or a duration, and this is \(found)", at: span,
            label: isCondition
                ? "'probability' is the share of runs that end so, 'fraction-of-time' the share of time" : nil)
    }

    /// A name of `for-all`.
    package static func rangesOverChanging(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notConstant, "the values of '\(name)' change during a run", at: span,
            label: "expected a set that stays the same: 'nodes', a group, 'faulty', 'correct', a range",
            notes: [Note("what changes is asked in 'from'")])
    }

    package static func nothingToRangeOver(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.unknownTypeOfValue, "'\(name)' has no values", at: span, label: "expected a set that is not empty")
    }

    package static func appliesNowhere(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .warning, .noCases, "'\(name)' applies to no case", at: span, label: "no combination of parameters satisfies this")
    }
}
