import ScenModel

/// The adversary on arbitrary links, or behind faulty nodes that make up messages, while all runs are visited: what it has seen
/// is part of a state, by its number, and what it can make of that is remembered.
final class ExploredAdversary: KnowingAdversary {
    let powers: AdversaryPowers
    private let faults: FaultModel
    /// Whether states have a place for what it has seen.
    let remembers: Bool
    let deduction: Deduction
    /// By the faulty nodes of a beginning, whose secrets it has: their number in `keys`.
    private var numberOfKeys: [[Int]: Int] = [:]
    private(set) var keys: [Set<Int>] = []

    private struct Step: Hashable {
        var knowledge: Int
        var keys: Int
        var delivery: Int
    }
    private struct Made: Hashable {
        var knowledge: Int
        var keys: Int
        var kind: Int
    }
    private let store: VectorStore
    private var learned: [Step: Int] = [:]
    private var made: [Made: [Int]] = [:]
    private var changed: [Step: [Int]] = [:]
    private let seen: Seen
    private unowned let machine: Machine
    /// It knows what reaches and leaves faulty nodes.
    private let hasKeys: Bool
    /// What `seen` holds; -1: nothing that has a number.
    private var current = -1
    /// With whose secrets conditions are asked.
    private var observed = (knowledge: 0, keys: 0)
    /// Where whole messages with their links are kept.
    private let passages: Int

    /// Of one kind, from one state.
    static let messagesMax = 20_000

    /// Nil: nobody holds the links, and no node makes up messages.
    init?(_ system: SystemModel, _ machine: Machine) {
        guard system.network.links == .arbitrary || system.faults.makesUp else { return nil }
        powers = system.network.adversary
        faults = system.faults
        self.machine = machine
        hasKeys = system.nodes.kind == .byzantine
        let program = machine.program
        deduction = Deduction(machine, wanted: system.wantedByAdversary(in: program), hasKeys: hasKeys)
        passages = deduction.slots.count
        seen = Seen(slots: passages + 1)
        remembers = (hasKeys || powers.contains(.eavesdrop)) && (passages > 0 || powers.contains(.replay))
        store = VectorStore(wordsMax: 1 << 30)
        _ = [0].withUnsafeBufferPointer { nothing in nothing.baseAddress.map { store.intern($0, 0) } }
    }

    deinit { store.release() }

    /// Which secrets it has where these nodes are faulty.
    func keys(of faulty: [Int]) -> Int {
        if let number = numberOfKeys[faulty] { return number }
        numberOfKeys[faulty] = keys.count
        keys.append(Set(faulty))
        return keys.count - 1
    }

    // MARK: Seeing

    /// What it knows after these messages were sent; nil: there is no room.
    func after(_ knowledge: Int, _ keys: Int, _ deliveries: ArraySlice<Int>) -> Int? {
        var knowledge = knowledge
        for bits in deliveries {
            let delivery = LocalEvent(bits: bits)
            guard delivery.sender != delivery.recipient, sees(delivery, self.keys[keys]) else { continue }
            let step = Step(knowledge: knowledge, keys: keys, delivery: bits)
            if let known = learned[step] {
                knowledge = known
                continue
            }
            load(knowledge)
            deduction.learn(delivery.message, .message, self.keys[keys], into: seen)
            if powers.contains(.replay) { seen.insert(bits, into: passages) }
            let vector = seen.vector
            guard let next = intern(vector) else { return nil }
            current = next
            learned[step] = next
            knowledge = next
        }
        return knowledge
    }

    private func sees(_ delivery: LocalEvent, _ keys: Set<Int>) -> Bool {
        powers.contains(.eavesdrop) || keys.contains(delivery.sender) || keys.contains(delivery.recipient)
    }

    private func intern(_ vector: [Int]) -> Int? {
        vector.withUnsafeBufferPointer { $0.baseAddress.map { store.intern($0, vector.count) } ?? 0 }
    }

    private func load(_ knowledge: Int) {
        guard current != knowledge else { return }
        seen.load(store[knowledge])
        current = knowledge
    }

    // MARK: Doing

    /// Whether it may hand over as from this node what nobody has sent.
    func mayMakeUp(from node: Int, _ keys: Int) -> Bool {
        powers.contains(.spoof) || self.keys[keys].contains(node) && faults.behaviour(of: node).canMakeUp
    }

    /// All messages that it can make up; nil: too many.
    func messages(_ knowledge: Int, _ keys: Int) -> [Int]? {
        var all: [Int] = []
        for kind in machine.program.types.messages.indices {
            let key = Made(knowledge: knowledge, keys: keys, kind: kind)
            if made[key] == nil {
                load(knowledge)
                made[key] = deduction.messages(kind, self.keys[keys], seen, max: Self.messagesMax)
            }
            guard let messages = made[key] else { return nil }
            all += messages
        }
        return all
    }

    /// What it may put in place of a message: the same kind with other values in its fields. What it cannot make it leaves as it is.
    /// Nil: too many.
    func variants(of message: Word, _ knowledge: Int, _ keys: Int) -> [Int]? {
        let step = Step(knowledge: knowledge, keys: keys, delivery: message.bits)
        if let known = changed[step] { return known }
        load(knowledge)
        guard let variants = deduction.variants(of: message, self.keys[keys], seen, max: Self.messagesMax) else { return nil }
        changed[step] = variants
        return variants
    }

    /// Messages with their links that it may let arrive once more.
    func passages(_ knowledge: Int) -> [Int] {
        guard powers.contains(.replay) else { return [] }
        load(knowledge)
        return seen.words[passages].sorted()
    }

    // MARK: Being asked

    func observe(_ knowledge: Int, _ keys: Int) { observed = (knowledge, keys) }

    func knows(_ word: Word, _ type: ValueType) -> Bool {
        load(observed.knowledge)
        return deduction.knows(word, type, keys.isEmpty ? [] : keys[observed.keys], seen)
    }

    /// What it has seen and made stays for ever: states refer to it.
    func roots(_ mark: (Word) -> Void) {
        deduction.roots(mark)
        for knowledge in 0..<store.count {
            let vector = store[knowledge]
            for index in stride(from: 0, to: vector.count - 1, by: 2) {
                mark(vector[index] == passages ? LocalEvent(bits: vector[index + 1]).message : Word(bits: vector[index + 1]))
            }
        }
        for messages in made.values { for message in messages { mark(Word(bits: message)) } }
        for (step, messages) in changed {
            mark(Word(bits: step.delivery))
            for message in messages { mark(Word(bits: message)) }
        }
    }
}

extension SystemModel {
    /// Types of what the adversary may have to make, or is asked about.
    func wantedByAdversary(in program: Program) -> [ValueType] {
        var wanted: [ValueType] = []
        if faults.makesUp || !network.adversary.isDisjoint(with: [.modify, .spoof]) {
            wanted += program.types.messages.flatMap { $0.fields.map(\.type) }
        }
        for instruction in program.code where instruction.opcode == .loadAdversaryKnows {
            wanted.append(program.shownTypes[Int(instruction.c)])
        }
        return wanted
    }
}
