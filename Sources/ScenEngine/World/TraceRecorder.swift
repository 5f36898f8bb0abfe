import ScenModel

/// Writes down the choices of a run while it is told.
final class TraceRecorder {
    private let world: World
    private let machine: Machine
    private(set) var steps: [Trace.Step] = []
    private(set) var hash = StepHash()
    /// The run is longer than a trace may be: nothing is kept of it.
    private(set) var isTooLong = false
    private var sends: [Trace.Send] = []
    private var crash: Machine.Interruption?
    private let timeline: Timeline
    private let inRounds: Bool
    /// The first step since a state was observed.
    private var firstUnobserved = 0

    /// A file of this many steps can still be read again, and nobody reads it.
    private static let stepsMax = 100_000

    init(world: World, timeline: Timeline, inRounds: Bool) {
        self.timeline = timeline
        self.inRounds = inRounds
        self.world = world
        machine = world.machine
    }

    func begin(crash: Machine.Interruption?) {
        self.crash = crash
        sends.removeAll(keepingCapacity: true)
    }

    func sent(_ number: Int, to: Int, _ fate: Story.Fate, pushesOut: Int?) {
        guard !isTooLong else { return }
        sends.append(Trace.Send(number: number, to: to, fate: fate, pushesOut: pushesOut))
    }

    func end(
        _ choice: Choice, number: UInt64, time: Int, outcome: World.Outcome, _ interference: Interference? = nil
    ) {
        hash.add(choice, time: time, outcome: outcome, world: world)
        guard !isTooLong else { return }
        let node = Int(choice.node)
        var step: Trace.Step
        switch choice.kind {
        case .start: step = Trace.Step(time: time, action: .start(node: node))
        case .deliver:
            step = Trace.Step(time: time, action: .deliver(number: Int(number), to: node))
            step.text = TraceText.message(choice.word, machine)
            if let interference { step.tell(interference, choice, machine) }
        case .fire:
            step = Trace.Step(time: time, action: .fire(node: node))
            step.text = TraceText.timer(choice.word, machine)
        case .round: step = Trace.Step(time: time, action: .round(node: node, round: world.memory.round))
        case .crash: step = Trace.Step(time: time, action: .crash(node: node))
        case .recover: step = Trace.Step(time: time, action: .recover(node: node))
        }
        step.choices = machine.tape.taken.map(\.choice)
        step.crash = crash.map { Trace.Crash(point: $0.point, reached: $0.reached) }
        step.sends = sends
        step.lies = world.speech.lies.map(\.number)
        add(step)
    }

    /// Something that is no handler.
    func told(_ cause: Story.Cause, at time: Int) {
        guard let action = action(cause) else { return }
        hash.add(action, time: time)
        add(Trace.Step(time: time, action: action))
    }

    /// Expectations see the present state: usually that after a step, and after the starts.
    func observed(at time: Int) {
        if steps.last?.time ?? -1 < time {
            hash.add(.observe, time: time)
            add(Trace.Step(time: time, action: .observe))
        }
        if firstUnobserved > 0, !inRounds, !isTooLong {
            for index in firstUnobserved..<max(firstUnobserved, steps.count - 1) { steps[index].isObserved = false }
        }
        firstUnobserved = steps.count
    }

    func ended(_ end: Story.End, at time: Int) {
        hash.addEnd(world, failed: end == .failed)
        add(Trace.Step(time: time, action: .end(end)))
    }

    /// Of what changes nothing in the world and is told all the same.
    private func action(_ cause: Story.Cause) -> Trace.Action? {
        switch cause {
        case .pause(let node, let since, let until): return .pause(node: node, since: since, until: until)
        case .timeline(let item, let phase):
            return timeline.items.firstIndex(of: item).map { .timeline(item: $0, phase) }
        case .cutOff(let number, _, _, _, let isLost): return .cutOff(number: number, isLost: isLost)
        case .start, .delivery, .deliveryToCrashed, .interference, .timer, .round, .crash, .recovery: return nil
        }
    }

    private func add(_ step: Trace.Step) {
        if steps.count >= Self.stepsMax {
            isTooLong = true
            steps = []
        }
        if !isTooLong { steps.append(step) }
    }
}

extension Trace.Step {
    /// What an adversary has made of a message stands in a trace as a whole, since it is read back.
    mutating func tell(_ interference: Interference, _ choice: Choice, _ machine: Machine) {
        let (from, to) = (Int(choice.from), Int(choice.node))
        switch interference {
        case .modifies(let number, _): action = .modify(number: number, to: to)
        case .spoofs: action = .spoof(from: from, to: to)
        case .replays(let number):
            action = .replay(number: number, to: to)
            return
        }
        text = ValuePrinter(machine.program.types).text(machine.value(choice.word, .message))
    }
}

/// Values as a trace shows them.
enum TraceText {
    static func message(_ word: Word, _ machine: Machine) -> String {
        let text = ValuePrinter(machine.program.types).text(machine.value(word, .message))
        let scalars = text.unicodeScalars
        return scalars.count <= Trace.textMax ? text : String(scalars.prefix(Trace.textMax)) + "…"
    }

    static func timer(_ word: Word, _ machine: Machine) -> String {
        let types = machine.program.types
        let index = machine.shape(word)
        let printer = ValuePrinter(types)
        let arguments = machine.timerArguments(word).map(printer.text).joined(separator: ", ")
        return "\(types.timers.indices.contains(index) ? types.timers[index].name : "")(\(arguments))"
    }
}
