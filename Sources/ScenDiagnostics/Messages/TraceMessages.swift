/// What is said of trace files: that one cannot be read, and that a run departs from it.
extension Diagnostic {
    /// `expected`: what would be right there.
    package static func invalidTrace(_ message: String, at span: SourceSpan, expected: String? = nil) -> Diagnostic {
        Diagnostic(.invalidTrace, message, at: span, label: expected.map { "expected \($0)" })
    }

    package static func notATrace(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidTrace, "this is no trace file of scen", at: span, label: "expected 'scen trace 1'",
            notes: [Note("'scen run --traces FOLDER' writes the runs that it tells as trace files")])
    }

    package static func newerTrace(_ version: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidTrace, "this trace has format \(version), and this scen knows format 1 only", at: span,
            notes: [Note("replay it with the scen that wrote it, or a newer one")])
    }

    package static func traceWithout(_ key: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.invalidTrace, "the trace does not say '\(key)'", at: span)
    }

    package static func traceCutOff(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidTrace, "the trace stops before its run has ended", at: span,
            label: "expected a step 'end' after this")
    }

    package static func traceUnknownNode(_ name: String, nearest: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidTrace, "the trace names no node '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" })
    }

    /// The scenario as it is now cannot take this step of the trace.
    package static func traceDoesNotFit(_ why: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.traceDoesNotFit, why, at: span, label: "the first step that does not fit")
    }

    package static func caseDoesNotFit(_ why: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.traceDoesNotFit, why, at: span)
    }

    package static func scenarioHasChanged(_ file: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .warning, .scenarioChanged, "'\(file)' has changed since this trace was written", at: span,
            notes: [Note("the run is replayed as far as it fits")])
    }
}
