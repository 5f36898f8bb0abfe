import ScenModel

/// Writes down the steps of a run that is made once more, those that are asked for.
final class Storyteller {
    private let world: World
    private let machine: Machine
    private let program: Program
    let kept: Range<Int>
    /// Of the same run, if its trace is asked for.
    let recorder: TraceRecorder?
    private(set) var steps: [Story.Step] = []

    /// The adversary's part in the delivery that comes next.
    var interference: Interference?
    private var isKeeping = false
    private var before: [Word] = []
    private var effects: [Story.Effect] = []
    /// The node that runs, and how many of its messages to others have been told.
    private var speaker = -1
    private var told = 0
    /// Of one step; and how many there were beyond them.
    private let effectsMax: Int
    private var left = 0
    /// Elements of values that may still be kept.
    private var elementsLeft = 4_000_000

    /// Of all steps together, unless there are very many.
    private static let effectsOfAll = 500_000

    init(world: World, keeping kept: Range<Int>, recorder: TraceRecorder? = nil) {
        self.world = world
        machine = world.machine
        program = world.program
        self.kept = kept
        self.recorder = recorder
        effectsMax = max(50, Self.effectsOfAll / max(1, kept.count))
    }

    /// Called before each step.
    func begin(_ choice: Choice, crash: Machine.Interruption?, step: Int) {
        recorder?.begin(crash: crash)
        isKeeping = kept.contains(step)
        guard isKeeping else { return }
        effects.removeAll()
        (speaker, told) = (Int(choice.node), 0)
        left = 0
        let words = words(of: Int(choice.node))
        before = (0..<program.variables.count).map { words[$0] }
    }

    /// `note`: what else there is to say where links, messages or moments differ.
    func sent(_ number: Int, _ message: Word, to: Int, _ fate: Network.Fate, _ note: SpecialLinks.Note?) {
        sent(number, message, to: to, Self.told(fate, note), pushesOut: note?.pushedOut.map { Int($0) })
    }

    func sent(_ number: Int, _ message: Word, to: Int, _ fate: Story.Fate, pushesOut: Int?) {
        recorder?.sent(number, to: to, fate, pushesOut: pushesOut)
        guard isKeeping else { return }
        let effect = said(number, message, to: to, fate)
        guard hasRoom(for: message) else { return }
        effects.append(effect)
        if let pushesOut { effects.append(.pushedOut(number: pushesOut)) }
    }

    private func said(_ number: Int, _ message: Word, to: Int, _ fate: Story.Fate) -> Story.Effect {
        let value = machine.value(message, .message)
        guard to != speaker else { return .sent(number: number, message: value, to: to, fate) }
        tellWithheld()
        guard told < world.speech.lies.count else { return .sent(number: number, message: value, to: to, fate) }
        let (meant, lie) = (world.speech.meant[told], world.speech.lies[told])
        told += 1
        guard lie != .none else { return .sent(number: number, message: value, to: to, fate) }
        return .lied(number: number, message: value, insteadOf: machine.value(meant.word, .message), to: to, fate)
    }

    /// The messages to others that the node leaves out before the next one that it sends.
    private func tellWithheld() {
        while told < world.speech.lies.count, world.speech.lies[told] == .omission {
            let meant = world.speech.meant[told]
            effects.append(.withheld(machine.value(meant.word, .message), to: meant.to))
            told += 1
        }
    }

    private static func told(_ fate: Network.Fate, _ note: SpecialLinks.Note?) -> Story.Fate {
        let plain: Story.Fate =
            switch fate.copies {
            case 0: .lost
            case 1: .arrives(fate.arrival)
            default: .arrivesTwice(fate.arrival, fate.secondArrival)
            }
        guard let note else { return plain }
        if note.isCut { return .cutOff(plain) }
        if note.isRefused { return .refused }
        if note.waits { return .waits(lost: note.isLostLater) }
        let ruled: Story.Fate =
            switch note.rule {
            case .drop: .ruled(.drop, plain)
            case .delay: .ruled(.delay, plain)
            case .duplicate: .ruled(.duplicate, plain)
            case nil: plain
            }
        if let end = note.badUntil { return .sentInBadPeriod(until: end, ruled) }
        return note.queuesUntil.map { .queues(until: $0, ruled) } ?? ruled
    }

    func timerSet(_ timer: Word, at moment: Int) {
        guard isKeeping, hasRoom() else { return }
        effects.append(
            .timerSet(timer: machine.shape(timer), arguments: machine.timerArguments(timer), at: moment))
    }

