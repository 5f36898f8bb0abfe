/// A run for ever: a way from a beginning, and a cycle that it then goes round, as edges of a graph.
struct Lasso {
    /// Vertices, the first a root, the last the first of the cycle.
    var stem: [Int]
    /// Edges, at least one; the last leads back to where the first begins.
    var cycle: [Int]
    var length: Int { stem.count + cycle.count }

    /// What a cycle has to come to yet: one of these vertices, or one of these edges.
    struct Goal {
        var isVertex: (Int) -> Bool = { _ in false }
        var isEdge: (Int) -> Bool = { _ in false }
    }

    /// A short cycle from `start` by edges of a component for which `missing` asks for nothing, given the vertices and the edges of the
    /// cycle. Greedy: each thing that is missing is reached by a shortest way from the one before. Nil: it is `max` long or longer.
    init?(
        _ graph: StateGraph, from start: Int, _ edges: Set<Int>, max: Int = .max,
        missing: (Set<Int>, [Int]) -> Goal?
    ) {
        stem = graph.path(to: start)
        cycle = []
        var walk: [Int] = []
        var at = start
        while true {
            cycle = walk
            if at != start || walk.isEmpty {
                guard let back = Self.way(graph, from: at, edges, to: Goal(isVertex: { $0 == start })) else { return nil }
                cycle += back
            }
            let visited = Set(cycle.map { Int(graph.edges[$0].target) })
            guard length < max else { return nil }
            guard let goal = missing(visited, cycle) else { return }
            guard let way = Self.way(graph, from: at, edges, to: goal), let last = way.last else { return nil }
            walk += way
            at = Int(graph.edges[last].target)
        }
    }

    /// The shortest of at least one edge to a goal, breadth first; nil if there is none.
    private static func way(_ graph: StateGraph, from: Int, _ edges: Set<Int>, to goal: Goal) -> [Int]? {
        var cameBy: [Int: (vertex: Int, edge: Int)] = [:]
        var queue = [from]
        var next = 0
        while next < queue.count {
            let vertex = queue[next]
            next += 1
            for edge in graph.edges(of: vertex) where edges.contains(edge) {
                let target = Int(graph.edges[edge].target)
                if goal.isEdge(edge) || goal.isVertex(target) {
                    var way = [edge]
                    var at = vertex
                    while at != from, let (before, edge) = cameBy[at] {
                        way.append(edge)
                        at = before
                    }
                    return way.reversed()
                }
                guard target != from, cameBy[target] == nil else { continue }
                cameBy[target] = (vertex, edge)
                queue.append(target)
            }
        }
        return nil
    }
}
