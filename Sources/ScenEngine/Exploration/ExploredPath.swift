import ScenModel

/// A way through the state space, found again step by step and written down as a trace, from which it is told.
struct ExploredPath {
    /// Numbers of states, the first one in which runs begin; none if it fails before the first.
    var states: [Int]
    /// What happens in the last one, until it fails.
    var last: [Transition]
    /// The run goes on for ever from its last state as it did from this one: index in `states`.
    var loop: Int?
    /// It goes on, which makes no difference: its time is over.
    var isCutOff = false

    init(states: [Int], last: [Transition] = [], loop: Int? = nil, isCutOff: Bool = false) {
        self.isCutOff = isCutOff
        self.states = states
        self.last = last
        self.loop = loop
    }

    /// `shown`: what the run is there for. And for a run for ever the step, from 0, from which on it repeats itself.
    func trace(in exploration: Exploration, shown: Trace.Shown, end: Story.End) -> (Trace, repeatsFrom: Int?) {
        let beginning = exploration.beginnings.beginning(
            states.first.map { Int(exploration.space.row($0)[RowLayout.beginning]) } ?? exploration.lastBeginning)
        let program = exploration.compiled.program
        let printer = ValuePrinter(program.types)
        let machine = exploration.world.machine
        var trace = Trace(shown: shown, nodes: exploration.compiled.system.nodes.names)
        if let type = program.inputType {
            trace.inputs = (0..<exploration.nodeCount).map { node in
                printer.text(machine.value(exploration.inputs[node][beginning.inputs[node]], type))
            }
        }
        trace.faulty = beginning.faulty
        var writer = PathWriter(exploration)
        var loopStep: Int?
        for (index, transitions) in self.transitions(in: exploration).enumerated() {
            writer.write(transitions, after: index == 0 ? nil : states[index - 1])
            if exploration.compiled.system.timing.lockstep {
                writer.endRound(isItem: index > 0 && exploration.itemActs(in: exploration.space.row(states[index - 1])))
            }
            if index == loop { loopStep = writer.steps.count }
        }
        writer.write(last, after: states.last)
        writer.end(end)
        if let timeline = exploration.timeline { trace.faulty = timeline.faulty(beside: beginning.faulty + writer.crashed) }
        trace.steps = writer.steps
        return (trace, loopStep)
    }

    /// For each state what led to it.
    private func transitions(in exploration: Exploration) -> [[Transition]] {
        exploration.keepsTrails = true
        defer { exploration.keepsTrails = false }
        if exploration.symmetry != nil { return exploration.transitionsOfNodes(along: states) }
        var found: [[Transition]] = []
        for (index, state) in states.enumerated() {
            let row = exploration.copy(exploration.space.row(state))
            // All of it was explored before, so that nothing can fail.
            let way = try? index == 0 ? start(to: row, exploration) : step(from: states[index - 1], to: row, exploration)
            found.append(way ?? [])
        }
        return found
    }

    private func start(to row: [UInt32], _ exploration: Exploration) throws(Exploration.Stop) -> [Transition] {
        Self.trail(to: row, in: try exploration.firstRows(of: Int(row[RowLayout.beginning])))
    }

    private func step(
        from state: Int, to row: [UInt32], _ exploration: Exploration
    ) throws(Exploration.Stop) -> [Transition] {
        if exploration.compiled.system.timing.lockstep, exploration.isSilent(state) { return [] }
        if let rows = try exploration.rowsAfterCommonStep(state) { return Self.trail(to: row, in: rows) }
        try exploration.expand(state)
        var found: [Transition] = []
        for index in 0..<exploration.successors.count {
            let next = UnsafeBufferPointer(start: exploration.successors.row(index), count: row.count)
            guard next.elementsEqual(row) else { continue }
            let transition = exploration.successors.transition(index)
            if found.isEmpty || exploration.faults(of: transition) < exploration.faults(of: found) { found = [transition] }
        }
        return found
    }

    private static func trail(to row: [UInt32], in rows: PartialRows) -> [Transition] {
        for index in 0..<rows.count where rows.row(index) == row { return rows.trail(index) }
        return []
    }
}

