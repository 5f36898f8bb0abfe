/// Bad periods, pauses, clocks, steps.
extension Diagnostic {
    package static func badPeriodsElsewhere(model: String, at span: SourceSpan, timing: SourceSpan?) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "only a partially synchronous model has bad periods", at: span,
            label: "use 'model: partially-synchronous'",
            notes: timing.map { [Note("the model is \(model) here", at: $0)] }
                ?? [Note("timing is asynchronous unless 'model' says otherwise")])
    }

    package static func badPeriodsOverlap(at span: SourceSpan, other: SourceSpan) -> Diagnostic {
        Diagnostic(
            .outOfRange, "two bad periods overlap", at: span, label: "it begins before the other ends",
            notes: [Note("the other is here", at: other)])
    }

    package static func pausesWithSynchrony(at span: SourceSpan, timing: SourceSpan?) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "in a synchronous model nodes do not pause", at: span,
            label: "use 'model: asynchronous' or 'partially-synchronous'",
            notes: timing.map { [Note("the model is synchronous here", at: $0)] } ?? [])
    }

    package static func stepInRounds(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "in rounds handlers take no time", at: span, label: "a round lasts as long as the bound",
            notes: [Note("the algorithm has 'on round', and timing is synchronous")])
    }
}
