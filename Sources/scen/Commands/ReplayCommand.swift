import ArgumentParser
import Glibc
import ScenDiagnostics
import ScenLanguage
import ScenReport

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Tell a run again from its trace file.",
        discussion: """
            'scen run --traces FOLDER' writes trace files. Exit status: 0 the run shows what was expected; 1 it violates it, or \
            stops with an error; 2 invalid trace, scenario or usage; 3 the scenario has changed so that the run departs \
            from its trace or shows nothing.
            """)

    @Argument(help: ArgumentHelp("A trace file, or '-' for standard input.", valueName: "trace"))
    var path: String

    @Option(help: ArgumentHelp("The scenario, if it is not where the trace says.", valueName: "file"))
    var scenario: String?

    @Option(
        help: ArgumentHelp("pretty or json.", valueName: "format"), transform: OutputFormat.parse)
    var format: OutputFormat = .pretty

    @Option(name: .shortAndLong, help: ArgumentHelp("Write the report here, not to standard output.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("auto, always or never; NO_COLOR is heeded.", valueName: "when"))
    var color: Terminal.ColorChoice = .auto

    @Flag(name: .shortAndLong, help: "Every event, and every value in full.")
    var verbose = false

    func validate() throws {
        if path == "-", scenario == "-" { throw ValidationError("'-' can be given only once") }
    }

    func run() throws {
        let replaying = ReplaySession(path: path, scenario: scenario)
        switch replaying.result() {
        case .failure(let problem):
            complain(problem.diagnostics, problem.sources)
            throw ExitCode(ExitStatus.invalid)
        case .success(let report):
            if format == .pretty { complain(report.diagnostics, report.sources) }
            do throws(OutputFile.Failure) {
                try show(report)
            } catch {
                Terminal.error("error: \(error.message)\n")
                throw ExitCode(ExitStatus.invalid)
            }
            if report.exitCode != ExitStatus.passed { throw ExitCode(report.exitCode) }
        }
    }

    private func show(_ report: ReplayReport) throws(OutputFile.Failure) {
        let file: OutputFile
        if let output {
            file = try OutputFile(path: output, sparing: [path, report.file])
        } else {
            file = .standardOutput
        }
        let painted = file.isStandardOutput ? Terminal.color(color, on: STDOUT_FILENO) : color == .always
        switch format {
        case .pretty: try file.write(report.pretty(color: painted, whole: verbose))
        case .json: try file.write(report.json())
        }
    }

    private func complain(_ diagnostics: [Diagnostic], _ sources: [SourceFile]) {
        guard !diagnostics.isEmpty else { return }
        let renderer = DiagnosticRenderer(color: Terminal.color(color, on: STDERR_FILENO), sources: sources)
        Terminal.error(renderer.render(diagnostics) + "\n")
    }
}
