package import ScenDiagnostics
package import ScenModel

/// The document of `--format json`: version 1 of language.md, section 7.
package struct JSONReport: Sendable {
    private var scenarios: [JSONValue] = []
    private var open: Open?

    private struct Open: Sendable {
        var file: String
        var title: String?
        var diagnostics: [JSONValue]
        var cases: [JSONValue] = []
    }

    package init() {}

    package mutating func begin(
        file: String, title: String?, diagnostics: [Diagnostic], sources: [SourceFile]
    ) {
        close()
        let places = JSONPlaces(sources)
        open = Open(file: file, title: title, diagnostics: diagnostics.map { places.diagnostic($0, in: file) })
    }

    package mutating func add(_ report: CaseReport, sources: [SourceFile]) {
        guard let file = open?.file else { return }
        var members: [JSONValue.Member] = [
            .init("parameters", .object(report.parameters.map { .init($0.name, Self.value($0)) })),
            .init("expectations", .array(report.expectations.map { Self.expectation($0, in: report, of: file) })),
        ]
        if let failure = report.failure {
            members.append(.init("error", Self.failure(failure, in: report, of: file, sources: sources)))
        }
        open?.cases.append(.object(members))
    }

    package mutating func finish(_ summary: RunSummary) -> String {
        close()
        return JSONValue.object([
            .init("version", .int(1)),
            .init("scenarios", .array(scenarios)),
            .init(
                "summary",
                .object([
                    .init("passed", .int(summary.passed)), .init("failed", .int(summary.failed)),
                    .init("inconclusive", .int(summary.inconclusive)), .init("errors", .int(summary.errors)),
                ])),
        ]).text()
    }

    private mutating func close() {
        guard let done = open else { return }
        open = nil
        scenarios.append(
            .object([
                .init("file", .string(done.file)),
                .init("scenario", done.title.map { .string($0) } ?? .null),
                .init("diagnostics", .array(done.diagnostics)),
                .init("cases", .array(done.cases)),
            ]))
    }

    private static func value(_ parameter: CompiledCase.Parameter) -> JSONValue {
        switch parameter.value {
        case .bool(let bool): .bool(bool)
        case .int(let int): .int(int)
        case .real(let real): .real(real)
        case .string(let string): .string(string)
        default: .string(parameter.text)
        }
    }

    private static func expectation(
        _ report: ExpectationReport, in whole: CaseReport, of file: String
    ) -> JSONValue {
        .object([
            .init("name", .string(report.expectation.name)),
            .init("expected", .string(report.expectation.expectsHolds ? "holds" : "violated")),
            .init("found", .string(report.found.rawValue)),
            .init("status", .string(report.status.rawValue)),
            .init("evidence", evidence(report, in: whole, of: file)),
        ])
    }

    /// Only what this kind of evidence has.
    private static func evidence(
        _ report: ExpectationReport, in whole: CaseReport, of file: String
    ) -> JSONValue {
        let evidence = report.evidence
        var members: [JSONValue.Member] = [.init("method", .string(evidence.method.rawValue))]
        func add(_ key: String, _ value: JSONValue?) {
            if let value { members.append(.init(key, value)) }
        }
        add("runs", evidence.runs.map { .int($0) })
        add("violatingRuns", evidence.violatingRuns.map { .int($0) })
        add("witnessRuns", evidence.witnessRuns.map { .int($0) })
        add("estimate", evidence.estimate.map { .real($0) })
        add("interval", evidence.interval.map { .array([.real($0.lowerBound), .real($0.upperBound)]) })
        if report.expectation.form.unit == .duration { add("unit", .string("ns")) }
        add("basis", evidence.basis.map { .string($0) })
        add("confidence", evidence.confidence.map { .real($0) })
        add("violatedAtMost", evidence.violatedAtMost.map { .real($0) })
        if let unmet = evidence.unmet {
            add("unmet", .object(unmet.assignment.map { .init($0.name, .string($0.value)) }))
            add("since", unmet.since.map { .string(TimeText.exact($0)) })
            add("deadline", unmet.deadline.map { .string(TimeText.exact($0)) })
        }
        add("states", evidence.states.map { .int($0) })
        add("complete", evidence.complete.map { .bool($0) })
        let reductions = ReductionText.names(partialOrder: evidence.isReduced, symmetry: evidence.isSymmetric)
        if !reductions.isEmpty { add("reduction", .string(reductions.joined(separator: ", "))) }
        if !evidence.remarks.isEmpty { add("remarks", .array(evidence.remarks.map { .string($0) })) }
        add("lookAlikes", evidence.lookAlikes.map(lookAlikes))
        add("shrunk", report.story.flatMap(shrunk))
        add("rerun", report.story.map { rerun($0, in: whole, of: file) })
        return .object(members)
    }

    private static func failure(
        _ failure: CaseReport.Failure, in whole: CaseReport, of file: String, sources: [SourceFile]
    ) -> JSONValue {
        let error = failure.error
        let diagnostic = Diagnostic(error.code, error.message, at: error.span)
        var members = JSONPlaces(sources).members(of: diagnostic, in: file)
        if let node = error.node {
            let names = failure.story?.types.nodeNames ?? []
            members.append(.init("node", .string(names.indices.contains(node) ? names[node] : "node \(node)")))
        }
        members.append(.init("time", .string(TimeText.exact(error.time))))
        if let story = failure.story {
            if let shrunk = shrunk(story) { members.append(.init("shrunk", shrunk)) }
            members.append(.init("rerun", rerun(story, in: whole, of: file)))
        }
        return .object(members)
    }

    /// What the run that is told had when it was drawn, and what it has now; nil if it is told as it was drawn.
    private static func shrunk(_ story: Story) -> JSONValue? {
        guard let shrunk = story.shrunk else { return nil }
        func counts(_ events: Int, _ faults: Int) -> JSONValue {
            .object([.init("events", .int(events)), .init("faults", .int(faults))])
        }
        return .object([
            .init("from", counts(shrunk.from.events, shrunk.from.faults)), .init("to", counts(story.events, shrunk.faults)),
        ])
    }

    /// A command rather than a seed: a seed may have more digits than a JSON number keeps.
    private static func rerun(_ story: Story, in whole: CaseReport, of file: String) -> JSONValue {
        .string(
            story.traceFile.map(ShellText.replay)
                ?? ShellText.rerun(story, file: file, parameters: whole.parameters))
    }
}

