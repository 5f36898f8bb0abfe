import ScenDiagnostics
import ScenModel

/// What happened, in words.
struct StoryPhrases {
    let story: Story
    let values: ValueText
    let scale: TimeText.Scale
    let whole: Bool

    private static let namesMax = 8
    private static let copiesMax = 8
    private static let valueColumns = 72
    private static let lineColumns = 100

    init(story: Story, whole: Bool) {
        self.story = story
        self.whole = whole
        values = ValueText(types: story.types)
        scale = TimeText.Scale(for: Self.times(in: story))
    }

    static func plain(_ text: String) -> String { DisplayText.line(text) }

    func cause(_ row: StoryRow) -> String {
        switch row.steps[0].cause {
        case .start:
            let starting: [Int] = row.steps.map { step in
                if case .start(let node) = step.cause { node } else { 0 }
            }
            return nodes(starting) + (starting.count == 1 ? " starts" : " start")
        case .delivery(let number, let message, let from, let to):
            return "\(values.node(to)) receives #\(number) \(value(message)) from \(values.node(from))"
        case .deliveryToCrashed(let number, let message, let from, let to):
            return "#\(number) \(value(message)) from \(values.node(from)) reaches \(values.node(to)), "
                + "which has crashed"
        case .interference(let interference, let message, let from, let to):
            return self.interference(interference, message, from: from, to: to)
        case .timer(let node, let timer, let arguments):
            return "\(values.node(node)): timer \(short(values.timer(timer, arguments))) fires"
        case .round(_, let round):
            let there: [Int] = row.steps.map { step in
                if case .round(let node, _) = step.cause { node } else { 0 }
            }
            return "\(nodes(there)): round \(round)"
        case .crash(let node): return "\(values.node(node)) crashes"
        case .recovery(let node): return "\(values.node(node)) recovers"
        case .pause(let node, let since, let until):
            let end = until.map { " until \(scale.text($0))" } ?? ""
            return since == row.time
                ? "\(values.node(node)) pauses\(end)" : "\(values.node(node)) is in a pause from \(scale.text(since))\(end)"
        case .timeline(let item, let phase): return timeline(item, phase)
        case .cutOff(let number, let message, let from, let to, let isLost):
            let name = "#\(number) \(value(message)) from \(values.node(from)) to \(values.node(to))"
            return name + (isLost ? " is lost: the link is cut" : " is held back: the link is cut")
        }
    }

    func effects(_ effects: [Story.Effect]) -> [String] {
        var lines: [String] = []
        var index = 0
        while index < effects.count {
            if case .sent(_, let message, _, _) = effects[index] {
                var end = index + 1
                while end < effects.count, case .sent(_, message, _, _) = effects[end] { end += 1 }
                lines += sends(message, effects[index..<end])
                index = end
            } else {
                lines.append(effect(effects[index]))
                index += 1
            }
        }
        return lines
    }

    private func effect(_ effect: Story.Effect) -> String {
        switch effect {
        case .changed(let variable, let from, let to):
            let name =
                story.variables.indices.contains(variable)
                ? story.variables[variable].name : "variable \(variable)"
            return "\(name): " + ValueChange(from: from, to: to, values: values).text(columns: columns)
        case .sent: return ""
        case .lied(let number, let message, let truth, let to, let fate):
            return "lies to \(values.node(to)): sends #\(number) \(value(message)) instead of \(difference(truth, from: message))"
                + said(self.fate(fate, verb: "arrives "), after: ", ")
        case .withheld(let message, let to): return "withholds \(value(message)) from \(values.node(to))"
        case .pushedOut(let number): return "#\(number) is dropped: the queue is full, and it has waited longest"
        case .timerSet(let timer, let arguments, let at):
            let set = "sets timer \(short(values.timer(timer, arguments)))"
            return story.isTimed ? set + " for \(scale.text(at))" : set
        case .timerCancelled(let timer, let arguments):
            return "cancels timer \(short(values.timer(timer, arguments)))"
        case .decided(let decision): return "decides \(value(decision))"
        case .delivered(let message, let from):
            return "delivers \(value(message))" + (from.map { " from \(values.node($0))" } ?? "")
        case .broadcast(let message): return "broadcasts \(value(message))"
        case .chose(let choice): return "chooses \(value(choice))"
        case .logged(let text): return "logs \"\(Self.plain(text))\""
        case .others(let count): return "and \(NumberText.count(count, "more effect"))"
        case .crashed: return "crashes here: the rest of this handler does not happen"
        }
    }

