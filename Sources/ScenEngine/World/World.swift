package import ScenModel

/// The state of one system, and `step`, the only function that changes it. Simulator and explorer share it.
///
/// What is in flight and which timers are set belongs to the chooser, since it decides what becomes of them: `step`
/// leaves sends and timers in `effects`. Loss, duplication and latency are no business of a world.
package final class World {
    /// What a step came to.
    package enum Outcome: Equatable {
        /// The handler ran.
        case done
        /// The node is up no longer: as asked, or in its handler, which got as far as the effects say. Its timers must
        /// be dropped.
        case crashed
        /// The node had crashed before: nothing happened, a message is lost. Or it was to recover, and is up.
        case ignored
        /// See `machine.failure`.
        case failed
    }

    package let program: Program
    package let memory: WorldMemory
    package let machine: Machine
    /// Of the last step, in order: raw memory, valid until the next.
    package internal(set) var effects = UnsafeBufferPointer<Effect>(start: nil, count: 0)
    /// Who decides what becomes of the messages of the node that is about to run; nil: it is honest.
    var liar: (any Liar)? { didSet { speech = .honest } }
    /// The node that is about to run keeps what it sees of signed values: a traitor, where traitors may use them.
    var isListening = false
    /// What it has decided about the last step.
    var speech = Speech.honest
    private var madeFalseWords: FalseWords?
    /// What its effects of kind `log` refer to.
    package private(set) var logged: [String] = []
    /// False where somebody else looks after histories.
    var recordsHistories: Bool
    /// By message and timer: the routine, or -1.
    private let onMessage: UnsafeMutablePointer<Int>
    private let onTimer: UnsafeMutablePointer<Int>
    private let onStart: Int
    private let onRound: Int
    private let onRecover: Int
    private let spare: UnsafeMutablePointer<Word>
    /// Some nodes run something else than the algorithm.
    private let hasRoles: Bool

    package init(
        program: Program, nodeCount: Int, topology: Topology? = nil, budgets: RunBudgets = RunBudgets()
    ) {
        self.program = program
        memory = WorldMemory(
            nodeCount: nodeCount, width: program.layout.width, messages: program.types.messages.count,
            topology: topology, keepsHistories: program.broadcast != nil)
        machine = Machine(program: program, memory: memory, budgets: budgets)
        recordsHistories = memory.historyWords > 0
        onMessage = Self.table(program.onMessage)
        onTimer = Self.table(program.onTimer)
        onStart = program.onStart ?? -1
        onRound = program.onRound ?? -1
        onRecover = program.onRecover ?? -1
        hasRoles = !program.otherRoles.isEmpty
        spare = .allocate(capacity: max(1, program.layout.width))
        spare.initialize(repeating: .none, count: max(1, program.layout.width))
    }

    deinit {
        onMessage.deallocate()
        onTimer.deallocate()
        spare.deallocate()
    }

    private static func table(_ routines: [Program.RoutineID?]) -> UnsafeMutablePointer<Int> {
        let table = UnsafeMutablePointer<Int>.allocate(capacity: max(1, routines.count))
        for (i, routine) in routines.enumerated() { table[i] = routine ?? -1 }
        return table
    }

    /// The world before anything happens. `memory.inputs`, `memory.faulty` and `memory.correct` have been set, since
    /// initial values may refer to them. False if an initial value fails.
    package func begin() -> Bool {
        memory.time = 0
        memory.round = 0
        memory.outcome = .none
        machine.beginRun()
        memory.crashed.update(repeating: false, count: memory.nodeCount)
        memory.turned.update(repeating: 0, count: memory.nodeCount)
        memory.received.update(repeating: 0, count: memory.nodeCount)
        memory.sent.update(repeating: 0, count: program.types.messages.count)
        if memory.historyWords > 0 { beginHistories() }
        for node in 0..<memory.nodeCount {
            guard machine.initialise(node: node, stable: true) != .failed else { return false }
        }
        return true
    }

    /// Carries out one choice at a moment. With `crash` the node crashes in the handler: at that point, or at its end if it
    /// has no such point.
    package func step(
        _ choice: Choice, time: Int, round: Int = 0, crash: Machine.Interruption? = nil
    ) -> Outcome {
        memory.time = time
        memory.round = round
        let node = Int(choice.node)
        effects = UnsafeBufferPointer(start: nil, count: 0)
        if memory.crashed[node] != (choice.kind == .recover) { return .ignored }
        memory.crashed[node] = false
        if choice.kind == .deliver { memory.received[node] &+= 1 }
        if isListening, choice.kind == .deliver, !listen(to: choice.word, node) { return .failed }
        if choice.kind == .recover { memory.turned[node] = time }
        if choice.kind == .crash { return goDown(node) }
        guard let crash else { return carryOut(choice) ? .done : .failed }
        machine.interruption = crash
        let ran = carryOut(choice)
        machine.interruption = nil
        return ran ? goDown(node) : .failed
    }

    /// False if the handler fails.
    @inline(__always)
    private func carryOut(_ choice: Choice) -> Bool {
        let node = Int(choice.node)
        let outcome = runHandler(of: choice)
        effects = machine.effects
        if machine.keepsLog { logged = machine.logged }
        if outcome == .failed { return false }
        if let liar, !falsify(by: liar, node) { return false }
        countSent()
        return !recordsHistories || record(effects, of: node)
    }

    private func goDown(_ node: Int) -> Outcome {
        // Initial values have no effects: those of the handler stay where they are.
        memory.crashed[node] = true
        memory.turned[node] = memory.time
        return machine.initialise(node: node, stable: false) == .failed ? .failed : .crashed
    }

    /// Which points at which it could be interrupted this step would pass: for each the number of recipients. Leaves the
    /// world as it is; the caller restores the tape of choices.
    package func rehearse(_ choice: Choice, time: Int, round: Int = 0) -> [Int] {
        let words = memory.nodes + Int(choice.node) * memory.width
        let (oldTime, oldRound) = (memory.time, memory.round)
        effects = UnsafeBufferPointer(start: nil, count: 0)
        spare.update(from: words, count: memory.width)
        memory.time = time
        memory.round = round
        _ = runHandler(of: choice)
        let points = machine.points
        words.update(from: spare, count: memory.width)
        memory.time = oldTime
        memory.round = oldRound
        return points
    }

    /// Nothing happens until `time`.
    package func wait(until time: Int) { memory.time = time }

    /// The run has ended with this outcome.
    package func end(outcome: Int?) {
        memory.outcome = outcome.map { Word($0) } ?? .none
    }

    /// What must survive a collection beside `memory`.
    package func roots(_ mark: (Word) -> Void) {
        for i in 0..<memory.width { mark(spare[i]) }
        for effect in effects { mark(effect.word) }
        memory.knowledge?.roots(mark)
        madeFalseWords?.roots(mark)
        for message in speech.meant { mark(message.word) }
    }

    /// Made early where somebody may lie, since it needs room.
    var falseWords: FalseWords {
        if let madeFalseWords { return madeFalseWords }
        let made = FalseWords(machine)
        madeFalseWords = made
        return made
    }

    @inline(__always)
    private func runHandler(of choice: Choice) -> Machine.Outcome {
        let node = Int(choice.node)
        if hasRoles, program.roles[node] > 0 { return run(program.otherRoles[program.roles[node] - 1], choice) }
        switch choice.kind {
        case .deliver:
            let routine = onMessage[machine.shape(choice.word)]
            return machine.runHandler(
                routine < 0 ? nil : routine, node: node, choice.word, Word(Int(choice.from)))
        case .fire:
            let routine = onTimer[machine.shape(choice.word)]
            return machine.runHandler(routine < 0 ? nil : routine, node: node, choice.word)
        case .round:
            return machine.runHandler(onRound < 0 ? nil : onRound, node: node, Word(memory.round))
        case .start:
            return machine.runHandler(onStart < 0 ? nil : onStart, node: node)
        case .recover:
            return machine.runHandler(onRecover < 0 ? nil : onRecover, node: node)
        case .crash:
            return .finished
        }
    }

    @inline(__always)
    private func countSent() {
        for effect in effects where effect.kind == .send {
            memory.sent[machine.shape(effect.word)] &+= 1
        }
    }
}
