import ScenModel

/// What of a network is not the same for all links, messages and moments: links with properties of their own, queues,
/// rules. `Network` asks it only where a scenario has something of the kind.
final class SpecialLinks {
    /// What a link has in place of what the network has in general.
    struct Traits {
        /// Thresholds, as in `Network`.
        var loss: UInt64
        var duplicate: UInt64
        /// Nil: as everywhere.
        var latency: BoxedSampler?
        var bandwidth: Bandwidth?
        /// ns: of what is sent over it now.
        var latestArrival = Int.max
        /// Index in `queues`, if there is a bandwidth and the link has been used.
        var queue = -1
    }
    /// What beside its arrival is worth telling of the message that was admitted last.
    struct Note {
        var rule: MessageRules.Action?
        /// ns
        var queuesUntil: Int?
        var waits = false
        var isLostLater = false
        var isRefused = false
        var isCut = false
        var pushedOut: UInt64?
        /// ns: the end of the bad period in which it was sent.
        var badUntil: Int?
    }
    /// A moment, in ns, at which the next message in a queue has its turn.
    struct Turn {
        var queue: Int
        var time: Int
    }
    private struct Override {
        let link: LinkTest
        let traits: LinkOverride
        let latency: BoxedSampler?
    }

    let badPeriods: BadPeriodCourse?
    private let common: Traits
    private let overrides: [Override]
    /// False if all links are as `common`.
    private let areLinksTold: Bool
    private let nodeCount: Int
    private let isDense: Bool
    /// By link, 0 if it was not used yet: its index in `links` and 1.
    private var dense: [Int32]
    /// The same for systems of many nodes.
    private var sparse: [UInt64: Int32] = [:]
    private var links: [Traits] = []
    private var queues: [LinkQueue] = []
    private let linksMax: Int
    private var run: UInt32 = 0
    /// More links are in use than may be: what is said of others means nothing.
    private(set) var isFull = false
    /// Messages that wait for their turn.
    var waiting = 0

    var rules: MessageRules
    var changes: LinkChanges
    /// Whether what is sent over a cut link is lost; else it is held back.
    let isLossy: Bool
    var note = Note()
    /// Set by an admission after which a queue has to be woken.
    var turn: Turn?

    private static let denseNodes = 256
    /// Each takes some hundred bytes.
    private static let mostLinks = 2_000_000

    /// Nil if there is nothing of the kind, unless `isForced`.
    init?(
        _ network: NetworkModel, _ timeline: Timeline, nodeCount: Int, bound: Int?, badPeriods: BadPeriodCourse? = nil,
        linksMax: Int = .max, isForced: Bool = false
    ) {
        if network.between.isEmpty, network.rules.isEmpty, network.bandwidth == nil, !timeline.changesLinks,
            badPeriods == nil, !isForced
        {
            return nil
        }
        self.badPeriods = badPeriods
        common = Traits(
            loss: Network.threshold(network.loss), duplicate: Network.threshold(network.duplicate),
            bandwidth: network.bandwidth)
        overrides = network.between.map {
            Override(
                link: LinkTest(from: $0.from, to: $0.to, both: $0.both), traits: $0,
                latency: $0.latency.map(BoxedSampler.init))
        }
        areLinksTold = !network.between.isEmpty || network.bandwidth != nil
        self.nodeCount = nodeCount
        self.linksMax = min(linksMax, Self.mostLinks)
        isDense = nodeCount <= Self.denseNodes
        dense = isDense && areLinksTold ? Array(repeating: 0, count: nodeCount * nodeCount) : []
        rules = MessageRules(network.rules)
        changes = LinkChanges(timeline, nodeCount: nodeCount, bound: bound)
        isLossy = network.links != .reliable
    }

    func begin() {
        run &+= 1
        waiting = 0
        if !isDense, !links.isEmpty {
            // Else whether there is room would depend on the runs before.
            sparse.removeAll(keepingCapacity: true)
            links.removeAll(keepingCapacity: true)
            queues.removeAll(keepingCapacity: true)
            isFull = false
        }
        rules.begin()
        changes.clear()
        note = Note()
        turn = nil
    }

    func traits(from: Int, to: Int) -> Traits {
        guard areLinksTold else { return common }
        if isDense {
            let place = from * nodeCount + to
            if dense[place] == 0 { dense[place] = add(from, to) }
            return links[Int(dense[place]) - 1]
        }
        let key = UInt64(UInt32(truncatingIfNeeded: from)) << 32 | UInt64(UInt32(truncatingIfNeeded: to))
        if let known = sparse[key] { return links[Int(known) - 1] }
        if links.count >= linksMax {
            isFull = true
            return common
        }
        let index = add(from, to)
        sparse[key] = index
        return links[Int(index) - 1]
    }

    private func add(_ from: Int, _ to: Int) -> Int32 {
        var traits = common
        for item in overrides where item.link.contains(from, to) {
            if let loss = item.traits.loss { traits.loss = Network.threshold(loss) }
            if let duplicate = item.traits.duplicate { traits.duplicate = Network.threshold(duplicate) }
            if let latency = item.latency { traits.latency = latency }
            if let bandwidth = item.traits.bandwidth { traits.bandwidth = bandwidth }
        }
        if let bandwidth = traits.bandwidth {
            traits.queue = queues.count
            queues.append(LinkQueue(bandwidth))
        }
        links.append(traits)
        return Int32(truncatingIfNeeded: links.count)
    }

    /// As of the present run.
    func queue(_ index: Int) -> LinkQueue {
        queues[index].enter(run: run)
        return queues[index]
    }

    func roots(_ mark: (Word) -> Void) {
        for queue in queues { queue.roots(mark) }
    }
}
