import ScenModel

/// The row whose contents are in the world's memory, whoever has put them there.
final class LoadedRow {
    /// A place that is not in memory holds `unknown`.
    private var places: [UInt32]
    /// `LocalSteps.explored` when it was loaded.
    private var explored = -1
    private static let unknown = UInt32.max

    init(width: Int) { places = [UInt32](repeating: Self.unknown, count: width) }

    subscript(place: Int) -> UInt32 {
        get { places[place] }
        set { places[place] = newValue }
    }

    /// Something else has been put there.
    func forget() {
        for place in places.indices { places[place] = Self.unknown }
    }

    func forget(ifOlderThan explored: Int) {
        guard self.explored != explored else { return }
        self.explored = explored
        forget()
    }
}

/// Evaluates conditions on states.
final class Observation {
    private let exploration: Exploration
    private let memory: WorldMemory
    private let machine: Machine
    private let readsOutcome: Bool

    init(_ exploration: Exploration) {
        self.exploration = exploration
        memory = exploration.world.memory
        machine = exploration.world.machine
        readsOutcome = exploration.compiled.program.code.contains { $0.opcode == .loadOutcome }
    }

    /// Nil: the condition could not be evaluated; see `machine.failure`.
    func holds(_ routine: Program.RoutineID, in row: UnsafePointer<UInt32>, outcome: Int? = nil) -> Bool? {
        value(of: routine, [], in: row, outcome: outcome)?.isTrue
    }

    /// What an observer gives in a state that has been reached, given the values of its parameters; nil as above. Where runs end, the
    /// outcome is known. What nodes know is worked out when it is first asked.
    func word(_ routine: Program.RoutineID, in state: Int, given: [Word] = []) -> Word? {
        var index: Int?
        if readsOutcome, exploration.isEnd(state) {
            let (isKnown, outcome) = outcome(in: exploration.space.row(state))
            guard isKnown else { return nil }
            index = outcome
        }
        while true {
            exploration.knowledge?.facts.forgetAnswers()
            // Asked for anew each time, since working it out asks for the rows of all states.
            if let word = value(of: routine, given[...], in: exploration.space.row(state), outcome: index) { return word }
            guard let knowledge = exploration.knowledge, let question = knowledge.facts.takeUnanswered(),
                knowledge.workOut(question, with: self)
            else { return nil }
        }
    }

    /// The same of a routine that gives something else or takes arguments.
    func value(
        of routine: Program.RoutineID, _ arguments: ArraySlice<Word>, in row: UnsafePointer<UInt32>, outcome: Int? = nil
    ) -> Word? {
        exploration.load(row)
        memory.outcome = outcome.map { Word($0) } ?? .none
        if arguments.isEmpty { return machine.observe(routine) }
        return arguments.withUnsafeBufferPointer { machine.observe(routine, $0) }
    }

    /// The first outcome that holds at the end of a run; false if one could not be evaluated.
    func outcome(in row: UnsafePointer<UInt32>) -> (isKnown: Bool, index: Int?) {
        for (index, outcome) in exploration.compiled.outcomes.enumerated() {
            guard let holds = holds(outcome.condition, in: row) else { return (false, nil) }
            if holds { return (true, index) }
        }
        return (true, nil)
    }
}

extension Exploration {
    /// Puts what nodes hold in a state, and what else conditions read, into the world's memory, as far as it is not there already.
    func load(_ row: UnsafePointer<UInt32>) {
        let memory = world.memory
        if layout.hasViews { memory.knowledge?.views = views(row, observed: true) }
        loadedRow.forget(ifOlderThan: steps.explored)
        if loadedRow[RowLayout.beginning] != row[RowLayout.beginning] {
            loadedRow[RowLayout.beginning] = row[RowLayout.beginning]
            setFaulty(beginnings.beginning(Int(row[RowLayout.beginning])).faulty)
        }
        for node in 0..<nodeCount {
            let place = layout.local(node)
            guard loadedRow[place] != row[place] else { continue }
            loadedRow[place] = row[place]
            let vector = steps.locals[Int(row[place])]
            let words = memory.nodes + node * memory.width
            for index in 0..<memory.width { words[index] = Word(bits: vector[LocalState.variables + index]) }
            memory.inputs[node] = Word(bits: vector[LocalState.input])
            memory.crashed[node] = LocalState.isDown(vector)
        }
        if let place = layout.history {
            // What led to other states may have been put there since.
            histories.load(row[place])
        }
        if let adversary {
            let seen = layout.adversary.map { Int(row[$0]) } ?? 0
            adversary.observe(seen, keys[Int(row[RowLayout.beginning])])
        }
        let place = layout.counters
        if loadedRow[place] != row[place] {
            loadedRow[place] = row[place]
            let counted = Int(row[place])
            counters.load(counted, into: memory)
            memory.round = counters.round(counted)
            memory.time = memory.round * (compiled.system.timing.bound ?? 0)
        }
        if let time, let place = layout.time {
            memory.time = timeStore[Int(row[place])][0] * time.tick
        }
    }
}