    /// One message, to whom, and what becomes of each copy: on one line where that can be read.
    private func sends(_ message: Value, _ copies: ArraySlice<Story.Effect>) -> [String] {
        let sent: [(number: Int, to: Int, fate: Story.Fate)] = copies.compactMap { effect in
            if case .sent(let number, _, let to, let fate) = effect { (number, to, fate) } else { nil }
        }
        guard let first = sent.first else { return [] }
        if sent.count == 1 {
            return [
                "sends #\(first.number) \(value(message)) to \(values.node(first.to))"
                    + said(fate(first.fate, verb: "arrives "), after: ": ")
            ]
        }
        let shown = whole ? sent[...] : sent.prefix(Self.copiesMax)
        let more = sent.count - shown.count
        let sameRecipient = sent.allSatisfy { $0.to == first.to }
        let recipient = sameRecipient ? " to \(values.node(first.to))" : ""
        var parts = shown.map { copy in
            sameRecipient
                ? "#\(copy.number)" + said(fate(copy.fate, verb: ""), after: " ")
                : "#\(copy.number) to \(values.node(copy.to))" + said(fate(copy.fate, verb: ""), after: " ")
        }
        if more > 0 { parts.append("and \(NumberText.count(more)) more") }
        let head = "sends \(value(message))\(recipient) \(NumberText.count(sent.count)) times:"
        let line = head + " " + parts.joined(separator: "; ")
        return line.count <= Self.lineColumns ? [line] : [head] + parts.map { "  " + $0 }
    }

    private func said(_ text: String, after separator: String) -> String { text.isEmpty ? "" : separator + text }

    private func fate(_ fate: Story.Fate, verb: String) -> String {
        switch fate {
        case .lost: story.hasAdversary ? "dropped by the adversary" : "lost"
        case .arrives(let at): "\(verb)at \(scale.text(at))"
        case .arrivesTwice(let first, let second):
            "\(verb.isEmpty ? "" : verb + "twice, ")at \(scale.text(min(first, second))) and "
                + scale.text(max(first, second))
        case .ruled(.drop, _): "dropped by a rule"
        case .ruled(.delay, .lost): "lost"
        case .ruled(.delay, let rest): "delayed by a rule" + said(self.fate(rest, verb: "arrives "), after: ", ")
        case .ruled(.duplicate, let rest): "duplicated by a rule" + said(self.fate(rest, verb: "arrives "), after: ", ")
        case .queues(let until, let rest):
            "queues until \(scale.text(until)), \(self.fate(rest, verb: "arrives "))"
        case .sentInBadPeriod(_, .lost): "lost"
        case .sentInBadPeriod(let until, let rest):
            "in a bad period until \(scale.text(until)), \(self.fate(rest, verb: "arrives "))"
        case .waits(let lost): lost ? "queues, lost later" : "queues"
        case .refused: "dropped: the queue is full"
        case .inFlight: ""
        case .cutOff(.lost): "lost: the link is cut"
        case .cutOff: "held back: the link is cut"
        }
    }

    /// `general1 = attack; n2, n3 = retreat`: nodes with the same input together.
    func inputs() -> String {
        var order: [Value] = []
        var holders: [Value: [Int]] = [:]
        for (node, input) in story.inputs.enumerated() {
            if holders[input] == nil { order.append(input) }
            holders[input, default: []].append(node)
        }
        let shown = whole ? order[...] : order.prefix(Self.namesMax)
        var parts = shown.map { nodes(holders[$0] ?? []) + " = " + value($0) }
        if shown.count < order.count { parts.append("…") }
        return parts.joined(separator: "; ")
    }

    func nodes(_ indices: [Int]) -> String {
        let shown = whole || indices.count == Self.namesMax + 1 ? indices[...] : indices.prefix(Self.namesMax)
        let names = shown.map(values.node).joined(separator: ", ")
        let more = indices.count - shown.count
        return more > 0 ? "\(names) and \(NumberText.count(more)) more" : names
    }

    /// The fields in which a message differs from another of its kind.
    func difference(_ truth: Value, from lie: Value) -> String {
        guard case .message(let type, let meant) = truth, case .message(type, let said) = lie, meant.count == said.count,
            story.types.messages.indices.contains(type)
        else { return value(truth) }
        let differing = meant.indices.filter { meant[$0] != said[$0] }
        return differing.map { short("\(story.types.messages[type].fields[$0].name)=\(values(meant[$0]))") }
            .joined(separator: ", ")
    }

    func value(_ value: Value) -> String { short(values(value)) }

    private func short(_ text: String) -> String { Paint.shortened(text, to: columns) }

    private var columns: Int { whole ? 8 * Self.valueColumns : Self.valueColumns }

    /// When things happen, for one unit and precision throughout. Where a run is cut off is told apart: it may be far
    /// from the last event.
    private static func times(in story: Story) -> [Int] {
        var times = story.steps.map(\.time)
        if story.end != .horizon { times.append(story.endTime) }
        for step in story.steps {
            if case .pause(_, let since, let until) = step.cause { times += [since, until ?? since] }
            for effect in step.effects {
                switch effect {
                case .sent(_, _, _, let fate), .lied(_, _, _, _, let fate): times += fate.times
                default: break
                }
            }
        }
        return times
    }
}

extension Story.Fate {
    fileprivate var times: [Int] {
        switch self {
        case .arrives(let at): [at]
        case .arrivesTwice(let first, let second): [first, second]
        case .queues(let until, let rest), .sentInBadPeriod(let until, let rest): [until] + rest.times
        case .ruled(_, let rest): rest.times
        case .lost, .waits, .refused, .cutOff, .inFlight: []
        }
    }
}
