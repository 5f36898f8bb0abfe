import ScenDiagnostics
import ScenModel

/// What may come of an event in a local state: run by `World.step` once for each, then remembered. A handler sees only its own
/// node, so this is all there is to know about it.
final class LocalSteps {
    let world: World
    let memory: WorldMemory
    let locals: VectorStore
    let outcomes: SharedRow<Outcome>
    let sends: SharedRow<Int>
    private(set) var manners = [Manner()]
    private(set) var notes = Numbered<Effect>()
    /// Where time passes.
    private(set) var settings = Numbered<TimerSetting>()
    /// Of the step that is being explored.
    private var note = 0
    private var setting = 0
    /// ns; nil where no time passes.
    private let tick: Int?
    /// How often handlers were run: each time what nodes hold in the world's memory may be other than before.
    var explored = 0
    /// Why there is no answer.
    private(set) var problem: Problem?
    /// How the handler ran that has failed.
    private(set) var failedManner = Manner()
    private let known: EventTable
    private let gate: Gate?
    /// Only looks up what another has found out.
    private let isFrozen: Bool
    let faults: FaultModel
    /// By node: how often it may crash; nil: any number of times, which need not be counted.
    private let crashLimits: [Int?]
    /// Outcomes of the event that is being explored, by a hash.
    private var similar: [UInt64: [Int]] = [:]
    /// What differs only in what a node chose is told apart, since the node knows.
    private let tellsChoices: Bool
    private let keepsNotes: Bool
    /// What was found out since somebody has looked; nil: nobody wants to know.
    var entered: [Entered]?

    /// Of all, and of their messages: 2 GB each.
    private static let (allOutcomesMax, sendsMax) = (1 << 26, 1 << 28)

    private var before: [Int] = []
    private var vector: [Int] = []
    private var timers: [Int] = []
    /// As `range` was asked.
    private var lying = 0
    /// What traitors know together, from 2 on; see `LocalSteps+Signed`.
    var contexts: [FalseWords.Context] = []
    var numberOfContext: [FalseWords.Context: Int] = [:]

    /// `frozen`: what this one knows.
    init(
        world: World, crashLimits: [Int?], faults: FaultModel, keepsNotes: Bool, tellsChoices: Bool = false,
        tick: Int? = nil, gate: Gate? = nil, frozen other: LocalSteps? = nil
    ) {
        self.tick = tick
        self.gate = gate
        self.keepsNotes = keepsNotes
        self.world = world
        self.tellsChoices = tellsChoices
        self.crashLimits = crashLimits
        self.faults = faults
        memory = world.memory
        locals = other.map { VectorStore(frozen: $0.locals) } ?? VectorStore(wordsMax: 1 << 32, gate: gate)
        outcomes = other?.outcomes ?? SharedRow()
        sends = other?.sends ?? SharedRow()
        known = other?.known ?? EventTable()
        isFrozen = other != nil
    }

    deinit {
        locals.release()
        guard !isFrozen else { return }
        outcomes.release()
        sends.release()
        known.release()
    }

    /// The outcomes of the event if the node does not crash in it (`crashing` false), or only those in which it does; and
    /// whether it is a Byzantine node (`lying` is not 0: 1, or as `context` gives it), with all that it may say. Nil: see `problem`.
    @inline(__always)
    func range(of event: LocalEvent, in local: Int, crashing: Bool, lying: Int = 0) -> Range<Int>? {
        let key = (lying << 33 | local) << 1 | (crashing ? 1 : 0)
        if let range = known[key, event.bits] { return range }
        return isFrozen ? nil : explore(event, local, crashing, lying, key)
    }

