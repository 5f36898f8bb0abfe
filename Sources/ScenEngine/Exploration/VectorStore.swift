/// Vectors of words, each kept once: equal vectors have equal ids, which count from 0 in the order of their making. Ids and
/// places never change; memory is reserved as address space and used as it fills.
struct VectorStore: ~Copyable {
    private let words: ReservedMemory
    private let ends: ReservedMemory
    private let heap: UnsafeMutablePointer<Int>
    /// The vector `id` is `heap[starts[id] ..< starts[id + 1]]`.
    private let starts: UnsafeMutablePointer<Int>
    private(set) var count = 0
    private let countMax: Int
    private let wordsMax: Int
    /// Open addressing: id + 1, or 0.
    private var slots: UnsafeMutablePointer<UInt32>
    private var mask: Int

    /// Of words in all that fit.
    init(wordsMax limit: Int) {
        let words = ReservedMemory(bytes: limit * 8)
        let ends = ReservedMemory(bytes: limit * 8)
        self.words = words
        self.ends = ends
        heap = words.words(of: Int.self)
        starts = ends.words(of: Int.self)
        wordsMax = min(limit, words.bytes / 8)
        countMax = min(ends.bytes / 8 - 2, Int(UInt32.max) - 1)
        mask = 1023
        slots = .allocate(capacity: 1024)
        slots.initialize(repeating: 0, count: 1024)
    }

    deinit {
        slots.deallocate()
        words.release()
        ends.release()
    }

    var bytes: Int {
        starts[count] * 8 + count * 8
            + TableGrowth.bytes(slots: mask + 1, used: count, usedMax: mask * 3 / 4, slotBytes: 4)
    }

    subscript(id: Int) -> UnsafeBufferPointer<Int> {
        UnsafeBufferPointer(start: heap + starts[id], count: starts[id + 1] - starts[id])
    }

    /// Nil if there is no room left.
    mutating func intern(_ vector: UnsafePointer<Int>, _ length: Int) -> Int? {
        let hash = Self.hash(vector, length)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let id = Int(slots[slot]) - 1
            let start = starts[id]
            if starts[id + 1] - start == length, same(heap + start, vector, length) { return id }
            slot = (slot + 1) & mask
        }
        let start = starts[count]
        guard count < countMax, start + length <= wordsMax else { return nil }
        (heap + start).update(from: vector, count: length)
        starts[count + 1] = start + length
        count += 1
        slots[slot] = UInt32(count)
        if count * 4 > mask * 3 { grow() }
        return count - 1
    }

    private func same(_ a: UnsafePointer<Int>, _ b: UnsafePointer<Int>, _ length: Int) -> Bool {
        for index in 0..<length where a[index] != b[index] { return false }
        return true
    }

    private mutating func grow() {
        slots.deallocate()
        mask = mask * 2 + 1
        slots = .allocate(capacity: mask + 1)
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
