import ScenModel

/// Draws that are replaced when a run is made again in order to be shrunk. What stands here is a wish: the run takes the nearest
/// value that chance could have drawn there, so that it stays a run of the model. Faults that were drawn are taken away, and none is
/// added: no message is lost and no node crashes that would not without it.
///
/// Messages are named by the key of their draws, which depends on the seed, the link and the number on the link.
struct Amendments: Hashable {
    /// Messages that stay lost, and that stay duplicated; nil: as drawn.
    var losses: Set<UInt64>?
    var duplicates: Set<UInt64>?
    /// Messages of traitors that stay false, and what the adversary on the links still does; nil: as drawn.
    var lies: Set<DrawLedger.Saying>?
    var moves: Set<Int>?
    /// ns; all other messages take a plain time. Nil: as drawn.
    var latencies: [UInt64: Int]?
    /// In place of the drawn set.
    var faulty: [Int]?
    /// By node: crashes at most, where it may crash at any moment.
    var crashes: [Int: Int] = [:]
    /// By node: recipients, by their place, that the send in which it crashes does not reach.
    var unreached: [Int: Set<Int>] = [:]
    /// Crashes and recoveries at a drawn moment (ns).
    var moments: [DrawLedger.NodeMoment: Int] = [:]
    /// By node: index of its input among those that it may have.
    var inputs: [Int: Int] = [:]

    /// How much of the run is not plain; the less, the easier it is to read.
    var complexity: Int {
        // As long as no time is plain, everything else is simpler.
        var sum = latencies.map { $0.values.reduce(4 * Set($0.values).count) { $0 + 4 + RoundTime.digits($1) } } ?? 1 << 40
        sum += moments.values.reduce(0) { $0 + RoundTime.digits($1) - 20 }
        sum -= inputs.values.count
        return sum
    }
}

/// What the amended draws of a run were, noted down as they are made.
final class DrawLedger {
    struct NodeMoment: Hashable {
        var node: Int
        var isRecovery: Bool
    }
    struct Sent {
        var key: UInt64
        /// ns
        var time: Int
        var latency: Int
        var isLost: Bool
        var isDuplicated: Bool
    }
    /// A message of a node to another one, by its number among those of the node.
    struct Saying: Hashable {
        var node: Int
        var number: Int
    }
    struct Drawn {
        /// In the order of sending.
        fileprivate(set) var sent: [Sent] = []
        /// Crashes in the middle of a send: who was reached.
        fileprivate(set) var interrupted: [(node: Int, reached: [Int])] = []
        fileprivate(set) var moments: [(of: NodeMoment, time: Int)] = []
        fileprivate(set) var crashes: [Int] = []
        fileprivate(set) var lies: [Saying] = []
        /// What the adversary on the links did, by the number of the occasion.
        fileprivate(set) var moves: [Int] = []
    }
    private(set) var amendments = Amendments()
    /// Whether the run ends when all of its watches are decided.
    private(set) var stopsWhenDecided = false
    /// A run is given up where `Machine.workDone` is beyond it.
    var workMax = Int.max
    private(set) var drawn = Drawn()
    /// By node: messages to others, of nodes that may lie.
    private var said: [Int: Int] = [:]
    private var occasions = 0

    func prescribe(_ amendments: Amendments, stopsWhenDecided: Bool) {
        self.amendments = amendments
        self.stopsWhenDecided = stopsWhenDecided
    }

    /// A run begins.
    func begin() {
        drawn = Drawn()
        said.removeAll(keepingCapacity: true)
        occasions = 0
    }

    /// Crashes, messages that chance lost or duplicated, lies, and what an adversary on the links did.
    var faults: Int {
        drawn.crashes.count + drawn.lies.count + drawn.moves.count + drawn.sent.count { $0.isLost }
            + drawn.sent.count { $0.isDuplicated }
    }

    func crashed(_ node: Int) { drawn.crashes.append(node) }

    // MARK: Messages

    /// What a rule drops or duplicates, or a cut link loses, is nothing that chance has done.
    func note(
        _ key: UInt64, at time: Int, _ passage: Passage, _ rule: MessageRules.Action?, isCutOff: Bool = false
    ) {
        let isDrawn: Bool =
            switch rule {
            case .drop, .duplicate: false
            case .delay, nil: !isCutOff
            }
        drawn.sent.append(
            Sent(
                key: key, time: time, latency: passage.latency, isLost: passage.copies == 0 && isDrawn,
                isDuplicated: passage.copies == 2 && isDrawn))
    }

    /// Whether the message is lost; `threshold` as in `Network`. A certain loss stays.
    func loses(_ draws: MessageDraws, _ threshold: UInt64) -> Bool {
        guard draws.happens(threshold, .loss) else { return false }
        return threshold == .max || amendments.losses?.contains(draws.key) ?? true
    }

    func duplicates(_ draws: MessageDraws, _ threshold: UInt64) -> Bool {
        guard draws.happens(threshold, .duplication) else { return false }
        return threshold == .max || amendments.duplicates?.contains(draws.key) ?? true
    }

    func latency(_ draws: MessageDraws, _ purpose: RandomPurpose, _ sampler: borrowing Sampler) -> Int {
        var stream = draws.stream(purpose)
        let drawn = sampler.draw(&stream)
        guard let latencies = amendments.latencies else { return drawn }
        // The second copy of a message is nobody's wish.
        let wish = purpose == .latency ? latencies[draws.key] : nil
        return wish.map { sampler.nearest($0) } ?? sampler.plain
    }

    // MARK: Nodes

    func moment(_ moment: FaultModel.Moment, _ drawn: Int, of node: Int, isRecovery: Bool) -> Int {
        guard case .between(let first, let last) = moment else { return drawn }
        let name = NodeMoment(node: node, isRecovery: isRecovery)
        let time = amendments.moments[name].map { min(max($0, max(0, first)), max(0, last)) } ?? drawn
        self.drawn.moments.append((name, time))
        return time
    }

    func interruption(_ drawn: Machine.Interruption, of node: Int) -> Machine.Interruption {
        guard !drawn.reached.isEmpty else { return drawn }
        var amended = drawn
        if let unreached = amendments.unreached[node] { amended.reached.removeAll(where: unreached.contains) }
        self.drawn.interrupted.append((node, amended.reached))
        return amended
    }

    // MARK: Adversaries

    /// What a node that can as well be honest makes of its next messages.
    func amended(_ lies: [Lie], of node: Int) -> [Lie] {
        guard let kept = amendments.lies else { return lies }
        let first = said[node] ?? 0
        return lies.indices.map { kept.contains(Saying(node: node, number: first + $0)) ? lies[$0] : .none }
    }

    /// A node has taken a step.
    func spoke(_ node: Int, _ speech: Speech) {
        let first = said[node] ?? 0
        said[node] = first + speech.meant.count
        for (index, lie) in speech.lies.enumerated() where lie != .none {
            drawn.lies.append(Saying(node: node, number: first + index))
        }
    }

    /// What the adversary on the links has a mind to do on its next occasion.
    func amended<Move>(_ move: Move?) -> Move? {
        occasions += 1
        guard let move, amendments.moves?.contains(occasions) ?? true else { return nil }
        drawn.moves.append(occasions)
        return move
    }
}
