import ScenDiagnostics
import ScenLanguage
import Testing

@Suite struct HeaderTests {
    private func found<Content>(
        _ text: String, _ parse: (TextParser, inout DiagnosticBag) -> Content?, _ dump: (Content) -> String
    ) -> String {
        var bag = DiagnosticBag()
        let content = parse(TextParser(text, style: .plain), &bag)
        guard bag.all.isEmpty, let content else { return "\(bag.all.map(\.message))" }
        return dump(content)
    }

    @Test(arguments: [
        ("on start", "start"), ("on recover", "recover"),
        ("on Order(path, plan) from p", "message Order(path, plan) from p"),
        ("on Attack()", "message Attack()"), ("on Attack", "message Attack"),
        ("on Attack from general1", "message Attack from general1"),
        ("on Order(_, (a, _), 1 + 2) from _", "message Order(_, (a, _), =(+ 1 2)) from _"),
        ("on Order((a + b) * 2, (x), [y])", "message Order(=(* (+ a b) 2), x, =[y])"),
        ("on Pair((1, x))", "message Pair((=1, x))"),
        ("on timer Retry(id)", "timer Retry(id)"), ("on timer Probe", "timer Probe"), ("on timer timer", "timer timer"),
        ("on round r", "round r"), ("on round f + 2", "round =(+ f 2)"), ("on round 1", "round =1"),
        ("on round _", "round _"),
        ("on request Get(key) as id", "request Get(key) as id"), ("on request Get", "request Get"),
        ("when len(acks) >= quorum", "when (len(acks) >= quorum)"), ("on send(m) to q", "send m to q"),
        ("on fd.suspect(p)", "indication fd.suspect(p)"), ("on fd.restore", "indication fd.restore"),
        ("on broadcast(m)", "message broadcast(m)"), ("on propose(v)", "message propose(v)"),
        ("on Start()", "message Start()"), ("on ping", "message ping"),
    ])
    func triggers(_ text: String, _ expected: String) {
        #expect(found(text, { $0.trigger(into: &$1) }, Dump.trigger) == expected)
    }

    @Test(arguments: [
        ("value(path)", "value(path)"), ("f()", "f()"), ("log(a, b,)", "log(a, b)"),
    ])
    func functions(_ text: String, _ expected: String) {
        let shown = found(text, { $0.functionHeader(into: &$1) }) { header in
            "\(header.name.text)(\(header.parameters.map(\.text).joined(separator: ", ")))"
        }
        #expect(shown == expected)
    }

    @Test(arguments: [
        ("int", "int"), ("list of node", "list<node>"), ("map of list of node to plan", "map<list<node>, plan>"),
        ("map of int to (node, message)", "map<int, (node, message)>"), ("maybe plan", "maybe<plan>"),
        ("1..levels", "1..levels"),
        ("set of (node, int)", "set<(node, int)>"), ("signed plan", "signed<plan>"),
        ("sealed (int, 0..3)", "sealed<(int, 0..3)>"),
        ("0..n - 1", "0..(- n 1)"), ("-5..5", "(- 5)..5"), ("(n + 1)..m", "(+ n 1)..m"),
        ("map of 0..3 to maybe list of int", "map<0..3, maybe<list<int>>>"),
        ("map of map of a to b to c", "map<map<a, b>, c>"), ("(int)", "int"), ("list of (int)", "list<int>"),
        ("log", "log"),
        ("max(a, b)..f(x)", "max(a, b)..f(x)"), ("(int, node,)", "(int, node)"), ("list of -1..1", "list<(- 1)..1>"),
    ])
    func types(_ text: String, _ expected: String) {
        #expect(found(text, { $0.type(into: &$1) }, Dump.type) == expected)
    }

    @Test(arguments: [
        ("int", "int = int ambiguous"), ("plan", "plan = plan ambiguous"), ("false", "? = false"), ("0", "? = 0"),
        ("none", "? = none"),
        ("0..5", "0..5 = (.. 0 5) ambiguous"), ("set of node", "set<node> = ?"),
        ("list of entry = []", "list<entry> = []"),
        ("0..5 = 2", "0..5 = 2"), ("{}", "? = {}"), ("[me]", "? = [me]"), ("set(1..3)", "? = set((.. 1 3))"),
        ("int = 1 + 2", "int = (+ 1 2)"),
        ("maybe (int, node)", "maybe<(int, node)> = ?"), ("(int, node)", "(int, node) = (, int, node) ambiguous"),
        ("(list of int, node)", "(list<int>, node) = ?"), ("(0, false)", "? = (, 0, false)"),
        ("me", "me = me ambiguous"),
        ("x == y", "? = (x == y)"), ("f(a=1)", "? = f(a=1)"),
        ("map of int to bool = {1: true}", "map<int, bool> = {1: true}"),
        ("-1", "? = (- 1)"), ("\"a\"", "? = \"a\""), ("maybe plan = none", "maybe<plan> = none"),
        ("n + 1", "? = (+ n 1)"),
    ])
    func variables(_ text: String, _ expected: String) {
        let name = Identifier("x", at: SourceSpan(.scenario, 0, 0))
        let shown = found(text, { $0.variable(name: name, stable: false, into: &$1) }, Dump.variable)
        #expect(shown == expected)
    }

    @Test(arguments: ["n1", "general-1", "größe", "timer", "fair-loss", "not-in", "a-b-c"])
    func identifiers(_ text: String) {
        #expect(found(text, { $0.identifier(into: &$1) }, \.text) == text)
    }

    @Test func keysOfHandlers() {
        for key in ["on start", "On start", "onstart", "when x", "wehn x", "on", "on_start", "When x"] {
            #expect(TextParser.isHeader(key), "\(key)")
        }
        for key in ["state", "stable", "functions", "input", "provides", "messages"] {
            #expect(!TextParser.isHeader(key), "\(key)")
        }
    }

    @Test func counts() throws {
        for (text, value) in [("5M", 5_000_000), ("10k", 10_000), ("2G", 2_000_000_000), ("1.5M", 1_500_000), ("7", 7)]
        {
            var bag = DiagnosticBag()
            let count = try #require(TextParser(text).count(into: &bag))
            #expect(Dump.expression(count) == "\(value)")
            #expect(bag.all.isEmpty)
        }
    }
}
