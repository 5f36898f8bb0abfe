import ScenDiagnostics
import ScenLanguage
import Testing

@Suite struct StatementTests {
    private func tree(_ text: String) -> String {
        var bag = DiagnosticBag()
        let block = TextParser(text).block(into: &bag)
        guard bag.all.isEmpty, let block else { return "\(bag.all.map(\.message))" }
        return Dump.block(block)
    }

    @Test(arguments: [
        ("x = e", "x = e"), ("x += 1", "x += 1"), ("x -= 1", "x -= 1"), ("x *= 2", "x *= 2"), ("s |= t", "s |= t"),
        ("s &= t", "s &= t"), ("m[k] = v", "m[k] = v"), ("log[i].term = 3", "log[i].term = 3"),
        ("x = a if c else b", "x = (if c a b)"), ("x = a == b", "x = (a == b)"),
        ("let x = e", "let x = e"), ("let (a, b) = e", "let (a, b) = e"), ("let a, (_, b) = e", "let (a, (_, b)) = e"),
        ("add x to s", "add x to s"), ("add (p, id) to seen", "add (, p, id) to seen"),
        ("add {1} to m[k]", "add {1} to m[k]"),
        ("remove x from s", "remove x from s"), ("append [1] to l", "append [1] to l"),
        ("append -1 to l.x", "append (- 1) to l.x"),
        ("send M(1) to others", "send M(1) to others"),
        ("send m to {q for q in s if q != me}", "send m to <set q for q in s if (q != me)>"),
        ("set timer T(a, 1) after 5ms", "set timer T(a, 1) after 5000000ns"),
        ("set timer Probe after 0ms", "set timer Probe() after 0ns"),
        ("cancel timer T(a)", "cancel timer T(a)"), ("cancel timer T", "cancel timer T()"),
        ("decide v", "decide v"), ("decide (a, b)", "decide (, a, b)"), ("decide [1]", "decide [1]"),
        ("decide -x", "decide (- x)"),
        ("deliver m", "deliver m"), ("deliver m from p", "deliver m from p"), ("respond to id", "respond to id"),
        ("respond to id with v", "respond to id with v"), ("return", "return"), ("return x", "return x"),
        ("return (a, b)", "return (, a, b)"), ("return -1", "return (- 1)"), ("assert x > 0", "assert (x > 0)"),
        ("assert not x", "assert (not x)"), ("log \"a\"", "log \"a\""), ("log \"a {x}\"", "log \"a ⟨x⟩\""),
        ("choose x in s", "choose x in s"), ("choose (a, b) in s", "choose (a, b) in s"), ("f(x)", "call f(x)"),
        ("fd.start()", "call fd.start()"), ("raise suspect(p)", "raise suspect(p)"),
        ("raise restored", "raise restored()"),
    ])
    func simple(_ text: String, _ expected: String) {
        #expect(tree(text) == expected)
    }

    /// Words of statements are names wherever no statement is meant.
    @Test(arguments: [
        ("log = []", "log = []"), ("log[0] = x", "log[0] = x"), ("add += 1", "add += 1"),
        ("decide[1] = 2", "decide[1] = 2"),
        ("set.x = 1", "set.x = 1"), ("timer = value", "timer = value"), ("add to to to", "add to to to"),
        ("append log to log", "append log to log"), ("set timer timer after after", "set timer timer() after after"),
        ("send send to to", "send send to to"), ("let set = send", "let set = send"),
        ("remove from from from", "remove from from from"),
        ("send = log[len(log) - 1]", "send = log[(- len(log) 1)]"), ("set = set(s)", "set = set(s)"),
        ("for set in log: add set to add", "for set in log {add set to add}"), ("cancel.all()", "call cancel.all()"),
        ("deliver.x = round", "deliver.x = round"), ("with = on", "with = on"),
        ("choose choose in choose", "choose choose in choose"),
    ])
    func softKeywords(_ text: String, _ expected: String) {
        #expect(tree(text) == expected)
    }

