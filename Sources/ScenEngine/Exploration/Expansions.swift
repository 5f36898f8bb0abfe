import Synchronization

/// Expands states that follow one another by several workers at once, as far as they know what handlers come to.
///
/// While they do nobody adds a local state, a step, a flight or a state. What a worker does not know it leaves to `Search`, which then
/// takes up what was found in the order of the states, just as a single worker would: so all ids and numbers are the same.
final class Expansions: @unchecked Sendable {
    // Unchecked: each chunk is written by the worker that has taken it, and read when all have done.
    /// States in a chunk, and the chunks of a batch.
    private static let chunkStates = 512
    static let batchStates = 8192

    private let crew: Workers
    private let workers: [Exploration]
    private let chunks: [Chunk]
    private let next = Atomic<Int>(0)
    private var first = 0
    private var perChunk = 1

    init(_ exploration: Exploration, jobs: Int) {
        crew = Workers(others: jobs - 1)
        workers = (0..<jobs).map { _ in exploration.frozen() }
        chunks = (0..<max(Self.batchStates / Self.chunkStates, 4 * jobs) + 1).map { _ in Chunk(width: exploration.layout.width) }
    }

    /// At most `batchStates`.
    func run(_ states: Range<Int>) {
        first = states.lowerBound
        next.store(0, ordering: .relaxed)
        // Small ones at the end of a level, so that nobody waits long for the last.
        perChunk = max(16, min(Self.chunkStates, states.count / (4 * workers.count)))
        let size = perChunk
        let count = (states.count + size - 1) / size
        crew.run { [self] worker in
            while true {
                let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard chunk < count else { return }
                let start = states.lowerBound + chunk * size
                chunks[chunk].fill(start..<min(states.upperBound, start + size), by: workers[worker])
            }
        }
    }

    /// Of one of the states. To be asked in their order.
    func found(of state: Int) -> Found {
        let place = state - first
        return chunks[place / perChunk].found(place % perChunk)
    }

    struct Found {
        /// False: somebody has to expand it who may ask for what is not known.
        var isKnown: Bool
        var isEnd: Bool
        /// Of all that may follow.
        var successors: Int
        /// Rows of those that were not among the states before, nor found from one shortly before.
        var rows: UnsafeMutablePointer<UInt32>
        var count: Int
        /// Of the rows, and of those behind them up to the end of the chunk.
        var hashes: UnsafePointer<UInt64>
        var hashCount: Int
        /// The first of the rows is so far behind that of the chunk.
        var firstRow: Int
        /// To which ids of flights refer that are not known.
        var flights: UnsafePointer<Int>
    }
}

/// What may follow a few states.
private final class Chunk {
    private struct Entry {
        var isKnown: Bool
        var isEnd: Bool
        var successors: Int32
        var firstRow: Int32
        var rowCount: Int32
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
    private static let slotCount = 1 << 14

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

    func fill(_ states: Range<Int>, by worker: Exploration) {
        entries.removeAll(keepingCapacity: true)
        rows.removeAll()
        hashes.removeAll()
        slots.update(repeating: 0, count: Self.slotCount)
        fresh = 0
        worker.flights.unknown.removeAll()
        for state in states { entries.append(entry(of: state, by: worker)) }
        flights.removeAll()
        for index in 0..<worker.flights.unknown.count { flights.append(worker.flights.unknown[index]) }
    }

    private func entry(of state: Int, by worker: Exploration) -> Entry {
        var entry = Entry(
            isKnown: false, isEnd: worker.isEnd(state), successors: 0, firstRow: Int32(rows.count / width), rowCount: 0)
        do throws(Exploration.Stop) {
            try worker.expand(state)
        } catch {
            return entry
        }
        entry.isKnown = true
        entry.successors = Int32(worker.successors.count)
        worker.space.lookAhead(worker.successors.row(0), worker.successors.count)
        for index in 0..<worker.successors.count {
            let row = worker.successors.row(index)
            // What has a new flight is new.
            var hash: UInt64 = 0
            if row[worker.layout.flight] < Flights.firstUnknown {
                guard let new = worker.space.hashIfNew(ahead: index, row), isFirst(row, new) else { continue }
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
            isKnown: entry.isKnown, isEnd: entry.isEnd, successors: Int(entry.successors),
            rows: rows.start + Int(entry.firstRow) * width, count: Int(entry.rowCount),
            hashes: UnsafePointer(hashes.start + Int(entry.firstRow)), hashCount: hashes.count - Int(entry.firstRow),
            firstRow: Int(entry.firstRow), flights: flights.start)
    }
}
