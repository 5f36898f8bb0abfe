import ScenDiagnostics
import Testing

@testable import ScenLanguage

struct FunctionTests {
    private static func functions(_ functions: String, _ statements: String, _ more: String = "") -> String {
        Wrapped.handler(
            statements, "state: {x: int, y: real, s: set of node}\n\(more)\nfunctions:\n" + Wrapped.indented(functions, 2))
    }

    private func instances(_ text: String) throws -> [String] {
        let typed = try loadCase(text)
        let shown = TypedText(typed)
        return typed.algorithm.functions.map { function in
            let parameters = function.locals.prefix(function.parameters).map(shown.type).joined(separator: ", ")
            return "\(function.name)(\(parameters)): \(shown.type(function.result))"
        }
    }

    @Test(arguments: [
        ("twice(v): 2 * v", "x = twice(3)\ny = twice(0.5)", ["twice(int): int", "twice(real): real"]),
        ("twice(v): 2 * v", "x = twice(3)\nx = twice(x)", ["twice(int): int"]),
        // Ranges are whole numbers to a function.
        ("f(v): v + 1", "for i in 1..3:\n  x = f(i)", ["f(int): int"]),
        ("fact(k): |\n  if k <= 1:\n    return 1\n  return k * fact(k - 1)", "x = fact(5)", ["fact(int): int"]),
        // The result is known after the recursive call only.
        ("fact(k): |\n  if k > 1:\n    return k * fact(k - 1)\n  return 1", "x = fact(5)", ["fact(int): int"]),
        ("f(k): 0.5 if k == 0 else f(k - 1) + 1", "y = f(3)", ["f(int): real"]),
        ("f(k): f(k - 1) + 1 if k > 0 else 0.5", "y = f(3)", ["f(int): real"]),
        // A parameter grows with what recursion gives it.
        ("f(k): k if k > 10 else f(k * 1.5)", "y = f(1)", ["f(real): real"]),
        ("even(k): true if k == 0 else odd(k - 1)\nodd(k): false if k == 0 else even(k - 1)",
            "assert even(4)", ["even(int): bool", "odd(int): bool"]),
        ("path(k): |\n  return [] if k == 0 else path(k - 1) + [k]", "x = len(path(3))", ["path(int): list of int"]),
        ("note(q): |\n  add q to s", "note(a)\nnote(me)", ["note(node): nothing"]),
        ("find(l): |\n  for q in l:\n    if q != me:\n      return q\n  return none",
            "assert find([a, b]) != a", ["find(list of node): maybe node"]),
        ("all_of(l): |\n  r = {}\n  for q in l:\n    add q to r\n  return r", "s = all_of([a])",
            ["all_of(list of node): set of node"]),
        ("f(k): |\n  k = 0.5 * k\n  return k", "y = f(1)", ["f(real): real"]),
    ])
    func instance(_ functions: String, _ statements: String, _ wanted: [String]) throws {
        let found = try instances(Self.functions(functions, statements)).filter { !$0.hasPrefix("()") }
        #expect(found == wanted)
    }

    @Test(arguments: [
        ("f(v): v + ⟦none_such⟧", "x = 1", [DiagnosticCode.unknownName]),
        ("f(l): l[0] if len(l) > 0 else 0", "x = f(⟦[]⟧)", [.unknownTypeOfValue]),
        ("⟦f⟧(k): f(k - 1)", "x = f(1)", [.unknownTypeOfValue]),
        ("⟦f⟧(k): |\n  if k > 0:\n    return k", "x = f(1)", [.missingReturn]),
        ("f(k): |\n  if k > 0:\n    ⟦return⟧\n  return k", "x = f(1)", [.missingReturn]),
        ("f(k): |\n  if k > 0:\n    return 1\n  return ⟦a⟧", "log \"{f(1)}\"", [.typeMismatch]),
        ("f(k): |\n  x = k", "x = ⟦f(1)⟧", [.typeMismatch]),
        ("f(k, l): k + l", "x = ⟦f⟧(1)", [.wrongArguments]),
        ("f(k): k", "x = f(⟦k⟧=1)", [.wrongArguments]),
        ("f(k): ⟦k + 1ms⟧", "x = f(1)", [.typeMismatch]),
        ("f(⟦x⟧): 1", "x = f(1)", [.duplicateName]),
        ("f(⟦n⟧): 1", "x = f(1)", [.duplicateName]),
        ("⟦len⟧(v): 1", "x = 2", [.duplicateName]),
        ("f(k): f(⟦[k]⟧)", "log \"{f(1)}\"", [.typeMismatch]),
        ("⟦f⟧(k): |\n  return [f(k - 1)] if k > 0 else []", "log \"{f(1)}\"", [.infiniteType]),
        ("f(k): f(⟦[]⟧) if k > 0 else 0", "x = f(1)", [.typeMismatch]),
        ("f(k): |\n  let ⟦g⟧ = k\n  return g", "x = f(1)", []),
    ])
    func mistake(_ functions: String, _ statements: String, _ codes: [DiagnosticCode]) {
        let marked = codes.isEmpty ? functions.replacing("⟦", with: "").replacing("⟧", with: "") : functions
        expectScenario(Self.functions(marked, statements), codes)
    }

    /// Uncalled functions are read too, but nothing is said that depends on their arguments.
    @Test func uncalledFunctions() {
        expectScenario(
            Self.functions("f(v, w): v[0] + len(w) - v.left * ⟦nobody⟧\ng(v): f(v, [])", "x = 1"), [.unknownName])
    }

    @Test func observersCallPureFunctions() throws {
        let algorithm = "state: {x: int}\nfunctions:\n  good(v): v > 0\n  better(q): good(1) and q in nodes\non start: return"
        #expect(try observed("all(good(p.x) for p in nodes) or better(a)", algorithm)
            == "(or (all (good $0.x) for $0 in {a b c}) (better a))")
    }

    @Test func observersCallNothingThatNeedsANode() {
        let text = Wrapped.algorithm(
            "state: {x: int}\nfunctions:\n  good(v): v > ⟪x⟫\n  better(v): good(v)\non start: |\n  assert better(1)",
            observer: "⟦better(1)⟧")
        expectScenario(text, [.nameNotAllowedHere])
    }

    /// Many functions that call each other are gone through a few times, not once for every way through them.
    @Test func tangledFunctions() throws {
        var functions = ""
        for index in 0..<20 {
            functions += "f\(index)(k): f\((index + 1) % 20)(k) + f\((index + 7) % 20)(k) if k > 0 else 1\n"
        }
        #expect(try instances(Self.functions(functions, "x = f0(3)")).count == 20)
    }
}
