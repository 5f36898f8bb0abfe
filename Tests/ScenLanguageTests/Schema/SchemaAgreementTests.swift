import Foundation
import ScenDiagnostics
import ScenLanguage
import Testing

/// The JSON Schema and the reader must agree about shape: an editor that uses the schema shows the mistakes that
/// `scen check` shows. Text inside scalars (expressions, statements, parameters' names) is the reader's alone.
@Suite struct SchemaAgreementTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let shapeCodes: Set<DiagnosticCode> = [
        .unknownKey, .missingKey, .wrongKind, .wrongWord, .invalidName, .conflictingKeys, .noForm, .severalForms,
        .missingComparison, .unknownProperty, .duplicateName,
    ]

    private static func files(under folder: String) -> [String] {
        let base = root.appending(path: folder)
        let found = FileManager.default.enumerator(atPath: base.path())?.compactMap { $0 as? String } ?? []
        return found.filter { $0.hasSuffix(".yaml") }.sorted().map { base.appending(path: $0).path() }
    }

    /// Path -> why the schema refuses it; nil where it is valid.
    private static func validate(_ files: [String], typed: Bool = false) throws -> [String: String?] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["python3", root.appending(path: "Tests/schema_agreement.py").path()] + (typed ? ["--typed"] : [])
            + [root.appending(path: "grammar/scenario.schema.json").path()] + files
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(
            process.terminationStatus == 0,
            "schema_agreement.py needs python3 with jsonschema and PyYAML:\n\(complaint)")
        var verdicts: [String: String?] = [:]
        for line in lines.split(separator: "\n") {
            if line.hasPrefix("valid ") {
                verdicts[String(line.dropFirst(6))] = .some(nil)
            } else if line.hasPrefix("refused "), let end = line.range(of: ": ") {
                verdicts[String(line[..<end.lowerBound].dropFirst(8))] = String(line[end.upperBound...])
            }
        }
        #expect(verdicts.count == files.count)
        return verdicts
    }

    private static func complaints(about path: String) throws -> [Diagnostic] {
        let source = SourceFile(id: .scenario, path: path, bytes: Array(try Data(contentsOf: URL(filePath: path))))
        var bag = DiagnosticBag()
        guard let node = YAMLReader.read(source, into: &bag) else { return bag.sorted }
        _ = ScenarioReader.read(node, into: &bag)
        return bag.sorted
    }

    @Test(arguments: [false, true])
    func scenariosAreValid(typed: Bool) throws {
        let files = Self.files(under: "scenarios")
        try #require(!files.isEmpty)
        for (path, reason) in try Self.validate(files, typed: typed) {
            #expect(reason == nil, "\(path)")
        }
        for path in files {
            let shape = try Self.complaints(about: path).filter { Self.shapeCodes.contains($0.code) }
            #expect(shape.isEmpty, "\(path)")
        }
    }

    @Test func brokenShapesAreRefusedByBoth() throws {
        let files = Self.files(under: "Tests/Fixtures/broken")
        try #require(files.count >= 40)
        for (path, reason) in try Self.validate(files) {
            #expect(reason != nil, "the schema lets \(path) through")
        }
        for path in files {
            let errors = try Self.complaints(about: path).filter { $0.severity == .error && $0.code != .notSupported }
            #expect(!errors.isEmpty, "the reader lets \(path) through")
        }
    }

    /// What it says about the broken files, for people to read.
    @Test func brokenShapesAreExplained() throws {
        var shown = ""
        for path in Self.files(under: "Tests/Fixtures/broken") {
            let source = SourceFile(
                id: .scenario, path: URL(filePath: path).lastPathComponent,
                bytes: Array(try Data(contentsOf: URL(filePath: path))))
            let text = DiagnosticRenderer(color: false, sources: [source]).render(try Self.complaints(about: path))
            shown += text + "\n"
        }
        let golden = Self.root.appending(path: "Tests/Fixtures/broken.txt")
        let stored = (try? Data(contentsOf: golden)).map { String(decoding: $0, as: UTF8.self) }
        if shown == stored { return }
        if ProcessInfo.processInfo.environment["SCEN_REFRESH_GOLDENS"] == "1" {
            try Data(shown.utf8).write(to: golden)
            Issue.record("rewrote Tests/Fixtures/broken.txt; look at it")
        } else {
            Issue.record("Tests/Fixtures/broken.txt is stale: run the tests with SCEN_REFRESH_GOLDENS=1")
        }
    }
}
