import Foundation
import Testing

/// Golden files, `Tests/Goldens/reports/NAME`. Running the tests with `SCEN_REFRESH_GOLDENS=1` rewrites those that differ
/// and fails once, so that nobody refreshes without looking.
enum TextGolden {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Goldens/reports")

    static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appending(path: name)
        let golden = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
        guard text != golden else { return }
        if ProcessInfo.processInfo.environment["SCEN_REFRESH_GOLDENS"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            Issue.record("rewrote \(name); look at it", sourceLocation: sourceLocation)
        } else {
            Issue.record(
                "\(name) differs\nexpected:\n\(golden ?? "(nothing yet)")\nfound:\n\(text)",
                sourceLocation: sourceLocation)
        }
    }
}
