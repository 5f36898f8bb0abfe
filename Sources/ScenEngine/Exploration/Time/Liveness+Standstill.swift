import ScenModel

/// Runs in which no time passes for ever are none; but where time cannot pass any more, that would be every run.
extension Liveness {
    /// Whether from some state on no time can pass, and no run ends: something happens again and again at one moment.
    func timeStandsStill() throws(Exploration.Stop) -> Bool {
        guard exploration.time != nil else { return false }
        let graph = try StateGraph(roots: beginnings(), in: exploration, mayGoOn: wasExpanded, contains: { _ in true })
        var before = [[Int]](repeating: [], count: graph.states.count)
        var goesOn = graph.states.map { !wasExpanded($0) }
        for end in graph.ends { goesOn[end] = true }
        for vertex in graph.states.indices {
            for edge in graph.edges(of: vertex) {
                if graph.edges[edge].kind == .tick { goesOn[vertex] = true }
                before[Int(graph.edges[edge].target)].append(vertex)
            }
        }
        var left = goesOn.indices.filter { goesOn[$0] }
        while let vertex = left.popLast() {
            for earlier in before[vertex] where !goesOn[earlier] {
                goesOn[earlier] = true
                left.append(earlier)
            }
        }
        return goesOn.contains(false)
    }
}
