/// A run for ever: a way from a beginning, and a cycle that it then goes round, as edges of a graph.
struct Lasso {
    /// Vertices, the first a root, the last the first of the cycle.
    var stem: [Int]
    /// Edges, at least one; the last leads back to where the first begins.
    var cycle: [Int]

    /// A cycle from `start` that takes an edge for each event that occurs in the component, and goes through every vertex that
    /// `missing` asks for, given the vertices and edges of the cycle so far. Greedy, by shortest ways from each goal to the next.
    init(
        _ graph: StateGraph, from start: Int, _ component: [Int], _ edges: Set<Int>,
        missing: (Set<Int>, [Int]) -> Int?
    ) {
        stem = graph.path(to: start)
        cycle = []
        var at = start
        for goal in Self.goals(graph, edges, component) {
            cycle += Self.way(from: at, to: goal.from, graph, edges) + [goal.edge]
            at = Int(graph.edges[goal.edge].target)
        }
        var visited: Set<Int> = [start]
        while true {
            let closed = cycle + Self.way(from: at, to: start, graph, edges)
            visited.formUnion(closed.map { Int(graph.edges[$0].target) })
            guard let place = missing(visited, closed) else {
                cycle = closed
                return
            }
            cycle += Self.way(from: at, to: place, graph, edges)
            at = place
        }
    }

    private struct Goal {
        var from: Int
        var edge: Int
    }

    /// One edge for each event that occurs.
    private static func goals(_ graph: StateGraph, _ edges: Set<Int>, _ component: [Int]) -> [Goal] {
        var seen: Set<LocalEvent> = []
        var goals: [Goal] = []
        for vertex in component {
            for edge in graph.edges(of: vertex) where edges.contains(edge) {
                if seen.insert(graph.edges[edge].event).inserted { goals.append(Goal(from: vertex, edge: edge)) }
            }
        }
        return goals
    }

    /// Breadth first; empty if they are the same.
    private static func way(from: Int, to: Int, _ graph: StateGraph, _ edges: Set<Int>) -> [Int] {
        guard from != to else { return [] }
        var cameBy: [Int: (vertex: Int, edge: Int)] = [:]
        var queue = [from]
        var next = 0
        while next < queue.count, cameBy[to] == nil {
            let vertex = queue[next]
            next += 1
            for edge in graph.edges(of: vertex) where edges.contains(edge) {
                let target = Int(graph.edges[edge].target)
                guard target != from, cameBy[target] == nil else { continue }
                cameBy[target] = (vertex, edge)
                queue.append(target)
            }
        }
        var way: [Int] = []
        var at = to
        while at != from, let (vertex, edge) = cameBy[at] {
            way.append(edge)
            at = vertex
        }
        return way.reversed()
    }
}
