import ArgumentParser
import Glibc
import ScenEngine
import ScenLanguage
import ScenReport

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run scenarios and judge what they expect.",
        discussion: """
            Exit status: 0 all passed; 1 some expectation failed; 2 invalid scenario or usage; \
            3 inconclusive only; 5 nothing selected.
            """)

    @Argument(
        help: ArgumentHelp(
            "Files, folders (with their subfolders), patterns in quotes, or '-' for standard input.",
            valueName: "path"))
    var paths: [String]

    @Option(help: "Only scenarios with this text in their title or path.")
    var filter: String?

    @Option(name: .customLong("tag"), help: "Only scenarios with this tag; given again: with any of them.")
    var tags: [String] = []

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("One value for a parameter; may be given again.", valueName: "name=value"),
        transform: Self.override)
    var overrides: [ScenarioLoader.Override] = []

    @Option(help: "The seed of the first run.")
    var seed: UInt64?

    @Option(help: "How many runs to simulate of each case.")
    var runs: Int?

    @Option(name: .shortAndLong, help: "Workers; results do not depend on it. (default: one for each core)")
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            "Memory for the states of a case where every run is explored: 512MiB, 4GiB. (default: 8GiB, or three quarters of what "
                + "the machine has)", valueName: "size"),
        transform: MemorySize.parse)
    var memory: Int?

    @Option(
        help: ArgumentHelp(
            "Time for a case where every run is explored, by the clock: 30s, 10min. What needs longer is inconclusive.",
            valueName: "duration"),
        transform: TimeLimit.parse)
    var time: TimeLimit?

    @Flag(help: "Where every run is explored: visit every state, even if fewer keep all verdicts.")
    var noReduction = false

    @Flag(help: "Stop after the first case that fails, or file that is invalid.")
    var failFast = false

    @Option(
        help: ArgumentHelp("pretty or json.", valueName: "format"), transform: OutputFormat.parse)
    var format: OutputFormat = .pretty

    @Option(name: .shortAndLong, help: ArgumentHelp("Write the report here, not to standard output.", valueName: "file"))
    var output: String?

    @Option(
        name: .customLong("traces"),
        help: ArgumentHelp("Write each run that is told as a trace file here, for 'scen replay'.", valueName: "folder"))
    var traceFolder: String?

    @Flag(name: .customLong("no-shrink"), help: "Tell runs as they were drawn.")
    var keepsRuns = false

    @Option(help: ArgumentHelp("auto, always or never; NO_COLOR is heeded.", valueName: "when"))
    var color: Terminal.ColorChoice = .auto

    @Flag(name: .shortAndLong, help: "Only failures and the summary.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Every expectation, and every run that shows something, in full.")
    var verbose = false

    private static let jobsMax = 1_024

    @Sendable static func override(_ text: String) throws -> ScenarioLoader.Override {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw ValidationError("'\(text)' is not of the form name=value")
        }
        return ScenarioLoader.Override(
            name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }

    func validate() throws {
        if paths.isEmpty { throw ValidationError("name at least one file or folder") }
        if let runs, runs < 1 { throw ValidationError("--runs must be at least 1") }
        if let jobs, jobs < 1 || jobs > Self.jobsMax {
            throw ValidationError("--jobs must be from 1 to \(Self.jobsMax)")
        }
        if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
        if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("'-' can be given only once") }
        let names = overrides.map(\.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw ValidationError("parameter '\(twice)' is set twice")
        }
    }

    func run() async throws {
        let paths = ScenarioPaths(paths)
        let files = paths.items.compactMap { item in
            if case .file(let path) = item { path } else { nil }
        }
        var options = CaseRunner.Options()
        options.runs = runs
        options.seed = seed
        options.jobs = jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        options.tellsAll = verbose
        if keepsRuns { options.shrinkingWork = 0 }
        options.reduces = !noReduction
        options.wantsTraces = traceFolder != nil
        options.limits.bytes = memory ?? min(options.limits.bytes, MemorySize.ofMachine / 4 * 3)
        options.limits.time = time?.text
        let progress = ProgressBar(enabled: Terminal.isTerminal(STDERR_FILENO))
        let status: Int32
        do {
            let file: OutputFile
            if let output {
                file = try OutputFile(path: output, sparing: files)
            } else {
                file = .standardOutput
            }
            let detail: PrettyReport.Detail = quiet ? .quiet : verbose ? .verbose : .normal
            let reporter = Reporter(
                format: format, output: file, color: color, detail: detail, progress: progress)
            let traces = try traceFolder.map { path throws(OutputFile.Failure) in try TraceFolder(path) }
            var session = RunSession(
                selection: Selection(filter: filter, tags: tags), overrides: overrides,
                runner: CaseRunner(options: options), failFast: failFast, timeLimit: time, progress: progress,
                traces: traces, reporter: reporter)
            status = try await session.run(paths)
        } catch let failure as OutputFile.Failure {
            Terminal.error("error: \(failure.message)\n")
            status = ExitStatus.invalid
        }
        if status != ExitStatus.passed { throw ExitCode(status) }
    }
}
