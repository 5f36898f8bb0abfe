import ScenModel

/// Nodes that the system model treats alike, and that may be interchangeable therefore.
struct InterchangeableNodes {
    /// Each of at least two nodes, ascending.
    let classes: [[Int]]

    /// `different`: pairs of which something else is known to tell one from the other. Nil: too few nodes for it to pay.
    init?(_ compiled: CompiledCase, different: Set<SIMD2<Int>>) {
        let system = compiled.system
        guard system.nodes.count <= Permutation.nodesMax, Self.isPossible(compiled), !Self.inputsSpeakOfNodes(system) else { return nil }
        let links = LinkChoices(system.network, nodeCount: system.nodes.count)
        // Those come last that differ from most.
        let differences = (0..<system.nodes.count).map { node in different.count { $0[0] == node || $0[1] == node } }
        var classes: [[Int]] = []
        for node in (0..<system.nodes.count).sorted(by: { (differences[$0], $0) < (differences[$1], $1) }) {
            let fits = classes.firstIndex { some in
                some.allSatisfy { other in
                    !different.contains(SIMD2(min(other, node), max(other, node))) && Self.areAlike(other, node, compiled, links)
                }
            }
            if let fits { classes[fits].append(node) } else { classes.append([node]) }
        }
        self.classes = classes.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
        guard orders >= Self.ordersMin else { return nil }
    }

    /// Where the order in which messages are handed over, time and adversaries play no part.
    private static func isPossible(_ compiled: CompiledCase) -> Bool {
        let system = compiled.system
        return system.timing.kind == .asynchronous && !system.timing.lockstep && !compiled.needsViews && !system.makesUp
            && system.network.links != .arbitrary && system.network.topology == nil && system.network.rules.isEmpty
            && system.timeline.items.isEmpty && !compiled.program.layout.keepsSeen
    }

    /// In fewer orders of nodes a second worker is worth more.
    static let ordersMin = 6

    /// In how many orders all nodes may stand, or a few thousand.
    private var orders: Int {
        classes.reduce(1) { product, some in
            (1...some.count).reduce(product) { min($0 * $1, 1 << 12) }
        }
    }

    /// Together they give all orders.
    var swaps: [(Int, Int)] { classes.flatMap { zip($0, $0.dropFirst()) } }

    func classOf(nodes: Int) -> [Int] {
        (0..<nodes).map { node in classes.firstIndex { $0.contains(node) } ?? -1 }
    }

    private static func inputsSpeakOfNodes(_ system: SystemModel) -> Bool {
        system.inputs.sources.contains { source in
            switch source {
            case .given(let value): value.speaksOfNodes
            case .any(let values): values.contains { $0.speaksOfNodes }
            }
        }
    }

    private static func areAlike(_ one: Int, _ other: Int, _ compiled: CompiledCase, _ links: LinkChoices) -> Bool {
        let (system, nodes) = (compiled.system, 0..<compiled.system.nodes.count)
        switch system.faults.who {
        case .nobody: break
        case .these(let some), .some(_, _, let some):
            if some.contains(one) != some.contains(other) { return false }
        }
        func same<Element: Equatable>(_ elements: [Element]) -> Bool {
            (one < elements.count ? elements[one] : nil) == (other < elements.count ? elements[other] : nil)
        }
        func link(_ from: Int, _ to: Int) -> LinkChoices.Link { links.of(to << 16 | from) }
        return same(system.faults.courses) && same(system.faults.behaviours) && same(system.faults.roles)
            && same(compiled.program.roles) && same(system.inputs.sources) && link(one, other) == link(other, one)
            && nodes.allSatisfy { third in
                third == one || third == other || link(one, third) == link(other, third) && link(third, one) == link(third, other)
            }
            && system.nodes.groups.allSatisfy { $0.members.contains(one) == $0.members.contains(other) }
    }
}

extension Value {
    fileprivate var speaksOfNodes: Bool {
        switch self {
        case .node, .signed, .sealed: true
        case .bool, .int, .real, .string, .duration, .enumeration, .none: false
        case .tuple(let values), .list(let values), .set(let values), .record(_, let values), .message(_, let values):
            values.contains { $0.speaksOfNodes }
        case .map(let entries): entries.contains { $0.key.speaksOfNodes || $0.value.speaksOfNodes }
        }
    }
}
