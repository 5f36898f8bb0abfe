/// Small scenarios at random, in the language itself: nodes that count, remember, send and set timers, and expectations about
/// everything that can be asked of them. Some have run-time errors.
struct ScenarioGenerator: Drawing {
    var state: UInt64
    private var inRounds = false
    /// Conditions are about states that are no ends.
    private var isAboutStates = false

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func scenario(timelines: Bool = false) -> String {
        let nodes = number(2...5)
        inRounds = chance(15)
        var lines = ["scenario: generated", "nodes: {count: \(nodes), model: \(one(["crash-stop", "crash-recovery"]))}"]
        if inRounds {
            lines += ["timing: {model: synchronous, bound: 10ms}"]
        } else {
            lines += [one(["network: reliable", "network: {links: fair-loss, loss: 20%, duplicate: 20%}"])]
            lines += [one(["timing: {latency: 1ms..20ms}", "timing: {latency: exponential(5ms)}", "timing: {latency: 5ms}"])]
        }
        lines += [one(["faulty: none", "faulty: {up-to: 1}", "faulty: {n1: {crash: 30ms}}", "faulty: {exactly: 1}"])]
        lines += ["inputs: {n1: 3, others: {any: 0..4}}"]
        lines += ["outcomes:", "  many: sent(A) > 5", "  few: sent(A) <= 5"]
        lines += algorithm()
        lines += ["run: {simulate: {runs: 5, for: \(one(["60ms", "100ms", "1ms", "7ms"]))}}", "expect:"]
        for index in 0..<number(2...5) { lines += ["  e\(index):"] + expectation().map { "    " + $0 } }
        if timelines, chance(40), let place = lines.firstIndex(of: "outcomes:") { lines.insert(contentsOf: timeline(lines), at: place) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What happens as soon as a condition holds.
    private mutating func timeline(_ lines: [String]) -> [String] {
        let recovers = lines[1].contains("crash-recovery")
        isAboutStates = true
        defer { isAboutStates = false }
        var items = ["timeline:"]
        for _ in 0..<number(1...3) {
            items.append("  - when: " + condition())
            var actions = ["crash: n1", "crash: \"{p for p in nodes if p.x > 4}\""]
            if recovers { actions += ["recover: nodes"] }
            if !inRounds { actions += ["pause: n2", "cut: n1 -> n2"] }
            let action = one(actions)
            items.append("    " + action)
            if action.hasPrefix("cut") || action.hasPrefix("pause") || recovers && action.hasPrefix("crash") && chance(50) {
                items.append("    for: \(number(1...30))ms")
            }
        }
        return items
    }

    private mutating func algorithm() -> [String] {
        var lines = [
            "algorithm:", "  input: int", "  decides: int", "  messages: {A: {v: int}, B: {}}",
            "  state: {x: int, f: bool, s: set of node, m: maybe int}", "  on start: |", "    x = input",
        ]
        lines += actions(start: true)
        lines += ["  on A(v) from p: |", "    x += v mod 3", "    add p to s"] + actions()
        lines += ["  on B() from p: |", "    f = not f"] + actions()
        lines += ["  on timer T: |"] + actions(start: true)
        if inRounds { lines += ["  on round r: |", "    x += r mod 2"] + actions() }
        return lines
    }

    private mutating func actions(start: Bool = false) -> [String] {
        var lines = start ? ["    set timer T after \(number(1...30))ms"] : []
        for _ in 0..<number(1...3) {
            lines.append(
                "    "
                    + one([
                        "f = not f", "m = x", "m = none", "x = x mod 4", "x += 1", "s = {}", "add me to s",
                        "remove me from s", "if x < 40: send A(x mod 3) to others", "if f: send B() to others",
                        "if x > 3: decide x", "if x mod 3 == 0: send A(1) to me", "choose c in 0..3",
                        "if x mod 2 == 0: m = x + 1",
                    ]))
            if lines[lines.count - 1].contains("choose") {
                lines[lines.count - 1] = "    choose c\(lines.count) in 0..3"
                lines.append("    x += c\(lines.count)")
            }
        }
        return lines
    }

    // MARK: Expectations

    private mutating func expectation() -> [String] {
        switch number(1...10) {
        case 1: return ["always: " + condition()]
        case 2: return ["never: " + condition()]
        case 3: return ["eventually: " + condition(), "within: \(number(1...120))ms"]
        case 4: return ["eventually-always: " + condition()]
        case 5: return ["finally: " + condition()]
        case 6: return ["possible: " + condition()]
        case 7: return ["fraction-of-time: " + condition(), "at-least: 50%"]
        case 8: return ["mean: " + one(["sent(A)", "n1.x", "received(n2)"]), "at-least: 1"]
        default: return response()
        }
    }

    private mutating func response() -> [String] {
        let sets = ["nodes", "correct", "faulty", "{p for p in nodes if p.input > 1}", "[n1, n2, n1]"]
        var lines = ["leads-to:"]
        var names: [String] = []
        if chance(70) {
            lines.append("  for-all:")
            lines.append("    p: \"\(one(sets))\"")
            names.append("p")
            if chance(60) {
                lines.append("    q: \"\(one(sets + ["nodes - {p}"]))\"")
                names.append("q")
            }
        }
        lines.append("  from: " + condition(names))
        lines.append("  to: " + condition(names))
        if chance(70) { lines.append("within: \(number(0...40))ms") }
        return lines
    }

    private mutating func condition(_ names: [String] = [], depth: Int = 2) -> String {
        switch depth == 0 ? 0 : number(0...9) {
        case 0...2: return atom(names)
        case 3...6:
            let name = ["a", "b", "c", "d"][2 - depth + (names.contains("a") ? 1 : 0)]
            let set = one(["nodes"] + (isAboutStates ? ["nodes - {n2}"] : ["correct", "faulty"]) + ["{n1, n2}", "nodes - {n1}"] + names.map { "nodes - {\($0)}" })
            let filter = chance(40) ? " if " + atom(names + [name]) : ""
            let inner = condition(names + [name], depth: depth - 1)
            let second = chance(15) ? " for z in nodes" : ""
            if chance(15) { return "count(\(name) for \(name) in \(set) if \(inner)) >= \(number(1...3))" }
            return "\(one(["all", "any"]))(\(inner) for \(name) in \(set)\(filter)\(second))"
        case 7: return "not (\(condition(names, depth: depth - 1)))"
        default:
            let (a, b) = (condition(names, depth: depth - 1), condition(names, depth: depth - 1))
            return "(\(a)) \(one(["and", "or", "implies"])) (\(b))"
        }
    }

    private mutating func atom(_ names: [String]) -> String {
        let node = one(names + ["n1", "n2"])
        let other = one(names + ["n1", "n2"])
        let common = [
            "\(node).x > \(number(0...9))", "\(node).f", "\(other) in \(node).s", "\(node).crashed", "\(node).up",
            "\(node).m == none", "\(node).x == \(other).x", "\(node).decision != none", "received(\(node)) > \(number(0...6))",
            "sent(A) > \(number(0...9))", "sent(B) == \(number(0...3))", "len(\(node).s) > 1", "\(node).input > 2",
            "\(node).decisions > 0", isAboutStates ? "\(node).f" : "\(node) in faulty",
        ]
        if !isAboutStates, chance(12) {
            return one([
                "time > \(number(1...80))ms", "outcome == \"many\"", "7 div \(node).x >= 0", "\(node).m >= 0",
                "first(\(node).s) == n1",
            ])
        }
        return one(common)
    }
}
