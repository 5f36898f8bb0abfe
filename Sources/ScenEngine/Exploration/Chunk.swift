/// What may follow a few states.
final class Chunk {
    private struct Entry {
        var isKnown = false
        var isEnd = false
        var firstRow: Int32
        var rowCount: Int32 = 0
    }
    private let width: Int
    private var entries: [Entry] = []
    private let rows = SharedRow<UInt32>()
    /// Of each row, where all its ids are known; else 0.
    private let hashes = SharedRow<UInt64>()
    private let flights = SharedRow<Int>()
    /// Open addressing: number of a row + 1, or 0.
    private let slots: UnsafeMutablePointer<Int32>
    private var fresh = 0
    private static let slotCount = 1 << 12
    /// From so many on the rest of the states stay unknown: chunks are not foreseen in what an exploration takes.
    private static let rowsMax = 1 << 16

    init(width: Int) {
        self.width = width
        // A row that never had anything has no memory either.
        slots = .allocate(capacity: Self.slotCount)
        slots.initialize(repeating: 0, count: Self.slotCount)
        rows.append(0)
        hashes.append(0)
        flights.append(0)
    }

    deinit {
        slots.deallocate()
        rows.release()
        hashes.release()
        flights.release()
    }

    /// `gate`: one who is inside.
    func fill(_ states: Range<Int>, by helper: Exploration, _ gate: Gate) {
        entries.removeAll(keepingCapacity: true)
        rows.removeAll()
        hashes.removeAll()
        slots.update(repeating: 0, count: Self.slotCount)
        fresh = 0
        helper.flights.unknown.removeAll()
        for state in states {
            // Between two states nothing of the tables is held on to.
            let mayGoOn = rows.count / width <= Self.rowsMax && (!gate.isClosing || gate.giveWay())
            entries.append(mayGoOn ? entry(of: state, by: helper) : Entry(firstRow: Int32(rows.count / width)))
        }
        flights.removeAll()
        for index in 0..<helper.flights.unknown.count { flights.append(helper.flights.unknown[index]) }
    }

    private func entry(of state: Int, by helper: Exploration) -> Entry {
        var entry = Entry(firstRow: Int32(rows.count / width))
        do throws(Exploration.Stop) {
            try helper.expand(state)
        } catch {
            return entry
        }
        entry.isKnown = true
        entry.isEnd = helper.isEnd(state)
        helper.space.lookAhead(helper.successors.row(0), helper.successors.count)
        for index in 0..<helper.successors.count {
            let row = helper.successors.row(index)
            // What has a new flight is new.
            var hash: UInt64 = 0
            if row[helper.layout.flight] < Flights.firstUnknown {
                guard let new = helper.space.hashIfNew(ahead: index, row), isFirst(row, new) else { continue }
                hash = new
            }
            rows.append(row, count: width)
            hashes.append(hash)
            entry.rowCount += 1
        }
        return entry
    }

    /// Of its kind in this chunk, as far as there is room to remember it; then it will be the next row.
    private func isFirst(_ row: UnsafePointer<UInt32>, _ hash: UInt64) -> Bool {
        var slot = Int(truncatingIfNeeded: hash >> 20) & (Self.slotCount - 1)
        while slots[slot] != 0 {
            let other = rows.start + (Int(slots[slot]) - 1) * width
            if (0..<width).allSatisfy({ other[$0] == row[$0] }) { return false }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        if fresh < Self.slotCount / 2 {
            slots[slot] = Int32(rows.count / width + 1)
            fresh += 1
        }
        return true
    }

    func found(_ index: Int) -> Expansions.Found {
        let entry = entries[index]
        return Expansions.Found(
            isKnown: entry.isKnown, isEnd: entry.isEnd, rows: rows.start + Int(entry.firstRow) * width, count: Int(entry.rowCount),
            hashes: UnsafePointer(hashes.start + Int(entry.firstRow)), hashCount: hashes.count - Int(entry.firstRow),
            firstRow: Int(entry.firstRow), flights: flights.start)
    }
}
