import ScenModel

/// Some links, to ask about.
struct LinkTest {
    let from: NodeTest
    let to: NodeTest
    let both: Bool

    init(from: [Int], to: [Int], both: Bool) {
        self.from = NodeTest(from)
        self.to = NodeTest(to)
        self.both = both
    }

    func contains(_ a: Int, _ b: Int) -> Bool {
        from.contains(a) && to.contains(b) || both && from.contains(b) && to.contains(a)
    }
}

/// What the timeline has made of the links and not undone yet. A link is cut as long as any partition or cut that is in force
/// cuts it; of changes of latency, and of loss, the one that began last holds.
struct LinkChanges {
    private enum Kind {
        /// By node: its set, or -1.
        case partition([Int32])
        case cut(LinkTest)
        case latency(BoxedSampler, LinkTest?)
        case loss(UInt64, LinkTest?)
    }
    /// By item of the timeline; nil if it says nothing of links.
    private let kinds: [Kind?]
    /// By item: nothing will ever undo it.
    private let isForGood: [Bool]
    /// Items that are in force, in the order in which they began.
    private var cuts: [Int] = []
    private var latencies: [Int] = []
    private var losses: [Int] = []
    /// By item that changes latency: when what is sent under it arrives at the latest (ns).
    private var latestArrivals: [Int]
    /// ns, in partially synchronous systems: a change of latency is a bad period of its links.
    private let bound: Int?

    init(_ timeline: Timeline, nodeCount: Int, bound: Int?) {
        self.bound = bound
        latestArrivals = Array(repeating: .max, count: timeline.items.count)
        let neverHeals = !timeline.items.contains { $0.action == .heal }
        isForGood = timeline.items.map { $0.duration == nil && neverHeals }
        kinds = timeline.items.map { item in
            switch item.action {
            case .partition(let sets):
                var sides = [Int32](repeating: -1, count: nodeCount)
                for (side, nodes) in sets.enumerated() {
                    for node in nodes { sides[node] = Int32(truncatingIfNeeded: side) }
                }
                return .partition(sides)
            case .cut(let links): return .cut(LinkTest(links))
            case .latency(let latency, _, let links): return .latency(BoxedSampler(latency), links.map(LinkTest.init))
            case .loss(let loss, _, let links): return .loss(Network.threshold(loss), links.map(LinkTest.init))
            case .nodes, .heal: return nil
            }
        }
    }

    mutating func clear() {
        cuts.removeAll(keepingCapacity: true)
        latencies.removeAll(keepingCapacity: true)
        losses.removeAll(keepingCapacity: true)
    }

    var hasCuts: Bool { !cuts.isEmpty }

    /// `end`: when it ends (ns), if it does.
    mutating func begin(_ item: Int, until end: Int?) {
        if let end, let bound { latestArrivals[item] = Network.sum(end, bound) }
        switch kinds[item] {
        case .partition, .cut: cuts.append(item)
        case .latency: latencies.append(item)
        case .loss: losses.append(item)
        case nil: break
        }
    }

    /// False if it was not in force.
    mutating func end(_ item: Int) -> Bool {
        let before = cuts.count + latencies.count + losses.count
        cuts.removeAll { $0 == item }
        latencies.removeAll { $0 == item }
        losses.removeAll { $0 == item }
        return cuts.count + latencies.count + losses.count < before
    }

    /// The partitions and cuts that this ends.
    mutating func heal() -> [Int] {
        defer { cuts.removeAll(keepingCapacity: true) }
        return cuts
    }

    /// Of two different nodes. `forGood`: only if it will never be restored.
    func isCut(from: Int, to: Int, forGood: Bool = false) -> Bool {
        for item in cuts where !forGood || isForGood[item] {
            switch kinds[item] {
            case .partition(let sides):
                if sides[from] != sides[to], sides[from] >= 0, sides[to] >= 0 { return true }
            case .cut(let link):
                if link.contains(from, to) { return true }
            case .latency, .loss, nil: break
            }
        }
        return false
    }

    func change(_ traits: inout SpecialLinks.Traits, from: Int, to: Int) {
        for item in latencies {
            guard case .latency(let latency, let link) = kinds[item], link?.contains(from, to) ?? true else { continue }
            traits.latency = latency
            traits.latestArrival = latestArrivals[item]
        }
        for item in losses {
            guard case .loss(let loss, let link) = kinds[item], link?.contains(from, to) ?? true else { continue }
            traits.loss = loss
        }
    }
}

extension LinkTest {
    fileprivate init(_ links: Timeline.Links) {
        self.init(from: links.from, to: links.to, both: links.both)
    }
}
