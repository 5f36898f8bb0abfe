import ScenModel

/// Judges conditions while the states of a case are visited.
final class Search {
    /// What a state may show about a condition.
    enum Question: Equatable {
        /// A state in which it is false.
        case falseSomewhere
        /// A state in which it is true.
        case trueSomewhere
        /// The end of a run in which it is false.
        case falseAtAnEnd
    }
    struct Asked {
        let routine: Program.RoutineID
        let question: Question
        /// The state that shows it.
        var answer: Int?
    }
    struct Result {
        var states: Int
        /// The longest of the shortest ways to a state.
        var depth: Int
        /// Every state within the scope was seen.
        var isComplete: Bool
        /// Some run has more steps than the scope allows.
        var wasCut: Bool
        /// States in which a run ends.
        var ends: Int
        var stop: Exploration.Stop?
        /// What to tell of `stop`.
        var reason = ""
    }

    let exploration: Exploration
    private(set) var asked: [Asked]
    private let observation: Observation
    private let readsOutcome: Bool
    private var ends = 0
    private var wasCut = false
    private var depth = 0
    /// States before this one were expanded, unless the scope ended there.
    private var expanded = 0
    private var cutFrom: Int?

    /// Called from time to time.
    var progress: ((ExplorationLimits.Progress) -> Void)?

    init(_ exploration: Exploration, asked: [(Program.RoutineID, Question)]) {
        self.exploration = exploration
        self.asked = asked.map { Asked(routine: $0.0, question: $0.1) }
        observation = Observation(exploration)
        readsOutcome = exploration.compiled.program.code.contains { $0.opcode == .loadOutcome }
    }

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
            states: exploration.space.count, depth: reachedDepth, isComplete: isComplete, wasCut: wasCut, ends: ends, stop: stop)
    }

    /// The last state that was found is one of those farthest away.
    private var reachedDepth: Int {
        let count = exploration.space.count
        return count == 0 ? 0 : exploration.way(to: count - 1).count - 1
    }

    private func begin() throws(Exploration.Stop) {
        guard let count = exploration.beginnings.count else { throw .tooManyBeginnings }
        for number in 0..<count {
            let rows = try exploration.firstRows(of: number)
            for index in 0..<rows.count {
                let row = rows.row(index)
                try row.withUnsafeBufferPointer { row throws(Exploration.Stop) in
                    try add(row.baseAddress!, parent: -1)
                }
            }
        }
    }

    /// Whether all states were seen: false if every question was answered before.
    private func visit(_ everything: Bool) throws(Exploration.Stop) -> Bool {
        var state = 0
        var levelEnd = exploration.space.count
        while state < exploration.space.count {
            if !everything && !isOpen { return false }
            if state == levelEnd {
                depth += 1
                levelEnd = exploration.space.count
            }
            if state & 255 == 0 { try lookUp(from: state) }
            try expand(state)
            state += 1
            expanded = state
            exploration.collectIfDue()
        }
        return true
    }

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
        do throws(Exploration.Stop) {
            try exploration.expand(state)
        } catch .failed(let failure, _, let transition) {
            throw .failed(failure, from: state, transition)
        }
        let count = exploration.successors.count
        if exploration.isEnd(state) { try end(state) }
        if let steps = exploration.scope.steps, depth >= steps {
            wasCut = wasCut || count > 0
            cutFrom = cutFrom ?? state
            return
        }
        for index in 0..<count { try add(exploration.successors.row(index), parent: state) }
    }

    private func add(_ row: UnsafePointer<UInt32>, parent: Int) throws(Exploration.Stop) {
        switch exploration.space.insert(row, parent: parent) {
        case .known: return
        case .full: throw .states(exploration.space.count)
        case .new:
            exploration.noteReached(row)
            try observe(exploration.space.count - 1)
        }
    }

    private func observe(_ state: Int) throws(Exploration.Stop) {
        if !exploration.isObserved(state) { return }
        for index in asked.indices where asked[index].answer == nil && asked[index].question != .falseAtAnEnd {
            try ask(index, state, outcome: nil)
        }
    }

    /// The outcome is known only now, so that all conditions may be new.
    private func end(_ state: Int) throws(Exploration.Stop) {
        ends += 1
        let (isKnown, outcome) = observation.outcome(in: exploration.space.row(state))
        guard isKnown else { throw failed(in: state) }
        for index in asked.indices where asked[index].answer == nil {
            if asked[index].question != .falseAtAnEnd && !readsOutcome && exploration.time?.marksMoments != true { continue }
            try ask(index, state, outcome: outcome)
        }
    }

    private func ask(_ index: Int, _ state: Int, outcome: Int?) throws(Exploration.Stop) {
        guard let holds = observation.holds(asked[index].routine, in: exploration.space.row(state), outcome: outcome) else {
            throw failed(in: state)
        }
        if holds == (asked[index].question == .trueSomewhere) { asked[index].answer = state }
    }

    private func failed(in state: Int) -> Exploration.Stop {
        exploration.failed(in: state)
    }
}
