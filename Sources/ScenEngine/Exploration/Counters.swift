import ScenModel

/// What is counted over a run and belongs to a state: rounds, losses and duplications where the scope limits them, what
/// an adversary makes up, and messages sent and received where an expectation reads how many. Nothing else is counted, since every
/// count divides states. A copy refers to the same counts.
struct Counters {
    private let store: VectorStore
    private let countsLosses: Bool
    private let countsDuplicates: Bool
    private let countsRounds: Bool
    private let countsForgeries: Bool
    private let messages: Int
    private let nodes: Int
    var countsReceived: Bool { nodes > 0 }
    /// Sent or received.
    var countsMessages: Bool { messages > 0 || nodes > 0 }
    /// Nothing is counted.
    let isEmpty: Bool
    /// That which is being made.
    private let vector: UnsafeMutableBufferPointer<Int>

    private static let fixed = 6

    init(
        losses: Bool, duplicates: Bool, rounds: Bool, forgeries: Bool = false, readBy program: Program, nodeCount: Int,
        gate: Gate? = nil, frozen other: Counters? = nil
    ) {
        // Only observers have these instructions.
        let sent = program.code.contains { $0.opcode == .loadSent }
        let received = program.code.contains { $0.opcode == .loadReceived }
        store = other.map { VectorStore(frozen: $0.store) } ?? VectorStore(wordsMax: 1 << 30, gate: gate)
        countsLosses = losses
        countsDuplicates = duplicates
        countsRounds = rounds
        countsForgeries = forgeries
        messages = sent ? program.types.messages.count : 0
        nodes = received ? nodeCount : 0
        let counted = (sent ? program.types.messages.count : 0) + (received ? nodeCount : 0)
        isEmpty = !losses && !duplicates && !rounds && !forgeries && counted == 0
        vector = .allocate(capacity: Self.fixed + counted)
        vector.initialize(repeating: 0)
    }

    func release() {
        vector.deallocate()
        store.release()
    }

    /// All zero; nil if there is no room.
    func none() -> Int? {
        for index in vector.indices { vector[index] = 0 }
        return end()
    }

    func losses(_ counters: Int) -> Int { store[counters][0] }
    func duplicates(_ counters: Int) -> Int { store[counters][1] }
    /// The round that has ended.
    func round(_ counters: Int) -> Int { store[counters][2] }

    func forgeries(_ counters: Int) -> Int { store[counters][4] }

    /// In rounds: whether something was sent, if only to be lost, in the one that goes on.
    func hasSent(_ counters: Int) -> Bool { store[counters][5] != 0 }

    /// In rounds: the run has ended.
    func hasEnded(_ counters: Int) -> Bool { store[counters][3] != 0 }

    func begin(_ counters: Int) {
        let old = store[counters]
        for index in vector.indices { vector[index] = old[index] }
    }
    func addLoss() { if countsLosses { vector[0] += 1 } }
    func addDuplicate() { if countsDuplicates { vector[1] += 1 } }
    func addEnd() { vector[3] = 1 }
    func removeEnd() { vector[3] = 0 }
    /// The states at the ends of rounds do not tell whether something was sent in them.
    func addRound() {
        if countsRounds { vector[2] += 1 }
        vector[5] = 0
    }
    func addSending() { if countsRounds { vector[5] = 1 } }
    func addForgery() { if countsForgeries { vector[4] += 1 } }
    func addSent(_ message: Int) { if messages > 0 { vector[Self.fixed + message] += 1 } }
    func addReceived(_ node: Int) { if nodes > 0 { vector[Self.fixed + messages + node] += 1 } }
    func end() -> Int? { vector.baseAddress.flatMap { store.intern($0, vector.count) } }

    var bytes: Int { store.bytes }
    /// Different counts.
    var count: Int { store.count }

    /// For observers.
    func load(_ counters: Int, into memory: WorldMemory) {
        let counted = store[counters]
        for message in 0..<messages { memory.sent[message] = counted[Self.fixed + message] }
        for node in 0..<nodes { memory.received[node] = counted[Self.fixed + messages + node] }
    }
}
