import ScenDiagnostics

/// A trace as text: the format of grammar/trace.md. `TraceReader` reads it back to the same trace.
package enum TraceWriter {
    package static func text(_ trace: Trace) -> String {
        var lines = header(trace)
        lines.append("")
        for step in trace.steps {
            lines.append(line(step, trace))
            for send in step.sends {
                let extra = send.pushesOut.map { ", pushes out #\($0)" } ?? ""
                lines.append("    #\(send.number) to \(node(send.to, trace)) \(fate(send.fate))\(extra)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func header(_ trace: Trace) -> [String] {
        var lines = [
            "scen trace \(Trace.version)",
            "scen: \(quoted(trace.tool))",
            "file: \(quoted(trace.origin.file))",
            "scenario: \(quoted(trace.origin.scenario))",
            "digest: \(hex(trace.origin.digest))",
        ]
        for parameter in trace.parameters { lines.append("parameter \(parameter.name): \(quoted(parameter.value))") }
        lines.append("seed: \(trace.seed)")
        if let shrunk = trace.shrunk {
            lines.append("shrunk from: \(shrunk.events) events, \(shrunk.faults) faults")
        }
        switch trace.shown {
        case .expectation(let name, let expectsHolds, let found):
            lines.append("expectation: \(quoted(name))")
            lines.append("expected: \(expectsHolds ? "holds" : "violated")")
            lines.append("found: \(found.rawValue)")
        case .error(let code):
            lines.append("error: \(code)")
        }
        lines.append("hash: \(hex(trace.hash))")
        lines.append("nodes: " + trace.nodes.joined(separator: " "))
        for (node, input) in trace.inputs.enumerated() {
            lines.append("input \(self.node(node, trace)): \(quoted(input))")
        }
        if !trace.faulty.isEmpty {
            lines.append("faulty: " + trace.faulty.map { node($0, trace) }.joined(separator: " "))
        }
        return lines
    }

    private static func line(_ step: Trace.Step, _ trace: Trace) -> String {
        var text = DurationText.exact(step.time) + " " + action(step.action, trace)
        if !step.choices.isEmpty { text += ", choose " + list(step.choices) }
        if !step.lies.isEmpty { text += ", lie " + step.lies.map(TraceWords.lie).joined(separator: " ") }
        if let crash = step.crash {
            text += ", crash at point \(crash.point)"
            if !crash.reached.isEmpty { text += " reaching " + list(crash.reached) }
        }
        if !step.isObserved { text += ", unobserved" }
        return step.text.isEmpty ? text : text + ": " + step.text
    }

    private static func action(_ action: Trace.Action, _ trace: Trace) -> String {
        switch action {
        case .start(let node): "start \(self.node(node, trace))"
        case .deliver(let number, let to): "deliver #\(number) to \(node(to, trace))"
        case .modify(let number, let to): "modify #\(number) to \(node(to, trace))"
        case .spoof(let from, let to): "spoof \(node(from, trace)) to \(node(to, trace))"
        case .replay(let number, let to): "replay #\(number) to \(node(to, trace))"
        case .fire(let node): "fire \(self.node(node, trace))"
        case .round(let node, let round): "round \(round) of \(self.node(node, trace))"
        case .crash(let node): "crash \(self.node(node, trace))"
        case .recover(let node): "recover \(self.node(node, trace))"
        case .pause(let node, let since, let until):
            "pause \(self.node(node, trace)) since \(DurationText.exact(since))"
                + (until.map { " until \(DurationText.exact($0))" } ?? "")
        case .timeline(let item, let phase): "timeline \(item + 1) \(TraceWords.phase(phase))"
        case .cutOff(let number, let isLost): "cut off #\(number)" + (isLost ? " lost" : "")
        case .observe: "observe"
        case .end(let end): "end " + TraceWords.end(end)
        }
    }

    private static func fate(_ fate: Story.Fate) -> String {
        switch fate {
        case .arrives(let at): "at \(DurationText.exact(at))"
        case .arrivesTwice(let first, let second): "at \(DurationText.exact(first)) and \(DurationText.exact(second))"
        case .lost: "lost"
        case .ruled(let action, let rest): "\(TraceWords.rule(action)) \(self.fate(rest))"
        case .queues(let until, let rest): "queues until \(DurationText.exact(until)) \(self.fate(rest))"
        case .waits(let lost): lost ? "waits lost" : "waits"
        case .refused: "refused"
        case .cutOff(let rest): "cut \(self.fate(rest))"
        case .sentInBadPeriod(let until, let rest): "bad until \(DurationText.exact(until)) \(self.fate(rest))"
        case .inFlight: "sent"
        }
    }

    private static func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: " ") }

    private static func node(_ index: Int, _ trace: Trace) -> String {
        trace.nodes.indices.contains(index) ? trace.nodes[index] : "?"
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func quoted(_ text: String) -> String { ValuePrinter.quoted(text) }
}

/// Words that stand for cases of an enumeration.
enum TraceWords {
    static let ends: [(word: String, end: Story.End)] = [
        ("quiescent", .quiescent), ("horizon", .horizon), ("decided", .decided), ("failed", .failed),
    ]
    static let rules: [(word: String, action: Story.RuleAction)] = [
        ("dropped", .drop), ("delayed", .delay), ("duplicated", .duplicate),
    ]

    static let phases: [(word: String, phase: Story.Phase)] = [
        ("begins", .begins), ("ends", .ends), ("nobody", .findsNobody),
    ]

    static func lie(_ number: Int) -> String {
        number == Trace.honest ? "=" : number == Trace.withheld ? "-" : String(number)
    }
    static func phase(_ phase: Story.Phase) -> String { phases.first { $0.phase == phase }?.word ?? "" }
    static func end(_ end: Story.End) -> String { ends.first { $0.end == end }?.word ?? "" }
    static func rule(_ action: Story.RuleAction) -> String { rules.first { $0.action == action }?.word ?? "" }
}
