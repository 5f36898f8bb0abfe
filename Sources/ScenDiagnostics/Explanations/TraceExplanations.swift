extension Explanation {
    /// Trace files and replaying them.
    static let traces: [DiagnosticCode: Explanation] = [
        .invalidTrace: .init(
            """
            A trace file holds one run, choice by choice, in a format of its own (grammar/trace.md). This one cannot be \
            read: it is no trace, it is cut off, or it was edited into something that says nothing.
            """,
            wrong: "3ms delivr #1 to n2", right: "3ms deliver #1 to n2"),
        .traceDoesNotFit: .init(
            """
            A trace is replayed choice by choice: each must be possible when its turn comes. A message must have been sent \
            and not have arrived, a timer must be set, a node that crashes must be faulty, and a handler must send what \
            it sent when the trace was written. Here it is not so: the scenario or the trace was edited, and the \
            run is replayed up to this step only.
            """,
            right: "Run the scenario again with --traces to have a trace of it as it is now."),
        .scenarioChanged: .init(
            """
            A trace file notes a digest of the scenario's text, and the text is another one now. If the change matters to \
            this run, it departs from its trace at some step, or ends otherwise; both are told.
            """,
            right: "Run the scenario again with --traces, or check out the text that the trace belongs to."),
    ]
}
