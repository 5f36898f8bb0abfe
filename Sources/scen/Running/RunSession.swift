import ScenDiagnostics
import ScenEngine
import ScenLanguage
import ScenModel
import ScenReport

/// `scen run`: one file after the other, one case after the other; the runs of a case are spread over the workers.
struct RunSession: ~Copyable {
    let selection: Selection
    let overrides: [ScenarioLoader.Override]
    let runner: CaseRunner
    let failFast: Bool
    /// Of a case.
    let timeLimit: TimeLimit?
    let progress: ProgressBar
    private var traces: TraceFolder?
    private var reporter: Reporter
    private var summary = RunSummary()
    private var stopped = false
    private var passedOver = 0

    init(
        selection: Selection, overrides: [ScenarioLoader.Override], runner: CaseRunner, failFast: Bool,
        timeLimit: TimeLimit?, progress: ProgressBar, traces: TraceFolder?, reporter: consuming Reporter
    ) {
        self.selection = selection
        self.overrides = overrides
        self.runner = runner
        self.failFast = failFast
        self.timeLimit = timeLimit
        self.progress = progress
        self.traces = traces
        self.reporter = reporter
    }

    /// The exit status.
    mutating func run(_ paths: ScenarioPaths) async throws -> Int32 {
        let watch = Stopwatch()
        for item in paths.items where !stopped {
            switch item {
            case .problem(let path, let diagnostic): try refuse(path, nil, [diagnostic], [])
            case .file(let path): try await run(file: path)
            }
        }
        progress.erase()
        try reporter.finish(summary, seconds: watch.seconds, stopped: stopped)
        if summary.exitCode == ExitStatus.nothingSelected { Terminal.error(nothingSelected()) }
        return summary.exitCode
    }

    private mutating func run(file path: String) async throws {
        let bytes: [UInt8]
        switch FileReading.read(path) {
        case .failure(let failure): return try refuse(path, nil, [failure.diagnostic], [])
        case .success(let read): bytes = read
        }
        let loaded = ScenarioLoader.load(path: path, bytes: bytes, overrides: overrides)
        guard selection.selects(loaded, file: path) else {
            passedOver += 1
            return
        }
        if loaded.hasErrors { return try refuse(path, loaded.title, loaded.diagnostics, loaded.sources) }
        summary.addScenario()
        try reporter.begin(loaded, file: path)
        progress.begin(loaded.title ?? path, cases: loaded.cases.count)
        for typed in loaded.cases {
            let progress = progress
            var runner = runner
            runner.options.limits.isTimeUp = timeLimit?.watch()
            var report = await runner.run(Compiler.compile(typed)) { now in
                if let exploration = now.exploration { return progress.update(exploration) }
                progress.update(share: Double(now.runsDone) / Double(max(1, now.runsPlanned)))
            }
            progress.caseDone()
            let origin = Trace.Origin(file: path, scenario: loaded.title ?? path, digest: Trace.digest(bytes))
            try traces?.write(&report, of: origin)
            summary.add(report)
            try reporter.add(report, sources: loaded.sources)
            if failFast, report.hasFailed {
                stopped = true
                return
            }
        }
    }

    private mutating func refuse(
        _ path: String, _ title: String?, _ diagnostics: [Diagnostic], _ sources: [SourceFile]
    ) throws {
        summary.addInvalidFile()
        try reporter.invalid(file: path, title: title, diagnostics: diagnostics, sources: sources)
        stopped = failFast
    }

    private func nothingSelected() -> String {
        if summary.scenarios > 0 { return "error: nothing is expected in the cases that were selected\n" }
        var conditions: [String] = []
        if let filter = selection.filter { conditions.append("--filter '\(DisplayText.line(filter))'") }
        conditions += selection.tags.map { "--tag '\(DisplayText.line($0))'" }
        return "error: none of \(passedOver) scenarios matches \(conditions.joined(separator: " "))\n"
    }
}