    private func explore(
        _ event: LocalEvent, _ local: Int, _ crashing: Bool, _ lying: Int, _ key: Int
    ) -> Range<Int>? {
        gate?.close()
        problem = nil
        similar.removeAll(keepingCapacity: true)
        self.lying = lying
        world.isListening = lying > 0 && world.program.layout.keepsSeen
        explored += 1
        let first = outcomes.count
        before = Array(locals[local])
        let choice = event.choice(of: before[LocalState.node])
        let time = (before[LocalState.status] >> LocalState.clockShift) * (tick ?? 0)
        var choices: [Int] = []
        repeat {
            load(before)
            world.machine.tape.reset(prescribed: choices)
            if crashing {
                let points = event == .crash ? [] : world.rehearse(choice, time: time, round: event.round)
                let taken = world.machine.tape.taken
                guard crash(choice, event, points, choices, first, time) else { return nil }
                choices = Self.next(taken)
            } else {
                let ended = world.step(choice, time: time, round: event.round)
                guard keep(ended, event, nil, first) else { return nil }
                choices = Self.next(world.machine.tape.taken)
            }
            guard outcomes.count - first <= Self.outcomesMax else {
                problem = .tooManyOutcomes(event)
                return nil
            }
        } while !choices.isEmpty
        guard outcomes.count <= Self.allOutcomesMax, sends.count <= Self.sendsMax else {
            problem = .memory
            return nil
        }
        known.enter(key, event.bits, first..<outcomes.count)
        entered?.append(Entered(local: local, event: event, crashing: crashing, lying: lying, range: first..<outcomes.count))
        return first..<outcomes.count
    }

    /// The crash at each of the points, with each set of recipients that is still reached.
    private func crash(
        _ choice: Choice, _ event: LocalEvent, _ points: [Int], _ choices: [Int], _ first: Int, _ time: Int
    ) -> Bool {
        for (point, recipients) in points.enumerated() {
            guard recipients < 20 else {
                problem = .tooManyOutcomes(event)
                return false
            }
            // All recipients reached is no crash in this statement; without several there is no choice.
            for reached in 0..<max(1, recipients > 1 ? 1 << recipients - 1 : 1) {
                let interruption = Machine.Interruption(
                    point: point, reached: (0..<recipients).filter { reached >> $0 & 1 == 1 })
                load(before)
                world.machine.tape.reset(prescribed: choices)
                let ended = world.step(choice, time: time, round: event.round, crash: interruption)
                guard keep(ended, event, interruption, first) else { return false }
            }
        }
        return true
    }

    var bytes: Int {
        locals.bytes + known.bytes + outcomes.bytes + sends.bytes + manners.capacity * 64
    }

    private func load(_ vector: [Int]) {
        let node = vector[LocalState.node]
        let words = memory.nodes + node * memory.width
        for index in 0..<memory.width { words[index] = Word(bits: vector[LocalState.variables + index]) }
        memory.inputs[node] = Word(bits: vector[LocalState.input])
        memory.crashed[node] = vector[LocalState.status] & 1 != 0
    }

    private func keep(
        _ ended: World.Outcome, _ event: LocalEvent, _ interruption: Machine.Interruption?, _ first: Int
    ) -> Bool {
        // What was chosen, which may be more than what was prescribed.
        let manner = Manner(choices: world.machine.tape.taken.map(\.choice), interruption: interruption)
        if ended == .failed {
            failedManner = manner
            problem = world.machine.failure.map { $0.code == .memoryBudget ? .memory : .failed($0) }
            return false
        }
        let node = before[LocalState.node]
        let isDown = ended == .crashed
        let firstSend = sends.count
        guard gather(event, node, isDown: isDown) else { return false }
        let words = memory.nodes + node * memory.width
        vector.removeAll(keepingCapacity: true)
        vector.append(node)
        vector.append(before[LocalState.input])
        vector.append(status(isDown: isDown, of: node))
        for index in 0..<memory.width { vector.append(words[index].bits) }
        vector += timers
        guard let local = vector.withUnsafeBufferPointer({ locals.intern($0.baseAddress!, $0.count) }) else {
            problem = .memory
            return false
        }
        if lying > 0 { return keepLies(event, local, firstSend, manner, first) }
        add(local, firstSend, manner, first)
        return true
    }

    /// What the handler means to send stands at the end of `sends`: the same with everything that a Byzantine node may say.
    private func keepLies(
        _ event: LocalEvent, _ local: Int, _ firstSend: Int, _ manner: Manner, _ first: Int
    ) -> Bool {
        var manner = manner
        manner.meant = firstSend..<sends.count
        manner.lying = contextAfter(lying, of: before[LocalState.node])
        let number = manners.count
        manners.append(manner)
        guard let choices = lieChoices(for: manner), choices.count <= Self.outcomesMax else {
            problem = .tooManyOutcomes(event)
            return false
        }
        for lies in 0..<choices.count {
            let firstSend = sends.count
            guard say(choices, lies, meant: manner.meant!) else {
                problem = .memory
                return false
            }
            add(Outcome(local: local, firstSend: firstSend, sendCount: sends.count - firstSend, manner: number, lies: lies), first)
        }
        return true
    }