/// Numbers messages as they are sent, and writes steps of a trace.
private struct PathWriter {
    private let exploration: Exploration
    private(set) var steps: [Trace.Step] = []
    private var sent = 0
    /// Numbers of equal messages in flight, the oldest first.
    private var inFlight: [LocalEvent: [Int]] = [:]
    /// The first of equal messages on a link.
    private var numbers: [LocalEvent: Int] = [:]
    /// Where each message was sent: step, and place among its sends.
    private var places: [(step: Int, send: Int)] = []
    private var round = 1
    private var clock = 0
    /// Nodes that have crashed.
    private(set) var crashed: [Int] = []
    /// What may become of messages that are sent in the present step.
    private var links: LinkChoices
    private var timeline: TimelineState?
    private var rules: MessageRules

    init(_ exploration: Exploration) {
        self.exploration = exploration
        links = exploration.links
        rules = MessageRules(exploration.compiled.system.network.rules)
    }

    private var time: Int {
        if let time = exploration.time { return clock * time.tick }
        guard let bound = exploration.compiled.system.timing.bound, exploration.compiled.system.timing.lockstep else { return 0 }
        return (round - 1) * bound
    }

    /// What led to the next state, or to a failure. Several nodes may have taken part; only what came of it is observed.
    mutating func write(_ transitions: [Transition], after state: Int?) {
        if let timeline = exploration.timeline, let place = exploration.layout.timeline {
            let number = state.map { Int(exploration.space.row($0)[place]) } ?? ExploredTimeline.first
            links = timeline.links[number]
            self.timeline = timeline.states[number]
        }
        let first = steps.count
        for transition in transitions { write(transition) }
        if state == nil || exploration.compiled.system.timing.lockstep { return }
        for index in first..<max(first, steps.count - 1) { steps[index].isObserved = false }
    }

    private mutating func write(_ transition: Transition) {
        let node = Int(transition.node)
        let machine = exploration.world.machine
        switch transition.kind {
        case .tick: return clock += transition.event.ticks
        case .stabilised: return
        case .waits:
            _ = take(transition.event)
            return
        case .lost:
            guard let number = take(transition.event) else { return }
            let place = places[number - 1]
            steps[place.step].sends[place.send].fate = .lost
            return
        case .acted, .ended, .foundNobody, .paused, .cutOff:
            if let action = action(transition) { steps.append(Trace.Step(time: time, action: action)) }
            return
        case .event, .duplicated, .missed, .modified, .spoofed, .replayed: break
        }
        if transition.event == .crash { crashed.append(node) }
        var step: Trace.Step
        switch transition.event.choice(of: node).kind {
        case .start: step = Trace.Step(time: time, action: .start(node: node))
        case .deliver where transition.kind.isForgery: step = forgery(transition)
        case .deliver:
            let number = (transition.kind == .duplicated ? inFlight[transition.event]?.first : take(transition.event)) ?? 0
            step = Trace.Step(time: time, action: .deliver(number: number, to: node))
            step.text = TraceText.message(transition.event.message, machine)
        case .fire:
            step = Trace.Step(time: time, action: .fire(node: node))
            step.text = TraceText.timer(transition.event.choice(of: node).word, machine)
        case .round: step = Trace.Step(time: time, action: .round(node: node, round: transition.event.round))
        case .crash: step = Trace.Step(time: time, action: .crash(node: node))
        case .recover: step = Trace.Step(time: time, action: .recover(node: node))
        }
        if transition.outcome >= 0 {
            take(up: exploration.steps.outcomes[transition.outcome], into: &step, draws: Int(transition.draws))
        } else if transition.kind != .missed {
            set(exploration.steps.failedManner, in: &step)
        }
        steps.append(step)
    }

    /// Of what runs no handler. Nothing is told of an item that changes nothing.
    private mutating func action(_ transition: Transition) -> Trace.Action? {
        switch transition.kind {
        case .acted, .ended: change(by: Int(transition.node), begins: transition.kind == .acted)
        case .foundNobody: .timeline(item: Int(transition.node), .findsNobody)
        case .paused: .pause(node: Int(transition.node), since: time, until: nil)
        case .cutOff: take(transition.event).map { .cutOff(number: $0, isLost: true) }
        default: nil
        }
    }

