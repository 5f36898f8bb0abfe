import Foundation
import ScenDiagnostics
import ScenLanguage
import Synchronization
import Testing

/// Nothing that somebody writes may use up the stack or take more than linear time.
@Suite struct ParsingLimitsTests {
    /// What `work` gives on a thread with the smallest stack that scen runs on, less what its callers need.
    private func onSmallStack<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: work()) }
            thread.stackSize = 448 << 10
            thread.start()
        }
    }

    private func codes(ofExpression text: String) async -> [DiagnosticCode] {
        await onSmallStack {
            var bag = DiagnosticBag()
            _ = TextParser(text).expression(into: &bag)
            return bag.all.map(\.code)
        }
    }

    private func codes(ofBlock text: String) async -> [DiagnosticCode] {
        await onSmallStack {
            var bag = DiagnosticBag()
            _ = TextParser(text).block(into: &bag)
            return bag.all.map(\.code)
        }
    }

    private static func many(_ text: String, _ count: Int = 20_000) -> String {
        String(repeating: text, count: count)
    }

    @Test(arguments: ["(", "[", "{", "f(", "a[", "{a: ", "not (", "-(", "a ** (", "[x for x in ", "\"{("])
    func openBrackets(_ opening: String) async {
        #expect(!(await codes(ofExpression: Self.many(opening))).isEmpty)
    }

    @Test func huge() async {
        #expect(!(await codes(ofExpression: Self.many("(", 100_000))).isEmpty)
        #expect(await codes(ofExpression: Self.many("not ", 200_000) + "a") == [.expressionTooDeep])
        #expect(await codes(ofExpression: Self.many("a + ", 100_000) + "a") == [.expressionTooDeep])
        #expect(!(await codes(ofBlock: Self.many("if a:\n", 100_000))).isEmpty)
    }

    /// Brackets in which every level of precedence is open.
    @Test func bracketsInOperators() async {
        let level = "a if b else a implies a or a and not a == a | a & a..a + a * -a ** f(a, x=[{a: a, b: ("
        let close = ")}])"
        #expect(await codes(ofExpression: level + "a" + close) == [])
        let text = Self.many(level, 100) + "a" + Self.many(close, 100)
        #expect(await codes(ofExpression: text) == [.expressionTooDeep])
    }

    @Test(arguments: [
        ("(", ")"), ("[", "]"), ("f(", ")"), ("{a: ", "}"), ("a[", "]"), ("(b, ", ")"), ("[a for a in ", "]"),
        ("all(a for a in ", ")"), ("not (", ")"), ("a if a else (", ")"), ("a implies (", ")"),
    ])
    func nesting(_ open: String, _ close: String) async {
        func text(_ count: Int) -> String { Self.many(open, count) + "a" + Self.many(close, count) }
        #expect(await codes(ofExpression: text(25)) == [])
        #expect(await codes(ofExpression: text(5_000)) == [.expressionTooDeep])
    }

    @Test(arguments: [
        ("not ", "a"), ("-", "a"), ("a + ", "a"), ("a ** ", "a"), ("a ** -", "a"), ("a implies ", "a"), ("a and ", "a"),
        ("a if b else ", "a"), ("a | ", "a"), ("a - ", "a"),
    ])
    func chains(_ link: String, _ last: String) async {
        #expect(await codes(ofExpression: Self.many(link, 99) + last) == [])
        #expect(await codes(ofExpression: Self.many(link, 200) + last) == [.expressionTooDeep])
        #expect(await codes(ofExpression: Self.many(link, 20_000) + last) == [.expressionTooDeep])
    }

    @Test(arguments: [(".a", 199), ("[a]", 199), (" for a in a", 0)])
    func suffixes(_ suffix: String, _ fitting: Int) async {
        if fitting > 0 { #expect(await codes(ofExpression: "a" + Self.many(suffix, fitting)) == []) }
        #expect(await codes(ofExpression: "[a" + Self.many(suffix) + "]") == [.expressionTooDeep])
    }

    @Test func longIsNotDeep() async {
        #expect(await codes(ofExpression: "[" + Self.many("a, ") + "a]") == [])
        #expect(await codes(ofExpression: "a" + Self.many(" < a")) == [])
        #expect(await codes(ofExpression: "\"" + Self.many("{a} ") + "\"") == [])
        #expect(await codes(ofBlock: Self.many("x = y\n", 20_000)) == [])
        #expect(await codes(ofBlock: "if a: return\n" + Self.many("elif a: return\n", 20_000)) == [])
    }

    @Test func nestedStatements() async {
        func text(_ count: Int) -> String {
            (0..<count).map { Self.many(" ", $0) + "if a:\n" }.joined() + Self.many(" ", count) + "return\n"
        }
        #expect(await codes(ofBlock: text(30)) == [])
        #expect(await codes(ofBlock: text(31)) == [.expressionTooDeep])
        #expect(await codes(ofBlock: text(1_000)) == [.expressionTooDeep])
        #expect(!(await codes(ofBlock: Self.many("if a:\n"))).isEmpty)
        #expect(!(await codes(ofBlock: Self.many("if a: "))).isEmpty)
        let indents = (0..<1_000).map { Self.many(" ", $0) + "x\n" }.joined()
        #expect(!(await codes(ofBlock: indents)).isEmpty)
    }

    @Test func types() async {
        for (open, close) in [("list of ", ""), ("(", ")"), ("map of int to ", ""), ("(int, ", ")"), ("maybe ", "")] {
            let codes = await onSmallStack {
                [25, 10_000].map { count in
                    var bag = DiagnosticBag()
                    _ = TextParser(Self.many(open, count) + "int" + Self.many(close, count)).type(into: &bag)
                    return bag.all.map(\.code)
                }
            }
            #expect(codes == [[], [.expressionTooDeep]], "\(open)")
        }
    }

    @Test func patterns() async {
        #expect(
            await codes(ofBlock: "let " + Self.many("(a, ") + "a" + Self.many(")") + " = e") == [.expressionTooDeep])
        let header = Self.many("(a, ") + "a" + Self.many(")")
        let codes = await onSmallStack {
            var bag = DiagnosticBag()
            _ = TextParser("on M(" + header + ")").trigger(into: &bag)
            return bag.all.map(\.code)
        }
        #expect(codes == [.expressionTooDeep])
    }

    /// Each of these could cost the square of its length, or more: an input that hangs the parser ends the test.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("x = (\n", 4_000), ("x = foo(a\n", 4_000), (")", 20_000), ("“", 20_000), ("$", 20_000), ("\"", 20_001),
            ("\"{\" ", 10_000), ("a-b-", 10_000), ("1.", 20_000), ("{a", 20_000), ("\n", 40_000), ("9", 40_000),
            ("else:\n", 4_000), ("  x\n", 4_000), ("sned x\n", 2_000), ("#\n", 20_000), ("x.append(y)\n", 2_000),
            ("(a)", 10_000), ("add ", 20_000), ("add [", 4_000), ("(a + b) ", 10_000), ("add[0] = 1\n", 2_000),
            ("set timer ", 6_000), ("a..", 10_000), ("[a for a in ", 6_000), ("'{a}' ", 6_000),
        ])
    func longInputs(_ unit: String, _ count: Int) async {
        let words: Set<String> = [Self.many("a-b-", 30) + "a"]
        let text = Self.many(unit, count)
        let bag = await onSmallStack {
            var bag = DiagnosticBag()
            let parser = TextParser(text, hyphenated: words)
            _ = parser.block(into: &bag)
            _ = parser.expression(into: &bag)
            _ = parser.trigger(into: &bag)
            _ = parser.type(into: &bag)
            return bag
        }
        #expect(bag.hasErrors)
        #expect(bag.all.allSatisfy { $0.span.end <= text.utf8.count })
    }
}
