import ScenDiagnostics
import Testing

@testable import ScenLanguage

/// Text that is made to be slow, or to make something huge, is refused at once.
struct LimitTests {
    private func codes(_ text: String) -> Set<DiagnosticCode> {
        Set(ScenarioLoader.load(path: "a.yaml", bytes: Array(text.utf8)).diagnostics.map(\.code))
    }

    @Test(.timeLimit(.minutes(1))) func typesThatDouble() {
        var statements = "let t0 = (1, 1)\nlet u0 = (1, 0.5)\n"
        for index in 1..<40 {
            statements += "let t\(index) = (t\(index - 1), t\(index - 1))\nlet u\(index) = (u\(index - 1), u\(index - 1))\n"
        }
        #expect(codes(Wrapped.handler(statements + "assert t39 == u39")).contains(.infiniteType))
    }

    @Test(.timeLimit(.minutes(1))) func recordsThatDouble() {
        var types = "types:\n  r0: {a1: int, b1: int}\n"
        for index in 1..<60 { types += "  r\(index): {a1: r\(index - 1), b1: r\(index - 1)}\n" }
        #expect(codes(Wrapped.handler("return", types + "state: {x: r59}")) == [.expressionTooDeep])
    }

    @Test(.timeLimit(.minutes(1))) func callsThatDouble() {
        // Every argument has an open type, so that each is asked for twice, and what is in it again.
        let call = String(repeating: "[] + f(", count: 25) + "[]" + String(repeating: ")", count: 25)
        let text = Wrapped.handler("x = \(call)\nlog \"{x}\"", "functions:\n  f(v): |\n    return f(v) if len(v) > 0 else v")
        #expect(!codes(text).isEmpty)
    }

    @Test(.timeLimit(.minutes(1))) func thousandsOfMistakes() {
        var statements = ""
        for index in 0..<2_000 { statements += "log \"{name\(index)}\"\n" }
        var state = "state:\n"
        for index in 0..<500 { state += "  variable\(index): int\n" }
        #expect(codes(Wrapped.handler(statements, state)) == [.unknownName])
    }

    @Test func localsThatGrow() {
        let text = Wrapped.handler("x = []\nfor q in others:\n  x = [x]\nlog \"{x}\"")
        #expect(codes(text).contains(.infiniteType))
    }
}
