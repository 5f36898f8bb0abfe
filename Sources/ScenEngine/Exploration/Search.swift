import ScenModel

/// Judges conditions while the states of a case are visited.
final class Search {
    let exploration: Exploration
    private(set) var asked: [Asked]
    private let observation: Observation
    private let readsOutcome: Bool
    /// Of what is asked, in the same order.
    private let reads: [ChangedReads]
    private let evaluatesIncrementally: Bool
    /// The state that is being expanded; -1 while runs begin.
    private var expanding = -1
    /// The row of this state.
    private var unpacked = -1
    private let unpackedRow: UnsafeMutablePointer<UInt32>
    private var ends = 0
    private var wasCut = false
    private var depth = 0
    /// States before this one were expanded, unless the scope ended there.
    private var expanded = 0
    private var cutFrom: Int?

    /// Workers; what is found does not depend on their number.
    private let jobs: Int
    /// States to be expanded from which on it is worth while to have others help.
    private let batchMin: Int
    private var expansions: Expansions?
    /// Leaves out what makes no difference; nil: nothing is left out.
    let reduction: Reduction?
    /// Has one state visited for several; nil: each is.
    let symmetry: Symmetry?
    /// Called from time to time.
    var progress: ((ExplorationLimits.Progress) -> Void)?

    init(
        _ exploration: Exploration, asked: [(Program.RoutineID, Question)], jobs: Int = 1, batchMin: Int = 512,
        evaluatesIncrementally: Bool = true, reduces: Bool = false, symmetry: Symmetry? = nil
    ) {
        self.symmetry = symmetry
        exploration.symmetry = symmetry
        reduction = reduces ? Reduction(exploration, asked: asked) : nil
        // Where moments are marked the state before may not have been asked.
        self.evaluatesIncrementally = evaluatesIncrementally && exploration.time?.marksMoments != true
        reads = asked.map { ChangedReads($0.0, in: exploration) }
        unpackedRow = .allocate(capacity: exploration.layout.width)
        self.jobs = exploration.mayShare ? jobs : 1
        self.batchMin = batchMin
        self.exploration = exploration
        self.asked = asked.map { Asked(routine: $0.0, question: $0.1) }
        observation = Observation(exploration)
        readsOutcome = exploration.compiled.program.code.contains { $0.opcode == .loadOutcome }
    }

    deinit { unpackedRow.deallocate() }

    /// With `everything` it goes on when every question has an answer.
    func run(everything: Bool = false) -> Result {
        do throws(Exploration.Stop) {
            try begin()
            let isComplete = try visit(everything)
            return result(isComplete: isComplete, nil)
        } catch {
            return result(isComplete: false, error)
        }
    }

    private func result(isComplete: Bool, _ stop: Exploration.Stop?) -> Result {
        Result(
            states: exploration.space.count, depth: reachedDepth, isComplete: isComplete, wasCut: wasCut, ends: ends, stop: stop,
            isReduced: reduction.map { $0.reduced > 0 } ?? false, isSymmetric: symmetry != nil)
    }

    /// The last state that was found is one of those farthest away.
    private var reachedDepth: Int {
        let count = exploration.space.count
        return count == 0 ? 0 : exploration.way(to: count - 1).count - 1
    }

    private func begin() throws(Exploration.Stop) {
        guard let count = exploration.beginnings.count else { throw .tooManyBeginnings }
        for number in 0..<count where symmetry?.begins(number) ?? true {
            var rows: [[UInt32]] = []
            try exploration.forEachFirstRow(of: number) { row, _ throws(Exploration.Stop) in
                let row = self.exploration.copy(row)
                if self.reduction != nil { rows.append(row) }
                try self.exploration.settled(row).withUnsafeBufferPointer { row throws(Exploration.Stop) in
                    if let start = row.baseAddress { try self.add(start, parent: -1) }
                }
            }
            reduction?.begin(number, rows)
        }
        try symmetry?.compareBeginnings()
    }

    /// Whether all states were seen: false if every question was answered before.
    private func visit(_ everything: Bool) throws(Exploration.Stop) -> Bool {
        var state = 0
        var levelEnd = exploration.space.count
        defer { endExpansions() }
        while state < exploration.space.count {
            if !everything && !isOpen { return false }
            if state == levelEnd {
                depth += 1
                levelEnd = exploration.space.count
            }
            if state & 255 == 0 {
                try lookUp(from: state)
                beginExpansions(from: state)
            }
            if !isCut, let found = expansions?.found(of: state), found.isKnown { try take(found, state) } else { try expand(state) }
            exploration.gate.open()
            state += 1
            expanded = state
            exploration.collectIfDue()
        }
        return true
    }

    /// If there is enough to do for several.
    private func beginExpansions(from state: Int) {
        guard jobs > 1, expansions == nil, exploration.space.count - state >= batchMin, reduction?.mayReduce != true else { return }
        expansions = Expansions(exploration, jobs: jobs, from: state, chunkStatesMax: max(1, batchMin / 4))
    }

    private func endExpansions() {
        expansions?.end()
        expansions = nil
    }

