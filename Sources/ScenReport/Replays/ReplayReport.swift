package import ScenDiagnostics
package import ScenModel

/// What `scen replay` has to tell of one trace.
package struct ReplayReport: Sendable {
    package var traceFile: String
    package var trace: Trace
    /// Of the scenario as it is now.
    package var file: String
    package var title: String
    package var sources: [SourceFile]
    package var parameters: [CompiledCase.Parameter]
    /// The one that the trace names; nil for a trace of an error.
    package var expectation: CompiledExpectation?
    package var found: Finding
    package var status: Status
    package var story: Story
    package var failure: RuntimeFailure?
    /// What did not follow in this run.
    package var unmet: Evidence.Unmet?
    /// The run departs from its trace.
    package var misfit: Diagnostic?
    /// Every step came out as when the trace was written.
    package var isSame: Bool
    package var diagnostics: [Diagnostic] = []

    package init(
        traceFile: String, trace: Trace, file: String, title: String, sources: [SourceFile],
        parameters: [CompiledCase.Parameter], expectation: CompiledExpectation?, found: Finding, status: Status,
        story: Story, failure: RuntimeFailure?, misfit: Diagnostic?, isSame: Bool
    ) {
        self.traceFile = traceFile
        self.trace = trace
        self.file = file
        self.title = title
        self.sources = sources
        self.parameters = parameters
        self.expectation = expectation
        self.found = found
        self.status = status
        self.story = story
        self.failure = failure
        self.misfit = misfit
        self.isSame = isSame
    }

    /// As that of `scen run`.
    package var exitCode: Int32 {
        switch status {
        case .passed: ExitStatus.passed
        case .failed: ExitStatus.failed
        case .inconclusive: ExitStatus.inconclusive
        }
    }
}

extension ReplayReport {
    /// The document of `--format json`.
    package func json() -> String {
        let places = JSONPlaces(sources)
        var members: [JSONValue.Member] = [
            .init("version", .int(1)), .init("trace", .string(traceFile)), .init("file", .string(file)),
            .init("scenario", .string(title)),
            .init("parameters", .object(parameters.map { .init($0.name, .string($0.text)) })),
            // As a text: it may have more digits than a JSON number keeps.
            .init("seed", .string("\(trace.seed)")),
        ]
        if let expectation {
            members += [
                .init("name", .string(expectation.name)),
                .init("expected", .string(expectation.expectsHolds ? "holds" : "violated")),
            ]
        }
        members += [
            .init("found", .string(found.rawValue)), .init("status", .string(status.rawValue)),
            .init("same", .bool(isSame)), .init("events", .int(story.events)),
            .init("diagnostics", .array(diagnostics.map { places.diagnostic($0, in: traceFile) })),
        ]
        if let failure {
            let diagnostic = Diagnostic(failure.code, failure.message, at: failure.span)
            members.append(.init("error", places.diagnostic(diagnostic, in: file)))
        }
        return JSONValue.object(members).text()
    }
}
