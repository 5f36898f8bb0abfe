import Foundation
import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenLanguage

/// The algorithms of the examples have no mistakes: whatever is said about these files is that something is not carried out.
struct ExampleTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/examples")

    static func names() -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.sorted()
    }

    @Test(arguments: names()) func example(_ name: String) throws {
        let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name)))
        let loaded = ScenarioLoader.load(path: name, bytes: bytes)
        let wrong = loaded.diagnostics.filter { $0.code != .notSupported }
        let shown = DiagnosticRenderer(color: false, sources: loaded.sources).render(wrong)
        #expect(wrong.isEmpty, "\(shown)")
    }

    @Test func thereAreExamples() { #expect(Self.names().count >= 10) }

    /// OM(1), as the explorer will run it.
    @Test func oralMessages() throws {
        let text = """
            types:
              plan: [retreat, attack]
            constants:
              commander: a
              f: 1
            input: plan
            decides: plan
            messages:
              Order: {path: list of node, plan: plan}
            state:
              heard: map of list of node to plan
            functions:
              value(path): heard.get(path, retreat)
              resolve(path): |
                if len(path) == f + 1:
                  return value(path)
                let relayed = [resolve(path + [q]) for q in nodes if q != me and q not in path]
                return majority([value(path)] + relayed, retreat)
            on start: |
              if me == commander:
                send Order([me], input) to others
                decide input
            on Order(path, plan) from p: |
              if len(path) == 0 or path[0] != commander or last(path) != p or me in path or path in heard:
                return
              heard[path] = plan
              if len(path) <= f:
                send Order(path + [me], plan) to {q for q in others if q not in path}
            on round f + 2: |
              if me != commander:
                decide resolve([commander])
            """
        let typed = try loadCase(Wrapped.algorithm(text, top: "inputs: any"))
        let shown = TypedText(typed)
        let resolve = try #require(typed.algorithm.functions.first { $0.name == "resolve" })
        #expect(
            shown.statements(resolve.body) == [
                "if (equal (length $0) (addInt 1 1))", "  return (value $0)",
                "$2 = (list (resolve (concatenateLists $0 (list $1))) for $1 in {a b c} if (and (notEqual $1 me) (not (containsList $0 $1))))",
                "return (majority (concatenateLists (list (value $0)) $2) retreat)",
            ])
        #expect(shown.type(resolve.result) == "plan")
        #expect(typed.algorithm.lastNamedRound == 3)
    }
}
