/// The states that were reached, in the order in which they were found, each with the state from which it was found first.
///
/// A state is a row of 32-bit ids: what all runs from one beginning share, one id for each node's local state, what is in
/// flight, and what is counted. Ids are exact, so equal rows are equal states: nothing is missed by a collision.
struct StateSpace: ~Copyable {
    /// Ids in a row.
    let width: Int
    private let rowMemory: ReservedMemory
    private let parentMemory: ReservedMemory
    private let rows: UnsafeMutablePointer<UInt32>
    private let parents: UnsafeMutablePointer<UInt32>
    private(set) var count = 0
    let countMax: Int
    private var slots: UnsafeMutablePointer<UInt32>
    private var mask: Int

    init(width: Int, countMax limit: Int) {
        let limit = min(limit, Int(UInt32.max) - 2)
        let rowMemory = ReservedMemory(bytes: limit * width * 4)
        let parentMemory = ReservedMemory(bytes: limit * 4)
        self.width = width
        self.rowMemory = rowMemory
        self.parentMemory = parentMemory
        rows = rowMemory.words(of: UInt32.self)
        parents = parentMemory.words(of: UInt32.self)
        countMax = min(limit, rowMemory.bytes / (width * 4), parentMemory.bytes / 4)
        mask = 1023
        slots = .allocate(capacity: 1024)
        slots.initialize(repeating: 0, count: 1024)
    }

    deinit {
        slots.deallocate()
        rowMemory.release()
        parentMemory.release()
    }

    var bytes: Int {
        count * (width + 1) * 4 + TableGrowth.bytes(slots: mask + 1, used: count, usedMax: mask * 2 / 3, slotBytes: 4)
    }

    @inline(__always)
    func row(_ state: Int) -> UnsafeMutablePointer<UInt32> { rows + state &* width }

    /// -1 for a state in which runs begin.
    func parent(_ state: Int) -> Int { Int(parents[state]) - 1 }

    enum Insertion: Equatable {
        case new
        case known(Int)
        case full
    }

    mutating func insert(_ row: UnsafePointer<UInt32>, parent: Int) -> Insertion {
        var slot = Int(truncatingIfNeeded: hash(row)) & mask
        while slots[slot] != 0 {
            let state = Int(slots[slot]) - 1
            if same(rows + state &* width, row) { return .known(state) }
            slot = (slot &+ 1) & mask
        }
        guard count < countMax else { return .full }
        (rows + count &* width).update(from: row, count: width)
        parents[count] = UInt32(parent + 1)
        count += 1
        slots[slot] = UInt32(count)
        if count &* 3 > mask &* 2 { grow() }
        return .new
    }

    /// The number of a state that has been reached.
    func number(of row: UnsafePointer<UInt32>) -> Int? {
        var slot = Int(truncatingIfNeeded: hash(row)) & mask
        while slots[slot] != 0 {
            let state = Int(slots[slot]) - 1
            if same(rows + state &* width, row) { return state }
            slot = (slot &+ 1) & mask
        }
        return nil
    }

    @inline(__always)
    private func same(_ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>) -> Bool {
        for index in 0..<width where a[index] != b[index] { return false }
        return true
    }

    @inline(__always)
    private func hash(_ row: UnsafePointer<UInt32>) -> UInt64 {
        var sum: UInt64 = 0
        var key: UInt64 = 0x8EBC_6AF0_9C88_C6E3
        for index in 0..<width {
            sum &+= mixed(UInt64(row[index]) ^ key, 0xE703_7ED1_A0B4_28DB)
            key &+= 0x9E37_79B9_7F4A_7C15
        }
        return mixed(sum ^ 0xA076_1D64_78BD_642F, 0xD6E8_FEB8_6659_FD93)
    }

    private mutating func grow() {
        slots.deallocate()
        mask = mask * 2 + 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
        for state in 0..<count {
            var slot = Int(truncatingIfNeeded: hash(rows + state &* width)) & mask
            while slots[slot] != 0 { slot = (slot &+ 1) & mask }
            slots[slot] = UInt32(state + 1)
        }
    }
}
