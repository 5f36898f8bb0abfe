import ScenModel

/// Looks for a run that goes on for ever within a graph and is fair to everybody:
///
/// - What is in flight on a link that does not lose arrives, and a timer that stays set fires (weak fairness: not for ever possible
///   and never done).
/// - On fair-loss links a message that is sent again and again arrives again and again (a Streett condition). One that is in
///   flight may stay there for ever: it counts as lost, unless the scope limits losses.
///
/// - Links on which an adversary may lose messages owe nothing; one that only changes them lets each arrive in some form.
///
/// Nothing is owed to crashes, recoveries, losses, duplications, and whatever the adversary makes up.
final class FairCycle {
    let graph: StateGraph
    let exploration: Exploration
    /// Only cycles through a vertex of each of these sets count.
    let through: [Set<Int>]
    private let components: Components

    init(_ graph: StateGraph, in exploration: Exploration, through: [Set<Int>] = []) {
        self.graph = graph
        self.exploration = exploration
        self.through = through
        components = Components(graph)
    }

    /// A way from a root and round a cycle, the shortest of those that are found from some vertices, the nearest ones first; nil if no
    /// fair run stays in the graph.
    func find() throws(Exploration.Stop) -> Lasso? {
        if let symmetry = exploration.symmetry {
            // Where no state comes again, in whatever order of nodes, no run goes on for ever. Who is treated fairly in one that does can
            // not be told from states that stand for others (Emerson and Sistla 1997).
            if components.cyclic(Array(graph.states.indices), follows: { _ in true }).isEmpty { return nil }
            throw symmetry.end(.untold)
        }
        guard let (component, edges) = find(in: Array(graph.states.indices), forbidden: []) else { return nil }
        var shortest: Lasso?
        for start in component.prefix(max(1, min(Self.startsMax, Self.edgesMax / edges.count))) {
            let lasso = Lasso(graph, from: start, edges, max: shortest?.length ?? .max) { missing(in: $0, $1) }
            shortest = lasso ?? shortest
        }
        return shortest
    }

    /// From how many vertices a cycle is looked for.
    private static let startsMax = 100
    /// How many edges are looked at for that, by and large.
    private static let edgesMax = 1_000_000

    private func find(in vertices: [Int], forbidden: Set<Int>) -> (vertices: [Int], edges: Set<Int>)? {
        for component in components.cyclic(vertices, follows: { !forbidden.contains($0) }) {
            if through.contains(where: { $0.isDisjoint(with: component) }) { continue }
            let members = Set(component)
            var inside: [Int] = []
            for vertex in component {
                inside += graph.edges(of: vertex).filter {
                    !forbidden.contains($0) && members.contains(Int(graph.edges[$0].target))
                }
            }
            if exploration.time != nil {
                // What is bounded comes as time passes.
                if !inside.contains(where: passesTime) { continue }
            } else if !starving(component, inside).isEmpty {
                continue
            }
            let unanswered = unanswered(inside)
            if unanswered.isEmpty { return (component, Set(inside)) }
            // A fair run does not send these for ever.
            if let found = find(in: component, forbidden: forbidden.union(unanswered.map(\.edge))) { return found }
        }
        return nil
    }

    /// What is possible in every state and never done.
    private func starving(_ vertices: some Sequence<Int>, _ edges: [Int]) -> Set<Owed> {
        var owed: Set<Owed>?
        for vertex in vertices {
            let here = whatIsOwed(in: graph.states[vertex])
            owed = owed.map { $0.intersection(here) } ?? here
            if owed?.isEmpty ?? true { return [] }
        }
        var left = owed ?? []
        for edge in edges { done(by: edge).map { _ = left.remove($0) } }
        return left
    }

    private func done(by edge: Int) -> Owed? {
        guard let node = node(of: graph.edges[edge]), let event = graph.edges[edge].arriving else { return nil }
        return Owed(node: node, event: key(event))
    }

    private func passesTime(_ edge: Int) -> Bool { graph.edges[edge].kind == .tick }

    /// What these do not come to, so that the cycle does not count, or would not be fair.
    private func missing(in vertices: Set<Int>, _ edges: [Int]) -> Lasso.Goal? {
        if let missed = through.first(where: { $0.isDisjoint(with: vertices) }) { return .init(isVertex: missed.contains) }
        if exploration.time != nil, !edges.contains(where: passesTime) { return .init(isEdge: passesTime) }
        let left = exploration.time == nil ? starving(vertices, edges) : []
        if !left.isEmpty {
            return .init(
                isVertex: { !left.isSubset(of: self.whatIsOwed(in: self.graph.states[$0])) },
                isEdge: { self.done(by: $0).map(left.contains) ?? false })
        }
        let unanswered = unanswered(edges)
        if unanswered.isEmpty { return nil }
        let messages = Set(unanswered.map(\.message))
        return .init(isEdge: { self.arrival(by: $0).map(messages.contains) ?? false })
    }

