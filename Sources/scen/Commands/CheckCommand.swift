import ArgumentParser
import Glibc
import ScenDiagnostics
import ScenLanguage
import ScenReport

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read and check scenarios without running them.",
        discussion: "Exit status: 0 no errors (warnings are allowed); 2 errors.")

    @Argument(
        help: ArgumentHelp(
            "Files, folders (with their subfolders), patterns in quotes, or '-' for standard input.",
            valueName: "path"))
    var paths: [String]

    @Option(help: ArgumentHelp("auto, always or never; NO_COLOR is heeded.", valueName: "when"))
    var color: Terminal.ColorChoice = .auto

    func validate() throws {
        if paths.isEmpty { throw ValidationError("name at least one file or folder") }
    }

    func run() throws {
        let color = Terminal.color(color, on: STDERR_FILENO)
        var errors = 0
        var warnings = 0
        var broken = 0
        var checked = 0
        for item in ScenarioPaths(paths).items {
            let (diagnostics, sources) = Self.check(item)
            checked += 1
            let worst = diagnostics.count { $0.severity == .error }
            errors += worst
            warnings += diagnostics.count - worst
            if worst > 0 { broken += 1 }
            if !diagnostics.isEmpty {
                Terminal.error(DiagnosticRenderer(color: color, sources: sources).render(diagnostics) + "\n")
            }
        }
        let summary = CheckSummary(checked: checked, broken: broken, errors: errors, warnings: warnings)
        DescriptorWriting.write(summary.text + "\n", to: STDOUT_FILENO)
        if errors > 0 { throw ExitCode(ExitStatus.invalid) }
    }

    private static func check(_ item: ScenarioPaths.Item) -> ([Diagnostic], [SourceFile]) {
        switch item {
        case .problem(_, let diagnostic): return ([diagnostic], [])
        case .file(let path):
            switch FileReading.read(path) {
            case .failure(let failure): return ([failure.diagnostic], [])
            case .success(let bytes):
                let loaded = ScenarioLoader.load(path: path, bytes: bytes)
                return (loaded.diagnostics, loaded.sources)
            }
        }
    }
}
