import ScenModel

/// Judges what every run has to come to, once the states are known: by a run that ends without it, or goes on for ever without it
/// although it is fair.
struct Liveness {
    enum Property: Equatable {
        /// Every run reaches a state in which it holds.
        case eventually(Program.RoutineID, within: Int? = nil)
        /// Every run reaches a state from which on it holds.
        case eventuallyAlways(Program.RoutineID, within: Int? = nil)
        /// For all values of its variables, whenever the one holds, the other holds then or later.
        case leadsTo(CompiledExpectation.LeadsTo)
        /// As `eventuallyAlways`, but a run that was cut off may be too short to tell; `half`: even where it ends well.
        case lasting(Program.RoutineID, half: Bool)
        /// The routine gives a set of nodes: one and the same of them is in it in every state.
        case alwaysSome(Program.RoutineID)
        /// The same from some moment on.
        case lastingSome(Program.RoutineID)

        /// A part of a run breaks it: what follows makes no difference.
        var isSafety: Bool { if case .alwaysSome = self { true } else { false } }
        var isOfSet: Bool {
            switch self {
            case .alwaysSome, .lastingSome: true
            default: false
            }
        }
    }
    enum Answer {
        case holds
        case violated(Violation)
        /// Why.
        case undecided(String)
    }
    /// A run that breaks it.
    struct Violation {
        /// States from a beginning on.
        var states: [Int]
        /// Where a run for ever goes on from its last state: index in `states`; nil if the run ends there.
        var loop: Int?
        /// The time is over; what follows makes no difference.
        var isLate = false
    }

    let exploration: Exploration
    /// Whether the states after this one are known.
    let wasExpanded: (Int) -> Bool
    let observation: Observation

    init(_ exploration: Exploration, wasExpanded: @escaping (Int) -> Bool) {
        self.exploration = exploration
        self.wasExpanded = wasExpanded
        observation = Observation(exploration)
    }

    /// `holds`: no run breaks it, as far as states are known.
    func answer(to property: Property) throws(Exploration.Stop) -> Answer {
        if property.isOfSet, exploration.nodeCount > 64 { return .undecided("it is judged for up to 64 nodes") }
        switch property {
        case .eventually(let routine, let within?): return try answer(eventually: routine, within: within)
        case .eventuallyAlways(let routine, let within?): return try answer(eventuallyAlways: routine, within: within)
        case .eventually(let routine, nil):
            let holds = try truth(of: routine, unobserved: false)
            return Self.answer(try violation(from: beginnings(), staying: { !holds[$0] }))
        case .leadsTo(let leadsTo): return try answer(to: leadsTo)
        case .eventuallyAlways(let routine, nil):
            let holds = try truth(of: routine, unobserved: true)
            return Self.answer(try violation(from: beginnings(), staying: { _ in true }, through: [{ !holds[$0] }]))
        case .lasting(let routine, let half): return try answerLasting(try truth(of: routine, unobserved: true), half: half)
        case .alwaysSome(let routine): return Self.answer(try emptying(try sets(of: routine)))
        case .lastingSome(let routine): return try answerLastingSome(try sets(of: routine))
        }
    }

    static func answer(_ violation: Violation?) -> Answer { violation.map { .violated($0) } ?? .holds }

    func beginnings() -> [Int] {
        (0..<exploration.space.count).prefix { exploration.space.parent($0) < 0 }.map { $0 }
    }

    func truth(of routine: Program.RoutineID, unobserved: Bool) throws(Exploration.Stop) -> [Bool] {
        try values(of: routine) { [exploration] in exploration.isJudged($0) ? [] : nil } read: { $0?.isTrue ?? unobserved }
    }

    /// What the routine gives in each state, with its arguments there; where these are nil it is not asked.
    func values<Value>(
        of routine: Program.RoutineID, _ arguments: (Int) -> ArraySlice<Word>?, read: (Word?) -> Value
    ) throws(Exploration.Stop) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(exploration.space.count)
        for state in 0..<exploration.space.count {
            guard let arguments = arguments(state) else {
                values.append(read(nil))
                continue
            }
            guard let value = observation.word(routine, in: state, given: Array(arguments)) else {
                throw exploration.failed(in: state)
            }
            values.append(read(value))
            exploration.collectIfDue()
        }
        return values
    }

    /// A run from a root that stays in states of that kind, and goes through each of some kinds again and again or, if it ends,
    /// ends in a state of that kind: without one, of all of these kinds.
    func violation(
        from roots: [Int], staying stays: (Int) -> Bool, through: [(Int) -> Bool] = [], ending: ((Int) -> Bool)? = nil
    ) throws(Exploration.Stop) -> Violation? {
        let graph = try StateGraph(roots: roots, in: exploration, mayGoOn: wasExpanded, contains: stays)
        let endsBadly = ending ?? { state in through.allSatisfy { $0(state) } }
        if let end = graph.ends.first(where: { endsBadly(graph.states[$0]) }) {
            return Violation(states: wayToRoot(graph, graph.path(to: end)), loop: nil)
        }
        let marked = through.map { kind in Set(graph.states.indices.filter { kind(graph.states[$0]) }) }
        guard let lasso = try FairCycle(graph, in: exploration, through: marked).find() else { return nil }
        let stem = wayToRoot(graph, lasso.stem)
        return Violation(
            states: stem + lasso.cycle.map { graph.states[Int(graph.edges[$0].target)] }, loop: stem.count - 1)
    }

    /// Begins where runs begin: a root of the graph may lie later.
    private func wayToRoot(_ graph: StateGraph, _ path: [Int]) -> [Int] {
        exploration.way(to: graph.states[path[0]]).dropLast() + path.map { graph.states[$0] }
    }
}
