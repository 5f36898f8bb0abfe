import ScenDiagnostics
import ScenLanguage
import Testing

@Suite struct ExpressionTests {
    /// The tree of a text, or what is wrong with it.
    private func tree(_ text: String, hyphenated: Set<String> = []) -> String {
        var bag = DiagnosticBag()
        let expression = TextParser(text, hyphenated: hyphenated).expression(into: &bag)
        guard bag.all.isEmpty, let expression else { return "\(bag.all.map(\.message))" }
        return Dump.expression(expression)
    }

    @Test(arguments: [
        ("12", "12"), ("1_000", "1000"), ("0", "0"), ("0.5", "0.5"), ("1_0.2_5", "10.25"), ("1e3", "1000.0"),
        ("2.5e-3", "0.0025"), ("4611686018427387903", "4611686018427387903"),
        ("20%", "%0.2"), ("99.9%", "%0.999"), ("0.1%", "%0.001"), ("100 ppm", "%0.0001"), ("100ppm", "%0.0001"),
        ("5ms", "5000000ns"), ("1.5s", "1500000000ns"), ("0s", "0ns"), ("2us", "2000ns"), ("3ns", "3ns"),
        ("1m", "60000000000ns"), ("0.25m", "15000000000ns"), ("2h", "7200000000000ns"), ("9d", "777600000000000ns"),
        ("10y", "315360000000000000ns"), ("1.5y", "47304000000000000ns"), ("0.000_000_001s", "1ns"),
        ("1.000000000000000000000000s", "1000000000ns"),
        ("\"a b\"", "\"a b\""), ("'a'", "\"a\""), ("''", "\"\""), (#""\n\t\\\"\'""#, "\"\n\t\\\"'\""),
        (#""a {x + 1} b""#, "\"a ⟨(+ x 1)⟩ b\""), (#""{{x}}""#, "\"{x}\""), (#""{x}{y}""#, "\"⟨x⟩⟨y⟩\""),
        (#""{m.get('}}', {1, 2})}""#, "\"⟨m.get(\"}\", {1, 2})⟩\""), (#"'{"{{a}}"}'"#, "\"⟨\"{a}\"⟩\""),
        ("true", "true"), ("false", "false"), ("none", "none"), ("größe", "größe"), ("x1_y", "x1_y"),
    ])
    func literals(_ text: String, _ expected: String) {
        #expect(tree(text) == expected)
    }

    @Test(arguments: [
        ("1..5", "(.. 1 5)"), ("1..n - 1", "(.. 1 (- n 1))"), ("1ms..10ms", "(.. 1000000ns 10000000ns)"),
        ("1..levels", "(.. 1 levels)"), ("-5..5", "(.. (- 5) 5)"), ("x in 1..5", "(x in (.. 1 5))"),
        ("1..5 | {7}", "(| (.. 1 5) {7})"), ("0.5..1.5", "(.. 0.5 1.5)"), ("20%..30%", "(.. %0.2 %0.3)"),
        ("a + b * c", "(+ a (* b c))"), ("a - b - c", "(- (- a b) c)"),
        ("a / b div c mod d", "(mod (div (/ a b) c) d)"),
        ("(a + b) * c", "(* (+ a b) c)"), ("-a * b", "(* (- a) b)"), ("a - -b", "(- a (- b))"), ("a--b", "(- a (- b))"),
        ("-a ** b", "(- (** a b))"), ("a ** -b", "(** a (- b))"), ("a ** b ** c", "(** a (** b c))"),
        ("--a ** -b ** c", "(- (- (** a (- (** b c)))))"), ("0.5 ** k", "(** 0.5 k)"), ("2 ** 3 * 4", "(* (** 2 3) 4)"),
        ("a or b and not c", "(or a (and b (not c)))"), ("not not a", "(not (not a))"),
        ("not a == b", "(not (a == b))"),
        ("not a and b", "(and (not a) b)"), ("a implies b implies c", "(implies a (implies b c))"),
        ("a or b implies c", "(implies (or a b) c)"), ("not a implies b", "(implies (not a) b)"),
        ("a if c else b", "(if c a b)"), ("a if c else b if d else e", "(if c a (if d b e))"),
        ("a implies b if c implies d else e", "(if (implies c d) (implies a b) e)"),
        ("0 < x <= n", "(0 < x <= n)"), ("a == b != c", "(a == b != c)"), ("(a < b) < c", "((a < b) < c)"),
        ("x not in s", "(x not in s)"), ("x in s and y not in t", "(and (x in s) (y not in t))"),
        ("a | b & c", "(| a (& b c))"), ("a & b == c", "((& a b) == c)"), ("others - {a} | b", "(| (- others {a}) b)"),
        ("a & 1..2", "(& a (.. 1 2))"),
    ])
    func precedence(_ text: String, _ expected: String) {
        #expect(tree(text) == expected)
    }

    @Test(arguments: [
        ("f()", "f()"), ("f(a, b,)", "f(a, b)"),
        ("lognormal(median=5ms, sigma=0.5)", "lognormal(median=5000000ns, sigma=0.5)"),
        ("seal(v, for=q)", "seal(v, for=q)"), ("a.b.c", "a.b.c"), ("a.b(1).c[2]", "a.b(1).c[2]"), ("l[0]", "l[0]"),
        ("l[1:]", "l[1:]"), ("l[:k]", "l[:k]"), ("l[a:b]", "l[a:b]"), ("l[:]", "l[:]"), ("m[(p, q)]", "m[(, p, q)]"),
        ("(a)", "a"), ("((a, b))", "(, a, b)"), ("(a, b,)", "(, a, b)"), ("[]", "[]"), ("[a]", "[a]"),
        ("[a, b,]", "[a, b]"),
        ("{}", "{}"), ("{a}", "{a}"), ("{a, b}", "{a, b}"), ("{a: 1, b: 2}", "{a: 1, b: 2}"), ("{a:1,}", "{a: 1}"),
        ("[x for x in s]", "<list x for x in s>"), ("{x for x in s if c if d}", "<set x for x in s if c if d>"),
        ("{k: v for (k, v) in m}", "<map k: v for (k, v) in m>"),
        ("{k: v for k, v in m}", "<map k: v for (k, v) in m>"),
        ("all(c for x in s for _ in t if d)", "all(<generator c for x in s for _ in t if d>)"),
        ("[a if c else b for x in s]", "<list (if c a b) for x in s>"),
        ("[x for x in s | t if x > 1 or c]", "<list x for x in (| s t) if (or (x > 1) c)>"),
        ("adversary.knows(x)", "adversary.knows(x)"), ("m.get(k, none)", "m.get(k, none)"),
        ("timer + value + first + set(log)", "(+ (+ (+ timer value) first) set(log))"),
        ("to.from.after", "to.from.after"),
        ("a\n  and b # why\n", "(and a b)"), ("-x.y[1]", "(- x.y[1])"),
        ("sum(x for x in s) / len(s)", "(/ sum(<generator x for x in s>) len(s))"),
    ])
    func brackets(_ text: String, _ expected: String) {
        #expect(tree(text) == expected)
    }

    @Test func hyphens() {
        let words: Set<String> = ["fair-loss", "general-1", "a-b", "a-b-c", "not-in"]
        #expect(tree("links == fair-loss", hyphenated: words) == "(links == fair-loss)")
        #expect(tree("fair - loss", hyphenated: words) == "(- fair loss)")
        #expect(tree("fair-lossy", hyphenated: words) == "(- fair lossy)")
        #expect(tree("general-1-1", hyphenated: words) == "(- general-1 1)")
        #expect(tree("general-12", hyphenated: words) == "(- general 12)")
        #expect(tree("a-b-c-d", hyphenated: words) == "(- a-b-c d)")
        #expect(tree("a-b-d", hyphenated: words) == "(- a-b d)")
        #expect(tree("x-fair-loss", hyphenated: words) == "(- x fair-loss)")
        #expect(tree("a not-in b", hyphenated: words).contains("expected"))
        #expect(tree("n-1") == "(- n 1)")
    }

    @Test(arguments: [
        ("⟦(a + b) * c⟧", "(* (+ a b) c)"), ("(⟦a + b⟧)", "(+ a b)"), ("⟦not (a)⟧", "(not a)"), ("⟦(a).b⟧", "a.b"),
        ("⟦-a ** (b)⟧", "(- (** a b))"), ("⟦(a) if (b) else (c)⟧", "(if b a c)"),
        ("⟦(a) implies (b)⟧", "(implies a b)"),
        ("⟦{a: (b)}⟧", "{a: b}"), (#"⟦"a {b}"⟧"#, "\"a ⟨b⟩\""), ("⟦(a)..(b)⟧", "(.. a b)"), ("⟦(a) < (b)⟧", "(a < b)"),
        ("  ⟦(a, b)⟧ ", "(, a, b)"), ("⟦f(x)⟧", "f(x)"),
    ])
    func spans(_ marked: String, _ expected: String) throws {
        let source = MarkedSource(marked)
        var bag = DiagnosticBag()
        let parsed = TextParser(String(decoding: source.file.bytes, as: UTF8.self), hyphenated: []).expression(
            into: &bag)
        let expression = try #require(parsed)
        #expect(Dump.expression(expression) == expected)
        #expect(expression.span == source.marks[0])
    }

    @Test func places() throws {
        let source = MarkedSource("⟦f⟧(⟦x⟧=1 ⟦==⟧ 2).⟦g⟧(⟦for⟧=3).⟦h⟧")
        var bag = DiagnosticBag()
        let parsed = TextParser(String(decoding: source.file.bytes, as: UTF8.self)).expression(into: &bag)
        guard case .member(let call, let h)? = parsed?.kind, case .method(let receiver, let g, let three) = call.kind,
            case .call(let f, let one) = receiver.kind, case .comparison(_, let rest)? = one.first?.value.kind
        else {
            Issue.record("\(bag.all)")
            return
        }
        let places = [f.span, one[0].label?.span, rest[0].place, g.span, three[0].label?.span, h.span]
        #expect(places == source.marks.map { $0 })
    }

    @Test func heights() throws {
        for (text, height) in [
            ("a", 1), ("((a))", 1), ("a + b * c", 3), ("f(a, -b)", 3), ("a < b < c", 2),
            ("[x for x in s for y in x]", 3),
            ("a if b else c if d else e", 3), ("\"{a + b}\"", 3), ("\"a\"", 1), ("{a: b.c}", 3), ("{}", 1),
            ("m[a:b]", 2),
        ] {
            var bag = DiagnosticBag()
            let expression = try #require(TextParser(text).expression(into: &bag))
            #expect(expression.height == height, "\(text)")
        }
    }
}
