import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenLanguage

struct DeclarationTests {
    @Test(arguments: [
        ("state: {x: ⟦flaot⟧}", [DiagnosticCode.unknownType]),
        ("state: {x: list of ⟦plan⟧}", [.unknownType]),
        ("types: {plan: [u, v]}\nstate: {x: ⟦plan⟧}", [.needsInitialValue]),
        ("state: {x: ⟦node⟧}", [.needsInitialValue]),
        ("types: {pair: {left: int, right: node}}\nstate: {x: ⟦pair⟧}", [.needsInitialValue]),
        ("state: {x: int = ⟦true⟧}", [.typeMismatch]),
        ("state: {x: 1..3 = ⟦4⟧}", [.outOfRange]),
        ("state: {x: ⟦3..1⟧}", [.outOfRange]),
        ("state: {x: 1..⟦k⟧}", [.unknownName]),
        ("state:\n  x: '⟦[]⟧'", [.unknownTypeOfValue]),
        ("state: {x: ⟦none⟧}", [.unknownTypeOfValue]),
        ("state: {x: int, y: int = ⟦x⟧}", [.nameNotAllowedHere]),
        ("state: {y: duration = ⟦now⟧}", [.nameNotAllowedHere]),
        ("state: {y: int = ⟦f⟧(1)}\nfunctions:\n  f(v): v", [.nameNotAllowedHere]),
        ("state: {⟦total⟧: int}\nconstants: {⟪total⟫: 1}", [.duplicateName]),
        ("types: {plan: [u, v]}\nstate: {⟦u⟧: bool}", [.duplicateName]),
        ("constants: {q: ⟦1 div 0⟧}\nstate: {x: 1..q}", [.evaluation]),
        ("constants: {⟦q⟧: r + 1, r: q}", [.notConstant]),
        ("constants: {q: ⟦me⟧}", [.nameNotAllowedHere]),
        ("types: {⟦tree⟧: {left: maybe tree, value: int}}", [.infiniteType]),
        ("types: {⟦x⟧: list of x}", [.infiniteType]),
        ("state: {x: ⟦\(String(repeating: "list of ", count: 40))int⟧}", [.expressionTooDeep]),
        ("types: {⟦u⟧: {v: list of v}, v: {u: maybe u}}", [.infiniteType]),
        ("functions:\n  ⟦len⟧(v): 1", [.duplicateName]),
        ("messages: {Go: {}}\nfunctions:\n  ⟦Go⟧(v): 1", [.duplicateName]),
    ])
    func mistake(_ declarations: String, _ codes: [DiagnosticCode]) {
        expectScenario(Wrapped.algorithm(declarations + "\non start: return"), codes)
    }

    @Test func anyOrder() throws {
        let declarations = """
            constants: {most: least + span, least: 1}
            types: {pair: {left: level, right: other}, level: least..most, other: {words: set of word}, word: [u, v]}
            messages: {Go: {to: pair}}
            state: {x: maybe pair}
            on start: |
              x = pair(2, other({u}))
            """
        let text = Wrapped.algorithm(declarations, parameters: "span: 3")
        let typed = try loadCase(text)
        let shown = TypedText(typed)
        let record = typed.types.records.first { $0.name == "pair" }
        #expect(record?.fields.map { shown.type($0.type) } == ["1..4", "other"])
        #expect(typed.types.messages[0].fields.map { shown.type($0.type) } == ["pair"])
        let lines = shown.statements(typed.algorithm.handlers[0].routine.body)
        #expect(lines == ["x = (pair 2 (other (set u)))"])
    }

    /// What only an observer knows may be the name of state.
    @Test func stateCalledAsWhatObserversSee() throws {
        let algorithm = "state: {time: int, faulty: set of node}\non start: |\n  time = len(faulty)"
        #expect(try observed("time > 1s and a.time == len(faulty)", algorithm)
            == "(and (less 1000000000ns time) (equal a.time (length faulty)))")
    }

    /// Every case has its own ranges.
    @Test func casesDiffer() {
        let text = Wrapped.algorithm("state: {x: 1..k}\non start: |\n  x = ⟦3⟧", parameters: "k: [2, 3]")
        expectScenario(text, [.outOfRange])
    }

    @Test func manyMistakesAtOnce() {
        let text = """
            types: {plan: [u, v]}
            constants: {q: ⟦nobody⟧}
            messages: {Go: {a: ⟦flaot⟧}}
            state: {x: ⟦plan⟧, y: int}
            functions:
              f(k): k + ⟦w⟧
            on start: |
              y = ⟦true⟧
              send Go(q) to ⟦1⟧
            on ⟦Og⟧(a1): return
            """
        expectScenario(
            Wrapped.algorithm(text, observer: "⟦y⟧ == 1"),
            [
                .unknownName, .unknownType, .needsInitialValue, .unknownName, .typeMismatch, .typeMismatch,
                .unknownMessage, .nameNotAllowedHere,
            ])
    }
}
