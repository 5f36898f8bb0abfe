import ScenDiagnostics
import ScenModel

/// Events of a run in few words, parted into what a node sees and what happens elsewhere.
struct EventText {
    let story: Story
    private let values: ValueText
    private let phrases: StoryPhrases

    /// One list more of what happens elsewhere than there are events of the node.
    struct Seen {
        fileprivate var events: [String] = []
        fileprivate var gaps: [[String]] = [[]]
        var count: Int { events.count }
        func own(_ index: Int) -> String { events[index] }
        func elsewhere(before index: Int) -> [String] {
            index < gaps.count ? gaps[index] : []
        }
    }

    init(story: Story) {
        self.story = story
        values = ValueText(types: story.types)
        phrases = StoryPhrases(story: story, whole: false)
    }

    func name(_ node: Int) -> String { values.node(node) }

    func input(of nodes: [Int]) -> String {
        let known = nodes.filter { $0 < story.inputs.count && story.inputs[$0] != .none }
        if known.isEmpty { return "" }
        return "input: " + known.map { "\(values.node($0)) = \(values(story.inputs[$0]))" }.joined(separator: ", ")
    }

    func setting(apartFrom node: Int, _ story: Story) -> String {
        let inputs = input(of: story.inputs.indices.filter { $0 != node })
        let faulty = story.faulty.isEmpty ? "" : "faulty: " + phrases.nodes(story.faulty)
        return [inputs, faulty].filter { !$0.isEmpty }.joined(separator: "; ")
    }

    func ending(_ story: Story) -> String {
        story.end == .quiescent ? "the run ends" : "the run goes on"
    }

    /// A crash ends what the node has seen: all before it is forgotten.
    func seen(by node: Int, in story: Story) -> Seen {
        var seen = Seen()
        let forgotten = story.steps.lastIndex { $0.node == node && $0.crashes } ?? -1
        let seals = SeenSeals(node: node)
        for (index, step) in story.steps.enumerated() {
            if step.node == node, index > forgotten {
                seen.events.append(text(step, seals))
                seen.gaps.append(losses(step))
            } else {
                seen.gaps[seen.gaps.count - 1] += texts(step)
            }
        }
        return seen
    }

    /// An event, and what it loses.
    func texts(_ step: Story.Step) -> [String] {
        // That another node counts a round tells nothing.
        if case .round = step.cause, step.effects.allSatisfy({ !$0.isShown }) { return [] }
        return [text(step, nil)] + losses(step)
    }

    /// What follows from the event is left out, apart from what the node sends, chooses and says. `seals`: as the node sees it.
    private func text(_ step: Story.Step, _ seals: SeenSeals?) -> String {
        let ofOwn = seals != nil
        var parts = [cause(step, seals)]
        func values(_ value: Value) -> String { self.values(seals?.seen(value, received: false) ?? value) }
        for effect in step.effects {
            switch effect {
            case .sent(_, let message, let to, _): parts.append("sends \(values(message)) to \(self.values.node(to))")
            case .lied(_, let message, _, let to, _):
                // Its view holds what it has really sent.
                parts.append((ofOwn ? "sends " : "lies: sends ") + "\(values(message)) to \(self.values.node(to))")
            case .withheld(let message, let to) where !ofOwn: parts.append("withholds \(values(message)) from \(self.values.node(to))")
            case .decided(let value): parts.append("decides \(values(value))")
            case .chose(let value): parts.append("chooses \(values(value))")
            case .timerSet(let timer, let arguments, _): parts.append("sets timer \(self.values.timer(timer, arguments))")
            case .crashed: parts.append("crashes")
            default: break
            }
        }
        return parts.joined(separator: ", ")
    }

    private func cause(_ step: Story.Step, _ seals: SeenSeals?) -> String {
        let ofOwn = seals != nil
        switch step.cause {
        case .delivery(_, let message, let from, let to):
            let message = seals?.seen(message, received: true) ?? message
            return "\(ofOwn ? "" : values.node(to) + " ")receives \(values(message)) from \(values.node(from))"
        case .deliveryToCrashed(_, let message, let from, let to):
            return "\(values(message)) from \(values.node(from)) reaches \(values.node(to)), which has crashed"
        case .start(let node): return ofOwn ? "starts" : "\(values.node(node)) starts"
        case .round(let node, let round): return ofOwn ? "round \(round)" : "\(values.node(node)): round \(round)"
        case .recovery(let node): return ofOwn ? "recovers" : "\(values.node(node)) recovers"
        case .timer(let node, let timer, let arguments):
            return (ofOwn ? "" : values.node(node) + ": ") + "timer \(values.timer(timer, arguments)) fires"
        default: return phrases.cause(StoryRow(steps: [step], first: 0, decisive: false))
        }
    }

    /// Whoever sends a message does not see that it is lost.
    private func losses(_ step: Story.Step) -> [String] {
        step.effects.compactMap { effect in
            guard case .sent(_, let message, let to, .lost) = effect else { return nil }
            return "\(values(message)) to \(values.node(to)) is lost"
        }
    }
}

extension Story.Step {
    /// Who sees it.
    fileprivate var node: Int? {
        switch cause {
        case .start(let node), .timer(let node, _, _), .round(let node, _), .crash(let node), .recovery(let node): node
        case .delivery(_, _, _, let to): to
        default: nil
        }
    }

    fileprivate var crashes: Bool {
        if case .crash = cause { return true }
        return effects.contains(.crashed)
    }
}

extension Story.Effect {
    fileprivate var isShown: Bool {
        switch self {
        case .sent, .decided, .chose, .timerSet, .crashed: true
        default: false
        }
    }
}
