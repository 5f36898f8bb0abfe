import Foundation
import ScenDiagnostics
import Testing

/// Golden files, `Tests/Goldens/AREA/NAME.txt`: a source, a separating line, and the diagnostics as shown.
///
/// To add one, write the source alone and run the tests with `SCEN_REFRESH_GOLDENS=1`. That rewrites the files that
/// differ and fails those tests once, so that nobody refreshes without looking.
enum Goldens {
    private static let separator = "-------- shown --------\n"
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Goldens")

    /// For `@Test(arguments:)`.
    static func names(in area: String) -> [String] {
        let path = folder.appending(path: area).path()
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }

    /// The source alone, for tests that mutate it.
    static func source(_ name: String, in area: String) -> [UInt8] {
        let file = folder.appending(path: area).appending(path: name + ".txt")
        let text = String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
        return Array(text[..<(text.range(of: separator)?.lowerBound ?? text.endIndex)].utf8)
    }

    static func check(
        _ name: String, in area: String, sourceLocation: SourceLocation = #_sourceLocation,
        run: (SourceFile, inout DiagnosticBag) -> Void
    ) throws {
        let file = folder.appending(path: area).appending(path: name + ".txt")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let split = text.range(of: separator)
        let source = String(text[..<(split?.lowerBound ?? text.endIndex)])
        let golden = split.map { String(text[$0.upperBound...]) }

        let sourceFile = SourceFile(path: "scenario.yaml", text: source)
        var bag = DiagnosticBag()
        run(sourceFile, &bag)
        let shown = DiagnosticRenderer(color: false, sources: [sourceFile]).render(bag.sorted)
        guard shown != golden else { return }
        if ProcessInfo.processInfo.environment["SCEN_REFRESH_GOLDENS"] == "1" {
            try Data((source + separator + shown).utf8).write(to: file)
            Issue.record("rewrote \(area)/\(name).txt; look at it", sourceLocation: sourceLocation)
        } else {
            Issue.record(
                """
                \(area)/\(name).txt differs
                expected:
                \(golden ?? "(nothing yet)")
                found:
                \(shown)
                """, sourceLocation: sourceLocation)
        }
    }
}
