import Testing

@testable import ScenLanguage

/// What is inserted and chosen where types are found out.
struct InferenceTests {
    private static let state = """
        types:
          plan: [attack, retreat]
          mood: [calm, attack]
          pair: {left: int, right: real}
        messages: {Ping: {}, Order: {path: list of node, plan: plan}}
        state:
          i: int
          r: real
          d: duration
          small: 1..5
          flag: bool
          who: maybe node
          seen: set of node
          log: list of int
          votes: map of node to plan
          deep: map of int to list of int
          p: pair
          levels: list of 1..5
        on Ping(): return
        on Order(path, plan): return
        """

    @Test(arguments: [
        ("i = 2 + 3 * i", "i = (addInt 2 (multiplyInt 3 i))"),
        ("r = i", "r = (real i)"),
        ("r = 1", "r = 1.0"),
        ("r = i / 2", "r = (divideReal (real i) 2.0)"),
        ("r = 0.5 ** i", "r = (powerReal 0.5 (real i))"),
        ("r = 20% + i", "r = (addReal 0.2 (real i))"),
        ("i = -i", "i = (negateInt i)"),
        ("i = -3", "i = -3"),
        ("d = 10ms + d", "d = (addInt 10000000ns d)"),
        ("d = 2 * d", "d = (multiplyInt 2 d)"),
        ("d = d * 2", "d = (multiplyInt d 2)"),
        ("d = d * 1.5", "d = (scaleDuration d 1.5)"),
        ("d = 1.5 * d", "d = (scaleDuration d 1.5)"),
        ("d = d / 2", "d = (scaleDuration d (divideReal 1.0 2.0))"),
        ("r = d / 1s", "r = (divideReal (real d) (real 1000000000ns))"),
        ("i = d div 1ms", "i = (divInt d 1000000ns)"),
        ("d = d div 2", "d = (divInt d 2)"),
        ("d = d mod 2ms", "d = (modInt d 2000000ns)"),
        ("d = -d", "d = (negateInt d)"),
        ("flag = i < r", "flag = (lessReal (real i) r)"),
        ("flag = i > 3", "flag = (less 3 i)"),
        ("flag = d >= 10ms", "flag = (lessOrEqual 10000000ns d)"),
        ("flag = 1 < i <= 3", "flag = (and (less 1 i) (lessOrEqual i 3))"),
        (
            "flag = 1 < len(log) <= 3",
            "flag = (with $0 (length log) (and (less 1 $0) (lessOrEqual $0 3)))"
        ),
        ("small = i", "small = (check 1..5 i)"),
        ("i = small", "i = small"),
        ("small = 3", "small = 3"),
        ("small += 1", "small = (check 1..5 (addInt small 1))"),
        ("who = a", "who = a"),
        ("who = none", "who = none"),
        ("flag = who == a", "flag = (equal who a)"),
        ("flag = who != none", "flag = (notEqual who none)"),
        ("flag = who in seen", "flag = (containsSet seen who)"),
        ("send Ping() to who", "send (Ping) to (unwrap who)"),
        ("add who to seen", "seen = (adding seen (unwrap who))"),
        ("seen = others - seen", "seen = (difference others seen)"),
        ("seen = {} | {a}", "seen = (union {} (set a))"),
        ("seen = {}", "seen = {}"),
        ("votes = {}", "votes = {:}"),
        ("log = []", "log = []"),
        ("log = log + [i]", "log = (concatenateLists log (list i))"),
        ("log += [1]", "log = (concatenateLists log (list 1))"),
        ("append i to log", "log = (appending log i)"),
        ("remove i from log", "log = (removingFromList log i)"),
        ("remove a from votes", "votes = (removingFromMap votes a)"),
        ("log[0] = i", "log = (replacingElement log 0 i)"),
        ("log[0] += 1", "log = (replacingElement log 0 (addInt (elementAt log 0) 1))"),
        ("votes[a] = attack", "votes = (insertingIntoMap votes a attack)"),
        ("flag = votes[a] == attack", "flag = (equal (lookUp votes a) attack)"),
        ("flag = attack == votes[a]", "flag = (equal attack (lookUp votes a))"),
        ("flag = votes.get(a) == retreat", "flag = (equal (lookUpMaybe votes a) retreat)"),
        ("flag = votes.get(a, attack) == retreat", "flag = (equal (lookUpOr votes a attack) retreat)"),
        ("flag = votes.get(a, none) == none", "flag = (equal (lookUpOr votes a none) none)"),
        ("flag = a in votes", "flag = (containsMap votes a)"),
        ("flag = i in 1..3", "flag = (containsList (.. 1 3) i)"),
        ("flag = a not in seen", "flag = (not (containsSet seen a))"),
        ("p.left = 3", "p = (replacingField p 0 3)"),
        ("p = pair(1, 2)", "p = (pair 1 2.0)"),
        ("p = pair(right=i, left=2)", "p = (pair 2 (real i))"),
        ("r = p.right", "r = (field1 p)"),
        ("levels = log", "levels = (list (check 1..5 $0) for $0 in log)"),
        ("log = levels", "log = levels"),
        ("levels = [1, i]", "levels = (list 1 (check 1..5 i))"),
        ("i = len(seen) + sum(log)", "i = (addInt (length seen) (sum log))"),
        ("i = max(1, i, small)", "i = (maximum 1 i small)"),
        ("r = min(1, r)", "r = (minimumReal 1.0 r)"),
        ("i = count(x for x in log if x > 1)", "i = (count true for $0 in log if (less 1 $0))"),
        ("flag = all(x > 1 for x in log)", "flag = (all (less 1 $0) for $0 in log)"),
        ("flag = any(x == y for x in log for y in log if x != y)",
            "flag = (any (equal $0 $1) for $0 in log for $1 in log if (notEqual $0 $1))"),
        ("r = sum(x * 0.5 for x in log)", "r = (sumReal (multiplyReal (real $0) 0.5) for $0 in log)"),
        ("d = max(x * 1ms for x in log)", "d = (maximum (multiplyInt $0 1000000ns) for $0 in log)"),
        ("seen = {q for q in others if q not in seen}",
            "seen = (set $0 for $0 in others if (not (containsSet seen $0)))"),
        ("log = [x for x in deep]", "log = (list $0 for $0 in (keys deep))"),
        ("log = sorted(set(log))", "log = (sorted (listToSet log))"),
        ("seen = set(votes.keys())", "seen = (keys votes)"),
        ("i = majority([1, i], 0)", "i = (majority (list 1 i) 0)"),
        ("i = 1 if flag else small", "i = (if flag 1 small)"),
        ("r = 1 if flag else 0.5", "r = (if flag 1.0 0.5)"),
        ("who = a if flag else none", "who = (if flag a none)"),
        ("i = floor(r) + round(r) + ceil(2)", "i = (addInt (addInt (floorReal r) (roundReal r)) 2)"),
        ("flag = seen <= others", "flag = (isSubset seen others)"),
        ("flag = seen < others",
            "flag = (with $0 seen (with $1 others (and (isSubset $0 $1) (notEqual $0 $1))))"),
        ("i = log[1:][0]", "i = (elementAt (slice log 1 4611686018427387903) 0)"),
        ("send Order(plan=attack, path=[me]) to others", "send (Order (list me) attack) to all others"),
        ("send Order([], retreat) to {a, b}", "send (Order [] retreat) to all (set a b)"),
        ("assert not flag implies i == 0", "assert (implies (not flag) (equal i 0))"),
        ("log \"at {now}: {i}\"", "log \"at \" now \": \" i"),
        ("choose x in {1, 2}\ni = x", "choose $0 in (set 1 2)|i = $0"),
    ])
    func statement(_ statement: String, _ wanted: String) throws {
        #expect(try startLines(statement, Self.state).joined(separator: "|") == wanted)
    }

