import ScenModel

/// What the adversary sees in one run after another: on arbitrary links, and by the faulty nodes that it is in league with.
final class LinkObserver: KnowingAdversary {
    let powers: AdversaryPowers
    let deduction: Deduction
    let seen: Seen
    private let hasKeys: Bool
    private let faults: FaultModel
    /// Nodes whose secrets it has.
    private(set) var keys: Set<Int> = []
    /// In rounds it acts on what was sent in those that have ended.
    private let isInRounds: Bool
    private var sentInRound: [Word] = []

    /// Nil: nobody holds the links, and no node makes up messages.
    init?(_ system: SystemModel, _ machine: Machine) {
        guard system.network.links == .arbitrary || system.faults.makesUp else { return nil }
        powers = system.network.adversary
        faults = system.faults
        hasKeys = system.nodes.kind == .byzantine
        isInRounds = system.timing.lockstep
        deduction = Deduction(machine, wanted: system.wantedByAdversary(in: machine.program), hasKeys: hasKeys)
        seen = Seen(slots: deduction.slots.count)
    }

    /// A run begins.
    func begin(faulty: [Int]) {
        seen.clear()
        sentInRound.removeAll(keepingCapacity: true)
        keys = hasKeys ? Set(faulty) : []
    }

    func sees(from: Int, to: Int) -> Bool {
        from != to && (powers.contains(.eavesdrop) || keys.contains(from) || keys.contains(to))
    }

    /// A message is sent.
    func saw(_ message: Word, from: Int, to: Int) {
        guard sees(from: from, to: to) else { return }
        if isInRounds { sentInRound.append(message) } else { deduction.learn(message, .message, keys, into: seen) }
    }

    func endRound() {
        for message in sentInRound { deduction.learn(message, .message, keys, into: seen) }
        sentInRound.removeAll(keepingCapacity: true)
    }

    func knows(_ word: Word, _ type: ValueType) -> Bool { deduction.knows(word, type, keys, seen) }

    /// Whether it may hand over as from this node what nobody has sent.
    func mayMakeUp(from node: Int) -> Bool {
        powers.contains(.spoof) || keys.contains(node) && faults.behaviour(of: node).canMakeUp
    }

    func canMake(_ message: Word) -> Bool { knows(message, .message) }

    func canPut(_ message: Word, inPlaceOf other: Word) -> Bool {
        deduction.isVariant(message, of: other, .message, keys, seen)
    }

    func roots(_ mark: (Word) -> Void) {
        deduction.roots(mark)
        for message in sentInRound { mark(message) }
        for words in seen.words { for bits in words { mark(Word(bits: bits)) } }
    }
}
