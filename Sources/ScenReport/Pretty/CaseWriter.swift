import ScenDiagnostics
import ScenModel

/// The lines of one case.
struct CaseWriter {
    let report: CaseReport
    /// Its parameter values; empty if the scenario has none.
    let label: String
    let file: String
    let sources: [SourceFile]
    let paint: Paint
    let detail: PrettyReport.Detail

    private static let nameColumnsMax = 44
    private static let shortColumnsMax = 100
    private static let conditionColumns = 140
    private static let eventsBeforeError = 10

    /// For a case that passed among many.
    func oneLine() -> [String] {
        let mark = "  " + paint("✓", .good) + " \(label)   "
        let reports = report.expectations
        if reports.isEmpty { return [mark + paint("nothing is expected in this case", .faint)] }
        if reports.count == 1 {
            return [mark + name(reports[0]) + "  " + paint(EvidenceText(report: reports[0]).line(), .faint)]
        }
        let words = reports.map { name($0) + " " + EvidenceText(report: $0).short() }.joined(separator: ", ")
        let text = words.count <= Self.shortColumnsMax ? words : "\(NumberText.count(reports.count)) passed"
        return [mark + text]
    }

    func lines() -> [String] {
        var lines: [String] = []
        var indent = "  "
        if !label.isEmpty {
            lines.append(indent + paint(trimmed(label), .strong))
            indent += "  "
        }
        if let failure = report.failure {
            lines += error(failure).map { $0.isEmpty ? "" : indent + $0 }
            return lines
        }
        if report.expectations.isEmpty {
            lines.append(indent + paint("nothing is expected in this case", .faint))
        }
        let shown = report.expectations.filter { detail != .quiet || $0.status == .failed }
        let width = shown.map { Paint.width(name($0)) }.filter { $0 <= Self.nameColumnsMax }.max() ?? 0
        for each in shown {
            lines.append(indent + mark(each.status) + " " + Paint.padded(name(each), to: width) + "  " + verdict(each))
            lines += below(each).map { indent + "    " + $0 }
        }
        if detail == .verbose, let figures = report.exploration {
            lines += FiguresText(figures).lines().map { indent + paint($0, .faint) }
        }
        return lines
    }

    private func mark(_ status: Status) -> String {
        switch status {
        case .passed: paint("✓", .good)
        case .failed: paint("✗", .bad)
        case .inconclusive: paint("?", .unsure)
        }
    }

    private func verdict(_ each: ExpectationReport) -> String {
        let text = EvidenceText(report: each).line()
        switch each.status {
        case .passed: return paint(text, .faint)
        case .failed: return paint(text, .bad)
        case .inconclusive: return paint(text, .unsure)
        }
    }

    private func name(_ each: ExpectationReport) -> String { DisplayText.line(each.expectation.name) }

    private func trimmed(_ label: String) -> String {
        var label = label
        while label.hasSuffix(" ") { label.removeLast() }
        return label
    }

    // MARK: What failed

    /// The condition and the run that shows it.
    private func below(_ each: ExpectationReport) -> [String] {
        let alike = each.evidence.lookAlikes.map { LookAlikesText(lookAlikes: $0, paint: paint).lines() } ?? []
        // Runs side by side are what such an expectation is for.
        if case .indistinguishable = each.expectation.form, !alike.isEmpty { return alike }
        guard each.status == .failed || (detail == .verbose && (each.story != nil || !alike.isEmpty)) else { return [] }
        var lines: [String] = []
        let expectation = each.expectation
        if !expectation.text.isEmpty {
            let condition = Paint.shortened(DisplayText.line(expectation.text), to: Self.conditionColumns)
            lines.append("\(expectation.formName): \(condition)")
        }
        guard let story = each.story else { return lines + alike }
        let kind = each.found == .violated ? "violating run" : "run that shows it"
        lines.append(Self.heading(kind, story))
        lines += tell(story, decision: each.found == .violated ? "'\(name(each))' is violated here" : "it holds here")
        if let unmet = each.evidence.unmet { lines.append("  " + paint(Self.owed(unmet), .accent)) }
        if story.decisiveStep == nil, each.found == .violated,
            let end = Self.endOfRun(each.expectation.form, name: name(each), neverEnds: story.repeatsFrom != nil)
        {
            lines.append("  " + paint(end, .accent))
        }
        return lines + alike + rerun(story)
    }

