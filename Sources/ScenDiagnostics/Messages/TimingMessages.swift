/// Bad periods, pauses, clocks, steps.
extension Diagnostic {
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
