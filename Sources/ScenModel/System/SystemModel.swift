/// The declared system model of one case, with every number evaluated: what the lecture calls network,
/// nodes and timing. Nothing in it refers to the scenario's text.
package struct SystemModel: Sendable {
    package var nodes: NodeModel
    package var network: NetworkModel
    package var timing: TimingModel
    package var faults: FaultModel
    package var inputs: InputModel
    package var timeline = Timeline()
    package init(
        nodes: NodeModel, network: NetworkModel, timing: TimingModel, faults: FaultModel,
        inputs: InputModel
    ) {
        self.nodes = nodes
        self.network = network
        self.timing = timing
        self.faults = faults
        self.inputs = inputs
    }

    /// Somebody makes more of messages than to lose or repeat them, on the links or as a faulty node.
    package var makesUp: Bool { network.makesUp || faults.makesUp }
    /// Messages that nobody has sent arrive, or some arrive once more.
    package var addsMessages: Bool { faults.makesUp || !network.adversary.isDisjoint(with: [.spoof, .replay]) }
}

package struct NodeModel: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case crashStop = "crash-stop"
        case crashRecovery = "crash-recovery"
        case byzantine
    }
    package struct Group: Sendable, Hashable {
        package var name: String
        package var members: [Int]
        package init(name: String, members: [Int]) {
            self.name = name
            self.members = members
        }
    }
    package var kind: Kind
    package var names: [String]
    package var groups: [Group]
    package var count: Int { names.count }
    package init(kind: Kind, names: [String], groups: [Group] = []) {
        self.kind = kind
        self.names = names
        self.groups = groups
    }
}

package struct NetworkModel: Sendable {
    package enum Links: String, Sendable, CaseIterable {
        case reliable
        case fairLoss = "fair-loss"
        case arbitrary
    }
    package var links: Links
    /// Probabilities from 0 to 1. Zero on reliable links. A sent message is lost with `loss`; one that is not lost
    /// arrives twice with `duplicate`.
    package var loss: Double
    package var duplicate: Double
    /// What is done on arbitrary links; nothing on others.
    package var adversary: AdversaryPowers = []
    /// Order of sending is kept on each link.
    package var fifo: Bool
    /// Nil: every node has a link to every other.
    package var topology: Topology?
    /// Of each link; nil: unlimited.
    package var bandwidth: Bandwidth?
    /// Later ones win.
    package var between: [LinkOverride] = []
    /// The first that selects a message decides about it.
    package var rules: [MessageRule] = []
    package init(links: Links, loss: Double = 0, duplicate: Double = 0, fifo: Bool = false) {
        self.links = links
        self.loss = loss
        self.duplicate = duplicate
        self.fifo = fifo
    }

    /// By chance, or by the adversary.
    package var mayLose: Bool { links == .fairLoss || links == .arbitrary && adversary.contains(.drop) }
    /// Messages may arrive that nobody has sent so.
    package var makesUp: Bool { links == .arbitrary && !adversary.isDisjoint(with: [.modify, .spoof, .replay]) }
}

/// A distribution of durations in ns. Draws are rounded to whole ns and never negative.
package indirect enum Distribution: Sendable, Hashable {
    case constant(Int)
    /// Every whole ns from `low` to `high`, both included.
    case uniform(low: Int, high: Int)
    case exponential(mean: Double)
    /// Truncated at zero: a negative draw is drawn again.
    case normal(mean: Double, deviation: Double)
    /// `median` is exp(mu).
    case lognormal(median: Double, sigma: Double)
    /// Type I: the smallest value is `scale`.
    case pareto(scale: Double, shape: Double)
    /// Each equally likely.
    case empirical([Int])
}

