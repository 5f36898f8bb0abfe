import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

/// What nodes know is refused where views could not say what a node sees.
@Suite struct KnowledgeDiagnosticsTests {
    private func check(_ keys: String, messages: String = "M: {}", handler: String = "return", _ codes: DiagnosticCode...) {
        let text = wholeScenario(
            keys.contains("run:") ? keys : keys + "\nrun: exhaustive", algorithm: "  messages: {\(messages)}\n  state: {x: int}\n  on start: \(handler)",
            expect: "  it:\n    always: ⟦knows(n1, n1.x == 0)⟧")
        expectDiagnostics(codes.isEmpty ? text.replacing("⟦", with: "").replacing("⟧", with: "") : text, codes) { file, bag in
            bag.report(contentsOf: ScenarioLoader.load(path: file.path, bytes: file.bytes).diagnostics.filter { $0.severity == .error })
        }
    }

    @Test func sealsInOrder() {
        check("", messages: "M: {s: sealed int}")
        check("", messages: "M: {s: list of sealed int}")
        check("", messages: "M: {s: map of int to sealed int}")
        check("nodes: {count: 3, model: byzantine}\nfaulty: {up-to: 1, behaviour: silent}", messages: "M: {s: sealed int}")
    }

    @Test func sealsInNoOrder() {
        check("", messages: "M: {s: set of sealed int}", .notSupported)
        check("", messages: "M: {s: map of sealed int to int}", .notSupported)
        check("", messages: "M: {s: list of set of sealed int}", .notSupported)
    }

    @Test func sealsOfLiars() {
        check("nodes: {count: 3, model: byzantine}\nfaulty: {up-to: 1}", messages: "M: {s: sealed int}", .notSupported)
        check("nodes: {count: 3, model: byzantine}\nfaulty: {up-to: 1, behaviour: arbitrary}", messages: "M: {s: sealed int}", .notSupported)
        check("nodes: {count: 3, model: byzantine}\nfaulty: {up-to: 1}", messages: "M: {s: int}")
    }

    @Test func chosenSeals() {
        let choice = "|\n    choose s in {seal(1, for=n2), seal(2, for=n2)}\n    send M(s) to n2"
        let text = wholeScenario(
            "run: exhaustive", algorithm: "  messages: {M: {s: sealed int}}\n  on start: " + choice, expect: "  it: {always: 'knows(n1, n1.up)'}")
        let loaded = load(text)
        #expect(loaded.diagnostics.filter { $0.severity == .error }.map(\.code) == [.notSupported])
    }

    @Test func bounds() {
        check("timing: {model: partially-synchronous, latency: 0ms..5ms}")
        check("timing: {model: partially-synchronous, latency: 0ms..5ms}\nrun: {exhaustive: {steps: 10}}")
        let text = wholeScenario(
            "timing: {model: synchronous, latency: 0ms..5ms}\nrun: {exhaustive: {⟦steps⟧: 10}}", expect: "  it: {always: '⟪knows(n1, n1.up)⟫'}")
        expectLoading(text, .notSupported)
    }
}