/// Diagnostics with their places resolved.
package struct JSONPlaces: Sendable {
    private let sources: [SourceFile]

    package init(_ sources: [SourceFile]) { self.sources = sources }

    /// `file` is named where the source of a place is not known: the file could not be read.
    package func diagnostic(_ diagnostic: Diagnostic, in file: String) -> JSONValue {
        .object(members(of: diagnostic, in: file))
    }

    func members(of diagnostic: Diagnostic, in file: String) -> [JSONValue.Member] {
        [
            .init("severity", .string(diagnostic.severity.rawValue)),
            .init("code", .string(diagnostic.code.rawValue)),
            .init("message", .string(diagnostic.message)),
        ] + place(diagnostic.span, in: file) + [
            .init("label", diagnostic.label.map { .string($0) } ?? .null),
            .init(
                "notes",
                .array(
                    diagnostic.notes.map { note in
                        .object(
                            [.init("message", .string(note.text))]
                                + (note.span.map { place($0, in: file) } ?? []))
                    })),
        ]
    }

    private func place(_ span: SourceSpan, in file: String) -> [JSONValue.Member] {
        let source = sources.first { $0.id == span.source }
        let start = source?.position(of: span.start)
        let end = source?.position(of: span.end)
        func number(_ value: Int?) -> JSONValue { value.map { .int($0) } ?? .null }
        return [
            .init("file", .string(source?.path ?? file)),
            .init("line", number(start?.line)), .init("column", number(start?.column)),
            .init("endLine", number(end?.line)), .init("endColumn", number(end?.column)),
        ]
    }
}