package struct TimingModel: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case synchronous
        case partiallySynchronous = "partially-synchronous"
        case asynchronous
    }
    package var kind: Kind
    package var latency: Distribution
    /// ns; the largest latency. Only synchronous and partially synchronous models have one.
    package var bound: Int?
    /// True where the algorithm has `on round`: rounds last `bound`, messages are handed over at their ends.
    package var lockstep: Bool
    /// Only partially synchronous models have them.
    package var badPeriods: BadPeriods?
    package var pauses: Pauses?
    /// Nil: exact.
    package var clocks: ClockModel?
    /// Time that a handler takes; nil: none.
    package var step: Distribution?
    package init(kind: Kind, latency: Distribution, bound: Int? = nil, lockstep: Bool = false) {
        self.kind = kind
        self.latency = latency
        self.bound = bound
        self.lockstep = lockstep
    }
}

package struct FaultModel: Sendable {
    /// Which sets of nodes may be faulty in a run.
    package enum Who: Sendable, Hashable {
        case nobody
        /// Exactly these, in every run.
        case these([Int])
        /// Every set of at most (or, with `exactly`, of just) `count` nodes among `candidates`.
        case some(count: Int, exactly: Bool, candidates: [Int])
    }
    /// ns
    package enum Moment: Sendable, Hashable {
        case at(Int)
        /// Uniform, both included.
        case between(Int, Int)
    }
    /// What becomes of a faulty node.
    package enum Course: Sendable, Hashable {
        /// Crashes at any moment, or never, and where nodes recover, it may come back and crash again: the explorer takes each,
        /// the simulator draws.
        case any
        /// So many crashes at any moments; where nodes recover, each is followed by a recovery.
        case crashes(Int)
        /// Is up, and where nodes recover down, for exponentially distributed times with these means (ns). Without `mttr` it
        /// stays down.
        case lifetimes(mttf: Double, mttr: Double?)
        /// One crash, and with `recovery` one recovery, which is later whatever is drawn.
        case crash(Moment, recovery: Moment?)
    }
    /// What a Byzantine node may do about the messages that its handlers send; what the node holds is what they make of it.
    package struct Behaviour: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Say something else, to each recipient what it likes.
        package static let lie = Behaviour(rawValue: 1)
        /// Leave any of them out.
        package static let omit = Behaviour(rawValue: 2)
        /// Leave out all that a handler sends.
        package static let silent = Behaviour(rawValue: 4)
        /// The first two, and make up messages at any time.
        package static let arbitrary = Behaviour(rawValue: 8)

        package var canLie: Bool { !isDisjoint(with: [.lie, .arbitrary]) }
        package var canOmit: Bool { !isDisjoint(with: [.omit, .arbitrary]) }
        package var canMakeUp: Bool { contains(.arbitrary) }
        /// What a handler sends may go out as it is.
        package var canBeHonest: Bool { self != .silent }
    }
    package var who: Who
    /// For each node, what happens if it is faulty.
    package var courses: [Course]
    /// For each node, what it may do if it is faulty; empty where no node can be Byzantine.
    package var behaviours: [Behaviour] = []
    /// Whether nodes come back from crashes at drawn moments.
    package var recovers: Bool
    /// For each node, what it runs: 0 the algorithm, k number k of those that faulty nodes run in its place; empty where all run the
    /// algorithm.
    package var roles: [Int] = []
    package init(who: Who, courses: [Course], recovers: Bool = false) {
        self.who = who
        self.courses = courses
        self.recovers = recovers
    }

    package var makesUp: Bool { who != .nobody && behaviours.contains(where: \.canMakeUp) }

    package func behaviour(of node: Int) -> Behaviour { node < behaviours.count ? behaviours[node] : [] }
}

/// What each node's `input` is. Values are of the type that `input` declares.
package struct InputModel: Sendable {
    package enum Source: Sendable, Hashable {
        case given(Value)
        /// Any of these: the explorer takes each, the simulator draws one, each equally likely.
        case any([Value])
    }
    /// One for each node; empty where the algorithm declares no input.
    package var sources: [Source]
    package init(sources: [Source] = []) { self.sources = sources }
}
