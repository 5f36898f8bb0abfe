import ScenDiagnostics
import Testing

@testable import ScenLanguage

struct TypeDiagnosticsTests {
    private static let declarations = """
        types:
          plan: [attack, retreat]
          pair: {left: int, right: plan}
        decides: plan
        delivers: message
        messages: {Order: {path: list of node, plan: plan}}
        state:
          i: int
          r: real
          d: duration
          flag: bool
          small: 1..5
          who: maybe node
          seen: set of node
          log: list of int
          m: map of int to node
          mine: plan = retreat
          p: pair = pair(1, retreat)
          t: (int, node) = (1, a)
          text: string
        on Order(path, plan): |
          send Order(path, plan) to a
        """

    @Test(arguments: [
        // Conversions that there are not
        "i = ⟦true⟧", "i = ⟦0.5⟧", "i = ⟦10ms⟧", "d = ⟦10⟧", "flag = ⟦1⟧", "flag = ⟦none⟧", "i = ⟦\"1\"⟧",
        "mine = ⟦\"attack\"⟧", "mine = ⟦a⟧", "who = ⟦1⟧", "seen = ⟦[a]⟧", "log = ⟦{1}⟧", "log = ⟦{}⟧", "seen = ⟦[]⟧",
        "seen = ⟦a⟧", "text = ⟦i⟧", "m = ⟦{1}⟧", "p = ⟦(1, attack)⟧", "t = ⟦(1, 2, 3)⟧", "i = ⟦log⟧", "i = ⟦r⟧",
        // Operators
        "i = ⟦1 + true⟧", "i = ⟦i + d⟧", "d = ⟦d + 1⟧", "d = ⟦d * d⟧", "seen = ⟦seen + others⟧", "log = ⟦log + 1⟧",
        "seen = ⟦seen - a⟧", "i = ⟦i div 0.5⟧", "text = ⟦\"a\" + 1⟧", "i = -⟦flag⟧", "flag = not ⟦i⟧", "flag = flag and ⟦i⟧",
        "⟦i += true⟧", "log = ⟦log | log⟧", "flag = ⟦0.5⟧", "d = ⟦10ms ** 2⟧", "r = ⟦1 / d⟧",
        // Comparisons
        "flag = ⟦i == true⟧", "flag = ⟦i == d⟧", "flag = ⟦d < 10⟧", "flag = ⟦mine == \"attack\"⟧", "flag = ⟦me == \"a\"⟧",
        "flag = ⟦log == seen⟧", "flag = ⟦1 in seen⟧", "flag = a in ⟦i⟧", "flag = ⟦m < m⟧", "flag = ⟦who == 1⟧",
        "flag = 1 < ⟦i < d⟧",
        // Conditions
        "if ⟦i⟧:\n  return", "assert ⟦len(log)⟧", "i = 1 if ⟦i⟧ else 2", "i = 1 if flag else ⟦a⟧",
        // Collections
        "log = [1, ⟦a⟧]", "seen = {a, ⟦1⟧}", "m = {1: a, 2: ⟦3⟧}", "i = ⟦i⟧[0]", "i = ⟦seen⟧[0]", "i = log[⟦a⟧]", "who = m[⟦a⟧]",
        "i = t[⟦i⟧]", "i = len(⟦i⟧)", "log = ⟦seen⟧[1:]", "i = sum(⟦seen⟧)", "i = sum(⟦flag⟧ for x in log)", "i = abs(⟦flag⟧)",
        "log = list(⟦d⟧..3)", "for x in ⟦i⟧:\n  return", "for x, y in ⟦m⟧:\n  return", "for ⟦(x, y)⟧ in log:\n  return",
        "let ⟦(x, y)⟧ = (1, 2, 3)", "i = majority([1], ⟦a⟧)", "who = m.get(⟦a⟧)", "who = m.get(1, ⟦2⟧)", "flag = any(⟦log⟧)",
        // Statements
        "add ⟦1⟧ to seen", "add 1 to ⟦log⟧", "append 1 to ⟦seen⟧", "add 1 to ⟦i⟧", "remove 1 from ⟦i⟧", "append 1 to ⟦m⟧",
        "remove ⟦a⟧ from m", "send ⟦1⟧ to others", "send Order([], attack) to ⟦1⟧", "send Order([], attack) to ⟦log⟧",
        "send Order([⟦1⟧], attack) to others", "send Order([], ⟦1⟧) to a", "decide ⟦1⟧", "deliver ⟦1⟧",
        "set timer T after ⟦10⟧", "x = 1\nx = ⟦a⟧⟪⟫\nlog \"{x}\"", "choose x in ⟦i⟧\ni = x",
    ])
    func mismatch(_ statements: String) {
        let statements = statements.replacing("x = 1\nx = ⟦a⟧⟪⟫", with: "⟪x⟫ = 1\nx = ⟦a⟧")
        let timer = statements.contains("timer T") ? "\non timer T: return" : ""
        expectScenario(Wrapped.handler(statements, Self.declarations + timer), [.typeMismatch])
    }