    func timerCancelled(_ timer: Word) {
        guard isKeeping, hasRoom() else { return }
        effects.append(
            .timerCancelled(timer: machine.shape(timer), arguments: machine.timerArguments(timer)))
    }

    /// Whether one more effect is kept, and what it tells of.
    private func hasRoom(for word: Word = .none) -> Bool {
        if effects.count < effectsMax { return hasRoom(elements: size(word)) }
        left += 1
        return false
    }

    private func hasRoom(elements: Int) -> Bool {
        if elements <= elementsLeft {
            elementsLeft -= elements
            return true
        }
        left += 1
        return false
    }

    /// Elements of a value or of the fields of a message; what is nested deeper is not counted.
    private func size(_ word: Word) -> Int {
        guard word.isComposite else { return 0 }
        let header = machine.arena.header(of: word)
        guard header.rawKind == CompositeKind.message.rawValue else { return header.count }
        var sum = 0
        for index in 1..<header.length {
            let field = Word(bits: machine.arena.contents(of: word)[index])
            if field.isComposite { sum += machine.arena.count(of: field) }
        }
        return sum
    }

    /// A decision, a delivery, a choice or a line of the log.
    func noted(_ effect: Effect) {
        guard isKeeping else { return }
        switch effect.kind {
        case .decide:
            if let type = program.decisionType { effects.append(.decided(machine.value(effect.word, type))) }
        case .deliver:
            if let type = program.deliveredType {
                let from = effect.node < 0 ? nil : Int(effect.node)
                effects.append(.delivered(machine.value(effect.word, type), from: from))
            }
        case .broadcast:
            if let type = program.deliveredType { effects.append(.broadcast(machine.value(effect.word, type))) }
        case .log:
            effects.append(.logged(world.logged[effect.amount]))
        case .choose:
            guard hasRoom(for: effect.word) else { return }
            effects.append(.chose(machine.value(effect.word, effect.node < 0 ? .int : program.shownTypes[Int(effect.node)])))
        case .send, .setTimer, .cancelTimer:
            break
        }
    }

    /// Called after each step.
    func end(_ choice: Choice, number: UInt64, time: Int, outcome: World.Outcome) {
        recorder?.end(choice, number: number, time: time, outcome: outcome, interference)
        defer { interference = nil }
        guard isKeeping else { return }
        isKeeping = false
        tellWithheld()
        // A crash resets the state: that is no change that the handler has made.
        let changes = changes(of: Int(choice.node), stableOnly: outcome == .crashed)
        if left > 0 { effects.append(.others(left)) }
        if outcome == .crashed && choice.kind != .crash { effects.append(.crashed) }
        steps.append(
            Story.Step(
                time: time, cause: cause(of: choice, Int(number), outcome), effects: changes + effects))
    }

    /// Something that is no handler.
    func tell(_ cause: Story.Cause, step: Int, time: Int) {
        recorder?.told(cause, at: time)
        if kept.contains(step) { steps.append(Story.Step(time: time, cause: cause, effects: [])) }
    }

    func roots(_ mark: (Word) -> Void) {
        for word in before { mark(word) }
    }

    private func changes(of node: Int, stableOnly: Bool) -> [Story.Effect] {
        let after = words(of: node)
        var changes: [Story.Effect] = []
        for (i, variable) in program.variables.enumerated() where before[i] != after[i] {
            if stableOnly && !variable.stable { continue }
            guard hasRoom(elements: size(before[i]) + size(after[i])) else { continue }
            changes.append(
                .changed(
                    variable: i, from: machine.value(before[i], variable.type),
                    to: machine.value(after[i], variable.type)))
        }
        return changes
    }

    private func cause(of choice: Choice, _ number: Int, _ outcome: World.Outcome) -> Story.Cause {
        let node = Int(choice.node)
        switch choice.kind {
        case .start: return .start(node: node)
        case .round: return .round(node: node, round: world.memory.round)
        case .crash: return .crash(node: node)
        case .recover: return .recovery(node: node)
        case .fire:
            return .timer(
                node: node, timer: machine.shape(choice.word),
                arguments: machine.timerArguments(choice.word))
        case .deliver:
            let message = machine.value(choice.word, .message)
            let from = Int(choice.from)
            if let interference { return .interference(interference, message: message, from: from, to: node) }
            return outcome == .ignored
                ? .deliveryToCrashed(number: number, message: message, from: from, to: node)
                : .delivery(number: number, message: message, from: from, to: node)
        }
    }

    private func words(of node: Int) -> UnsafeMutablePointer<Word> {
        world.memory.nodes + node * world.memory.width
    }
}
