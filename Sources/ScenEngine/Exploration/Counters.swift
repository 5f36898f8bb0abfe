import ScenModel

/// What is counted over a run and belongs to a state: rounds, losses and duplications where the scope limits them, what
/// an adversary makes up, and messages
/// sent and received where an expectation reads how many. Nothing else is counted, since every count divides states.
struct Counters: ~Copyable {
    private var store: VectorStore
    private let countsLosses: Bool
    private let countsDuplicates: Bool
    private let countsRounds: Bool
    private let countsForgeries: Bool
    private let messages: Int
    private let nodes: Int
    var countsReceived: Bool { nodes > 0 }
    /// Nothing is counted.
    let isEmpty: Bool
    private var vector: [Int]

    private static let fixed = 5

    init(losses: Bool, duplicates: Bool, rounds: Bool, forgeries: Bool = false, readBy program: Program, nodeCount: Int) {
        // Only observers have these instructions.
        let sent = program.code.contains { $0.opcode == .loadSent }
        let received = program.code.contains { $0.opcode == .loadReceived }
        store = VectorStore(wordsMax: 1 << 30)
        countsLosses = losses
        countsDuplicates = duplicates
        countsRounds = rounds
        countsForgeries = forgeries
        messages = sent ? program.types.messages.count : 0
        nodes = received ? nodeCount : 0
        let counted = (sent ? program.types.messages.count : 0) + (received ? nodeCount : 0)
        isEmpty = !losses && !duplicates && !rounds && !forgeries && counted == 0
        vector = [Int](repeating: 0, count: Self.fixed + counted)
    }

    /// All zero; nil if there is no room.
    mutating func none() -> Int? {
        for index in vector.indices { vector[index] = 0 }
        return end()
    }

    func losses(_ counters: Int) -> Int { store[counters][0] }
    func duplicates(_ counters: Int) -> Int { store[counters][1] }
    /// The round that has ended.
    func round(_ counters: Int) -> Int { store[counters][2] }

    func forgeries(_ counters: Int) -> Int { store[counters][4] }

    /// In rounds: the run has ended.
    func hasEnded(_ counters: Int) -> Bool { store[counters][3] != 0 }

    mutating func begin(_ counters: Int) {
        let old = store[counters]
        for index in vector.indices { vector[index] = old[index] }
    }
    mutating func addLoss() { if countsLosses { vector[0] += 1 } }
    mutating func addDuplicate() { if countsDuplicates { vector[1] += 1 } }
    mutating func addEnd() { vector[3] = 1 }
    mutating func addRound() { if countsRounds { vector[2] += 1 } }
    mutating func addForgery() { if countsForgeries { vector[4] += 1 } }
    mutating func addSent(_ message: Int) { if messages > 0 { vector[Self.fixed + message] += 1 } }
    mutating func addReceived(_ node: Int) { if nodes > 0 { vector[Self.fixed + messages + node] += 1 } }
    mutating func end() -> Int? { vector.withUnsafeBufferPointer { store.intern($0.baseAddress!, $0.count) } }

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
