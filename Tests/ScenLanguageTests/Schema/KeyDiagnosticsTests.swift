import ScenDiagnostics
import ScenLanguage
import Testing

/// Places of what is wrong with keys. How it is worded stands in `Tests/Fixtures/broken.txt`.
@Suite struct KeyDiagnosticsTests {
    @Test(arguments: [
        "⟦network⟧:", "network: ⟦[fair-loss]⟧", "⟦network⟧: \"\"", "nodes: ⟦[]⟧", "⟦nodes⟧: ''",
        "expect: ⟦{}⟧", "expect: ⟦[agreement]⟧", "algorithm: ⟦[on start]⟧", "parameters: {k: ⟦{a: 1}⟧}",
        "parameters: {⟦k⟧: }", "outcomes:\n  ⟦won⟧:\n    a: b", "algorithm:\n  messages: {Ball: ⟦int⟧}",
        "algorithm:\n  messages:\n    ⟦Ball⟧:", "faulty: {a: ⟦2s⟧}", "nodes: {groups: ⟦{}⟧}",
        "expect:\n  soon: {probability: x, ⟦between⟧: [1, 2, 3]}", "run: ⟦[]⟧",
    ])
    func wrongKind(part: String) { expectKeyDiagnostics(part, .wrongKind) }

    @Test(arguments: [
        "network: ⟦fair-lose⟧", "network: {links: ⟦lossy⟧}", "network: {links: fair-loss, fifo: ⟦yes⟧}",
        "timing: ⟦partially-asynchronous⟧", "nodes: {count: 3, model: ⟦fail-stop⟧}", "faulty: ⟦n1⟧",
        "run: ⟦simulation⟧", "run: [simulate, ⟦explore⟧]", "expect: {agreement: ⟦hold⟧}",
        "expect: {agreement: ⟦holds if n > 3⟧}", "expect: {agreement: ⟦holds iff⟧}",
        "expect: {agreement: {verdict: ⟦yes⟧}}", "tags: [two-generals, ⟦byzantine generals⟧]",
        "algorithm:\n  assumes: {network: ⟦perfect⟧}", "parameters: {k: [1, 2]}\nnetwork: ⟦l⟧",
    ])
    func wrongWord(part: String) { expectKeyDiagnostics(part, .wrongWord) }

    @Test(arguments: [
        "⟦losses⟧: 20%", "network: {links: fair-loss, ⟦los⟧: 20%}", "⟦on start⟧: return", "⟦runs⟧: 20",
        "timing: {model: synchronous, ⟦delay⟧: 1ms}", "algorithm:\n  ⟦onstart⟧: return", "faulty: {⟦upto⟧: 1}",
        "faulty: {⟦up_to⟧: 1}", "faulty: {a: {⟦crashed⟧: 2s}}", "nodes: {count: 2, ⟦models⟧: crash-stop}",
        "expect:\n  soon: {⟦sometimes⟧: x, within: 2s}", "expect: {agreement: {⟦always⟧: x}}",
        "run: {simulate: {runs: 3, ⟦steps⟧: 4}}", "inputs: {a: {any: 1..7, ⟦b⟧: 3}}",
    ])
    func unknownKey(part: String) { expectKeyDiagnostics(part, .unknownKey) }

    @Test(arguments: [
        "parameters: {⟦a-b⟧: 1}", "parameters: {⟦1k⟧: 1}", "parameters: {⟦if⟧: 1}", "parameters: {⟦others⟧: 1}",
        "nodes: [⟦1⟧, b]", "nodes: [⟦a b⟧, b]", "nodes: [⟦me⟧, b]", "nodes: [⟦a-⟧, b]", "nodes: {count: 2, prefix: ⟦a-⟧}",
        "nodes: {groups: {⟦my-group⟧: 2}}", "algorithm:\n  state: {⟦in⟧: int}", "algorithm:\n  state: {⟦me⟧: int}",
        "algorithm:\n  messages: {⟦My-Ball⟧: {}}", "algorithm:\n  messages: {Ball: {⟦a b⟧: int}}",
        "algorithm:\n  types: {⟦int⟧: int}", "algorithm:\n  types: {plan: [⟦true⟧, no]}",
        "algorithm:\n  constants: {⟦None⟧: 3}", "inputs: {⟦1⟧: 0}",
    ])
    func invalidName(part: String) { expectKeyDiagnostics(part, .invalidName) }

