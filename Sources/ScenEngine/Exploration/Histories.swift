import ScenModel

/// What nodes have broadcast and delivered, where a condition reads it. It is no part of what nodes hold: no handler reads it and
/// no crash ends it. Kept as far as what is read depends on it, since every difference divides states.
struct Histories: ~Copyable {
    private let store: VectorStore
    private let memory: WorldMemory
    private let keepsCauses: Bool
    private let keepsOrder: Bool
    private let counts: Set<History>
    /// From a history and what a node does in one step to the next history.
    private var known: [Key: UInt32] = [:]
    private struct Key: Hashable {
        var history: UInt32
        var node: Int
        var note: Int
        var time: Int
    }

    static func areRead(by program: Program) -> Bool { !reads(of: program).isEmpty }

    /// Only observers have this instruction.
    private static func reads(of program: Program) -> Set<History> {
        Set(program.code.filter { $0.opcode == .loadHistory }.compactMap { History(rawValue: Int($0.c)) })
    }

    init(of program: Program, memory: WorldMemory) {
        let reads = Self.reads(of: program)
        self.memory = memory
        store = VectorStore(wordsMax: reads.isEmpty ? 1 << 10 : 1 << 30)
        keepsCauses = reads.contains(.broadcasts)
        keepsOrder = reads.contains(.deliveries)
        counts = reads.intersection([.repeats, .inventions])
    }

    deinit { store.release() }

    /// That which is in the world's memory; nil if there is no room.
    mutating func intern(_ machine: Machine) -> UInt32? {
        for node in 0..<memory.nodeCount where !normalise(memory.history(of: node), machine) { return nil }
        return memory.histories.withMemoryRebound(to: Int.self, capacity: memory.historyWords) {
            store.intern($0, memory.historyWords).map { UInt32($0) }
        }
    }

    func load(_ history: UInt32) {
        let words = store[Int(history)]
        for index in 0..<memory.historyWords { memory.histories[index] = Word(bits: words[index]) }
    }

    /// Adds what a node has done in a step, the one with this number among `notes`.
    mutating func add(
        _ effects: [Effect], number: Int, of node: Int, at time: Int, to history: UInt32, _ world: World
    ) -> UInt32? {
        let key = Key(history: history, node: node, note: number, time: time)
        if let next = known[key] { return next }
        load(history)
        let observed = memory.time
        defer { memory.time = observed }
        memory.time = time
        guard world.record(effects, of: node), let next = intern(world.machine) else { return nil }
        known[key] = next
        return next
    }

    /// False if there is no room.
    private func normalise(_ history: UnsafeMutablePointer<Word>, _ machine: Machine) -> Bool {
        for part in [History.repeats, .inventions] where !counts.contains(part) { history[part.rawValue] = Word(0) }
        let arena = machine.arena
        if !keepsCauses {
            history[History.seen.rawValue] = Word(0)
            let broadcasts = history[History.broadcasts.rawValue]
            var bare = arena.emptyList()
            for index in 0..<arena.count(of: broadcasts) {
                let broadcast = Word(bits: arena.contents(of: broadcasts)[index])
                let words = [arena.contents(of: broadcast)[0], arena.emptyList().bits, Word(0).bits]
                bare = arena.appending(bare, arena.composite(.tuple, of: words, count: 3))
                if bare.hasFailed { return false }
            }
            history[History.broadcasts.rawValue] = bare
        }
        guard !keepsOrder else { return true }
        let sorted = arena.copied(history[History.deliveries.rawValue], as: .list, sorting: true)
        if sorted.hasFailed { return false }
        history[History.deliveries.rawValue] = sorted
        return true
    }

    var bytes: Int { store.bytes + known.capacity * MemoryLayout<Key>.stride * 2 }

    func roots(_ mark: (Word) -> Void) {
        for id in 0..<store.count { for bits in store[id] { mark(Word(bits: bits)) } }
    }
}
