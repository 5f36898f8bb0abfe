import Synchronization

/// The states that were reached, in the order in which they were found, each with the state from which it was found first.
///
/// A state is a row of ids: what all runs from one beginning share, one id for each node's local state, what is in
/// flight, and what is counted. Ids are exact, so equal rows are equal states: nothing is missed by a collision. Kept are only as
/// many bits of each id as some row has needed.
///
/// A copy refers to the same states. One that is frozen only looks them up, so that other threads may while their owner adds some: a
/// row stands there before its slot says so, and before rows or slots move the gate is closed.
struct StateSpace {
    private struct Table {
        var places: PackedRows
        let countMax: Int
        /// Open addressing: some bits of the hash above the number of a state + 1; or 0.
        var slotMemory: ReservedMemory
        var slots: UnsafeMutablePointer<UInt32>
        var mask: Int
        /// Of a slot, for the number.
        var indexBits: UInt32
        /// Counts how often rows were packed anew.
        var packing = 0
    }
    /// Ids in a row.
    let width: Int
    private let rowMemory: ReservedMemory
    private let parentMemory: ReservedMemory
    private let rows: UnsafeMutablePointer<UInt64>
    private let parents: UnsafeMutablePointer<UInt32>
    private let table: UnsafeMutablePointer<Table>
    /// Of this copy: the last row that was asked for, and that which is looked up.
    private let unpacked: UnsafeMutablePointer<UInt32>
    private let packed: UnsafeMutablePointer<UInt64>
    /// Of this copy: rows that are looked up soon.
    private let ahead: Ahead
    /// Apart from what others read.
    private let counted: UnsafeMutablePointer<Int>
    private let gate: Gate?
    let isFrozen: Bool

    init(width: Int, countMax limit: Int, gate: Gate? = nil) {
        self.gate = gate
        counted = CacheLine.word()
        let limit = max(1, min(limit, Int(UInt32.max) - 2))
        let wordsMax = (width + 1) / 2
        let rowMemory = ReservedMemory(bytes: limit * wordsMax * 8)
        let parentMemory = ReservedMemory(bytes: limit * 4)
        self.width = width
        self.rowMemory = rowMemory
        self.parentMemory = parentMemory
        rows = rowMemory.words(of: UInt64.self)
        parents = parentMemory.words(of: UInt32.self)
        let slotMemory = ReservedMemory(bytes: 1024 * 4)
        table = .allocate(capacity: 1)
        table.initialize(
            to: Table(
                places: PackedRows(width: width), countMax: min(limit, rowMemory.bytes / (wordsMax * 8), parentMemory.bytes / 4),
                slotMemory: slotMemory, slots: slotMemory.words(of: UInt32.self), mask: 1023, indexBits: 10))
        unpacked = .allocate(capacity: width)
        packed = .allocate(capacity: wordsMax)
        ahead = Ahead(wordsMax: wordsMax)
        isFrozen = false
    }

    /// The same states.
    init(frozen other: StateSpace) {
        width = other.width
        rowMemory = other.rowMemory
        parentMemory = other.parentMemory
        rows = other.rows
        parents = other.parents
        table = other.table
        counted = other.counted
        gate = nil
        unpacked = .allocate(capacity: width)
        packed = .allocate(capacity: (width + 1) / 2)
        ahead = Ahead(wordsMax: (width + 1) / 2)
        isFrozen = true
    }

    func release() {
        unpacked.deallocate()
        packed.deallocate()
        ahead.release()
        guard !isFrozen else { return }
        table.pointee.places.release()
        table.pointee.slotMemory.release()
        table.deallocate()
        counted.deallocate()
        rowMemory.release()
        parentMemory.release()
    }

    @inline(__always)
    var count: Int { counted.pointee }
    var countMax: Int { table.pointee.countMax }

    var bytes: Int {
        count * (table.pointee.places.words * 8 + 4)
            + TableGrowth.bytes(slots: table.pointee.mask + 1, used: count, usedMax: table.pointee.mask * 2 / 3, slotBytes: 4)
    }

    /// Valid until the row of another state is asked for.
    @inline(__always)
    func row(_ state: Int) -> UnsafeMutablePointer<UInt32> {
        table.pointee.places.unpack(rows + state &* table.pointee.places.words, into: unpacked)
        return unpacked
    }

    /// -1 for a state in which runs begin.
    @inline(__always)
    func parent(_ state: Int) -> Int { Int(parents[state]) - 1 }

    enum Insertion: Equatable {
        case new
        case known(Int)
        case full
    }

    func insert(_ row: UnsafePointer<UInt32>, parent: Int) -> Insertion {
        if !table.pointee.places.pack(row, into: packed) { widen(for: row) }
        return insert(packed, table.pointee.places.hash(packed), parent)
    }

    private func insert(_ packed: UnsafePointer<UInt64>, _ hash: UInt64, _ parent: Int) -> Insertion {
        let slot: Int
        switch find(packed, hash) {
        case .known(let state): return .known(state)
        case .free(let free): slot = free
        }
        let (count, words) = (self.count, table.pointee.places.words)
        guard count < table.pointee.countMax else { return .full }
        (rows + count &* words).update(from: packed, count: words)
        parents[count] = UInt32(parent + 1)
        counted.pointee = count + 1
        atomicMemoryFence(ordering: .releasing)
        table.pointee.slots[slot] = entry(hash, count)
        if (count + 1) &* 3 > table.pointee.mask &* 2 { grow() }
        return .new
    }

    /// The number of a state that has been reached.
    func number(of row: UnsafePointer<UInt32>) -> Int? {
        guard table.pointee.places.pack(row, into: packed), case .known(let state) = find(packed, table.pointee.places.hash(packed))
        else { return nil }
        return state
    }

    // MARK: Rows that are looked up soon

