/// Strongly connected components, by Tarjan's algorithm (1972) without recursion. Its arrays are as long as the graph and used again.
final class Components {
    private let graph: StateGraph
    private var index: [Int32]
    private var low: [Int32]
    private var isOnStack: [Bool]
    private static let outside: Int32 = -2
    private static let unseen: Int32 = -1

    init(_ graph: StateGraph) {
        self.graph = graph
        index = [Int32](repeating: Self.outside, count: graph.states.count)
        low = [Int32](repeating: 0, count: graph.states.count)
        isOnStack = [Bool](repeating: false, count: graph.states.count)
    }

    /// Components of these vertices along the edges for which `follows` holds, as far as they have an edge of their own: only in them a
    /// run can stay for ever. Each ascending, in the order of their smallest vertices.
    func cyclic(_ vertices: [Int], follows: (Int) -> Bool) -> [[Int]] {
        for vertex in vertices { index[vertex] = Self.unseen }
        defer { for vertex in vertices { index[vertex] = Self.outside } }
        var next: Int32 = 0
        var found: [[Int]] = []
        for root in vertices where index[root] == Self.unseen { search(root, &next, &found, follows) }
        return found.sorted { $0[0] < $1[0] }
    }

    private func search(_ root: Int, _ next: inout Int32, _ found: inout [[Int]], _ follows: (Int) -> Bool) {
        var calls: [(vertex: Int, edge: Int)] = []
        var stack: [Int] = []
        enter(root, &next, &calls, &stack)
        while let (vertex, edge) = calls.last {
            if edge < graph.edges(of: vertex).upperBound {
                calls[calls.count - 1].edge += 1
                let target = Int(graph.edges[edge].target)
                guard index[target] != Self.outside, follows(edge) else { continue }
                if index[target] == Self.unseen {
                    enter(target, &next, &calls, &stack)
                } else if isOnStack[target] {
                    low[vertex] = min(low[vertex], index[target])
                }
                continue
            }
            calls.removeLast()
            if let (parent, _) = calls.last { low[parent] = min(low[parent], low[vertex]) }
            guard low[vertex] == index[vertex] else { continue }
            let component = pop(to: vertex, &stack)
            if component.count > 1 || hasLoop(vertex, follows) { found.append(component) }
        }
    }

    private func enter(
        _ vertex: Int, _ next: inout Int32, _ calls: inout [(vertex: Int, edge: Int)], _ stack: inout [Int]
    ) {
        index[vertex] = next
        low[vertex] = next
        next += 1
        stack.append(vertex)
        isOnStack[vertex] = true
        calls.append((vertex, graph.edges(of: vertex).lowerBound))
    }

    private func pop(to vertex: Int, _ stack: inout [Int]) -> [Int] {
        var component: [Int] = []
        while let member = stack.popLast() {
            isOnStack[member] = false
            component.append(member)
            if member == vertex { break }
        }
        component.sort()
        return component
    }

    private func hasLoop(_ vertex: Int, _ follows: (Int) -> Bool) -> Bool {
        graph.edges(of: vertex).contains { Int(graph.edges[$0].target) == vertex && follows($0) }
    }
}
