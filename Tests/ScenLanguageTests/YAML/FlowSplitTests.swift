import ScenDiagnostics
import ScenLanguage
import Testing

@Suite struct FlowSplitTests {
    @Test(arguments: [
        "timing: {latency: normal(5ms⟦, ⟧1ms), bound: 10ms}\n",
        "timing: {latency: normal(5ms⟦,⟧1ms)}\n",
        "a: [b, f(x⟦, ⟧g(y, z)), c]\n",
        "a: {log \"x⟦, ⟧y\": 1}\n",
        "a: {on Order(path⟦, ⟧plan) from p: decide plan}\n",
        "a: {b: {c: f(1⟦, ⟧2)}, d: [e, f(3⟦, ⟧4)]}\n",
        "a: {b: max(x⟦, ⟧y) < 3, c: d}\n",
    ])
    func split(marked: String) {
        let count = marked.filter { $0 == "⟦" }.count
        expectDiagnostics(marked, Array(repeating: .flowSplit, count: count)) { file, bag in
            if let root = YAMLReader.read(file, into: &bag) { bag.report(contentsOf: flowSplits(root)) }
        }
    }

    @Test(arguments: [
        "a: {b: f(x), c: (y)}\n", "a: {b: 'f(x', c: 'y)'}\n", "a: f(x, y)\n", "a: [b), c(]\n", "a: {b: it's, c: (d}\n",
        "a: {b: \"f(x, y)\"}\n", "a:\n  - f(x, y)\n", "a: [\"(\", b]\n",
    ])
    func whole(text: String) {
        expectDiagnostics(text, []) { file, bag in
            if let root = YAMLReader.read(file, into: &bag) { bag.report(contentsOf: flowSplits(root)) }
        }
    }
}

/// The examples of `scen explain` do what they say.
@Suite struct YAMLExplanationTests {
    @Test(arguments: [
        DiagnosticCode.yamlSyntax, .tabIndentation, .duplicateKey, .severalDocuments, .unknownAlias, .unsupportedYAML,
        .flowSplit,
    ])
    func wrongIsWrongAndRightIsRight(code: DiagnosticCode) throws {
        func codes(_ text: String) -> [DiagnosticCode] {
            var bag = DiagnosticBag()
            if let root = YAMLReader.read(SourceFile(path: "a", text: text), into: &bag) {
                bag.report(contentsOf: flowSplits(root))
            }
            return bag.all.map(\.code)
        }
        let explanation = try #require(code.explanation)
        #expect(codes(try #require(explanation.wrong)) == [code])
        #expect(codes(explanation.right) == [])
    }
}
