import ScenDiagnostics
import ScenLanguage
import Testing

/// One mistake is told once: what merely follows from it is not.
@Suite struct ConsequencesTests {
    private func expectLoaded(
        _ marked: String, _ codes: DiagnosticCode..., sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnostics(marked, codes, sourceLocation: sourceLocation) { file, bag in
            bag.report(contentsOf: ScenarioLoader.load(path: file.path, bytes: file.bytes).diagnostics)
        }
    }

    @Test func ofRefusedNames() {
        expectLoaded(
            """
            scenario: A test
            nodes: [a, b]
            algorithm:
              types: {plan: [go, stay], rec: {q: int}}
              messages: {Ball: {n: set of⟦⟧}, Net: ⟦3⟧}
              state: {hits: 1 +⟦⟧, ready: false}
              constants: {c: 1 +⟦⟧}
              functions:
                f(x): 1 +⟦⟧
              on start: |
                hits = c + f(3)
                send Ball(3) to b
                send Net() to b
              on Ball(n) from q: |
                hits += 1
              on Net() from q: |
                let z = 1 +⟦⟧
                hits += z
            expect:
              one: {always: a.hits > 0}
              two: {possible: sent(Net) > 3}
            """,
            .syntax, .wrongKind, .syntax, .syntax, .syntax, .syntax)
    }

    @Test func ofWrongModels() {
        let rest = "\nnodes: [a, b]\nalgorithm: {on round 2: return}\nexpect:\n  x: {always: true}\n"
        expectLoaded("scenario: A\nnetwork: {links: ⟦perfect⟧, loss: 20%}\ntiming: synchronous" + rest, .wrongWord)
        expectLoaded("scenario: A\ntiming: {model: ⟦slow⟧, bound: 3ms}" + rest, .wrongWord)
    }

    @Test func ofHandlersThatCannotBeRead() {
        expectLoaded(
            """
            scenario: A test
            nodes: [a, b]
            algorithm:
              messages: {Ball: {}}
              on start: |
                send Ball() to b
                set timer Wait after 3ms
              on Ball⟦(⟧: |
                return
              on timer Wait: |
                let x =⟦⟧
            expect:
              x: {always: true}
            """,
            .syntax, .syntax)
    }
}
