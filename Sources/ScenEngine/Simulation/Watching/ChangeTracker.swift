import ScenModel

/// Which units of a board read what, and what has changed since they were last asked. It keeps a copy of whatever is read
/// and compares it with the world.
final class ChangeTracker {
    /// Something that a unit reads; without a node, of any.
    struct Reading {
        var kind: Int
        var node: Int?
        var unit: Int
    }
    private struct Entry {
        /// Index in `kinds`.
        var kind: Int32
        var unit: Int32
    }

    private let memory: WorldMemory
    private let layout: Program.Layout
    private let messageCount: Int
    /// Kinds of cells that anybody reads.
    private var kinds: [Int] = []
    /// By kind: units that read it of any node.
    private var ofAnyNode: [[Int]] = []
    /// Behind one another for each node: units that read a kind of this node.
    private var ofNode: [Entry] = []
    private var starts: [Int] = []
    /// By message: units that read how many were sent.
    private var ofMessage: [[Int]] = []
    private var readsMessages = false

    /// By node and kind, as last seen.
    private var seen = UnsafeMutableBufferPointer<Int>.allocate(capacity: 0)
    private var seenSent: [Int] = []

    init(_ memory: WorldMemory, _ program: Program) {
        self.memory = memory
        layout = program.layout
        messageCount = program.types.messages.count
    }

    deinit { seen.deallocate() }

    /// `messages`: kinds of messages with units; -1: all kinds.
    func subscribe(_ readings: [Reading], messages: [(message: Int, unit: Int)]) {
        kinds = Set(readings.map(\.kind)).sorted()
        ofAnyNode = kinds.map { kind in readings.filter { $0.kind == kind && $0.node == nil }.map(\.unit) }
        subscribeNodes(readings)
        ofMessage = Array(repeating: [], count: messageCount)
        for (message, unit) in messages {
            for each in message < 0 ? Array(0..<messageCount) : [message] { ofMessage[each].append(unit) }
        }
        readsMessages = !messages.isEmpty
        seen.deallocate()
        seen = .allocate(capacity: memory.nodeCount * kinds.count)
    }

    private func subscribeNodes(_ readings: [Reading]) {
        starts = Array(repeating: 0, count: memory.nodeCount + 1)
        let special = readings.filter { $0.node.map { (0..<memory.nodeCount).contains($0) } ?? false }
        for reading in special { starts[(reading.node ?? 0) + 1] += 1 }
        for node in 0..<memory.nodeCount { starts[node + 1] += starts[node] }
        var next = starts
        ofNode = Array(repeating: Entry(kind: 0, unit: 0), count: special.count)
        for reading in special {
            let node = reading.node ?? 0
            let kind = kinds.firstIndex(of: reading.kind) ?? 0
            ofNode[next[node]] = Entry(kind: Int32(kind), unit: Int32(reading.unit))
            next[node] += 1
        }
    }

    /// Whatever is now has been seen.
    func see() {
        for node in 0..<memory.nodeCount {
            for index in kinds.indices { seen[node * kinds.count + index] = now(kinds[index], node) }
        }
        if readsMessages { seenSent = (0..<messageCount).map { memory.sent[$0] } }
    }

    /// Adds the units that read something of this node that has changed, and has seen it.
    func changes(of node: Int, into units: inout [Int]) {
        let base = node &* kinds.count
        for index in kinds.indices {
            let value = now(kinds[index], node)
            if seen[base &+ index] == value { continue }
            seen[base &+ index] = value
            units += ofAnyNode[index]
            for place in starts[node]..<starts[node + 1] where ofNode[place].kind == index {
                units.append(Int(ofNode[place].unit))
            }
        }
    }

    func changesOfMessages(into units: inout [Int]) {
        guard readsMessages else { return }
        for message in 0..<messageCount where seenSent[message] != memory.sent[message] {
            seenSent[message] = memory.sent[message]
            units += ofMessage[message]
        }
    }

    /// What was seen of a node must not be taken for something made later.
    func roots(of node: Int, _ mark: (Word) -> Void) {
        for index in kinds.indices where kinds[index] < layout.width {
            mark(Word(bits: seen[node * kinds.count + index]))
        }
    }

    @inline(__always)
    private func now(_ kind: Int, _ node: Int) -> Int {
        if kind < layout.width { return memory.nodes[node &* memory.width &+ kind].bits }
        return kind == ReadSet.crashed(layout) ? (memory.crashed[node] ? 1 : 0) : memory.received[node]
    }
}
