import ScenModel

/// What chance makes of each message: lost, delivered or duplicated, and when.
///
/// The k-th message of a link has the same draws whatever else the scenario says: they come from streams keyed by the
/// link, k and what the draw is for. A message that a node sends to itself is never lost or duplicated; it has latency.
struct Network: ~Copyable {
    struct Fate: Equatable {
        /// 0 to 2.
        var copies: Int
        /// ns
        var arrival: Int
        var secondArrival: Int

        static let lost = Fate(copies: 0, arrival: 0, secondArrival: 0)
    }

    let latency: Sampler
    /// A draw of 64 bits below it means yes.
    private let loss: UInt64
    private let duplicate: UInt64
    private let fifo: Bool
    private let drawsNothing: Bool
    /// Where it says so, `admitSpecial` takes the place of `admit`.
    let isSpecial: Bool
    let special: SpecialLinks?
    /// Where draws may be amended.
    let ledger: DrawLedger?
    /// Whether what arrives may have come over a link that is cut.
    private(set) var hasCuts = false
    /// In rounds a message is of the round in which it is sent.
    private let judgesArrivals: Bool
    private var links: LinkTable
    private var key: UInt64 = 0

    init(
        network: NetworkModel, timing: TimingModel, timeline: Timeline = Timeline(), nodeCount: Int,
        badPeriods: BadPeriodCourse? = nil, linksMax: Int = .max, ledger: DrawLedger? = nil
    ) {
        // Locals first: what reads `self` before all of it is there, as the right side of `&&` does, makes the optimiser of
        // Swift 6.3 destroy `links` before it is made.
        let sampler = Sampler(timing.latency)
        let isConstant = sampler.isConstant
        let lossThreshold = Self.threshold(network.loss)
        let duplicateThreshold = Self.threshold(network.duplicate)
        let isAmendable = ledger != nil
        let specialLinks = SpecialLinks(
            network, timeline, nodeCount: nodeCount, bound: timing.bound, badPeriods: badPeriods, linksMax: linksMax,
            isForced: isAmendable)
        links = LinkTable(nodeCount: nodeCount, keepsOrder: network.fifo, linksMax: linksMax)
        latency = sampler
        loss = lossThreshold
        duplicate = duplicateThreshold
        fifo = network.fifo
        drawsNothing = isConstant && lossThreshold == 0 && duplicateThreshold == 0
        special = specialLinks
        isSpecial = specialLinks != nil
        self.ledger = ledger
        judgesArrivals = !timing.lockstep
    }

    /// More links are in use than the tables may hold.
    @inline(__always)
    var isFull: Bool { links.isFull || isSpecial && special?.isFull == true }

    static func threshold(_ probability: Double) -> UInt64 {
        if !(probability > 0) { return 0 }
        return probability >= 1 ? .max : UInt64(probability * 0x1p64)
    }

    mutating func begin(seed: UInt64) {
        links.clear()
        special?.begin()
        hasCuts = false
        var stream = RandomStream(seed: seed, purpose: .links)
        key = stream.next()
    }

    @inline(__always)
    mutating func admit(from: Int, to: Int, at time: Int) -> Fate {
        if drawsNothing {
            // A constant latency keeps the order of sending by itself.
            var unused = RandomStream(state: 0)
            return Fate(copies: 1, arrival: Self.sum(time, latency.draw(&unused)), secondArrival: 0)
        }
        return draw(from, to, time)
    }

    /// Of the next message on the link.
    @inline(__always)
    mutating func draws(_ from: Int, _ to: Int) -> MessageDraws {
        let number = links.count(from: from, to: to)
        let sender = RandomStream.mix(key &+ UInt64(truncatingIfNeeded: from) &* RandomStream.golden)
        let link = RandomStream.mix(sender ^ UInt64(truncatingIfNeeded: to) &* RandomPurpose.links.salt)
        return MessageDraws(key: RandomStream.mix(link &+ UInt64(number) &* RandomStream.golden))
    }

    mutating func draw(_ from: Int, _ to: Int, _ time: Int) -> Fate {
        let draws = draws(from, to)
        var stream = draws.stream(.latency)
        var fate = Fate(copies: 1, arrival: Self.sum(time, latency.draw(&stream)), secondArrival: 0)
        if from != to {
            if loss > 0 && draws.happens(loss, .loss) { return .lost }
            if duplicate > 0 && draws.happens(duplicate, .duplication) {
                var stream = draws.stream(.latencyOfCopy)
                fate.copies = 2
                fate.secondArrival = Self.sum(time, latency.draw(&stream))
            }
        }
        keepOrder(&fate, from: from, to: to)
        return fate
    }

    @inline(__always)
    mutating func keepOrder(_ fate: inout Fate, from: Int, to: Int) {
        guard fifo else { return }
        fate.arrival = links.keepOrder(from: from, to: to, arrival: fate.arrival)
        if fate.copies == 2 {
            fate.secondArrival = links.keepOrder(from: from, to: to, arrival: fate.secondArrival)
        }
    }

    // MARK: What the timeline changes

    /// Whether a cut link loses what is sent over it, or holds it back.
    var isLossy: Bool { special?.isLossy ?? true }

    func isCut(from: Int, to: Int, forGood: Bool = false) -> Bool {
        special?.changes.isCut(from: from, to: to, forGood: forGood) ?? false
    }

    mutating func begin(change item: Int, until end: Int?) {
        special?.changes.begin(item, until: end)
        noteCuts()
    }

    /// False if it was not in force.
    mutating func end(change item: Int) -> Bool {
        defer { noteCuts() }
        return special?.changes.end(item) ?? false
    }

    /// The items that this ends.
    mutating func heal() -> [Int] {
        defer { noteCuts() }
        return special?.changes.heal() ?? []
    }

    private mutating func noteCuts() {
        hasCuts = judgesArrivals && special?.changes.hasCuts ?? false
    }

    static func sum(_ time: Int, _ latency: Int) -> Int {
        // Neither is above 2^62.
        min(time &+ latency, Word.largest)
    }
}
