import ScenDiagnostics
import ScenModel

extension ScenModel.Topology.Shape: ModelWord {
    static var standard: Self { .complete }
}

extension CaseReader {
    /// Nil: every node has a link to every other. `left`: how many links all cases may still list together.
    mutating func readTopology(_ topology: ScenarioSyntax.Topology?, left: inout Int) -> ScenModel.Topology? {
        switch topology {
        case nil: return nil
        case .word(let name):
            let shape: ScenModel.Topology.Shape? = word(name, "'topology'")
            return shape.flatMap { ScenModel.Topology($0, nodeCount: nodes.count) }
        case .edges(let edges, let span):
            var links: [ScenModel.Topology.Link] = []
            for edge in edges {
                guard let ends = ends(of: edge) else { continue }
                let pairs = ends.from.count.multipliedReportingOverflow(by: ends.to.count * (edge.both ? 2 : 1))
                guard !pairs.overflow, pairs.partialValue <= left else {
                    bag.report(.tooManyLinks(max: CaseBudget.linksMax, at: edge.span))
                    return nil
                }
                left -= pairs.partialValue
                for a in ends.from {
                    for b in ends.to where a != b {
                        links.append(.init(from: a, to: b))
                        if edge.both { links.append(.init(from: b, to: a)) }
                    }
                }
            }
            guard !links.isEmpty || nodes.count == 1 else {
                // Every link was wrong, which has been reported; judging sends by what is left would follow from that.
                if !bag.hasErrors { bag.report(.noLinksLeft(at: span)) }
                return nil
            }
            return ScenModel.Topology(nodeCount: nodes.count, links: links)
        }
    }

    /// The nodes at both ends. `others` and `nodes` are all of them: no node has a link to itself.
    mutating func ends(of link: ScenarioSyntax.Link) -> (from: [Int], to: [Int])? {
        let ends = (linkEnd(link.from), linkEnd(link.to))
        guard let from = ends.0, let to = ends.1 else { return nil }
        if from.count == 1, from == to {
            bag.report(.linkToItself(nodes.name(from[0]), at: link.span))
            return nil
        }
        return (from, to)
    }

    private mutating func linkEnd(_ name: Identifier) -> [Int]? {
        if name.text == "others" || name.text == "nodes" { return Array(0..<nodes.count) }
        return members(name, expected: "a node, a group or 'others'")
    }
}

/// What all cases of a scenario may have together: each keeps several things for each node, and its links.
struct CaseBudget {
    static let nodesMax = 4_000_000
    static let linksMax = 10_000_000
    static let targetsMax = 20_000_000
    var nodes = nodesMax
    /// Those that are listed one by one; of the others each node has few.
    var links = linksMax
    /// Nodes that items of timelines are about.
    var targets = targetsMax
}
