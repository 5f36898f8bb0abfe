/// Small asynchronous systems with timelines.
struct TimelineGenerator: Drawing {
    var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 29 }

    private static let conditions = [
        "n1.x > 0", "n2.x == 1", "n2.on", "n1.on", "n3.x > n2.x", "any(p.crashed for p in nodes)", "n2.up and n2.x > 0", "sent(A) >= 2",
        "sent(B) == 1", "n1.left < 2", "true", "all(p.x > 0 for p in nodes)", "n3.crashed or n3.on",
    ]

    mutating func scenario() -> String {
        let recovers = chance(40)
        let isLossy = chance(40)
        let rules = chance(40) ? ", rules: [\(rule(isLossy))\(chance(30) ? ", \(rule(isLossy))" : "")]" : ""
        let network = isLossy ? "{links: fair-loss, \(chances(rules))\(chance(30) ? ", fifo: true" : "")\(rules)}" : "{links: reliable\(chance(40) ? ", fifo: true" : "")\(rules)}"
        var lines = [
            "scenario: generated",
            "nodes: {count: 3, model: \(recovers ? "crash-recovery" : "crash-stop")}",
            "network: \(network)",
            "timing: asynchronous",
            "faulty: \(one(["none", "none", "none", "[n1]", "{up-to: 1}"]))",
            "timeline:",
        ]
        var items: [String] = []
        for _ in 0..<number(1...4) { items.append(item(recovers, isLossy)) }
        if items.contains(where: { $0.contains("partition") || $0.contains("cut") }), chance(60) { items.append("heal: all") }
        // A change of loss would leave something to chance.
        if network.contains("loss: 0%") { items = items.map { $0.contains("loss") ? "heal: all" : $0 } }
        if items.contains("heal: all"), !items.contains(where: { $0.contains("partition") || $0.contains("cut") }) { items.append("cut: n1 -> n2") }
        for item in items { lines.append("  - {when: \"\(one(Self.conditions))\", \(item)}") }
        lines += [
            "algorithm:",
            "  messages: {A: {v: 0..1}, B: {}}",
            "  state: {x: int, on: bool}",
            "  stable: {left: int = \(number(1...2))}",
            "  on start: |",
        ]
        lines += actions() + (chance(70) ? ["    if me == \(one(["n1", "n2", "n3"])):", "      set timer T after 1ms"] : [])
        lines += ["  on A(v) from p: |"] + actions() + ["  on B() from p: |"] + actions()
        lines += ["  on timer T: |", "    on = not on"] + actions()
        lines += ["  on timer U: |"] + actions(setting: false)
        if recovers { lines += ["  on recover: |"] + actions() }
        lines += ["run: exhaustive", "expect:", "  nothing: {always: sent(A) + sent(B) >= 0}"]
        for index in 0..<6 {
            let asked = "\(one(Self.conditions)) and \(one(["", "not "]))(\(one(Self.conditions)))"
            lines.append("  e\(index): {\(one(["never", "possible", "finally"])): \(asked)}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// In rounds; with nothing left to chance there is one run.
    mutating func rounds(leftToChance: Bool = false) -> String {
        let recovers = chance(60)
        let conditions = [
            "n1.x > 1", "n2.x == 1", "n2.on", "n1.on", "n3.x > n2.x", "any(p.crashed for p in nodes)", "n2.up and n2.x > 0", "sent(A) >= 3",
            "sent(B) == 2", "true", "all(p.x > 0 for p in nodes)", "n3.crashed or n3.on", "time >= 30ms", "n1.x + n2.x + n3.x > 6",
        ]
        var lines = [
            "scenario: generated", "nodes: {count: 3, model: \(recovers ? "crash-recovery" : "crash-stop")}",
            leftToChance ? "network: {links: fair-loss, loss: 20%, duplicate: 10%}" : "network: {links: fair-loss, loss: 0%, duplicate: 0%}",
            "timing: synchronous", leftToChance ? "faulty: \(one(["none", "[n1]", "{up-to: 1}"]))" : "faulty: none", "timeline:",
        ]
        var items: [String] = []
        for _ in 0..<number(1...4) {
            let item = item(recovers, false)
            if item.contains("pause") { continue }
            let lasts = !item.contains("recover") && (!item.contains("crash") || recovers) && chance(50)
            items.append(item + (lasts ? ", for: \(number(1...6) * 5)ms" : ""))
        }
        if items.contains(where: { $0.contains("partition") || $0.contains("cut") }), chance(50) { items.append("heal: all") }
        if items.isEmpty { items = ["crash: n1"] }
        for item in items {
            let isHeal = item.hasPrefix("heal")
            lines.append("  - {\(chance(50) && !isHeal ? "at: \(number(0...8) * 5)ms" : "when: \"\(one(conditions))\""), \(item)}")
        }
        let act = ["send A(r mod 2) to others", "send B() to n1", "send A(1) to n2", "send B() to nodes", "x += 1", "on = not on"]
        lines += [
            "algorithm:", "  messages: {A: {v: 0..1}, B: {}}", "  state: {x: int, on: bool}", "  stable: {kept: int}",
            "  on start: |", "    \(one(["x = 1", "send A(1) to n2", "send B() to others"]))",
            "  on round r: |", "    if r mod 2 == \(number(0...1)) and r < \(number(2...7)):", "      \(one(act))",
            "    if me == \(one(["n1", "n2"])) and r < \(number(2...6)):", "      \(one(act))",
            "  on A(v) from p: |", "    x += v", "    kept += 1", "  on B() from p: |", "    \(one(["on = true", "x += 1", "send A(0) to p"]))",
        ]
        if recovers { lines += ["  on recover: |", "    \(one(["x = kept", "send B() to others", "send A(1) to nodes", "on = true"]))"] }
        lines += ["run: exhaustive", "expect:"]
        for index in 0..<8 {
            let asked = "\(one(conditions)) and \(one(["", "not "]))(\(one(conditions)))"
            lines.append("  e\(index): {\(one(["never", "possible", "finally"])): \(asked)}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Rules that duplicate leave nothing to chance.
    private mutating func chances(_ rules: String) -> String {
        rules.contains("duplicate:") ? "loss: 0%, duplicate: 0%" : "loss: 10%, duplicate: \(one(["0%", "5%"]))"
    }

    private mutating func rule(_ isLossy: Bool) -> String {
        let selection = one(["all", "first 1", "after 1", "every 2", "number 2", "30%", "first 2"])
        let about = one(["message: A", "message: B", "message: A, from: n1", "to: n2", "from: n1, to: n3"])
        switch number(1...3) {
        case 1 where isLossy: return "{\(about), drop: \(selection)}"
        case 2 where isLossy: return "{\(about), duplicate: \(selection == "30%" ? "all" : selection)}"
        default: return "{\(about), delay: 5ms, only: \(selection)}"
        }
    }

    private mutating func item(_ recovers: Bool, _ isLossy: Bool) -> String {
        let target = one(["n1", "n2", "[n2, n3]", "\"{p for p in nodes if p.x > 0}\"", "\"{p for p in nodes if p.on}\""])
        switch number(1...8) {
        case 1: return "crash: \(target)"
        case 2 where recovers: return "recover: \(one([target, "nodes"]))"
        case 3: return "pause: \(target)"
        case 4: return "cut: \(one(["n1 -> n2", "n2 <-> n3", "n1 -> others"]))"
        case 5 where isLossy: return "loss: \(one(["100%", "50%"]))\(chance(50) ? ", link: n1 -> n2" : "")"
        case 6: return "latency: 1ms"
        default: return "partition: \(one(["[[n1], [n2, n3]]", "[[n1, n3], [others]]", "[[n1], [n3]]"]))"
        }
    }

    /// `setting`: a timer U, which does not set itself: every run ends.
    private mutating func actions(setting: Bool = true) -> [String] {
        var lines: [String] = []
        for _ in 0..<number(0...2) {
            switch number(1...7) {
            case 1: lines.append("    x += 1")
            case 2: lines.append("    on = true")
            case 3 where setting: lines.append("    set timer U after 1ms")
            case 4 where chance(50): lines.append("    cancel timer \(one(["T", "U"]))")
            default:
                lines += ["    if left > 0:", "      left -= 1", "      " + one(["send A(x mod 2) to others", "send B() to n1", "send A(1) to n2", "send B() to nodes"])]
            }
        }
        return lines.isEmpty ? ["    x = x"] : lines
    }
}