    @Test(arguments: [
        // Nested targets: what stands in brackets is evaluated once.
        ("deep[i][0] = 3", ["$0 = i", "deep = (insertingIntoMap deep $0 (replacingElement (lookUp deep $0) 0 3))"]),
        ("append 3 to deep[1]", ["deep = (insertingIntoMap deep 1 (appending (lookUp deep 1) 3))"]),
        // Locals take the type that takes all that is assigned.
        ("x = 0\nx = 0.5\nr = x", ["$0 = 0.0", "$0 = 0.5", "r = $0"]),
        ("x = a\nx = none\nwho = x", ["$0 = a", "$0 = none", "who = $0"]),
        ("found = []\nfor q in others:\n  append q to found\nseen = set(found)",
            ["$0 = []", "for $1 in others", "  $0 = (appending $0 $1)", "seen = (listToSet $0)"]),
        ("m = {}\nm[1] = 0.5\nr = m[1]", ["$0 = {:}", "$0 = (insertingIntoMap $0 1 0.5)", "r = (lookUp $0 1)"]),
        ("m = {}\nadd 1 to m\nlog = sorted(m)", ["$0 = {}", "$0 = (adding $0 1)", "log = (sorted $0)"]),
        ("m = {}\nm[1] = []\nappend a to m[1]\nseen = set(m[1])",
            [
                "$0 = {:}", "$0 = (insertingIntoMap $0 1 [])",
                "$0 = (insertingIntoMap $0 1 (appending (lookUp $0 1) a))", "seen = (listToSet (lookUp $0 1))",
            ]),
        ("let (x, y) = (1, none)\ny = a\nwho = y\ni = x",
            ["($0, $1) = (tuple 1 none)", "$1 = a", "who = $1", "i = $0"]),
        ("x = small\nx = 9\ni = x", ["$0 = small", "$0 = 9", "i = $0"]),
        ("let t = (1, 2.5)\nr = t[1] + t[0]", ["$0 = (tuple 1 2.5)", "r = (addReal (field1 $0) (real (field0 $0)))"]),
        // What is bound may outgrow the range that it comes with.
        ("for x in levels:\n  x = x + 1\n  i = x", ["for $0 in levels", "  $0 = (addInt $0 1)", "  i = $0"]),
        ("for x in levels:\n  x = none\n  assert x == none",
            ["for $0 in levels", "  $0 = none", "  assert (equal $0 none)"]),
        ("for (q, v) in votes.items():\n  if v == attack:\n    add q to seen",
            ["for ($0, $1) in (items votes)", "  if (equal $1 attack)", "    seen = (adding seen $0)"]),
    ])
    func statements(_ statements: String, _ wanted: [String]) throws {
        #expect(try startLines(statements, Self.state) == wanted)
    }