    @Test(arguments: ["nodes: [a, größe, store-2]", "nodes: [α, β]", "nodes: {count: 3, prefix: n}", "parameters: {n: 3, bound: 10ms}"])
    func validName(part: String) { expectKeyDiagnostics(part) }

    @Test func missingKeys() {
        expectKeyDiagnostics("⟦nodes⟧: {model: crash-stop}", .missingKey)
        expectKeyDiagnostics("faulty: {a: {⟦crash⟧: {}}}", .missingKey)
        expectKeyDiagnostics("⟦run⟧: {}", .missingKey)
        expectDiagnostics(
            "⟦scenario⟧: A\nnodes: 3\nexpect: {agreement: holds}\n", [.missingKey], run: read)
    }

    @Test func mistypedKeyIsNotMissing() {
        expectDiagnostics(
            "scenario: A\n⟦node⟧: 3\n⟦algoritm⟧: {on start: return}\nexpect: {agreement: holds}\n",
            [.unknownKey, .unknownKey], run: read)
    }

    @Test func keysThatExcludeEachOther() {
        expectKeyDiagnostics("nodes: {⟪count⟫: 2, ⟦names⟧: [a, b]}", .conflictingKeys)
        expectKeyDiagnostics("faulty: {⟪exactly⟫: 1, ⟦up-to⟧: 1}", .conflictingKeys)
        expectKeyDiagnostics("nodes: {names: [a, b], ⟦prefix⟧: x}", .conflictingKeys)
        expectKeyDiagnostics("expect:\n  soon: {always: x, ⟦within⟧: 2s}", .conflictingKeys)
        expectKeyDiagnostics("expect:\n  soon: {probability: x, at-least: 1%, ⟦tolerance⟧: 1%}", .conflictingKeys)
    }

    @Test func comparisons() {
        expectKeyDiagnostics("expect:\n  soon: {probability: x, ⟪at-least⟫: 1%, ⟦at-most⟧: 2%}", .conflictingKeys)
        expectKeyDiagnostics("expect: {termination: {within: 2s}, agreement: {⟦within⟧: 2s}}", .unknownKey)
    }

    @Test func forms() {
        expectKeyDiagnostics("expect:\n  ⟦soon⟧: {verdict: holds}", .noForm)
        expectKeyDiagnostics("expect:\n  ⟦soon⟧: {}", .noForm)
        expectKeyDiagnostics("expect:\n  soon: {⟪always⟫: x, ⟦never⟧: y}", .severalForms)
        expectKeyDiagnostics("expect:\n  soon: {⟦probability⟧: x}", .missingComparison)
        expectKeyDiagnostics("expect: {⟦agrement⟧: holds}", .unknownProperty)
        expectKeyDiagnostics("expect: {⟦soon⟧: a.x > 3}", .unknownProperty)
    }

    @Test func namesTwice() {
        expectKeyDiagnostics("nodes: [⟪a⟫, b, ⟦a⟧]", .duplicateName)
        expectKeyDiagnostics("faulty: [⟪a⟫, ⟦a⟧]", .duplicateName)
        expectKeyDiagnostics("tags: [⟪x⟫, ⟦x⟧]", .duplicateName)
        expectKeyDiagnostics("algorithm:\n  types: {plan: [⟪go⟫, ⟦go⟧]}", .duplicateName)
    }

    @Test func commasInFlowStyle() {
        expectKeyDiagnostics("timing: {latency: normal(5ms⟦, ⟧1ms)}", .flowSplit)
        expectKeyDiagnostics("expect:\n  soon: {possible: all(x⟦, ⟧y), within: 2s}", .flowSplit)
        expectKeyDiagnostics("parameters: {k: [max(1⟦, ⟧2), 3]}", .flowSplit)
    }

    /// A mistake is told once, however deep it lies, and hides nothing beside it.
    @Test func severalAtOnce() {
        expectKeyDiagnostics(
            "network: {⟦link⟧: fair-loss, loss: ⟦[1]⟧, fifo: ⟦maybe⟧}", .unknownKey, .wrongKind, .wrongWord)
    }

    private func read(_ file: SourceFile, _ bag: inout DiagnosticBag) {
        guard let node = YAMLReader.read(file, into: &bag) else { return }
        _ = ScenarioReader.read(node, into: &bag)
    }
}
