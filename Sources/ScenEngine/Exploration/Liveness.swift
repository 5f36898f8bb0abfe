import ScenModel

/// Judges what every run has to come to, once the states are known: by a run that ends without it, or goes on for ever without it
/// although it is fair.
struct Liveness {
    enum Property: Equatable {
        /// Every run reaches a state in which it holds.
        case eventually(Program.RoutineID)
        /// Every run reaches a state from which on it holds.
        case eventuallyAlways(Program.RoutineID)
        /// Whenever the first holds, the second holds then or later.
        case leadsTo(Program.RoutineID, Program.RoutineID)
    }
    /// A run that breaks it.
    struct Violation {
        /// States from a beginning on.
        var states: [Int]
        /// Where a run for ever goes on from its last state: index in `states`; nil if the run ends there.
        var loop: Int?
    }

    let exploration: Exploration
    /// Whether the states after this one are known.
    let wasExpanded: (Int) -> Bool
    private let observation: Observation

    init(_ exploration: Exploration, wasExpanded: @escaping (Int) -> Bool) {
        self.exploration = exploration
        self.wasExpanded = wasExpanded
        observation = Observation(exploration)
    }

    /// Nil if no run breaks it, as far as states are known.
    func violation(of property: Property) throws(Exploration.Stop) -> Violation? {
        switch property {
        case .eventually(let routine):
            let holds = try truth(of: routine)
            return try violation(from: beginnings(), staying: { !holds[$0] })
        case .leadsTo(let from, let to):
            let (begins, ends) = (try truth(of: from), try truth(of: to))
            let roots = begins.indices.filter { begins[$0] && !ends[$0] }
            return try violation(from: roots, staying: { !ends[$0] })
        case .eventuallyAlways(let routine):
            let holds = try truth(of: routine)
            return try violation(from: beginnings(), staying: { _ in true }, through: { !holds[$0] })
        }
    }

    private func beginnings() -> [Int] {
        (0..<exploration.space.count).prefix { exploration.space.parent($0) < 0 }.map { $0 }
    }

    private func truth(of routine: Program.RoutineID) throws(Exploration.Stop) -> [Bool] {
        var truth: [Bool] = []
        truth.reserveCapacity(exploration.space.count)
        for state in 0..<exploration.space.count {
            let row = UnsafePointer(exploration.space.row(state))
            var outcome: Int?
            if exploration.isEnd(state) { outcome = observation.outcome(in: row).index }
            guard let holds = observation.holds(routine, in: row, outcome: outcome) else {
                throw exploration.failed(in: state)
            }
            truth.append(holds)
            exploration.collectIfDue()
        }
        return truth
    }

    /// A run from a root that stays in states of that kind, and ends in one of the states `through` or passes them for ever.
    private func violation(
        from roots: [Int], staying stays: (Int) -> Bool, through: ((Int) -> Bool)? = nil
    ) throws(Exploration.Stop) -> Violation? {
        let graph = try StateGraph(roots: roots, in: exploration, mayGoOn: wasExpanded, contains: stays)
        if let end = graph.ends.first(where: { through?(graph.states[$0]) ?? true }) {
            return Violation(states: wayToRoot(graph, graph.path(to: end)), loop: nil)
        }
        let marked = through.map { through in Set(graph.states.indices.filter { through(graph.states[$0]) }) }
        guard let lasso = FairCycle(graph, in: exploration, through: marked).find() else { return nil }
        let stem = wayToRoot(graph, lasso.stem)
        return Violation(
            states: stem + lasso.cycle.map { graph.states[Int(graph.edges[$0].target)] }, loop: stem.count - 1)
    }

    /// Begins where runs begin: a root of the graph may lie later.
    private func wayToRoot(_ graph: StateGraph, _ path: [Int]) -> [Int] {
        let states = path.map { graph.states[$0] }
        var before: [Int] = []
        var state = states.first.map { exploration.space.parent($0) } ?? -1
        while state >= 0 {
            before.append(state)
            state = exploration.space.parent(state)
        }
        return before.reversed() + states
    }
}
