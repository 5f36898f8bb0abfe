import ScenModel

/// What the adversary on the links sees in one run after another.
final class LinkObserver: KnowingAdversary {
    let powers: AdversaryPowers
    let deduction: Deduction
    let seen: Seen
    private let hasKeys: Bool
    /// Nodes whose secrets it has.
    private(set) var keys: Set<Int> = []

    /// Nil: nobody holds the links.
    init?(_ system: SystemModel, _ machine: Machine) {
        guard system.network.links == .arbitrary else { return nil }
        powers = system.network.adversary
        hasKeys = system.nodes.kind == .byzantine
        deduction = Deduction(machine, wanted: powers.wanted(in: machine.program), hasKeys: hasKeys)
        seen = Seen(slots: deduction.slots.count)
    }

    /// A run begins.
    func begin(faulty: [Int]) {
        seen.clear()
        keys = hasKeys ? Set(faulty) : []
    }

    func sees(from: Int, to: Int) -> Bool {
        from != to && (powers.contains(.eavesdrop) || keys.contains(from) || keys.contains(to))
    }

    /// A message is sent.
    func saw(_ message: Word, from: Int, to: Int) {
        if sees(from: from, to: to) { deduction.learn(message, .message, keys, into: seen) }
    }

    func knows(_ word: Word, _ type: ValueType) -> Bool { deduction.knows(word, type, keys, seen) }

    func canMake(_ message: Word) -> Bool { knows(message, .message) }

    func canPut(_ message: Word, inPlaceOf other: Word) -> Bool {
        deduction.isVariant(message, of: other, .message, keys, seen)
    }

    func roots(_ mark: (Word) -> Void) {
        deduction.roots(mark)
        for words in seen.words { for bits in words { mark(Word(bits: bits)) } }
    }
}
