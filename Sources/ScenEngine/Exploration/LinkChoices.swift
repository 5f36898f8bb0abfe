import ScenModel

/// What may become of a message on each link: whether it may be lost, must be, and may arrive twice.
struct LinkChoices {
    struct Link: OptionSet {
        let rawValue: UInt8
        static let mayLose = Link(rawValue: 1)
        static let mustLose = Link(rawValue: 2)
        static let mayDuplicate = Link(rawValue: 4)
        /// Nothing arrives over it, and perhaps nothing will.
        static let isCut = Link(rawValue: 8)
        static let isCutForGood = Link(rawValue: 16)
    }
    private let links: [Link]
    private let nodeCount: Int
    let isLossy: Bool
    /// Nothing is owed on links that may lose: an adversary does it.
    let owesNothing: Bool
    /// Some link may.
    var mayLose: Bool { links.contains { $0.contains(.mayLose) } }
    var mayDuplicate: Bool { links.contains { $0.contains(.mayDuplicate) } }

    /// `changing`: what a timeline has made of a link; `mayDuplicate` if what is in flight may have been sent when its loss was another.
    init(
        _ network: NetworkModel, nodeCount: Int, changing change: (_ from: Int, _ to: Int, _ loss: inout Double) -> Link = { _, _, _ in [] }
    ) {
        var links: [Link] = []
        for from in 0..<nodeCount {
            for to in 0..<nodeCount {
                // What a node sends to itself never fails.
                links.append(from == to ? [] : Self.link(from, to, network, change))
            }
        }
        self.links = links
        self.nodeCount = nodeCount
        isLossy = network.mayLose
        owesNothing = network.links == .arbitrary && network.mayLose
    }

    @inline(__always)
    func of(_ link: Int) -> Link { links[(link & 0xFFFF) * nodeCount + link >> 16] }

    private static func link(
        _ from: Int, _ to: Int, _ network: NetworkModel, _ change: (Int, Int, inout Double) -> Link
    ) -> Link {
        var (loss, duplicate) = (network.loss, network.duplicate)
        for item in network.between {
            let there = item.from.contains(from) && item.to.contains(to)
            let back = item.both && item.from.contains(to) && item.to.contains(from)
            guard there || back else { continue }
            loss = item.loss ?? loss
            duplicate = item.duplicate ?? duplicate
        }
        var link = change(from, to, &loss)
        if network.links == .arbitrary { return network.mayLose ? .mayLose : [] }
        if loss > 0 { link.insert(.mayLose) }
        if loss >= 1 { link.insert(.mustLose) }
        if duplicate > 0 && (loss < 1 || link.contains(.mayDuplicate)) {
            link.insert(.mayDuplicate)
        } else {
            link.remove(.mayDuplicate)
        }
        return link
    }
}
