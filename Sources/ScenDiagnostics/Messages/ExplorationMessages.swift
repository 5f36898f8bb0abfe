/// What `run: exhaustive` cannot do, or cannot do yet.
extension Diagnostic {
    package static func notExplored(_ what: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notSupported, "\(what) cannot be explored by this version yet", at: span,
            label: "'run: simulate' samples runs with it")
    }

    package static func noClock(_ what: String, at span: SourceSpan, hint: String) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "under asynchronous timing there is no clock, and \(what) would need one", at: span, label: hint)
    }

    package static func faultyFollowsFromRun(_ name: String, at span: SourceSpan, crash: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notSupported,
            "who is '\(name)' follows from whom the timeline crashes in the run, and cannot be explored by this version yet",
            at: span, label: "say 'p.up' or 'p.crashed', name the nodes that crash, or sample runs with 'run: simulate'",
            notes: [Note("the timeline crashes whoever this gives", at: crash)])
    }

    package static func clockStandsStill(_ what: String, at span: SourceSpan, hint: String) -> Diagnostic {
        Diagnostic(
            .timingMismatch,
            "where every run is explored, a partially synchronous system has no clock until its bound holds, and \(what) would need one",
            at: span, label: hint)
    }

    package static func needsSimulation(_ form: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .needsSimulation, "'\(form)' is a statistic over runs that chance has drawn, and this scenario draws none", at: span,
            label: "'run: {simulate: 1000, exhaustive: {}}' does both")
    }
}
