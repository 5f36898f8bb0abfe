package import ScenDiagnostics
package import ScenModel

/// A run as people read it on a terminal, handed out piece by piece as results come in. Its bytes depend on the
/// reports alone.
package struct PrettyReport: Sendable {
    package enum Detail: Sendable { case quiet, normal, verbose }

    /// What has to be known of a scenario before its first case is done, so that columns line up.
    package struct Outline: Sendable {
        package var file: String
        package var title: String
        package var cases: [[CompiledCase.Parameter]]
        package init(file: String, title: String, cases: [[CompiledCase.Parameter]]) {
            self.file = file
            self.title = title
            self.cases = cases
        }
    }

    let paint: Paint
    let detail: Detail
    private var outline = Outline(file: "", title: "", cases: [])
    private var headed = false
    private var wroteBefore = false
    private var parameterWidths: [Int] = []
    private var failures: [String] = []

    /// More cases than this take a line each where they pass.
    private static let casesInFull = 4

    package init(color: Bool, detail: Detail) {
        paint = Paint(color: color)
        self.detail = detail
    }

    /// The line of a scenario; nothing while `quiet` waits for something to tell.
    package mutating func begin(_ outline: Outline) -> String {
        self.outline = outline
        headed = false
        parameterWidths = (outline.cases.first ?? []).indices.map { position in
            outline.cases.map { $0.indices.contains(position) ? Paint.width(Self.text($0[position])) : 0 }.max() ?? 0
        }
        return detail == .quiet ? "" : heading()
    }

    /// Sets it apart from what came before.
    private mutating func gap() -> String {
        defer { wroteBefore = true }
        return wroteBefore ? "\n" : ""
    }

    private mutating func heading() -> String {
        headed = true
        let gap = gap()
        let path = paint("  (\(DisplayText.line(outline.file)))", .faint)
        return gap + paint(DisplayText.line(outline.title), .strong) + path + "\n"
    }

    /// One case, judged. `sources` is what places refer to.
    package mutating func add(_ report: CaseReport, sources: [SourceFile]) -> String {
        if report.hasFailed { note(report) }
        if detail == .quiet, !report.hasFailed { return "" }
        var text = headed ? "" : heading()
        let writer = CaseWriter(
            report: report, label: label(report.parameters), file: outline.file, sources: sources,
            paint: paint, detail: detail)
        let short = detail == .normal && report.hasPassed
            && (outline.cases.count > Self.casesInFull || report.expectations.count == 1)
            && !report.parameters.isEmpty
        for line in short ? writer.oneLine() : writer.lines() { text += line + "\n" }
        return text
    }

    /// A scenario that could not be run, because of these diagnostics (which are shown elsewhere).
    package mutating func invalid(file: String, errors: Int) -> String {
        let file = DisplayText.line(file)
        failures.append("\(file)  not run")
        wroteBefore = true
        return paint("✗ ", .bad) + paint(file, .strong) + "  not run: \(NumberText.count(errors, "error"))\n"
    }

    /// The last lines. `seconds` only for a terminal: other output is the same bytes every time.
    package func summary(_ summary: RunSummary, seconds: Double?, stopped: Bool) -> String {
        var text = wroteBefore ? "\n" : ""
        if stopped { text += "Stopped at the first failure.\n" }
        // What failed may have scrolled away.
        if failures.count > 0, summary.scenarios > 1, detail != .quiet {
            text += paint("Failed:", .bad) + "\n" + failures.map { "  \($0)\n" }.joined()
        }
        let counts: [(Int, String, Paint.Tone)] = [
            (summary.passed, "passed", .good), (summary.failed, "failed", .bad),
            (summary.inconclusive, "inconclusive", .unsure),
        ]
        var parts = counts.map { number, word, tone in
            let part = "\(NumberText.count(number)) \(word)"
            return number > 0 ? paint(part, tone) : part
        }
        let errors = NumberText.count(summary.errors, "error")
        parts.append(summary.errors > 0 ? paint(errors, .bad) : errors)
        text += parts.joined(separator: ", ")
        text += "; \(NumberText.count(summary.scenarios, "scenario")), \(NumberText.count(summary.cases, "case"))"
        if let seconds { text += " in \(NumberText.fixed(seconds, decimals: seconds < 10 ? 2 : 0)) s" }
        return text + "\n"
    }

    private mutating func note(_ report: CaseReport) {
        let parameters = report.parameters.map(Self.text).joined(separator: ", ")
        let names = report.failure != nil
            ? "run-time error"
            : report.expectations.filter { $0.status == .failed }
                .map { DisplayText.line($0.expectation.name) }.joined(separator: ", ")
        let place = parameters.isEmpty ? "" : "  \(parameters)"
        failures.append("\(DisplayText.line(outline.file))\(place)  \(names)")
    }

    /// `k = 4, links = fair-loss`, in columns.
    private func label(_ parameters: [CompiledCase.Parameter]) -> String {
        parameters.enumerated().map { position, parameter in
            let text = Self.text(parameter) + (position + 1 < parameters.count ? "," : "")
            let width = parameterWidths.indices.contains(position) ? parameterWidths[position] : 0
            return Paint.padded(text, to: width + (position + 1 < parameters.count ? 1 : 0))
        }.joined(separator: " ")
    }

    private static func text(_ parameter: CompiledCase.Parameter) -> String {
        DisplayText.line("\(parameter.name) = \(parameter.text)")
    }
}
