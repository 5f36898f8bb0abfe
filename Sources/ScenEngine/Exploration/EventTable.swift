/// From a local state (with how it is asked) and an event to the range of their outcomes. Open addressing over raw memory.
struct EventTable: ~Copyable {
    private struct Entry {
        var key: Int
        var event: Int
        var first: Int32
        var count: Int32
    }
    private var entries: UnsafeMutablePointer<Entry>
    private var mask = 1023
    private var count = 0

    init() {
        entries = Self.empty(1024)
    }

    deinit { entries.deallocate() }

    var bytes: Int {
        TableGrowth.bytes(
            slots: mask + 1, used: count, usedMax: mask * 2 / 3, slotBytes: MemoryLayout<Entry>.stride)
    }

    private static func empty(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
        entries.initialize(repeating: Entry(key: -1, event: 0, first: 0, count: 0), count: capacity)
        return entries
    }

    @inline(__always)
    private func slot(_ key: Int, _ event: Int) -> Int {
        let hash = mixed(UInt64(bitPattern: Int64(key)) ^ 0x8EBC_6AF0_9C88_C6E3, UInt64(bitPattern: Int64(event)) ^ 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: hash) & mask
    }

    @inline(__always)
    subscript(key: Int, event: Int) -> Range<Int>? {
        var slot = slot(key, event)
        while entries[slot].key >= 0 {
            let entry = entries[slot]
            if entry.key == key, entry.event == event { return Int(entry.first)..<Int(entry.first &+ entry.count) }
            slot = (slot &+ 1) & mask
        }
        return nil
    }

    /// What is not there yet.
    mutating func enter(_ key: Int, _ event: Int, _ range: Range<Int>) {
        if count * 3 > mask * 2 { grow() }
        put(Entry(key: key, event: event, first: Int32(range.lowerBound), count: Int32(range.count)))
        count += 1
    }

    private func put(_ entry: Entry) {
        var slot = slot(entry.key, entry.event)
        while entries[slot].key >= 0 { slot = (slot &+ 1) & mask }
        entries[slot] = entry
    }

    private mutating func grow() {
        let old = entries
        let oldMask = mask
        mask = mask * 2 + 1
        entries = Self.empty(mask + 1)
        for slot in 0...oldMask where old[slot].key >= 0 { put(old[slot]) }
        old.deallocate()
    }
}
