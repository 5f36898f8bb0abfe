import ScenModel

/// Part of the reached states with the transitions between them: what may still happen while a liveness property is not
/// satisfied.
struct StateGraph {
    struct Edge {
        /// Index of a vertex.
        var target: Int32
        /// What happened, without its outcome: the message or timer, and how.
        var kind: Transition.Kind
        var event: LocalEvent
        /// Index in `LocalSteps.outcomes`, or -1.
        var outcome: Int32
        /// The message that is in flight no longer; nil if none is meant.
        var arriving: LocalEvent?
    }
    /// Numbers of states, in the order in which the search reached them from the roots.
    private(set) var states: [Int] = []
    /// The vertex from which each was reached; -1 for a root.
    private(set) var parents: [Int] = []
    /// Of vertex v: `edges[first[v] ..< first[v + 1]]`.
    private(set) var first: [Int] = [0]
    private(set) var edges: [Edge] = []
    /// Vertices in which a run ends.
    private(set) var ends: [Int] = []

    /// What can be reached from the roots through states for which `contains` holds. Roots that are not contained are left out.
    /// `mayGoOn`: false for states that were not expanded, since the scope or a limit ends there.
    init(
        roots: [Int], in exploration: Exploration, mayGoOn: (Int) -> Bool, contains: (Int) -> Bool
    ) throws(Exploration.Stop) {
        var vertexOf = [Int32](repeating: -1, count: exploration.space.count)
        for root in roots where contains(root) && vertexOf[root] < 0 {
            vertexOf[root] = Int32(states.count)
            states.append(root)
            parents.append(-1)
        }
        var vertex = 0
        while vertex < states.count {
            let state = states[vertex]
            if vertex & 255 == 0 { try Self.checkLimits(exploration, vertices: states.count, edges: edges.count) }
            if exploration.isEnd(state) { ends.append(vertex) }
            if mayGoOn(state) {
                try exploration.expand(state)
                for index in 0..<exploration.successors.count {
                    guard let target = exploration.space.number(of: exploration.successors.row(index)), contains(target)
                    else { continue }
                    if vertexOf[target] < 0 {
                        vertexOf[target] = Int32(states.count)
                        states.append(target)
                        parents.append(vertex)
                    }
                    let transition = exploration.successors.transition(index)
                    edges.append(
                        Edge(
                            target: vertexOf[target], kind: transition.kind, event: transition.event,
                            outcome: Int32(truncatingIfNeeded: transition.outcome), arriving: transition.arriving))
                }
            }
            first.append(edges.count)
            vertex += 1
        }
    }

    /// With what looking for cycles in it will take: sets of vertices and edges.
    private static func checkLimits(_ exploration: Exploration, vertices: Int, edges: Int) throws(Exploration.Stop) {
        try exploration.checkLimits()
        let foreseen = vertices * 128 + edges * (MemoryLayout<Edge>.stride * 2 + 48)
        if exploration.bytes + exploration.space.count * 5 + foreseen > exploration.limits.bytes { throw .memory }
    }

    func edges(of vertex: Int) -> Range<Int> { first[vertex]..<first[vertex + 1] }

    /// The vertex from which the edge leads.
    func source(of edge: Int) -> Int {
        var (low, high) = (0, states.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if first[middle] <= edge { low = middle } else { high = middle }
        }
        return low
    }

    /// From a root to the vertex.
    func path(to vertex: Int) -> [Int] {
        var path = [vertex]
        while let last = path.last, parents[last] >= 0 { path.append(parents[last]) }
        return path.reversed()
    }
}
