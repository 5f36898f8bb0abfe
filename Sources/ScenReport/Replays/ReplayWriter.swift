import ScenDiagnostics
import ScenModel

/// A replayed run as people read it on a terminal.
struct ReplayWriter {
    let report: ReplayReport
    let paint: Paint
    let whole: Bool

    func lines() -> [String] {
        var lines = [paint(DisplayText.line(report.title), .strong) + paint("  (\(DisplayText.line(report.file)))", .faint)]
        if !report.parameters.isEmpty {
            let values = report.parameters.map { "\($0.name) = \($0.text)" }.joined(separator: ", ")
            lines.append("  " + paint(DisplayText.line(values), .strong))
        }
        if let failure = report.failure {
            let failed = CaseReport(
                parameters: report.parameters, expectations: [],
                failure: CaseReport.Failure(error: failure, story: report.story))
            let writer = CaseWriter(
                report: failed, label: "", file: report.file, sources: report.sources, paint: paint, detail: .verbose)
            lines += writer.lines()
        } else {
            lines += verdict().map { "  " + $0 }
            lines += run().map { "      " + $0 }
        }
        if report.misfit == nil, !report.isSame {
            let text = "every choice fits, and the run is not quite the one that was recorded: states or messages differ"
            lines.append("  " + paint(text, .unsure))
        }
        return lines
    }

    private var name: String { DisplayText.line(report.expectation?.name ?? "") }

    private func verdict() -> [String] {
        guard let expectation = report.expectation else {
            return [paint("?", .unsure) + " " + paint("the error of this trace was not met again", .unsure)]
        }
        let mark: String
        let tone: Paint.Tone
        switch report.status {
        case .passed: (mark, tone) = (paint("✓", .good), .faint)
        case .failed: (mark, tone) = (paint("✗", .bad), .bad)
        case .inconclusive: (mark, tone) = (paint("?", .unsure), .unsure)
        }
        return ["\(mark) \(name)  " + paint(found(expectation), tone)]
            + (expectation.text.isEmpty ? [] : ["    \(expectation.formName): \(DisplayText.line(expectation.text))"])
    }

    private func found(_ expectation: CompiledExpectation) -> String {
        let expected = expectation.expectsHolds ? "holds" : "violated"
        if report.misfit != nil { return "not judged: the run departs from its trace" }
        switch (report.found, expectation.expectsHolds) {
        case (.violated, true): return "expected holds, violated in this run"
        case (.violated, false): return "violated in this run, as expected"
        case (.holds, true): return "holds in this run" + before()
        case (.holds, false): return "expected violated, holds in this run" + before()
        default: return "this run leaves it open, expected \(expected)" + before()
        }
    }

    private func before() -> String {
        guard case .expectation(_, _, let recorded) = report.trace.shown, recorded != report.found else { return "" }
        return "; it was \(recorded == .holds ? "shown" : "violated") when the trace was written"
    }

    private func run() -> [String] {
        let seed = "seed \(report.trace.seed)"
        var head = "The run of the trace (\(seed)):"
        if let shrunk = report.trace.shrunk {
            head = "The run of the trace (\(seed), shrunk from \(ShrunkText.text(shrunk))):"
        }
        let decision = report.found == .violated ? "'\(name)' is violated here" : "it holds here"
        let ending = report.misfit == nil ? nil : "the run departs from its trace here"
        var lines = [head]
        lines += StoryTeller(report.story, paint: paint, whole: whole, decision: decision, ending: ending).lines()
        if report.misfit == nil, let unmet = report.unmet { lines.append("  " + paint(CaseWriter.owed(unmet), .accent)) }
        if report.misfit == nil, report.found == .violated, report.story.decisiveStep == nil,
            let form = report.expectation?.form, let end = CaseWriter.endOfRun(form, name: name)
        {
            lines.append("  " + paint(end, .accent))
        }
        return lines
    }
}

extension ReplayReport {
    package func pretty(color: Bool, whole: Bool) -> String {
        ReplayWriter(report: self, paint: Paint(color: color), whole: whole).lines().map { $0 + "\n" }.joined()
    }
}

/// `14 events and 2 faults`.
enum ShrunkText {
    static func text(_ shrunk: Trace.Shrunk) -> String {
        NumberText.count(shrunk.events, "event") + " and " + NumberText.count(shrunk.faults, "fault")
    }

    /// `shrunk from 14 events and 2 faults to 9 events and 1 fault`, without what is as it was.
    static func text(_ shrunk: Story.Shrunk, events: Int) -> String {
        let before = shrunk.from
        var changes: [(from: String, to: String)] = []
        if events != before.events { changes.append((NumberText.count(before.events, "event"), NumberText.count(events, "event"))) }
        if shrunk.faults != before.faults {
            changes.append((NumberText.count(before.faults, "fault"), NumberText.count(shrunk.faults, "fault")))
        }
        if changes.isEmpty { return "made simpler than it was drawn" }
        return "shrunk from \(changes.map(\.from).joined(separator: " and ")) to \(changes.map(\.to).joined(separator: " and "))"
    }
}
