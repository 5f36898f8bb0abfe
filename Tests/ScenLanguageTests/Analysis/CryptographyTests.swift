import ScenDiagnostics
import Testing

@testable import ScenLanguage

/// `sign`, `seal`, `open`, and the values that they are about.
struct CryptographyTests {
    private static let declarations = """
        types:
          plan: [attack, retreat]
        messages:
          Order: {plan: signed plan}
          Secret:
            nonce: sealed (int, node)
        state:
          i: int
          mine: maybe signed plan
          near: maybe signed 1..5
          box: maybe sealed (int, node)
          maybes: list of signed maybe int
        on Order(plan) from p: |
          if plan.signer == p and plan.value == attack:
            mine = plan
        on Secret(nonce): |
          let x = open(nonce)
          if x != none:
            i = x[0]
        """

    private func check(_ statements: String, _ codes: [DiagnosticCode]) {
        expectScenario(Wrapped.handler("send Order(sign(attack)) to a\nsend Secret(seal((1, a), for=b)) to a\n" + statements, Self.declarations), codes)
    }

    @Test(arguments: [
        "mine = sign(attack)", "near = sign(3)", "i = near.value", "box = seal((1, me), for=c)", "i = open(box)[0]",
        "append sign(1) to maybes", "append sign(none) to maybes", "let s = sign(sign(attack))\ni = 1 if s.value.value == attack else 2",
        "let t = seal([sign(1)], for=me)\ni = open(t)[0].value", "i = 1 if sign(attack) in {sign(retreat)} else 2",
        "mine = sign(attack) if i > 0 else none",
    ])
    func isAccepted(_ statements: String) { check(statements, []) }

    @Test(arguments: [
        "mine = ⟦attack⟧", "i = ⟦sign(1)⟧", "mine = ⟦seal(attack, for=a)⟧", "i = open(⟦sign(1)⟧)", "i = open(⟦i⟧)",
        "mine = ⟦sign(1)⟧", "let s = seal(1, for=⟦2⟧)\ni = open(s)",
    ])
    func isOfAnotherType(_ statements: String) { check(statements, [.typeMismatch]) }

    @Test(arguments: [
        ("i = ⟦seal(1)⟧", DiagnosticCode.wrongArguments), ("i = ⟦seal(1, a)⟧", .wrongArguments),
        ("i = ⟦seal(1, to=a)⟧", .wrongArguments), ("i = ⟦sign⟧()", .wrongArguments),
        ("i = box.⟦value⟧", .unknownMember), ("i = mine.⟦sender⟧", .unknownMember),
        ("mine.⟦value⟧ = attack", .notAssignable),
    ])
    func isRefused(_ statements: String, _ code: DiagnosticCode) { check(statements, [code]) }

    @Test(arguments: [
        "⟦sign⟧(attack).signer == a", "⟦open⟧(a.box) != none", "a.box.⟦value⟧ == 1", "⟦twice(1)⟧",
    ])
    func needsANode(_ condition: String) {
        expectScenario(
            Wrapped.algorithm(
                "types: {plan: [attack, retreat]}\nfunctions:\n  twice(x): \(condition.contains("twice") ? "⟪sign⟫" : "sign")(x).value == x\nstate: {box: maybe sealed int}\non start: |\n  box = seal(1, for=a)",
                observer: condition),
            [condition.contains("box.") ? .unknownMember : .nameNotAllowedHere])
    }

    @Test func expectationsReadWhatIsSigned() {
        expectScenario(
            Wrapped.algorithm(
                "state: {mine: maybe signed int}\non start: |\n  mine = sign(1)",
                observer: "all(p.mine == none or p.mine.value == 1 and p.mine.signer == p for p in nodes)"), [])
    }

    @Test func aValueNeedsASigner() {
        expectScenario(Wrapped.algorithm("state: {mine: ⟦signed int⟧}\non start: return"), [.needsInitialValue])
        expectScenario(Wrapped.algorithm("functions:\n  ⟦sign⟧(x): x\non start: return"), [.duplicateName])
    }
}

/// `adversary.knows(x)`
struct AdversaryNameTests {
    private func check(_ condition: String, _ code: DiagnosticCode? = nil) {
        expectScenario(
            Wrapped.algorithm(
                "types: {plan: [attack, retreat]}\nmessages: {Order: {plan: plan, copy: signed plan}}\nstate: {x: int}\non start: |\n  x = 1",
                observer: condition), code.map { [$0] } ?? [])
    }

    @Test(arguments: ["adversary.knows(7)", "adversary.knows(a.x)", "all(not adversary.knows(p.x) for p in nodes)", "adversary.knows((7, attack))"])
    func isAccepted(_ condition: String) { check(condition) }

    @Test(arguments: [
        ("adversary.knows(⟦attack⟧)", DiagnosticCode.adversaryMismatch), ("adversary.knows(⟦a⟧)", .adversaryMismatch),
        ("adversary.⟦sees⟧(7)", .unknownFunction), ("adversary.⟦knows⟧()", .wrongArguments),
        ("adversary.knows(⟦[]⟧)", .unknownTypeOfValue),
    ])
    func isRefused(_ condition: String, _ code: DiagnosticCode) { check(condition, code) }

    @Test func noNodeAsks() {
        expectScenario(Wrapped.handler("i = 1 if ⟦adversary.knows(7)⟧ else 2", "state: {i: int}"), [.nameNotAllowedHere])
    }
}
