import ScenModel

/// What may become of a message on each link: whether it may be lost, must be, and may arrive twice.
struct LinkChoices {
    struct Link: OptionSet {
        let rawValue: UInt8
        static let mayLose = Link(rawValue: 1)
        static let mustLose = Link(rawValue: 2)
        static let mayDuplicate = Link(rawValue: 4)
    }
    private let links: [Link]
    private let nodeCount: Int
    let isLossy: Bool
    /// Nothing is owed on links that may lose: an adversary does it.
    let owesNothing: Bool
    /// Some link may.
    var mayDuplicate: Bool { links.contains { $0.contains(.mayDuplicate) } }

    init(_ network: NetworkModel, nodeCount: Int) {
        var links: [Link] = []
        for from in 0..<nodeCount {
            for to in 0..<nodeCount {
                // What a node sends to itself never fails.
                links.append(from == to ? [] : Self.link(from, to, network))
            }
        }
        self.links = links
        self.nodeCount = nodeCount
        isLossy = network.mayLose
        owesNothing = network.links == .arbitrary && network.mayLose
    }

    @inline(__always)
    func of(_ link: Int) -> Link { links[(link & 0xFFFF) * nodeCount + link >> 16] }

    private static func link(_ from: Int, _ to: Int, _ network: NetworkModel) -> Link {
        var (loss, duplicate) = (network.loss, network.duplicate)
        for item in network.between {
            let there = item.from.contains(from) && item.to.contains(to)
            let back = item.both && item.from.contains(to) && item.to.contains(from)
            guard there || back else { continue }
            loss = item.loss ?? loss
            duplicate = item.duplicate ?? duplicate
        }
        var link: Link = []
        if network.links == .arbitrary { return network.mayLose ? .mayLose : [] }
        if loss > 0 { link.insert(.mayLose) }
        if loss >= 1 { link.insert(.mustLose) }
        if duplicate > 0 && loss < 1 { link.insert(.mayDuplicate) }
        return link
    }
}
