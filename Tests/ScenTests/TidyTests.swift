import Foundation
import Testing

/// Habits that the compiler does not watch over.
struct TidyTests {
    private struct Source {
        var path: String
        var target: String
        var text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    private static let linesMax = 300
    /// Files that may be longer, with the reason.
    private static let longer: [String: String] = [:]
    private static let banned = [
        "Date()", ".random(", ".randomElement(", ".shuffled(", "Hasher", "try!", "fatalError(", "import Foundation",
        "TODO", "FIXME",
    ]
    private static let mayImport: [String: Set<String>] = [
        "ScenDiagnostics": [],
        "ScenModel": ["ScenDiagnostics"],
        "ScenLanguage": ["CYAML", "ScenDiagnostics", "ScenModel", "Glibc"],
        "ScenEngine": ["ScenDiagnostics", "ScenModel", "Glibc", "Synchronization"],
        "ScenReport": ["ScenDiagnostics", "ScenModel"],
        "scen": [
            "ScenDiagnostics", "ScenModel", "ScenLanguage", "ScenEngine", "ScenReport", "ArgumentParser", "Glibc",
            "Synchronization",
        ],
    ]

    private static let sources: [Source] = {
        let folder = ScenProcess.root.appending(path: "Sources")
        let paths = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let data = try? Data(contentsOf: folder.appending(path: path)) else { return nil }
            return Source(
                path: path, target: String(path.prefix { $0 != "/" }), text: String(decoding: data, as: UTF8.self))
        }
    }()

    @Test func thereAreSources() {
        #expect(Self.sources.count > 50)
    }

    @Test func filesAreShort() {
        for source in Self.sources where Self.longer[source.path] == nil {
            let count = source.lines.count
            #expect(count <= Self.linesMax, "\(source.path) has \(count) lines")
        }
    }

    @Test func nothingThatTrapsOrDiffersFromRunToRun() {
        for source in Self.sources {
            for (index, line) in source.lines.enumerated() {
                let code = line.prefix(upTo: line.firstRange(of: "//")?.lowerBound ?? line.endIndex)
                for word in Self.banned where code.contains(word) {
                    Issue.record("\(source.path):\(index + 1): '\(word)'")
                }
            }
        }
    }

    @Test func importsPointDownwards() {
        for source in Self.sources {
            for line in source.lines {
                let words = line.split(separator: " ")
                guard let at = words.firstIndex(of: "import"), at <= 1, words.count > at + 1 else { continue }
                let module = String(words[at + 1])
                #expect(
                    Self.mayImport[source.target]?.contains(module) == true,
                    "\(source.path) imports \(module)")
            }
        }
    }

    @Test func linesEndWell() {
        for source in Self.sources {
            #expect(source.text.hasSuffix("\n") && !source.text.hasSuffix("\n\n"), "the end of \(source.path)")
            for (index, line) in source.lines.enumerated() where line.hasSuffix(" ") || line.contains("\t") {
                Issue.record("\(source.path):\(index + 1): a space at the end of the line, or a tab")
            }
        }
    }
}
