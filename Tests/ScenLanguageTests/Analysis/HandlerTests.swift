import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenLanguage

struct HandlerTests {
    private static let declarations = """
        types: {plan: [attack, retreat]}
        constants: {first: 2}
        messages: {Order: {path: list of node, plan: plan}, Ack: {}, Pair: {both: '(int, node)'}}
        state: {x: int, later: duration}
        on start: |
          send Order([], attack) to others
          send Ack() to others
          send Pair((1, a)) to others
        """

    private func headers(_ handlers: String) throws -> [String] {
        let typed = try loadCase(Wrapped.algorithm(Self.declarations + "\n" + handlers))
        let shown = TypedText(typed)
        return typed.algorithm.handlers.filter { $0.event != .start }.map { handler in
            let types = handler.routine.locals.prefix(handler.routine.parameters).map(shown.type)
            let patterns = handler.patterns.map(shown.pattern).joined(separator: ", ")
            return "\(handler.event) (\(types.joined(separator: ", "))) \(patterns)"
        }
    }

    @Test(arguments: [
        ("on Order(path, plan) from p: return", ["message(0) (node, list of node, plan) $0, $1, $2"]),
        ("on Order(path, attack) from a: return", ["message(0) (node, list of node, plan) =a, $1, =attack"]),
        ("on Order([me], _): return", ["message(0) (node, list of node, plan) _, =(list me), _"]),
        ("on Order: return", ["message(0) (node, list of node, plan) _, _, _"]),
        ("on Pair((1, q)) from me: return", ["message(2) (node, (int, node)) =me, (=1, $2)"]),
        ("on round r: return", ["round (int) $0"]),
        ("on round first + 1: return", ["round (int) =(addInt 2 1)"]),
        ("on round n: return", ["round (int) =3"]),
        // The argument's type comes from where the timer is set, even further down.
        ("on timer T(v): |\n  set timer T(v) after 1ms\non Ack(): |\n  set timer T(1) after 1ms",
            ["timer(0) (int) $0", "message(1) (node) _"]),
        ("on timer T(v): |\n  set timer T(v * 0.5) after 1ms\non Ack(): |\n  set timer T(1) after 1ms",
            ["timer(0) (real) $0", "message(1) (node) _"]),
    ])
    func header(_ handlers: String, _ wanted: [String]) throws {
        #expect(try headers(handlers) == wanted)
    }

    @Test func roundsThatAreNamed() throws {
        let typed = try loadCase(
            Wrapped.algorithm("constants: {f: 4}\non round f + 2: return\non round 3: return\non round r: return"))
        #expect(typed.algorithm.lastNamedRound == 6)
    }

    @Test func conditions() throws {
        let typed = try loadCase(Wrapped.algorithm(Self.declarations + "\nwhen x > 1 and me == a: |\n  x = 0"))
        let shown = TypedText(typed)
        #expect(typed.algorithm.whens.count == 1)
        #expect(shown.statements(typed.algorithm.whens[0].condition.body) == ["return (and (less 1 x) (equal me a))"])
        #expect(shown.statements(typed.algorithm.whens[0].body.body) == ["x = 0"])
    }

    @Test(arguments: [
        ("on ⟦Ordr⟧(path, plan): |\n  log \"{path} {⟦q⟧}\"", [DiagnosticCode.unknownMessage, .unknownName]),
        ("on ⟦Order⟧(path): return", [.wrongFields]),
        ("on ⟦Order⟧(path, plan, q): |\n  log \"{q}\"", [.wrongFields]),
        ("on Order(⟦x⟧, plan): return", [.duplicateName]),
        ("on Order(⟦input⟧, plan): return", [.duplicateName]),
        ("on Order(⟪p⟫, ⟦p⟧): return", [.duplicateName]),
        ("on Order(⟦attack⟧, plan): return", [.typeMismatch]),
        ("on Order(⟦1⟧, plan): return", [.typeMismatch]),
        ("on Pair(⟦(p, q, r)⟧): return", [.typeMismatch]),
        ("on round ⟦0⟧: return", [.outOfRange]),
        ("on round ⟦me⟧: return", [.nameNotAllowedHere, .typeMismatch]),
        ("on round ⟦x + 1⟧: return", [.nameNotAllowedHere]),
        ("when ⟦x⟧: return", [.typeMismatch]),
        ("on timer T(v): |\n  set timer ⟦T⟧() after 1ms", [.wrongArguments]),
    ])
    func mistake(_ handlers: String, _ codes: [DiagnosticCode]) {
        var text = handlers.replacing("on round ⟦x + 1⟧", with: "on round ⟦x⟧ + 1")
        text = text.replacing("on timer T(v)", with: "on timer ⟪T⟫(v)")
        if text.contains("⟦me⟧") { text = text.replacing("⟦me⟧", with: "⟦⟦me⟧⟧") }
        expectScenario(Wrapped.algorithm(Self.declarations + "\n" + text), codes)
    }

    @Test(arguments: [
        ("⟪on Ack()⟫: |\n  x = 1\n⟦on Ack() from a⟧: |\n  x = 2", [DiagnosticCode.unusedHandler]),
        ("on Ack() from a: |\n  x = 1\non Ack(): |\n  x = 2", []),
        ("on timer ⟦Retri⟧: |\n  x = 1", [.unusedHandler]),
        ("on Ack(): |\n  set timer ⟦T⟧ after 1ms", [.unhandledMessage]),
    ])
    func warning(_ handlers: String, _ codes: [DiagnosticCode]) {
        let handled = handlers.contains("on Ack") ? "" : "\non Ack(): return"
        let text = Self.declarations + "\non Order(u, v): return\non Pair(u): return\n" + handlers + handled
        expectScenario(Wrapped.algorithm(text), codes)
    }

    @Test func messagesThatNobodySendsOrHandles() {
        let text = """
            messages: {Ping: {}, Pong: {}, Spare: {}}
            on start: |
              send ⟦Ping()⟧ to others
            ⟦on Pong()⟧: return
            """
        expectScenario(Wrapped.algorithm(text), [.unhandledMessage, .unusedHandler])
    }

    /// What a broken handler would have sent is not known, so nothing is said about who waits for it.
    @Test func noWarningsBesideErrors() {
        let text = "messages: {Ping: {}}\non start: |\n  send ⟦Pong⟧() to others\non Ping(): return"
        expectScenario(Wrapped.algorithm(text), [.unknownFunction])
    }
}