    private func status(isDown: Bool, of node: Int) -> Int {
        let crashes = (before[LocalState.status] & (1 << LocalState.clockShift - 1)) >> 1
        return isDown ? (crashLimits[node] == nil ? 0 : crashes + 1) << 1 | 1 : crashes << 1
    }

    /// What the handler has sent, and which timers are set after it.
    private func gather(_ event: LocalEvent, _ node: Int, isDown: Bool) -> Bool {
        timers.removeAll(keepingCapacity: true)
        timers += before[(LocalState.variables + memory.width)...]
        if case .fire = event.choice(of: node).kind { timers.removeAll { $0 == event.choice(of: node).word.bits } }
        for effect in world.effects {
            switch effect.kind {
            case .send:
                sends.append(
                    LocalEvent.delivery(to: Int(effect.node), from: node, message: effect.word).bits)
            case .setTimer: if !timers.contains(effect.word.bits) { timers.append(effect.word.bits) }
            case .cancelTimer: timers.removeAll { $0 == effect.word.bits }
            case .decide, .deliver, .broadcast, .log, .choose: break
            }
        }
        if keepsNotes { note = notes.number(of: world.effects.filter { $0.kind == .broadcast || $0.kind == .deliver }) }
        if let tick {
            let set = TimerSetting.all(of: world.effects, tick)
            if let finer = set.finerTick {
                problem = .finerTick(finer)
                return false
            }
            setting = settings.number(of: isDown ? [] : set.settings)
        }
        if isDown { timers.removeAll() }
        timers.sort()
        return true
    }

    /// The state at a moment, for handlers that read the clock; nil if there is no room.
    func stamped(_ local: Int, _ clock: Int) -> Int? {
        vector.removeAll(keepingCapacity: true)
        vector += locals[local]
        vector[LocalState.status] |= clock << LocalState.clockShift
        return vector.withUnsafeBufferPointer { locals.intern($0.baseAddress!, $0.count) }
    }

    private func add(_ local: Int, _ firstSend: Int, _ manner: Manner, _ first: Int) {
        let number = manner == manners[0] ? 0 : manners.count
        let outcome = Outcome(local: local, firstSend: firstSend, sendCount: sends.count - firstSend, manner: number)
        if number > 0 { manners.append(manner) }
        if !add(outcome, first), number > 0 { manners.removeLast() }
    }

    /// Unless the same has come of it in another manner: then its messages, the last in `sends`, are taken out.
    @discardableResult
    private func add(_ outcome: Outcome, _ first: Int) -> Bool {
        var outcome = outcome
        outcome.note = note
        outcome.setting = setting
        if isKnown(outcome, first) {
            sends.removeLast(outcome.sendCount)
            return false
        }
        if !similar.isEmpty { similar[hash(of: outcome), default: []].append(outcomes.count) }
        outcomes.append(outcome)
        return true
    }

    /// Few are compared one by one; of many, those with the same hash.
    private func isKnown(_ outcome: Outcome, _ first: Int) -> Bool {
        if outcomes.count - first < 16 { return (first..<outcomes.count).contains { isSame(outcomes[$0], outcome) } }
        if similar.isEmpty {
            for index in first..<outcomes.count { similar[hash(of: outcomes[index]), default: []].append(index) }
        }
        return similar[hash(of: outcome)]?.contains { isSame(outcomes[$0], outcome) } ?? false
    }

    private func isSame(_ one: Outcome, _ other: Outcome) -> Bool {
        guard one.local == other.local, one.sendCount == other.sendCount, one.note == other.note, one.setting == other.setting
        else { return false }
        if tellsChoices, manners[one.manner].choices != manners[other.manner].choices { return false }
        return (0..<one.sendCount).allSatisfy { sends[one.firstSend + $0] == sends[other.firstSend + $0] }
    }
}