    /// These will be asked for one after the other. Each has its place anywhere in the table; asked for at once, their places come from
    /// memory in the time of one.
    func lookAhead(_ rows: UnsafePointer<UInt32>, _ count: Int) {
        ahead.reserve(count)
        let words = table.pointee.places.words
        var (next, row) = (ahead.packed, rows)
        var fits = true
        var touched: UInt32 = 0
        let (slots, mask) = (table.pointee.slots, table.pointee.mask)
        for index in 0..<count {
            fits = table.pointee.places.pack(row, into: next) && fits
            let hash = table.pointee.places.hash(next)
            ahead.hashes[index] = hash
            touched &+= slots[Int(truncatingIfNeeded: hash) & mask]
            next += words
            row += width
        }
        ahead.touched = touched
        ahead.packing = fits ? table.pointee.packing : -1
    }

    /// The row at this place among those.
    func insert(ahead index: Int, _ row: UnsafePointer<UInt32>, parent: Int) -> Insertion {
        guard ahead.packing == table.pointee.packing else { return insert(row, parent: parent) }
        return insert(ahead.packed + index &* table.pointee.places.words, ahead.hashes[index], parent)
    }

    /// Nil for a state that has been reached; else a hash for whoever compares it with others that have not, and inserts it later.
    func hashIfNew(ahead index: Int, _ row: UnsafePointer<UInt32>) -> UInt64? {
        if ahead.packing == table.pointee.packing {
            let hash = ahead.hashes[index]
            if case .known = find(ahead.packed + index &* table.pointee.places.words, hash) { return nil }
            return hash
        }
        // An id that does not fit is new, and so is the state.
        guard table.pointee.places.pack(row, into: packed) else { return UInt64(row[width &- 2]) &* 0x9E37_79B9_7F4A_7C15 }
        let hash = table.pointee.places.hash(packed)
        if case .known = find(packed, hash) { return nil }
        return hash
    }

    /// Rows with these hashes will be inserted.
    func lookAhead(hashes: UnsafePointer<UInt64>, _ count: Int) {
        var touched: UInt32 = 0
        let (slots, mask) = (table.pointee.slots, table.pointee.mask)
        for index in 0..<count { touched &+= slots[Int(truncatingIfNeeded: hashes[index]) & mask] }
        ahead.touched = touched
    }

    private enum Found {
        case known(Int)
        case free(Int)
    }

    @inline(__always)
    private func find(_ packed: UnsafePointer<UInt64>, _ hash: UInt64) -> Found {
        let (slots, mask) = (table.pointee.slots, table.pointee.mask)
        let (bits, words) = (table.pointee.indexBits, table.pointee.places.words)
        let tag = tag(hash, bits)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> bits == tag {
                let state = Int(slots[slot] & (1 << bits &- 1)) &- 1
                if same(rows + state &* words, packed, words) { return .known(state) }
            }
            slot = (slot &+ 1) & mask
        }
        return .free(slot)
    }

    @inline(__always)
    private func tag(_ hash: UInt64, _ bits: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: hash >> 32) >> bits
    }

    @inline(__always)
    private func entry(_ hash: UInt64, _ state: Int) -> UInt32 {
        let bits = table.pointee.indexBits
        return tag(hash, bits) << bits | UInt32(truncatingIfNeeded: state &+ 1)
    }

    @inline(__always)
    private func same(_ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>, _ words: Int) -> Bool {
        for index in 0..<words where a[index] != b[index] { return false }
        return true
    }

    private func grow() {
        gate?.close()
        table.pointee.mask = table.pointee.mask * 2 + 1
        table.pointee.indexBits += 1
        newSlots()
        fillSlots()
        guard table.pointee.mask + 1 == Self.largeSlots else { return }
        rowMemory.preferLargePages()
        parentMemory.preferLargePages()
    }

    private static let largeSlots = 1 << 18

    /// All empty.
    private func newSlots() {
        table.pointee.slotMemory.release()
        let memory = ReservedMemory(bytes: (table.pointee.mask + 1) * 4)
        if table.pointee.mask >= Self.largeSlots { memory.preferLargePages() }
        table.pointee.slotMemory = memory
        table.pointee.slots = memory.words(of: UInt32.self)
    }

    private func fillSlots() {
        let (slots, mask, words) = (table.pointee.slots, table.pointee.mask, table.pointee.places.words)
        let block = 32
        ahead.reserve(block)
        let hashes = ahead.hashes
        ahead.packing = -1
        for first in stride(from: 0, to: count, by: block) {
            let some = min(block, count - first)
            for index in 0..<some { hashes[index] = table.pointee.places.hash(rows + (first &+ index) &* words) }
            lookAhead(hashes: hashes, some)
            for index in 0..<some {
                var slot = Int(truncatingIfNeeded: hashes[index]) & mask
                while slots[slot] != 0 { slot = (slot &+ 1) & mask }
                slots[slot] = entry(hashes[index], first &+ index)
            }
        }
    }

    /// Gives the ids more room, so that this row fits, and packs it.
    private func widen(for row: UnsafePointer<UInt32>) {
        gate?.close()
        var places = table.pointee.places.widened(for: row)
        let (old, new) = (table.pointee.places.words, places.words)
        // Each row is read before it is overwritten, whichever way the others move.
        let states = new > old ? stride(from: count - 1, through: 0, by: -1) : stride(from: 0, through: count - 1, by: 1)
        for state in states {
            table.pointee.places.unpack(rows + state * old, into: unpacked)
            _ = places.pack(unpacked, into: rows + state * new)
        }
        swap(&table.pointee.places, &places)
        table.pointee.packing += 1
        places.release()
        _ = table.pointee.places.pack(row, into: packed)
        newSlots()
        fillSlots()
    }
}