    /// An event of a node; for links that keep their order any message of the link, since only the first can arrive.
    private struct Owed: Hashable {
        let node: Int
        let event: Int
    }

    private func key(_ event: LocalEvent) -> Int {
        event.isDelivery && exploration.flights.isOrdered ? event.link : event.bits
    }

    private func node(of edge: StateGraph.Edge) -> Int? {
        if edge.event.isDelivery { return edge.event.recipient }
        guard edge.outcome >= 0 else { return nil }
        return exploration.steps.locals[exploration.steps.outcomes[Int(edge.outcome)].local][LocalState.node]
    }

    private func whatIsOwed(in state: Int) -> Set<Owed> {
        let row = exploration.space.row(state)
        var owed: Set<Owed> = []
        for delivery in exploration.flights[Int(row[exploration.layout.flight])] {
            let event = LocalEvent(bits: delivery)
            if maySwallow(event) || exploration.isBarred(event, in: row) { continue }
            owed.insert(Owed(node: event.recipient, event: key(event)))
        }
        for node in 0..<exploration.nodeCount where !exploration.isPaused(node, in: row) {
            let vector = exploration.steps.locals[Int(row[exploration.layout.local(node)])]
            for place in LocalState.variables + exploration.world.memory.width..<vector.count {
                owed.insert(Owed(node: node, event: LocalEvent.firing(of: Word(bits: vector[place])).bits))
            }
        }
        return owed
    }

    /// A message in flight there may never arrive.
    private func maySwallow(_ event: LocalEvent) -> Bool {
        exploration.scope.losses == nil && exploration.links.of(event.link).contains(.mayLose)
    }

    /// Not over a link that loses everything, or is cut. The timeline stands still in a cycle.
    private func mayArrive(_ sent: LocalEvent, by edge: Int) -> Bool {
        let row = exploration.space.row(graph.states[Int(graph.edges[edge].target)])
        return !exploration.choices(of: sent.link, in: row).contains(.mustLose) && !exploration.isBarred(sent, in: row)
    }

    /// A rule takes it with some probability: sent again and again it gets through.
    private func mayTake(_ sent: LocalEvent) -> Bool {
        exploration.rules?.mayTake(exploration.world.machine.shape(sent.message), sent) ?? false
    }

    /// Of the messages that are sent, in their order, whether rules without a probability drop them; empty if there are no rules.
    private func dropped(by edge: Int) -> [Bool] {
        guard let rules = exploration.rules, let place = exploration.layout.rules else { return [] }
        let outcome = exploration.steps.outcomes[Int(graph.edges[edge].outcome)]
        var counts = Int(exploration.space.row(graph.states[graph.source(of: edge)])[place])
        return (outcome.firstSend..<outcome.firstSend + outcome.sendCount).map { index in
            let sent = LocalEvent(bits: exploration.steps.sends[index])
            guard sent.sender != sent.recipient else { return false }
            let (rule, next) = rules.select(exploration.world.machine.shape(sent.message), sent, counted: counts, draws: false)
            counts = next
            return rule?.action == .drop
        }
    }

    /// The message that arrives somewhere by it, whole.
    private func arrival(by edge: Int) -> Int? {
        switch graph.edges[edge].kind {
        case .lost, .cutOff: nil
        default: graph.edges[edge].event.isDelivery ? graph.edges[edge].event.bits : nil
        }
    }

    /// Edges that send a message over a link that may lose it, although none of these edges lets such a message arrive.
    private func unanswered(_ edges: [Int]) -> [(edge: Int, message: Int)] {
        if exploration.links.owesNothing { return [] }
        let arriving = Set(edges.compactMap(arrival))
        var unanswered: [(edge: Int, message: Int)] = []
        for edge in edges where graph.edges[edge].outcome >= 0 {
            var dropped = dropped(by: edge)[...]
            let outcome = exploration.steps.outcomes[Int(graph.edges[edge].outcome)]
            for index in outcome.firstSend..<outcome.firstSend + outcome.sendCount {
                let sent = LocalEvent(bits: exploration.steps.sends[index])
                // A link that loses everything is not fair-loss: nothing is owed there.
                if dropped.popFirst() ?? false { continue }
                guard maySwallow(sent) || mayTake(sent), !arriving.contains(sent.bits), mayArrive(sent, by: edge) else { continue }
                unanswered.append((edge, sent.bits))
            }
        }
        return unanswered
    }
}