    @Test func wordsOfParameters() throws {
        let text = Wrapped.algorithm(
            "state: {x: int}\non start: |\n  if links == fair-loss:\n    x = 1", parameters: "links: [reliable, fair-loss]")
        let typed = try loadCase(text)
        let lines = TypedText(typed).statements(typed.algorithm.handlers[0].routine.body)
        #expect(lines == ["if (equal reliable fair-loss)", "  x = 1"])
    }

    @Test func variablesStartWithTheirDefaults() throws {
        let declarations = """
            types: {pair: {left: 2..4, right: maybe node}}
            input: int
            constants:
              most: n - 1
              own: '{a, b}'
            state:
              truth: bool
              low: 3..most + 3
              t: (int, string)
              p: pair
              m: map of int to node
              me2: node = me
              rest: others
              first: int = input
              r: real = 1
              d: 10ms
              no: false
              some: own
            """
        let typed = try loadCase(Wrapped.algorithm(declarations + "\non start: return", top: "inputs: 1"))
        let shown = TypedText(typed)
        let found = typed.algorithm.variables.map { "\($0.name): \(shown.type($0.type)) = \(shown.expression($0.initial))" }
        #expect(
            found == [
                "truth: bool = false", "low: 3..5 = 3", "t: (int, string) = (0 \"\")", "p: pair = pair[\"2\", \"none\"]",
                "m: map of int to node = {:}", "me2: node = me", "rest: set of node = others", "first: int = input",
                "r: real = 1.0", "d: duration = 10000000ns", "no: bool = false", "some: set of node = {a b}",
            ])
    }
}
