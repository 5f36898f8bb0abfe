/// Small systems in which time passes, and conditions of every form.
struct TimedGenerator: Drawing {
    struct Generated {
        var text: String
        /// ms
        var horizon: Int?
        var readsNow: Bool
        var readsTime: Bool
        var isLossy: Bool
    }
    var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 11 }

    private mutating func ticks(_ range: ClosedRange<Int>) -> String { "\(number(range) * 5)ms" }

    /// A tick is 5 ms. `knowing`: conditions are those given, on a synchronous system.
    mutating func scenario() -> Generated {
        let isPartial = chance(25)
        let readsNow = !isPartial && chance(20)
        let readsTime = !isPartial && chance(25)
        let isLossy = chance(25)
        let recovers = chance(25)
        let model = recovers ? "crash-recovery" : "crash-stop"
        let horizon = !isPartial && (readsNow || readsTime || isLossy || chance(20)) ? number(2...4) * 5 : nil
        var faulty = ["none", "none", recovers ? "{n1: {crashes: 1}}" : "[n1]", recovers ? "{n2: {crashes: 1}}" : "{up-to: 1}"]
        if !isPartial {
            faulty += ["{n2: {crash: \(ticks(0...2))}}", "{n1: {crash: {between: \(ticks(0...1))..10ms}}}"]
            if recovers { faulty += ["{n1: {crash: 5ms, recover: \(number(2...3) * 5)ms}}", "{n2: {crash: 0ms, recover: {between: 5ms..15ms}}}"] }
        }
        let low = number(0...1)
        var lines = [
            "scenario: generated",
            "nodes: {count: 2, model: \(model)}",
            "network: \(isLossy ? "{links: fair-loss, loss: 10%, duplicate: \(one(["0%", "5%"]))}" : one(["reliable", "reliable", "{links: reliable, fifo: true}"]))",
            "timing: {model: \(isPartial ? "partially-synchronous" : "synchronous"), latency: \(low * 5)ms..\((low + number(low == 0 ? 1...2 : 0...1)) * 5)ms}",
            "faulty: \(one(faulty))",
            "algorithm:",
            "  messages: {A: {v: 0..1}, B: {}}",
            "  state: {x: int, on: bool\(readsNow ? ", at: duration" : "")}",
            "  stable: {left: int = \(number(1...3))}",
            "  on start: |",
        ]
        lines += actions(readsNow) + (chance(70) ? ["    if me == n1:", "      set timer T after \(ticks(0...2))"] : [])
        lines += ["  on A(v) from p: |"] + actions(readsNow) + ["  on B() from p: |"] + actions(readsNow)
        lines += ["  on timer T: |", "    on = not on"] + actions(readsNow)
        if chance(40) { lines += ["    set timer T after \(ticks(1...2))"] }
        if chance(5) { lines += ["    set timer T after 0ms"] }
        lines += ["  on timer U: |"] + actions(readsNow)
        if recovers { lines += ["  on recover: |"] + actions(readsNow) }
        lines += ["run: \(horizon.map { "{exhaustive: {for: \($0)ms}}" } ?? "exhaustive")", "expect:"]
        let atoms = [
            "n1.x > 0", "n2.x == 1", "n2.on", "n1.on", "n1.x == n2.x", "n1.crashed", "n2.up and n2.x > 0", "n1.left == 0", "n2.left < n1.left",
        ] + (readsTime ? ["time <= 5ms", "time > 5ms and n1.on", "time == 10ms or n2.x > 0"] : [])
            + (readsNow ? ["n1.at > 5ms", "n2.at == 5ms"] : [])
        for index in 0..<8 {
            let form = one(["always", "never", "possible", "finally", "eventually", "eventually", "eventually-always", "leads-to", "leads-to"])
            let within = !isPartial && chance(50) && ["eventually", "eventually-always", "leads-to"].contains(form)
            let condition = form == "leads-to" ? "{from: \(one(atoms)), to: \(one(atoms))}" : one(atoms)
            lines.append("  e\(index): {\(form): \(condition)\(within ? ", within: \(number(1...4) * 5)ms" : "")}")
        }
        let asksTime = lines.contains { $0.hasPrefix("  e") && $0.contains("time ") }
        return Generated(
            text: lines.joined(separator: "\n") + "\n", horizon: horizon, readsNow: readsNow, readsTime: asksTime, isLossy: isLossy)
    }

    private mutating func actions(_ readsNow: Bool) -> [String] {
        var lines: [String] = []
        for index in 0..<number(0...2) {
            switch number(1...7) {
            case 1: lines.append("    x += 1")
            case 2: lines.append("    on = true")
            case 3 where chance(40): lines += ["    choose c\(index) in 0..1", "    x = c\(index)"]
            case 4: lines.append("    set timer U after \(ticks(0...2))")
            case 5 where chance(50): lines.append("    cancel timer \(one(["T", "U"]))")
            case 5 where readsNow: lines.append("    at = now")
            default:
                lines += ["    if left > 0:", "      left -= 1", "      " + one(["send A(x mod 2) to others", "send B() to n1", "send A(1) to n2", "send B() to nodes"])]
            }
        }
        return lines.isEmpty ? ["    x = x"] : lines
    }
}