    /// What a worker found, as if it had been found only now.
    private func take(_ found: Expansions.Found, _ state: Int) throws(Exploration.Stop) {
        expanding = state
        if found.isEnd { try end(state) }
        let place = exploration.layout.flight
        for index in 0..<found.count {
            let row = found.rows + index * exploration.layout.width
            if row[place] >= Flights.firstUnknown {
                guard let flight = exploration.flights.take(found.flights + (Int(row[place]) - Flights.firstUnknown)) else {
                    throw .memory
                }
                row[place] = UInt32(flight)
            }
        }
        for index in 0..<found.count {
            if (found.firstRow + index) & 31 == 0 {
                exploration.space.lookAhead(hashes: found.hashes + index, min(32, found.hashCount - index))
            }
            try add(found.rows + index * exploration.layout.width, parent: state)
        }
    }

    /// Nothing follows the states of this level any more: the scope ends here.
    private var isCut: Bool { exploration.scope.steps.map { depth >= $0 } ?? false }

    /// Before so many states are expanded that it takes a moment.
    private func lookUp(from state: Int) throws(Exploration.Stop) {
        try exploration.checkLimits()
        progress?(
            .init(
                states: exploration.space.count, frontier: exploration.space.count - state, depth: depth,
                bytes: exploration.bytes))
    }

    /// Whether all that may follow the state was reached.
    func wasExpanded(_ state: Int) -> Bool { state < cutFrom ?? expanded }

    private var isOpen: Bool { asked.contains { $0.answer == nil } }

    private func expand(_ state: Int) throws(Exploration.Stop) {
        if let reduction, try expandPart(of: state, reduction) { return }
        do throws(Exploration.Stop) {
            try exploration.expand(state)
        } catch .failed(let failure, _, let transition) {
            throw .failed(failure, from: state, transition)
        }
        expanding = state
        let count = exploration.successors.count
        if exploration.isEnd(state) { try end(state) }
        if isCut {
            wasCut = wasCut || count > 0
            cutFrom = cutFrom ?? state
            return
        }
        try addSuccessors(of: state) { _ in }
    }

    /// False if all that may follow has to be looked at.
    private func expandPart(of state: Int, _ reduction: Reduction) throws(Exploration.Stop) -> Bool {
        let row = UnsafePointer(exploration.space.row(state))
        guard let chosen = reduction.choose(row) else { return false }
        try exploration.expand(row, only: chosen)
        expanding = state
        // What is left out is not forgotten as long as one of the states that follow is expanded later.
        var isLaterLookedAt = !reduction.watchesStates
        try addSuccessors(of: state) { if $0 > state { isLaterLookedAt = true } }
        if !isLaterLookedAt { reduction.undo() }
        return isLaterLookedAt
    }

    @inline(__always)
    private func addSuccessors(of state: Int, _ number: (Int) -> Void) throws(Exploration.Stop) {
        let count = exploration.successors.count
        exploration.space.lookAhead(exploration.successors.row(0), count)
        for index in 0..<count {
            let row = exploration.successors.row(index)
            number(try note(exploration.space.insert(ahead: index, row, parent: state), row))
        }
    }

    private func add(_ row: UnsafePointer<UInt32>, parent: Int) throws(Exploration.Stop) {
        _ = try note(exploration.space.insert(row, parent: parent), row)
    }

    /// The number of the state.
    @inline(__always)
    private func note(_ insertion: StateSpace.Insertion, _ row: UnsafePointer<UInt32>) throws(Exploration.Stop) -> Int {
        switch insertion {
        case .known(let state): return state
        case .full: throw .states(exploration.space.count)
        case .new:
            exploration.noteReached(row)
            let state = exploration.space.count - 1
            try symmetry?.observe(row)
            try observe(state, row)
            return state
        }
    }

    private func observe(_ state: Int, _ row: UnsafePointer<UInt32>) throws(Exploration.Stop) {
        if !exploration.isObserved(state) { return }
        for index in asked.indices where asked[index].answer == nil && asked[index].question != .falseAtAnEnd {
            // The state before did not show it either.
            if evaluatesIncrementally, expanding >= 0, !reads[index].mayDiffer(row, from: expandingRow()) { continue }
            try ask(index, state, row, outcome: nil)
        }
    }

    private func expandingRow() -> UnsafePointer<UInt32> {
        if unpacked != expanding {
            unpackedRow.update(from: exploration.space.row(expanding), count: exploration.layout.width)
            unpacked = expanding
        }
        return UnsafePointer(unpackedRow)
    }

    /// The outcome is known only now, so that all conditions may be new.
    private func end(_ state: Int) throws(Exploration.Stop) {
        ends += 1
        let row = UnsafePointer(exploration.space.row(state))
        let (isKnown, outcome) = observation.outcome(in: row)
        guard isKnown else { throw failed(in: state) }
        try symmetry?.observeEnd(row)
        for index in asked.indices where asked[index].answer == nil {
            if asked[index].question != .falseAtAnEnd && !readsOutcome && exploration.time?.marksMoments != true { continue }
            try ask(index, state, row, outcome: outcome)
        }
    }

    private func ask(
        _ index: Int, _ state: Int, _ row: UnsafePointer<UInt32>, outcome: Int?
    ) throws(Exploration.Stop) {
        guard let holds = observation.holds(asked[index].routine, in: row, outcome: outcome) else {
            throw failed(in: state)
        }
        if holds == (asked[index].question == .trueSomewhere) { asked[index].answer = state }
    }

    private func failed(in state: Int) -> Exploration.Stop {
        exploration.failed(in: state)
    }
}
