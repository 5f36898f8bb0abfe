import ScenDiagnostics
import Testing

@testable import ScenLanguage

struct NameDiagnosticsTests {
    private static let declarations = """
        types:
          plan: [attack, retreat]
          mood: [calm, attack]
          pair: {left: int, right: plan}
        constants: {quorum: n div 2 + 1}
        messages: {Order: {path: list of node, plan: plan}}
        state:
          count: int
          seen: set of node
          m: map of int to node
          p: pair = pair(1, retreat)
        functions:
          double(v): 2 * v
        on Order(path, plan): |
          assert double(1) == 2
          send Order(path, plan) to a
        """

    @Test(arguments: [
        ("if me == ⟦d⟧:\n  return", DiagnosticCode.unknownName),
        ("count = ⟦cout⟧ + 1", .unknownName),
        ("⟦cout⟧ = 1", .unknownName),
        ("⟦cout⟧ += 1", .unknownName),
        ("⟦total⟧ = 1", .unknownName),
        ("x = ⟦y⟧\ny = 1\nlog \"{x} {y}\"", .unknownName),
        ("if count > 0:\n  x = 1\nlog \"{⟦x⟧}\"⟪⟫", .unknownName),
        ("for q in others:\n  x = q\ncount = len({⟦x⟧})⟪⟫", .unknownName),
        ("log \"{⟦Order⟧}\"", .unknownName),
        ("log \"{⟦double⟧}\"", .unknownName),
        ("log \"{⟦attack⟧}\"", .ambiguousName),
        ("count = ⟦cuont⟧(1)", .unknownFunction),
        ("count = ⟦doubel⟧(1)", .unknownFunction),
        ("count = ⟦append⟧(1)", .unknownFunction),
        ("log \"{seen.⟦union⟧(others)}\"", .unknownFunction),
        ("count = ⟦int⟧(1.5)", .unknownFunction),
        ("for i in ⟦range⟧(3):\n  count = i", .unknownFunction),
        ("count = m.⟦geet⟧(1)", .unknownFunction),
        ("count = ⟦quorum⟧(1)", .unknownFunction),
        ("send ⟦Ordr⟧([], attack) to others", .unknownFunction),
        ("count = p.⟦lefft⟧", .unknownMember),
        ("p.⟦lefft⟧ = 1", .unknownMember),
        ("count = count.⟦left⟧", .unknownMember),
        ("count = m.⟦keys⟧", .unknownMember),
        ("seen = ⟦faulty⟧", .nameNotAllowedHere),
        ("log \"{⟦time⟧}\"", .nameNotAllowedHere),
        ("log \"{a.⟦count⟧}\"", .nameNotAllowedHere),
        ("log \"{me.⟦count⟧}\"", .nameNotAllowedHere),
        ("log \"{a.⟦crashed⟧}\"", .nameNotAllowedHere),
        ("log \"{⟦sent⟧(Order)}\"", .nameNotAllowedHere),
        ("log \"{⟦input⟧}\"", .nameNotAllowedHere),
        ("log \"{⟦decision⟧}\"", .nameNotAllowedHere),
        ("⟦decide 3⟧", .nameNotAllowedHere),
        ("⟦deliver 3⟧", .nameNotAllowedHere),
        ("let ⟦count⟧ = 1", .duplicateName),
        ("let ⟦a⟧ = 1", .duplicateName),
        ("let ⟦calm⟧ = 1", .duplicateName),
        ("let ⟦n⟧ = 1", .duplicateName),
        ("for ⟦quorum⟧ in others:\n  return", .duplicateName),
        ("count = count(1 for ⟦seen⟧ in others if true)", .duplicateName),
        ("let ⟪x⟫ = 1\nif x > 0:\n  let ⟦x⟧ = 2\n  count = x", .duplicateName),
        ("⟦n⟧ = 1", .notAssignable),
        ("⟦a⟧ = 1", .notAssignable),
        ("⟦calm⟧ = 1", .notAssignable),
        ("⟦quorum⟧ = 1", .notAssignable),
        ("⟦me⟧ = a", .notAssignable),
        ("cancel timer ⟦Retry⟧", .unknownTimer),
        ("count = ⟦knows⟧(a, true)", .nameNotAllowedHere),
        ("log \"{⟦adversary.knows(1)⟧}\"", .nameNotAllowedHere),
    ])
    func inHandlers(_ statements: String, _ code: DiagnosticCode) {
        var statements = statements
        // Where the note points is another matter.
        if statements.contains("⟪⟫") {
            statements = statements.replacing("⟪⟫", with: "").replacing("  x = ", with: "  ⟪x⟫ = ")
        }
        expectScenario(Wrapped.handler(statements, Self.declarations), [code])
    }

