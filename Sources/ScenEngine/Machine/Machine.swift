import ScenDiagnostics
package import ScenModel

/// Runs routines of one program on the memory of one world. One worker owns it.
package final class Machine {
    package enum Outcome: Equatable {
        case finished
        /// `interruption` was reached: the node crashed in the middle of the handler.
        case interrupted
        /// See `failure`.
        case failed
    }
    /// A crash in the middle of a handler. Points are passed before each `send` statement's execution and before each
    /// write to a `stable` variable; `point` counts those of one handler (its `when` handlers included) from 0.
    package struct Interruption: Equatable {
        package var point: Int
        /// If the point is a send: which of its recipients (indices in the order of sending) are still reached. Never all
        /// of them.
        package var reached: [Int]
        package init(point: Int, reached: [Int] = []) {
            self.point = point
            self.reached = reached
        }
    }

    package let program: Program
    package let memory: WorldMemory
    package let tape = ChoiceTape()
    package let budgets: RunBudgets
    package var interruption: Interruption? {
        didSet { state.pointee.interruption = interruption?.point ?? -1 }
    }
    /// Set while a run is told: then `log` and `choose` leave effects.
    package var keepsLog = false

    package internal(set) var logged: [String] = []
    package internal(set) var failure: RuntimeFailure?

    let arena: Arena
    let state: UnsafeMutablePointer<MachineState>
    /// What `log` has put together so far.
    var logLine = ""
    /// With more bytes in use, another collection is worth its time, or may be needed.
    private var bytesAllowed = 0

    package init(program: Program, memory: WorldMemory, budgets: RunBudgets = RunBudgets()) {
        self.program = program
        self.memory = memory
        self.budgets = budgets
        arena = Arena(bytes: budgets.arenaBytes, elementsMax: budgets.elementsPerValue)
        state = .allocate(capacity: 1)
        state.initialize(to: MachineState(program, memory, budgets: budgets))
        for (index, constant) in program.constants.enumerated() {
            state.pointee.constants[index] = word(constant).bits
        }
        allow(after: 0)
    }

    deinit {
        state.pointee.release()
        state.deinitialize(count: 1)
        state.deallocate()
        arena.release()
    }

    /// Of the last handler, in order: raw memory of the machine, valid until the next handler runs.
    package var effects: UnsafeBufferPointer<Effect> {
        UnsafeBufferPointer(start: state.pointee.effects, count: state.pointee.effectCount)
    }
    /// Number of recipients at each interruption point that the last handler passed; 0 for a write to `stable`.
    package var points: [Int] {
        Array(UnsafeBufferPointer(start: state.pointee.points, count: state.pointee.pointCount))
    }

    // MARK: Running

    /// Runs a handler of a node and then its `when` handlers, as often as one of their conditions has become true.
    /// Clears `effects`, `logged` and `points` first. `first` and `second` are its arguments, as many as it has. Without a
    /// handler only the `when` handlers are looked after.
    ///
    /// `decide` and `deliver` are written to the node's words here, so that the handler reads them; the first decision
    /// stands.
    package func runHandler(
        _ routine: Program.RoutineID?, node: Int, _ first: Word = .none, _ second: Word = .none
    ) -> Outcome {
        let state = self.state
        begin(node: node)
        state.pointee.effectCount = 0
        state.pointee.pointCount = 0
        state.pointee.sends = 0
        if state.pointee.hasLogged { clearLog() }
        if let routine {
            state.pointee.stack[0] = first.bits
            state.pointee.stack[1] = second.bits
            let outcome = execute(routine)
            if outcome != .finished { return outcome }
        }
        return state.pointee.afterHandler < 0 ? .finished : execute(state.pointee.afterHandler)
    }

    /// Initial values of the node's variables; those in `stable` only if asked. Its `when` flags become false. With `stable` a
    /// new run begins, and nothing is decided or delivered; a node that recovers keeps what it decided and delivered, since
    /// the world has seen it. Effects of the last handler stay.
    package func initialise(node: Int, stable: Bool) -> Outcome {
        begin(node: node)
        let words = state.pointee.words
        let layout = program.layout
        for index in layout.firstWhen..<layout.firstWhen + layout.whens { words[index] = Word(false) }
        let role = program.roles.isEmpty || program.roles[node] == 0 ? nil : program.otherRoles[program.roles[node] - 1]
        if stable {
            // Variables of algorithms that the node does not run.
            if !program.roles.isEmpty { for index in 0..<layout.variables { words[index] = .none } }
            words[layout.decision] = .none
            words[layout.decisions] = Word(0)
            words[layout.delivered] = arena.emptyList()
            if layout.keepsSeen { words[layout.seen] = word(.set([])) }
            let outcome = execute(program.initialiseStable)
            if outcome != .finished { return outcome }
            if let role, case let outcome = execute(role.initialiseStable), outcome != .finished { return outcome }
        }
        // Whatever a node runs, expectations may ask for the variables of the algorithm.
        let outcome = execute(program.initialise)
        guard let role, outcome == .finished else { return outcome }
        return execute(role.initialise)
    }

    /// Of a routine without loops and calls.
    private static let workOfRoutine = 20

    /// What a run costs is counted from here.
    package func beginRun() { arena.at.pointee.largeElements = 0 }

    /// So much has been done with large values that a run must not go on; see `RunBudgets`.
    @inline(__always)
    package var hasWorkedTooMuch: Bool { arena.at.pointee.largeElements > budgets.largeElementsPerRun }

    /// Evaluates an observer's routine; nil on failure.
    package func observe(_ routine: Program.RoutineID) -> Word? {
        begin(node: -1)
        guard execute(routine) == .finished else { return nil }
        return Word(bits: state.pointee.stack[0])
    }

    /// By the routine that ran last, as budgets count.
    var spent: Int { state.pointee.fuelMax - state.pointee.fuel }

    /// The same of a routine with parameters.
    package func observe(_ routine: Program.RoutineID, _ arguments: UnsafeBufferPointer<Word>) -> Word? {
        begin(node: -1)
        for (index, argument) in arguments.enumerated() { state.pointee.stack[index] = argument.bits }
        guard execute(routine) == .finished else { return nil }
        return Word(bits: state.pointee.stack[0])
    }

    /// What has been executed so far, roughly in instructions, on any machine the same.
    var workDone: Int { state.pointee.workDone &+ state.pointee.fuelMax &- state.pointee.fuel }

    @inline(__always)
    private func begin(node: Int) {
        let state = self.state
        state.pointee.workDone &+= Self.workOfRoutine &+ state.pointee.fuelMax &- state.pointee.fuel
        state.pointee.node = node
        state.pointee.words = state.pointee.nodes + max(node, 0) &* state.pointee.width
        state.pointee.fuel = state.pointee.fuelMax
        state.pointee.heapTop = arena.at.pointee.top
        state.pointee.retried.pc = nil
        arena.at.pointee.work = 0
        if state.pointee.hasFailed { clearFailure() }
    }

    @inline(never)
    private func clearFailure() {
        state.pointee.hasFailed = false
        failure = nil
    }

    @inline(never)
    private func clearLog() {
        state.pointee.hasLogged = false
        logged.removeAll(keepingCapacity: true)
    }

    // MARK: Memory

    /// Bytes of the arena in use.
    package var arenaBytes: Int { arena.bytesInUse }

    /// Whether so much has been made since the last collection that another one is worth its time, or may be needed. Ask
    /// between events.
    package var wantsCollection: Bool { arenaBytes > bytesAllowed }

    private func allow(after bytesKept: Int) {
        bytesAllowed = min(max(16 << 20, bytesKept * 2), (bytesKept + budgets.arenaBytes) / 2)
    }

    /// Frees what is not reachable from the world's memory, the program's constants and `roots`. Words stay valid. Only
    /// between handlers; the effects of the last one are kept.
    package func collect(roots: (_ mark: (Word) -> Void) -> Void) {
        let used = state.pointee.stackHigh - state.pointee.stack
        state.pointee.stack.update(repeating: 0, count: used)
        state.pointee.stackHigh = state.pointee.stack
        collect(keepingBelow: 0, roots)
    }

    /// In the middle of a handler: frees what it has made and does not need any more. Nobody else knows that.
    func collectGarbageOfHandler() {
        collect(keepingBelow: state.pointee.heapTop) { _ in }
    }

    private func collect(keepingBelow kept: Int, _ roots: (_ mark: (Word) -> Void) -> Void) {
        var collector = Collector(arena, keepingBelow: kept)
        let state = self.state
        collector.mark(state.pointee.constants, count: state.pointee.constantCount)
        collector.mark(state.pointee.stack, count: state.pointee.stackHigh - state.pointee.stack)
        collector.mark(state.pointee.gathered, count: state.pointee.gatheredTop - state.pointee.gathered)
        for index in 0..<state.pointee.effectCount { collector.mark(state.pointee.effects[index].word) }
        for index in 0..<memory.nodeCount * memory.width { collector.mark(memory.nodes[index]) }
        for index in 0..<memory.nodeCount { collector.mark(memory.inputs[index]) }
        for index in 0..<memory.historyWords { collector.mark(memory.histories[index]) }
        for index in 0..<memory.nodeCount {
            collector.mark(state.pointee.others[index])
            collector.mark(state.pointee.neighbours[index])
        }
        collector.mark(memory.faulty)
        collector.mark(memory.correct)
        roots { collector.mark($0) }
        collector.sweep()
        allow(after: arenaBytes)
    }
}