    @Test(arguments: [
        ("small = ⟦6⟧", DiagnosticCode.outOfRange),
        ("small = ⟦-1⟧", .outOfRange),
        ("i = t[⟦2⟧]", .outOfRange),
        ("send ⟦Order⟧([]) to others", .wrongFields),
        ("send ⟦Order⟧([], attack, 1) to others", .wrongFields),
        ("send Order(path=[], ⟦paln⟧=attack) to others", .wrongFields),
        ("send Order(path=[], ⟦path⟧=[], plan=attack) to others", .wrongFields),
        ("p = ⟦pair⟧()", .wrongFields),
        ("i = ⟦len⟧()", .wrongArguments),
        ("i = ⟦len⟧(log, log)", .wrongArguments),
        ("i = len(⟦x⟧=log)", .wrongArguments),
        ("i = ⟦count(x for x in log)⟧", .wrongArguments),
        ("return ⟦1⟧", .wrongArguments),
        ("⟦Order([], attack)⟧", .syntax),
        ("⟦len(log)⟧", .syntax),
        ("text = \"{⟦i⟧}\"", .syntax),
        ("t[⟦⟧0] = 1", .notAssignable),
        ("i.⟦left⟧ = 1", .notAssignable),
        ("⟦decision⟧ = attack", .notAssignable),
        ("let x = ⟦[]⟧\nlog = x", .unknownTypeOfValue),
        ("let x = ⟦{}⟧\ni = len(x)", .unknownTypeOfValue),
        ("let x = ⟦none⟧\nflag = x == none", .unknownTypeOfValue),
        ("i = len(⟦[]⟧)", .unknownTypeOfValue),
        ("⟦x⟧ = 1\nfor q in others:\n  x = [x]\nlog \"{x}\"", .typeMismatch),
        ("set timer T after ⟦-1ms⟧", .outOfRange),
        ("set timer T(1) after 1ms\nset timer ⟦T⟧(1, 2) after 1ms", .wrongArguments),
    ])
    func other(_ statements: String, _ code: DiagnosticCode) {
        var statements = statements.replacing("t[⟦⟧0] = 1", with: "⟦t[0]⟧ = 1")
        statements = statements.replacing("⟦x⟧ = 1\nfor q in others:\n  x = [x]", with: "⟪x⟫ = 1\nfor q in others:\n  x = ⟦[x]⟧")
        statements = statements.replacing("set timer T(1) after 1ms\nset", with: "set timer ⟪T⟫(1) after 1ms\nset")
        statements = statements.replacing("let x = ⟦[]⟧\nlog = x", with: "let x = ⟦[]⟧\ni = len(x)")
        let handler = statements.contains("T(1)") ? "\non timer T(x): return" : "\non timer T: return"
        let declarations = statements.contains("timer") ? Self.declarations + handler : Self.declarations
        expectScenario(Wrapped.handler(statements, declarations), [code])
    }

    /// One mistake is reported once, and others after it too.
    @Test func noCascades() {
        let statements = """
            x = ⟦nobody⟧ + 1
            y = x * 2 if x > 0 else x
            for q in x:
              append q.left to log
            let (u, v) = x
            send Order(x, y) to u
            i = ⟦true⟧
            i = f(x) + ⟦g⟧(x)
            """
        expectScenario(
            Wrapped.handler(statements, Self.declarations + "\nfunctions:\n  f(v): v + ⟦w⟧"),
            [.unknownName, .unknownName, .typeMismatch, .unknownFunction])
    }

    @Test(arguments: [
        ("i = 10ms", "expected int, found duration | divide by a duration: 'd div 1ms' is a whole number"),
        ("d = 10", "expected duration, found int | a duration has a unit: '10ms', '10s'"),
        ("flag = mine == \"attack\"", "plan and string cannot be compared | write attack without quotes"),
        ("i = r", "expected int, found real | 'floor', 'ceil' and 'round' give whole numbers, and so does 'div'"),
        ("mine = none", "expected plan, found none | only a 'maybe plan' can be 'none'"),
        ("seen = [a]", "expected set of node, found list of node | 'set(..)' makes a set of a list"),
        ("seen = seen + {a}", "'+' does not take set of node and set of node | sets are united with '|'"),
        ("log = {}", "expected list of int, found {} | an empty list is '[]'"),
        ("seen = []", "expected set of node, found [] | an empty set or map is '{}'"),
        ("send Order([]) to others", "the message 'Order' has 2 fields, here are 1 | it has 'path' and 'plan'"),
        ("small = 6", "6 is outside 1..5"),
        ("for x in 3:\n  return", "expected a list, set or map, found int | a range has two ends: '0..k-1'"),
    ])
    func wording(_ statements: String, _ wanted: String) {
        #expect(messages(Wrapped.handler(statements, Self.declarations)) == [wanted])
    }
}