    @Test(arguments: [
        ("⟦me⟧ == a", DiagnosticCode.nameNotAllowedHere),
        ("⟦others⟧ == nodes", .nameNotAllowedHere),
        ("⟦now⟧ > 1s", .nameNotAllowedHere),
        ("⟦count⟧ > 1", .nameNotAllowedHere),
        ("⟦input⟧ == 1", .nameNotAllowedHere),
        ("a.⟦coutn⟧ > 1", .unknownMember),
        ("a.⟦colour⟧ > 1", .unknownMember),
        ("a.⟦input⟧ == 1", .nameNotAllowedHere),
        ("a.⟦decision⟧ == none", .nameNotAllowedHere),
        ("nodes.⟦count⟧ > 1", .unknownMember),
        ("sent(⟦Oder⟧) > 1", .unknownMessage),
        ("sent(⟦1⟧) > 1", .typeMismatch),
        ("outcome == ⟦\"wonn\"⟧", .unknownOutcome),
        ("outcome in [\"won\", ⟦\"lots\"⟧]", .unknownOutcome),
        ("⟦outcome < \"won\"⟧", .typeMismatch),
        ("outcome == ⟦1⟧", .typeMismatch),
        ("all(⟦q⟧.count > 0 for p in nodes)", .unknownName),
        ("all(p.count > 0 for ⟦nodes⟧ in nodes for p in nodes)", .duplicateName),
        ("⟦knows(a, true)⟧", .needsExploration),
        ("⟦knows⟧(a)", .wrongArguments),
        ("⟦everyone_knows⟧(nodes, a.count > 0, true)", .wrongArguments),
        ("⟦common_knowledge⟧(nodes, e=true)", .wrongArguments),
        ("knows(⟦nodes⟧, true)", .typeMismatch),
        ("common_knowledge(⟦a⟧, true)", .typeMismatch),
        ("everyone_knows(⟦3⟧, true)", .typeMismatch),
        ("knows(a, ⟦a.count⟧)", .typeMismatch),
        ("received(⟦nodes⟧) > 0", .typeMismatch),
        ("⟦len(nodes)⟧", .typeMismatch),
    ])
    func inExpectations(_ condition: String, _ code: DiagnosticCode) {
        let text = Wrapped.algorithm(
            Self.declarations, observer: condition, top: "outcomes: {won: true, lost: false}")
        expectScenario(text, [code])
    }

    @Test(arguments: [
        ("k: [1, 2]", "where: ⟦nodes⟧ == {}", DiagnosticCode.notOverParameters),
        ("k: [1, 2]", "where: k > ⟦kk⟧", .unknownName),
    ])
    func overParameters(_ parameters: String, _ top: String, _ code: DiagnosticCode) {
        let text = Wrapped.algorithm("on start: return", top: top, parameters: parameters)
        expectScenario(text, [code])
    }

    @Test func advice() {
        func said(_ statement: String) -> String {
            messages(Wrapped.handler(statement, Self.declarations)).joined(separator: "; ")
        }
        #expect(said("cout = 1") == "no state variable is called 'cout' | did you mean 'count'?")
        #expect(said("seen = all") == "no node, parameter or state is called 'all' | all nodes are 'nodes', all but this one 'others'")
        #expect(said("count = cuont") == "no node, parameter or state is called 'cuont' | did you mean 'count'?")
        #expect(said("log \"{seen.union(seen)}\"") == "a value of type 'set of node' has no 'union(..)' | sets are united with '|'")
        #expect(said("log \"{a.count}\"") == "no node sees the 'count' of another | it can be told in a message")
        #expect(said("log \"{me.count}\"") == "a node's own 'count' is written without 'me' | write 'count'")
        #expect(said("log \"{attack}\"") == "'attack' may be a value of 'plan' or a value of 'mood' | nothing here tells which is meant")
    }
}
