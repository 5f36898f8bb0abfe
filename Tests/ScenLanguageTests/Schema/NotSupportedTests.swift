import Foundation
import ScenDiagnostics
import ScenLanguage
import Testing

/// What is part of the language but not carried out yet is refused in one place, and never as unknown.
@Suite struct NotSupportedTests {
    private static let examples = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/examples")

    @Test(arguments: [
        "timeline: [{at: 1s, ⟦request⟧: Get(1)}]",
        "⟦workload⟧: {load: {from: a, every: 1s, request: Get(1), timeout: 1s}}",
        "⟦exercise⟧: {task: Do it., points: {agreement: 4}}",
        "expect:\n  x: {⟦availability⟧: c, at-least: 99.9%}",
        "expect:\n  x: {⟦slo⟧: {of: c, within: 200ms, at-least: 99%}}",
        "expect:\n  x: {⟦linearizable⟧: c}",
        "expect:\n  x: {⟦single-points-of-failure⟧: [a, a <-> b], of: y, apart-from: [b]}",
        "algorithm:\n  on start: return\n  ⟦uses⟧: {fd: timeout-detector}",
        "algorithm: ⟦shared/paxos.yaml⟧",
    ])
    func isSaidOnce(part: String) {
        let codes = Array(repeating: DiagnosticCode.notSupported, count: part.count { $0 == "⟦" })
        expectDiagnostics(scenario(part), codes) { file, bag in
            guard let node = YAMLReader.read(file, into: &bag) else { return }
            _ = ScenarioReader.read(node, into: &bag)
        }
    }

    /// Its shape is checked nevertheless.
    @Test func shapeIsChecked() {
        expectKeyDiagnostics("⟦workload⟧: {⟦load⟧: {from: a, every: 1s}}", .notSupported, .missingKey)
    }

    /// The examples use all of the language.
    @Test func examplesAreOnlyNotSupported() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.examples.path()).sorted()
        #expect(names.count == 10)
        for name in names {
            let text = try String(contentsOf: Self.examples.appending(path: name), encoding: .utf8)
            let (scenario, found) = readScenario(text)
            #expect(found.allSatisfy { $0.code == .notSupported }, "\(name): \(found)")
            let carriedOut = [
                "two-generals-always-attack.yaml", "availability-replicas.yaml", "detector-timeout.yaml",
                "crash-recovery-storage.yaml", "byzantine-oral-messages.yaml", "two-generals-common-knowledge.yaml",
                "byzantine-who-lies.yaml",
            ]
            if carriedOut.contains(name) {
                #expect(found.isEmpty && scenario != nil, "\(name)")
            } else {
                #expect(!found.isEmpty, "\(name)")
            }
        }
    }
}
