import Synchronization

/// Vectors of words, each kept once: equal vectors have equal ids, which count from 0 in the order of their making. Ids and
/// places never change; memory is reserved as address space and used as it fills.
///
/// A copy refers to the same store. One that is frozen only looks things up, so that other threads may while its owner adds to it: a
/// vector stands there before its slot says so, and before slots move the gate is closed. Its owner releases it.
struct VectorStore {
    private struct Table {
        let countMax: Int
        let wordsMax: Int
        /// Open addressing: id + 1, or 0.
        var slots: UnsafeMutablePointer<UInt32>
        var mask: Int
    }
    private let words: ReservedMemory
    private let ends: ReservedMemory
    private let heap: UnsafeMutablePointer<Int>
    /// The vector `id` is `heap[starts[id] ..< starts[id + 1]]`.
    private let starts: UnsafeMutablePointer<Int>
    private let table: UnsafeMutablePointer<Table>
    /// Apart from what others read.
    private let counted: UnsafeMutablePointer<Int>
    private let gate: Gate?
    let isFrozen: Bool

    /// Of words in all that fit.
    init(wordsMax limit: Int, gate: Gate? = nil) {
        self.gate = gate
        counted = CacheLine.word()
        let words = ReservedMemory(bytes: limit * 8)
        let ends = ReservedMemory(bytes: limit * 8)
        self.words = words
        self.ends = ends
        heap = words.words(of: Int.self)
        starts = ends.words(of: Int.self)
        let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: 1024)
        slots.initialize(repeating: 0, count: 1024)
        table = .allocate(capacity: 1)
        table.initialize(
            to: Table(
                countMax: min(ends.bytes / 8 - 2, Int(UInt32.max) >> 1), wordsMax: min(limit, words.bytes / 8), slots: slots,
                mask: 1023))
        isFrozen = false
    }

    /// The same store.
    init(frozen other: VectorStore) {
        words = other.words
        ends = other.ends
        heap = other.heap
        starts = other.starts
        table = other.table
        counted = other.counted
        gate = nil
        isFrozen = true
    }

    func release() {
        guard !isFrozen else { return }
        table.pointee.slots.deallocate()
        table.deallocate()
        counted.deallocate()
        words.release()
        ends.release()
    }

    @inline(__always)
    var count: Int { counted.pointee }

    var bytes: Int {
        starts[count] * 8 + count * 8
            + TableGrowth.bytes(slots: table.pointee.mask + 1, used: count, usedMax: table.pointee.mask * 3 / 4, slotBytes: 4)
    }

    @inline(__always)
    subscript(id: Int) -> UnsafeBufferPointer<Int> {
        UnsafeBufferPointer(start: heap + starts[id], count: starts[id + 1] - starts[id])
    }

    /// Nil if there is no room left, or it is frozen and does not have it.
    func intern(_ vector: UnsafePointer<Int>, _ length: Int) -> Int? { intern(vector, length, Self.hash(vector, length)) }

    /// What lies close to where vectors with these hashes may be, read all at once: it comes from memory in the time of one.
    func lookAhead(_ hashes: UnsafePointer<UInt64>, _ count: Int) -> Int {
        let (slots, mask) = (table.pointee.slots, table.pointee.mask)
        var touched = 0
        for index in 0..<count { touched &+= Int(slots[Int(truncatingIfNeeded: hashes[index]) & mask]) }
        for index in 0..<count { touched &+= starts[Int(slots[Int(truncatingIfNeeded: hashes[index]) & mask])] }
        for index in 0..<count {
            let id = Int(slots[Int(truncatingIfNeeded: hashes[index]) & mask])
            if id > 0 { touched &+= heap[starts[id &- 1]] }
        }
        return touched
    }

    /// `hash`: of the vector.
    func intern(_ vector: UnsafePointer<Int>, _ length: Int, _ hash: UInt64) -> Int? {
        let (slots, mask) = (table.pointee.slots, table.pointee.mask)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let id = Int(slots[slot]) - 1
            let start = starts[id]
            if starts[id + 1] - start == length, same(heap + start, vector, length) { return id }
            slot = (slot + 1) & mask
        }
        return isFrozen ? nil : add(vector, length, slot)
    }

    private func add(_ vector: UnsafePointer<Int>, _ length: Int, _ slot: Int) -> Int? {
        let count = self.count
        let start = starts[count]
        guard count < table.pointee.countMax, start + length <= table.pointee.wordsMax else { return nil }
        (heap + start).update(from: vector, count: length)
        starts[count + 1] = start + length
        counted.pointee = count + 1
        atomicMemoryFence(ordering: .releasing)
        table.pointee.slots[slot] = UInt32(count + 1)
        if (count + 1) * 4 > table.pointee.mask * 3 { grow() }
        return count
    }

    @inline(__always)
    private func same(_ a: UnsafePointer<Int>, _ b: UnsafePointer<Int>, _ length: Int) -> Bool {
        for index in 0..<length where a[index] != b[index] { return false }
        return true
    }

    private func grow() {
        gate?.close()
        table.pointee.slots.deallocate()
        let mask = table.pointee.mask * 2 + 1
        let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
        for id in 0..<count {
            let vector = self[id]
            var slot = 0
            if let start = vector.baseAddress {
                slot = Int(truncatingIfNeeded: Self.hash(start, vector.count)) & mask
            }
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(id + 1)
        }
        table.pointee.mask = mask
        table.pointee.slots = slots
    }

    /// Only for the table: ids decide nothing that is reported.
    @inline(__always)
    static func hash(_ vector: UnsafePointer<Int>, _ length: Int) -> UInt64 {
        var sum = UInt64(truncatingIfNeeded: length)
        var key: UInt64 = 0x8EBC_6AF0_9C88_C6E3
        for index in 0..<length {
            sum &+= mixed(UInt64(bitPattern: Int64(vector[index])) ^ key, 0xE703_7ED1_A0B4_28DB)
            key &+= 0x9E37_79B9_7F4A_7C15
        }
        return mixed(sum ^ 0xA076_1D64_78BD_642F, 0xD6E8_FEB8_6659_FD93)
    }
}
