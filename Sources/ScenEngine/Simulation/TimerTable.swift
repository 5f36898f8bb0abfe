import ScenModel

#if canImport(Glibc)
    import Glibc
#endif

/// Which timers are set. A timer is named by its node and its word; setting one that is set moves it.
///
/// The event of a timer that has been moved or cancelled stays in the queue: it is known as stale by its ticket, and
/// `stale` counts them, so that the queue can be cleared of them before they are many.
struct TimerTable: ~Copyable {
    private struct Slot {
        var word: Word
        var node: Int32
        /// Grows with every setting; an event with another one is stale.
        var generation: UInt32
        var nextInChain: Int32
        var nextOfNode: Int32
        var previousOfNode: Int32
        var isSet: Bool
    }

    private var slots: UnsafeMutablePointer<Slot>
    private var capacity: Int
    private var used = 0
    private var firstFree: Int32 = -1
    private var chains: UnsafeMutablePointer<Int32>
    private var chainMask: Int
    private let firstOfNode: UnsafeMutablePointer<Int32>
    private let nodeCount: Int
    /// Timers that are set.
    private(set) var count = 0
    /// Events in the queue that stand for no timer any more.
    private(set) var stale = 0

    init(nodeCount: Int) {
        self.nodeCount = nodeCount
        capacity = 16
        slots = Self.resized(nil, capacity)
        chainMask = 15
        chains = .allocate(capacity: chainMask + 1)
        chains.initialize(repeating: -1, count: chainMask + 1)
        firstOfNode = .allocate(capacity: max(1, nodeCount))
        firstOfNode.initialize(repeating: -1, count: max(1, nodeCount))
    }

    deinit {
        free(slots)
        chains.deallocate()
        firstOfNode.deallocate()
    }

    mutating func clear() {
        stale = 0
        guard used > 0 else { return }
        used = 0
        count = 0
        firstFree = -1
        chains.update(repeating: -1, count: chainMask + 1)
        firstOfNode.update(repeating: -1, count: nodeCount)
    }

    /// Gives the ticket that the timer's event must carry.
    mutating func set(_ word: Word, of node: Int) -> UInt64 {
        var index = find(word, node)
        if index >= 0 {
            stale += 1
        } else {
            index = insert(word, node)
        }
        slots[Int(index)].generation &+= 1
        return UInt64(UInt32(bitPattern: index)) << 32 | UInt64(slots[Int(index)].generation)
    }

    mutating func cancel(_ word: Word, of node: Int) {
        let index = find(word, node)
        guard index >= 0 else { return }
        stale += 1
        remove(index)
    }

    /// The event with this ticket is due, and is no longer in the queue: true if the timer is still set; then it no
    /// longer is.
    mutating func fire(ticket: UInt64) -> Bool {
        guard isSet(ticket: ticket) else {
            stale -= 1
            return false
        }
        remove(Int32(truncatingIfNeeded: ticket >> 32))
        return true
    }

    func isSet(ticket: UInt64) -> Bool {
        let slot = slots[Int(ticket >> 32)]
        return slot.isSet && slot.generation == UInt32(truncatingIfNeeded: ticket)
    }

    mutating func cancelAll(of node: Int) {
        while firstOfNode[node] >= 0 {
            stale += 1
            remove(firstOfNode[node])
        }
    }

    /// The queue has been cleared of stale events.
    mutating func staleDropped() { stale = 0 }

    func forEach(_ body: (Word) -> Void) {
        for i in 0..<used where slots[i].isSet { body(slots[i].word) }
    }

    private func chain(_ word: Word, _ node: Int) -> Int {
        let key = UInt64(bitPattern: Int64(word.bits)) &+ UInt64(node) &* RandomStream.golden
        return Int(truncatingIfNeeded: RandomStream.mix(key)) & chainMask
    }

    private func find(_ word: Word, _ node: Int) -> Int32 {
        var index = chains[chain(word, node)]
        while index >= 0 {
            let slot = slots[Int(index)]
            if slot.word == word && Int(slot.node) == node { return index }
            index = slot.nextInChain
        }
        return -1
    }

    private mutating func insert(_ word: Word, _ node: Int) -> Int32 {
        var generation: UInt32 = 0
        let index: Int32
        if firstFree >= 0 {
            index = firstFree
            firstFree = slots[Int(index)].nextInChain
            generation = slots[Int(index)].generation
        } else {
            if used == capacity { grow() }
            index = Int32(used)
            used += 1
        }
        let chain = chain(word, node)
        let next = firstOfNode[node]
        slots[Int(index)] = Slot(
            word: word, node: Int32(node), generation: generation, nextInChain: chains[chain],
            nextOfNode: next, previousOfNode: -1, isSet: true)
        if next >= 0 { slots[Int(next)].previousOfNode = index }
        chains[chain] = index
        firstOfNode[node] = index
        count += 1
        return index
    }

    private mutating func remove(_ index: Int32) {
        let slot = slots[Int(index)]
        let node = Int(slot.node)
        let chain = chain(slot.word, node)
        if chains[chain] == index {
            chains[chain] = slot.nextInChain
        } else {
            var before = chains[chain]
            while slots[Int(before)].nextInChain != index { before = slots[Int(before)].nextInChain }
            slots[Int(before)].nextInChain = slot.nextInChain
        }
        if slot.previousOfNode >= 0 {
            slots[Int(slot.previousOfNode)].nextOfNode = slot.nextOfNode
        } else {
            firstOfNode[node] = slot.nextOfNode
        }
        if slot.nextOfNode >= 0 { slots[Int(slot.nextOfNode)].previousOfNode = slot.previousOfNode }
        slots[Int(index)].isSet = false
        slots[Int(index)].nextInChain = firstFree
        firstFree = index
        count -= 1
    }

    /// Moves pages and not their contents where the system can do that: a large table is never there twice.
    private static func resized(_ slots: UnsafeMutablePointer<Slot>?, _ capacity: Int) -> UnsafeMutablePointer<Slot> {
        guard let memory = realloc(slots, capacity * MemoryLayout<Slot>.stride) else {
            preconditionFailure("the system gives no memory")
        }
        return memory.bindMemory(to: Slot.self, capacity: capacity)
    }

    private mutating func grow() {
        capacity *= 2
        slots = Self.resized(slots, capacity)
        chains.deallocate()
        chainMask = capacity - 1
        chains = .allocate(capacity: capacity)
        chains.initialize(repeating: -1, count: capacity)
        for i in 0..<used where slots[i].isSet {
            let chain = chain(slots[i].word, Int(slots[i].node))
            slots[i].nextInChain = chains[chain]
            chains[chain] = Int32(i)
        }
    }
}
