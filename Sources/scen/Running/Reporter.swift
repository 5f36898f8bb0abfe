import Glibc
import ScenDiagnostics
import ScenLanguage
import ScenModel
import ScenReport

/// Hands results to the report that was asked for and its text to where it goes.
struct Reporter: ~Copyable {
    private enum Form {
        case pretty(PrettyReport)
        case json(JSONReport)
    }
    private var form: Form
    private let output: OutputFile
    private let renderColor: Bool
    private let progress: ProgressBar
    private var showsTime: Bool

    init(
        format: OutputFormat, output: consuming OutputFile, color: Terminal.ColorChoice,
        detail: PrettyReport.Detail, progress: ProgressBar
    ) {
        let toTerminal = output.isStandardOutput && Terminal.isTerminal(STDOUT_FILENO)
        switch format {
        case .pretty:
            let painted = output.isStandardOutput ? Terminal.color(color, on: STDOUT_FILENO) : color == .always
            form = .pretty(PrettyReport(color: painted, detail: detail))
        case .json: form = .json(JSONReport())
        }
        self.output = output
        self.progress = progress
        renderColor = Terminal.color(color, on: STDERR_FILENO)
        showsTime = toTerminal
    }

    /// A file that was not run.
    mutating func invalid(
        file: String, title: String?, diagnostics: [Diagnostic], sources: [SourceFile]
    ) throws {
        switch form {
        case .pretty(var report):
            complain(diagnostics, sources)
            try show(report.invalid(file: file, errors: diagnostics.count { $0.severity == .error }))
            form = .pretty(report)
        case .json(var report):
            report.begin(file: file, title: title, diagnostics: diagnostics, sources: sources)
            form = .json(report)
        }
    }

    mutating func begin(_ loaded: LoadedScenario, file: String) throws {
        switch form {
        case .pretty(var report):
            complain(loaded.diagnostics, loaded.sources)
            let outline = PrettyReport.Outline(
                file: file, title: loaded.title ?? file, cases: loaded.cases.map(\.parameters))
            try show(report.begin(outline))
            form = .pretty(report)
        case .json(var report):
            report.begin(
                file: file, title: loaded.title, diagnostics: loaded.diagnostics, sources: loaded.sources)
            form = .json(report)
        }
    }

    mutating func add(_ result: CaseReport, sources: [SourceFile]) throws {
        switch form {
        case .pretty(var report):
            try show(report.add(result, sources: sources))
            form = .pretty(report)
        case .json(var report):
            report.add(result, sources: sources)
            form = .json(report)
        }
    }

    mutating func finish(_ summary: RunSummary, seconds: Double, stopped: Bool) throws {
        switch form {
        case .pretty(let report):
            try show(report.summary(summary, seconds: showsTime ? seconds : nil, stopped: stopped))
        case .json(var report):
            try show(report.finish(summary))
        }
    }

    private func complain(_ diagnostics: [Diagnostic], _ sources: [SourceFile]) {
        guard !diagnostics.isEmpty else { return }
        progress.erase()
        Terminal.error(DiagnosticRenderer(color: renderColor, sources: sources).render(diagnostics) + "\n")
    }

    private func show(_ text: String) throws {
        guard !text.isEmpty else { return }
        progress.erase()
        try output.write(text)
    }
}
