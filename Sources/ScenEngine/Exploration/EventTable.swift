/// From a local state (with how it is asked) and an event to the range of their outcomes. Open addressing over raw memory. A copy
/// refers to the same table; its owner releases it.
struct EventTable {
    private struct Entry {
        var key: Int
        var event: Int
        var first: Int32
        var count: Int32
    }
    private struct Table {
        var entries: UnsafeMutablePointer<Entry>
        var mask = 1023
        var count = 0
    }
    private let table: UnsafeMutablePointer<Table>

    init() {
        table = .allocate(capacity: 1)
        table.initialize(to: Table(entries: Self.empty(1024)))
    }

    func release() {
        table.pointee.entries.deallocate()
        table.deallocate()
    }

    var bytes: Int {
        TableGrowth.bytes(
            slots: table.pointee.mask + 1, used: table.pointee.count, usedMax: table.pointee.mask * 2 / 3,
            slotBytes: MemoryLayout<Entry>.stride)
    }

    private static func empty(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
        entries.initialize(repeating: Entry(key: -1, event: 0, first: 0, count: 0), count: capacity)
        return entries
    }

    @inline(__always)
    private static func slot(_ key: Int, _ event: Int, _ mask: Int) -> Int {
        let hash = mixed(UInt64(bitPattern: Int64(key)) ^ 0x8EBC_6AF0_9C88_C6E3, UInt64(bitPattern: Int64(event)) ^ 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: hash) & mask
    }

    @inline(__always)
    subscript(key: Int, event: Int) -> Range<Int>? {
        let (entries, mask) = (table.pointee.entries, table.pointee.mask)
        var slot = Self.slot(key, event, mask)
        while entries[slot].key >= 0 {
            if entries[slot].key == key, entries[slot].event == event {
                return Int(entries[slot].first)..<Int(entries[slot].first &+ entries[slot].count)
            }
            slot = (slot &+ 1) & mask
        }
        return nil
    }

    /// What is not there yet.
    func enter(_ key: Int, _ event: Int, _ range: Range<Int>) {
        if table.pointee.count * 3 > table.pointee.mask * 2 { grow() }
        put(Entry(key: key, event: event, first: Int32(range.lowerBound), count: Int32(range.count)))
        table.pointee.count += 1
    }

    private func put(_ entry: Entry) {
        let (entries, mask) = (table.pointee.entries, table.pointee.mask)
        var slot = Self.slot(entry.key, entry.event, mask)
        while entries[slot].key >= 0 { slot = (slot &+ 1) & mask }
        entries[slot] = entry
    }

    private func grow() {
        let (old, oldMask) = (table.pointee.entries, table.pointee.mask)
        table.pointee.mask = oldMask * 2 + 1
        table.pointee.entries = Self.empty(table.pointee.mask + 1)
        for slot in 0...oldMask where old[slot].key >= 0 { put(old[slot]) }
        old.deallocate()
    }
}
