import Foundation
import ScenLanguage
import Testing

/// `grammar/` holds what is made from the table of keys; whoever changes the table refreshes it with
/// `SCEN_REFRESH_GOLDENS=1`, which fails once.
@Suite struct GeneratedDocumentsTests {
    private static let grammar = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "grammar")

    @Test(arguments: ["scenario.schema.json", "keys.md"])
    func isFresh(name: String) throws {
        let made = name == "keys.md" ? KeyReference.markdown() : SchemaDocument.json()
        let file = Self.grammar.appending(path: name)
        let stored = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
        if stored == made { return }
        if ProcessInfo.processInfo.environment["SCEN_REFRESH_GOLDENS"] == "1" {
            try Data(made.utf8).write(to: file)
            Issue.record("rewrote grammar/\(name); look at it")
        } else {
            Issue.record("grammar/\(name) is stale: run the tests with SCEN_REFRESH_GOLDENS=1")
        }
    }

    @Test func schemaIsJSON() throws {
        let document = try JSONSerialization.jsonObject(with: Data(SchemaDocument.json().utf8))
        #expect((document as? [String: Any])?["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
    }

    @Test func everySectionIsMadeOnce() {
        let paths = KeyTable.sections.map(\.section.path)
        #expect(Set(paths).count == paths.count)
    }

    @Test func everyKeyIsExplained() {
        for (section, _) in KeyTable.sections {
            for key in section.keys {
                #expect(!key.meaning.isEmpty && key.meaning.hasSuffix("."), "\(section.path).\(key.name)")
                #expect(!key.example.isEmpty, "\(section.path).\(key.name)")
            }
            #expect(Set(section.keys.map(\.name)).count == section.keys.count, "\(section.path)")
        }
    }

    /// Rules between keys name keys that there are.
    @Test func rulesNameKeys() {
        for (section, _) in KeyTable.sections {
            var named = section.keys.flatMap { $0.goesWith + $0.needs.flatMap { $0 } }
            for rule in section.rules {
                switch rule {
                case .atLeastOne(let names), .atMostOne(let names), .exactlyOne(let names), .oneForm(let names): named += names
                }
            }
            for name in named { #expect(section.key(name) != nil, "\(section.path).\(name)") }
        }
    }
}