    private static func heading(_ kind: String, _ story: Story) -> String {
        if story.repeatsFrom != nil { return "A fair \(kind):" }
        if story.isExplored { return "A shortest \(kind):" }
        let shrunk = story.shrunk.map { ", " + ShrunkText.text($0, events: story.events) }
        return "The \(kind) with the fewest events (seed \(story.seed))\(shrunk ?? ""):"
    }

    /// What the whole run says where no step does.
    static func endOfRun(_ form: CompiledExpectation.Form, name: String, neverEnds: Bool = false) -> String? {
        let text: String? =
            switch form {
            case .eventually(_, within: nil): "it never holds in this run"
            case .eventually(_, within: .some(let ns)): "it does not hold within \(TimeText.exact(ns))"
            case .eventuallyAlways, .lasting, .lastingSome: "it does not hold for good in this run"
            case .leadsTo(let leadsTo):
                leadsTo.within == nil ? "'to' has not followed \(neverEnds ? "in this run" : "when the run ends")" : "'to' does not follow in time"
            case .finally: "it does not hold at the end of this run"
            default: nil
            }
        return text.map { "<-- '\(name)' is violated: \($0)" }
    }

    /// What should have followed.
    static func owed(_ unmet: Evidence.Unmet) -> String {
        let names = unmet.assignment.map { "\($0.name) = \(DisplayText.line($0.value))" }.joined(separator: ", ")
        guard let start = unmet.since else { return (names.isEmpty ? "" : "with \(names): ") + "'to' had to follow" }
        let since = "from \(TimeText.exact(start)) on 'to' had to follow"
        let by = unmet.deadline.map { " by \(TimeText.exact($0))" } ?? ""
        return (names.isEmpty ? "" : "with \(names): ") + since + by
    }

    private func tell(_ story: Story, decision: String?) -> [String] {
        StoryTeller(story, paint: paint, whole: detail == .verbose, decision: decision).lines()
    }

    private func rerun(_ story: Story) -> [String] {
        if let trace = story.traceFile {
            return ["To see this run again, in full:", "  " + ShellText.replay(trace: trace)]
        }
        guard detail != .verbose else { return [] }
        let command = ShellText.rerun(story, file: file, parameters: report.parameters)
        let asDrawn = story.shrunk == nil ? "" : ", or with --no-shrink as it was drawn"
        return ["To see this run \(story.isExplored ? "again" : "alone"), in full\(asDrawn):", "  " + command]
    }

    // MARK: What stopped

    private func error(_ failure: CaseReport.Failure) -> [String] {
        let error = failure.error
        let names = report.expectations.map(name).joined(separator: ", ")
        var lines = [paint("✗", .bad) + " " + paint("a run stopped with an error of the scenario", .bad)]
        if !names.isEmpty { lines.append("  not judged: \(names)") }
        var places = ["at \(TimeText.exact(error.time))"]
        if let story = failure.story {
            if story.isExplored && !story.isTimed { places = [] }
            if let node = error.node { places.insert("on node \(ValueText(types: story.types).node(node))", at: 0) }
            places.append(story.isExplored ? "in the run below" : "in the run with seed \(story.seed)")
        }
        let note = places.joined(separator: ", ")
        var notes: [Diagnostic.Note] = [.init(note)]
        if error.isOfFact { notes.append(.init("what a node may know is evaluated in every state, to compare them: also in this one")) }
        let diagnostic = Diagnostic(error.code, error.message, at: error.span, notes: notes)
        let shown = DiagnosticRenderer(color: paint.color, sources: sources).render(diagnostic)
        lines += shown.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { "  " + $0 }
        if let story = failure.story {
            var last = story
            if detail != .verbose, story.steps.count > Self.eventsBeforeError {
                let dropped = story.steps.count - Self.eventsBeforeError
                last.steps.removeFirst(dropped)
                last.firstStep += dropped
            }
            lines.append("  The events before it:")
            lines += tell(last, decision: nil).map { "  " + $0 }
            lines += rerun(story).map { "  " + $0 }
        }
        return lines
    }
}
