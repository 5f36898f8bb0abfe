import ScenModel

/// The one adversary that chooses for all Byzantine nodes of a run: first a plan, drawn from the seed, then each message by it.
///
/// To find violations in few runs, a plan is usually consistent, as the attacks are that are used in proofs: it divides
/// the nodes into two camps and tells each its own story, the same by the mouth of every traitor.
final class Adversary: Liar {
    enum Plan {
        /// Each camp hears one story.
        case twoStories
        /// One camp hears the truth, the other a story.
        case truthAndStory
        /// One camp hears the truth, the other nothing.
        case truthAndSilence
        /// The truth up to some message, and nothing after it, like a crash.
        case crash
        /// Each message is something else, by chance.
        case random
    }
    /// What one camp is told.
    private struct Story {
        var seed: UInt64
        /// Not always the same, but something other than the truth, always by the same rule.
        var isTurned: Bool
    }
    private let faults: FaultModel
    private let ledger: DrawLedger?
    private let plans: [Plan]
    private var plan = Plan.random
    /// By node: in which camp it is.
    private var camps: [Bool] = []
    /// With which probability a message does not follow the plan, in 1/16.
    private var deviations: UInt64 = 0
    private var stories = [Story(seed: 0, isTurned: false), Story(seed: 0, isTurned: false)]
    /// By node: its own draws.
    private var streams: [RandomStream] = []
    /// By node: messages until it falls silent.
    private var truths: [Int] = []

    init(_ faults: FaultModel, ledger: DrawLedger? = nil) {
        self.faults = faults
        self.ledger = ledger
        let lies: [Plan] = faults.behaviours.contains(where: \.canLie) ? [.twoStories, .twoStories, .truthAndStory] : []
        let omits: [Plan] = faults.behaviours.contains(where: \.canOmit) ? [.truthAndSilence, .crash] : []
        plans = lies + omits + [.random]
    }

    func begin(seed: UInt64, nodeCount: Int) {
        var draws = RandomStream(seed: seed, purpose: .adversary)
        plan = plans[Int(draws.below(UInt64(plans.count)))]
        deviations = [0, 0, 1, 4][Int(draws.below(4))]
        for index in stories.indices { stories[index] = Story(seed: draws.next(), isTurned: draws.below(2) == 0) }
        camps = (0..<nodeCount).map { _ in draws.below(2) == 0 }
        streams = (0..<nodeCount).map { RandomStream(seed: seed, purpose: .lies, index: $0) }
        truths = streams.indices.map { node in
            var truths = 0
            while streams[node].below(4) != 0 { truths += 1 }
            return truths
        }
    }

    func lies(about messages: [Speech.Message], by node: Int, _ words: FalseWords) -> [Lie] {
        let behaviour = faults.behaviour(of: node)
        guard behaviour.canBeHonest else { return messages.map { _ in .omission } }
        let isSilent = behaviour.contains(.silent) && !behaviour.canOmit && streams[node].below(4) == 0
        if isSilent { return messages.map { _ in .omission } }
        let lies = messages.map { lie(about: $0, by: node, behaviour, words) }
        return ledger?.amended(lies, of: node) ?? lies
    }

    private func lie(
        about message: Speech.Message, by node: Int, _ behaviour: FaultModel.Behaviour, _ words: FalseWords
    ) -> Lie {
        let camp = camps[message.to]
        var plan = plan
        if deviations > 0, streams[node].below(16) < deviations { plan = .random }
        switch plan {
        case .twoStories: return tell(stories[camp ? 1 : 0], message, behaviour, words)
        case .truthAndStory: return camp ? .none : tell(stories[0], message, behaviour, words)
        case .truthAndSilence: return camp || !behaviour.canOmit ? .none : .omission
        case .crash:
            truths[node] -= 1
            return truths[node] >= 0 || !behaviour.canOmit ? .none : .omission
        case .random:
            let variants = behaviour.canLie ? words.count(of: message.word) : 1
            // The truth, silence and each falsehood: half of the time no falsehood.
            let choice = streams[node].below(4)
            if choice == 0, behaviour.canOmit { return .omission }
            return choice == 1 || variants == 1 ? .none : Lie(number: Int(streams[node].below(UInt64(variants))))
        }
    }

    /// By the same rule for every message of one kind to one camp, whoever sends it.
    private func tell(
        _ story: Story, _ message: Speech.Message, _ behaviour: FaultModel.Behaviour, _ words: FalseWords
    ) -> Lie {
        guard behaviour.canLie else { return .none }
        let variants = words.count(of: message.word)
        guard variants > 1 else { return .none }
        var draws = RandomStream(seed: story.seed &+ UInt64(words.kind(of: message.word)))
        if !story.isTurned { return Lie(number: Int(draws.below(UInt64(variants)))) }
        let turn = 1 + Int(draws.below(UInt64(variants - 1)))
        return Lie(number: ((words.number(of: message.word) ?? 0) + turn) % variants)
    }
}