    private mutating func change(by item: Int, begins: Bool) -> Trace.Action {
        if let all = exploration.timeline, var state = timeline {
            if begins { all.begin(item, in: &state) } else { all.end(item, in: &state) }
            let number = all.number(of: state)
            links = all.links[number]
            timeline = state
        }
        return .timeline(item: item, begins ? .begins : .ends)
    }

    /// What the adversary hands over.
    private mutating func forgery(_ transition: Transition) -> Trace.Step {
        let to = transition.event.recipient
        var step = Trace.Step(time: time, action: .spoof(from: transition.event.sender, to: to))
        let machine = exploration.world.machine
        if transition.kind == .replayed {
            step.action = .replay(number: numbers[transition.event] ?? 0, to: to)
            step.text = TraceText.message(transition.event.message, machine)
            return step
        }
        if transition.kind == .modified { step.action = .modify(number: take(transition.original) ?? 0, to: to) }
        step.text = ValuePrinter(machine.program.types).text(machine.value(transition.event.message, .message))
        return step
    }

    private mutating func take(up outcome: LocalSteps.Outcome, into step: inout Trace.Step, draws: Int) {
        var draws = (exploration.rules?.draws[draws] ?? [])[...]
        let manner = exploration.steps.manners[outcome.manner]
        set(manner, in: &step)
        if let choices = exploration.steps.lieChoices(for: manner) { set(choices.lies(outcome.lies), meant: manner.meant, in: &step) }
        for index in outcome.firstSend..<outcome.firstSend + outcome.sendCount {
            let message = LocalEvent(bits: exploration.steps.sends[index])
            sent += 1
            places.append((steps.count, step.sends.count))
            let link = links.of(message.link)
            let rule = rule(for: message, &draws)
            let isLost = link.contains(.mustLose) || link.contains(.isCut) && links.isLossy || rule == .drop
            var fate: Story.Fate = isLost ? .lost : .inFlight
            if link.contains(.isCut) { fate = .cutOff(fate) }
            if let rule { fate = .ruled(rule, fate) }
            step.sends.append(Trace.Send(number: sent, to: message.recipient, fate: fate))
            if !isLost { inFlight[message, default: []] += rule == .duplicate ? [sent, sent] : [sent] }
            if numbers[message] == nil { numbers[message] = sent }
        }
    }

    private mutating func rule(for message: LocalEvent, _ draws: inout ArraySlice<Int>) -> Story.RuleAction? {
        guard exploration.rules != nil, message.sender != message.recipient else { return nil }
        let kind = exploration.world.machine.shape(message.message)
        let chosen = rules.select(message: kind, from: message.sender, to: message.recipient) { _, share in
            ExploredRules.happens(share) { draws.popFirst() == 1 }
        }
        switch chosen.map({ exploration.compiled.system.network.rules[$0].action }) {
        case .drop: return .drop
        case .duplicate: return .duplicate
        case .delay: return .delay
        case nil: return nil
        }
    }

    private func set(_ manner: LocalSteps.Manner, in step: inout Trace.Step) {
        step.choices = manner.choices
        step.crash = manner.interruption.map { Trace.Crash(point: $0.point, reached: $0.reached) }
    }

    /// A trace tells of messages to other nodes only, and nothing where all of them go out as they are.
    private func set(_ lies: [Lie], meant: Range<Int>?, in step: inout Trace.Step) {
        guard let meant, lies.contains(where: { $0 != .none }) else { return }
        step.lies = zip(meant, lies).compactMap { index, lie in
            let message = LocalEvent(bits: exploration.steps.sends[index])
            return message.recipient == message.sender ? nil : lie.number
        }
    }

    private mutating func take(_ event: LocalEvent) -> Int? {
        guard let numbers = inFlight[event], let first = numbers.first else { return nil }
        inFlight[event] = Array(numbers.dropFirst())
        return first
    }

    /// `isItem`: an item has acted after its end, and no further one has passed.
    mutating func endRound(isItem: Bool) {
        if !isItem { round += 1 }
        steps.append(Trace.Step(time: time, action: .observe))
    }

    mutating func end(_ end: Story.End) {
        if exploration.time != nil, let last = steps.last, last.time < time {
            steps.append(Trace.Step(time: time, action: .observe))
        }
 steps.append(Trace.Step(time: time, action: .end(end)))
    }
}