    @Test(arguments: [
        ("if a:\n  return\n", "if a {return}"), ("if a: return", "if a {return}"),
        ("if a:\n  x = 1\n  y = 2\nz = 3", "if a {x = 1; y = 2}; z = 3"),
        (
            "if a:\n  return\nelif b:\n  return 1\nelif c: return 2\nelse:\n  return 3",
            "if a {return} elif b {return 1} elif c {return 2} else {return 3}"
        ),
        ("for i in 1..k:\n  send M() to p", "for i in (.. 1 k) {send M() to p}"),
        ("for (k, _) in m: f(k)", "for (k, _) in m {call f(k)}"),
        ("for k, v in m:\n  f(k)\n", "for (k, v) in m {call f(k)}"),
        (
            "if a:\n  if b:\n    x = 1\n  else:\n    x = 2\nelse:\n  x = 3",
            "if a {if b {x = 1} else {x = 2}} else {x = 3}"
        ),
        ("if a:\n    # why\n\n    return # now\n  # less\nx = 1", "if a {return}; x = 1"),
        ("# first\n\nx = 1\n\n\n# last", "x = 1"),
        ("x = f(a,\n  b)\ny = [\n1,\n  # one\n2\n]", "x = f(a, b); y = [1, 2]"),
        ("x = (a\nand b)\nreturn", "x = (and a b); return"), ("if a:\n return\n\n \n", "if a {return}"),
        ("  x = 1\n  y = 2", "x = 1; y = 2"), ("x = 1\r\ny = 2\r\n", "x = 1; y = 2"),
        ("if x in s:\n  for y in t:\n    add y to s\nreturn", "if (x in s) {for y in t {add y to s}}; return"),
    ])
    func blocks(_ text: String, _ expected: String) {
        #expect(tree(text) == expected)
    }

    @Test(arguments: [
        ("heard.get(path, retreat)", "heard.get(path, retreat)"), ("x == 1", "(x == 1)"), ("not x", "(not x)"),
        ("log[len(log) - 1].term", "log[(- len(log) 1)].term"), ("set(1..3)", "set((.. 1 3))"),
        ("{q for q in s}", "<set q for q in s>"),
        ("first + log", "(+ first log)"), ("f(\n  x\n)", "f(x)"), ("-1", "(- 1)"), ("true", "true"), ("\"a\"", "\"a\""),
        ("a if b else c\n", "(if b a c)"), ("log\n", "log"),
        ("return x", "do return x"), ("let x = 1\nreturn x", "do let x = 1; return x"), ("x = 1", "do x = 1"),
        ("if a: return 1", "do if a {return 1}"), ("add x to s", "do add x to s"),
        ("f(x)\nreturn 1", "do call f(x); return 1"),
        ("for x in s: f(x)", "do for x in s {call f(x)}"), ("x[0] += f(y=1)", "do x[0] += f(y=1)"),
        ("f(y=1)", "f(y=1)"),
    ])
    func functionBodies(_ text: String, _ expected: String) {
        var bag = DiagnosticBag()
        let found: String
        switch TextParser(text).functionBody(into: &bag) {
        case .expression(let value): found = Dump.expression(value)
        case .block(let statements): found = "do " + Dump.block(statements)
        case nil: found = "\(bag.all.map(\.message))"
        }
        #expect(found == expected)
    }

    @Test func spans() throws {
        let source = MarkedSource(
            """
            ⟦x = f(y)⟧
            ⟦if x == (y)⟧:
              ⟦return⟧
            ⟦for a in (b)⟧: ⟦add ⟦a⟧ to ⟦m[0].x⟧⟧
            """)
        var bag = DiagnosticBag()
        let parser = TextParser(String(decoding: source.file.bytes, as: UTF8.self))
        let block = try #require(parser.block(into: &bag))
        var spans: [SourceSpan] = []
        for statement in block {
            spans.append(statement.span)
            switch statement.kind {
            case .branch(let branches, _): spans.append(branches[0].body[0].span)
            case .loop(_, _, let body):
                spans.append(body[0].span)
                guard case .add(let value, let target) = body[0].kind else { continue }
                spans += [value.span, target.span]
            default: continue
            }
        }
        #expect(spans == source.marks)
    }
}
