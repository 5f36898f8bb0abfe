import Foundation
import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct LoaderTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: Self.root.appending(path: path)), as: UTF8.self)
    }

    static let scenarios: [String] = {
        let folder = root.appending(path: "scenarios")
        let files = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { "scenarios/" + $0 }.sorted()
    }()

    @Test(arguments: scenarios) func everyScenarioIsSound(_ path: String) throws {
        #expect(!cases(try text(path)).isEmpty)
    }

    @Test func theTwoGenerals() throws {
        let loaded = load(try text("Tests/Fixtures/examples/two-generals-always-attack.yaml"))
        #expect(loaded.diagnostics == [])
        #expect(loaded.title == "General 1 attacks without waiting for an answer")
        #expect(loaded.tags == ["lecture", "two-generals"])
        #expect(loaded.cases.map(\.title) == ["k=1", "k=2", "k=4", "k=8"])
        let first = try #require(loaded.cases.first)
        #expect(first.system.nodes.names == ["general1", "general2"])
        #expect(first.system.network.links == .fairLoss && first.system.network.loss == 0.5)
        #expect(first.outcomes.map(\.name) == ["nothing happens", "army 1 defeated", "army 2 defeated", "city captured"])
        #expect(first.plan.simulation?.runs == 4000)
        let shares = loaded.cases.map { each -> Double? in
            guard case .probability(.equals(let value, _)) = each.expectations[2].form else { return nil }
            return value
        }
        #expect(shares == [0.5, 0.25, 0.0625, 0.00390625])
    }

    @Test func titlesAreKnownOfBrokenFiles() {
        let loaded = load("scenario: half\ntags: [a, b]\nnodes: 3\nalgorithm:\n  on start: if\n")
        #expect(loaded.title == "half")
        #expect(loaded.tags == ["a", "b"])
        #expect(loaded.hasErrors && loaded.cases.isEmpty)
        #expect(load("").title == nil)
    }

    @Test func diagnosticsAreSortedAndSaidOnce() {
        let loaded = load(
            wholeScenario("parameters: {k: 1..50}\nnetwork: {loss: 10%}\nfaulty: {up-to: 5}", expect: "  a: {always: nobody}"))
        #expect(loaded.diagnostics.map(\.code) == [.lossOnReliableLinks, .tooManyFaulty, .unknownName])
        #expect(loaded.diagnostics.allSatisfy { $0.notes.allSatisfy { !$0.text.contains("in the case") } })
    }

    /// Whatever is cut off or torn out, something with a place is said and nothing traps.
    @Test func everyBeginningOfAFileIsRead() throws {
        let whole = Array(try text("Tests/Fixtures/examples/two-generals-always-attack.yaml").utf8)
        for length in stride(from: 0, to: whole.count, by: 7) {
            let loaded = ScenarioLoader.load(path: "a.yaml", bytes: Array(whole.prefix(length)))
            #expect(loaded.cases.isEmpty == loaded.hasErrors)
            let holed = ScenarioLoader.load(path: "a.yaml", bytes: Array(whole.prefix(length)) + whole.dropFirst(length + 20))
            for diagnostic in loaded.diagnostics + holed.diagnostics {
                #expect(diagnostic.span.start >= 0 && diagnostic.span.end <= whole.count)
            }
        }
    }

    @Test func algorithmsThatDoNotRunAreChecked() {
        let text = """
            scenario: two
            nodes: 2
            algorithm: a
            algorithms:
              a: {on start: return}
              b: {on start: ⟦x⟧ += 1}
            expect:
              fine: {always: true}
            """
        expectLoading(text, .unknownName)
    }
}
