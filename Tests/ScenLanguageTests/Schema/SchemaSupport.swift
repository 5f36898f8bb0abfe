import Foundation
import ScenDiagnostics
import ScenLanguage
import Testing

/// A sound scenario of which the test gives one part; `part` begins with a key.
func scenario(_ part: String) -> String {
    let sound = [
        ("scenario", "A test"), ("nodes", "[a, b]"), ("algorithm", "{on start: return}"),
        ("expect", "{agreement: holds}"),
    ]
    var text = ""
    let plain = "\n" + part.filter { !"⟦⟧⟪⟫".contains($0) }
    for (key, value) in sound where !plain.contains("\n\(key):") { text += "\(key): \(value)\n" }
    return text + part + "\n"
}

func readScenario(_ text: String) -> (ScenarioSyntax?, [Diagnostic]) {
    let source = SourceFile(path: "scenario.yaml", text: text)
    var bag = DiagnosticBag()
    guard let node = YAMLReader.read(source, into: &bag) else { return (nil, bag.sorted) }
    let scenario = ScenarioReader.read(node, into: &bag)
    return (scenario, bag.sorted)
}

/// `part` is marked; the rest of the scenario is sound.
func expectKeyDiagnostics(
    _ part: String, _ codes: DiagnosticCode..., sourceLocation: SourceLocation = #_sourceLocation
) {
    expectDiagnostics(scenario(part), codes, sourceLocation: sourceLocation) { file, bag in
        guard let node = YAMLReader.read(file, into: &bag) else { return }
        _ = ScenarioReader.read(node, into: &bag)
    }
}
