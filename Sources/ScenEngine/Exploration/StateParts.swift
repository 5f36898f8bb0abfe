import ScenModel

/// What states consist of, and in how many ways each part occurs: to name what makes them many.
struct StateParts {
    private let exploration: Exploration
    /// Where every state was found nothing grows any more.
    private let isComplete: Bool

    init(_ exploration: Exploration, isComplete: Bool) {
        self.exploration = exploration
        self.isComplete = isComplete
    }

    /// Those with the most values first; what never varies is left out.
    func all() -> [ExplorationFigures.Part] {
        var parts: [ExplorationFigures.Part] = []
        for (node, locals) in localsByNode().enumerated() { parts += self.parts(of: node, locals) }
        parts.append(flight())
        let counts = exploration.counters.count
        if counts > 1 { parts.append(.init(.counts, values: counts)) }
        // Stable: of equals the first in the order of nodes and variables.
        return parts.enumerated().filter { $0.element.values > 1 }.sorted {
            ($1.element.values, $0.offset) < ($0.element.values, $1.offset)
        }.map(\.element)
    }

    /// The first to blame if there is no end to states: a variable that takes ever more values, or else messages of which ever more
    /// are in flight; or else the largest part.
    static func culprit(_ parts: [ExplorationFigures.Part]) -> ExplorationFigures.Part? {
        let growing = parts.filter(\.isGrowing)
        let variable = growing.first { part in
            if case .variable = part.kind { true } else { false }
        }
        return variable ?? growing.first ?? parts.first
    }

    private func localsByNode() -> [[Int]] {
        var locals = [[Int]](repeating: [], count: exploration.nodeCount)
        for id in 0..<exploration.steps.locals.count { locals[exploration.steps.locals[id][LocalState.node]].append(id) }
        return locals
    }

    private func parts(of node: Int, _ locals: [Int]) -> [ExplorationFigures.Part] {
        let program = exploration.compiled.program
        let name = exploration.compiled.system.nodes.names[node]
        var named = program.variables.enumerated().map { ($0.element.name, $0.offset) }
        if program.decisionType != nil { named.append(("decision", program.layout.decision)) }
        if program.deliveredType != nil { named.append(("delivered", program.layout.delivered)) }
        let store = exploration.steps
        var parts = named.map { variable, index in
            part(.variable(variable, of: name), locals) { store.locals[$0][LocalState.variables + index] }
        }
        let timers = LocalState.variables + program.layout.width
        parts.append(part(.timers(of: name), locals) { Array(store.locals[$0].dropFirst(timers)) })
        return parts
    }

    /// A part grows if its last values came late: a twentieth of them among the last tenth of the local states.
    private func part<Value: Hashable>(
        _ kind: ExplorationFigures.Part.Kind, _ locals: [Int], _ value: (Int) -> Value
    ) -> ExplorationFigures.Part {
        var seen: Set<Value> = []
        var early = 0
        for (index, local) in locals.enumerated() {
            if index == locals.count - locals.count / 10 { early = seen.count }
            seen.insert(value(local))
        }
        let late = locals.count < 10 ? 0 : seen.count - early
        return .init(kind, values: seen.count, isGrowing: !isComplete && seen.count >= 20 && late * 20 >= seen.count)
    }

    private func flight() -> ExplorationFigures.Part {
        let count = exploration.flights.store.count
        var (most, early) = (0, 0)
        for flight in 0..<count {
            if flight == count - count / 10 { early = most }
            most = max(most, exploration.flights[flight].count)
        }
        return .init(.flight(atOnce: most), values: count, isGrowing: !isComplete && most >= 20 && count >= 10 && most > early)
    }
}
