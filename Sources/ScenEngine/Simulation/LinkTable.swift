/// For each link how many messages it has been sent in this run and, where links keep the order, when the last of them arrives.
///
/// Up to some thousand nodes there is a row of all links of each node that sends; larger systems keep the links that were used.
/// What is left of an earlier run is told by its number, so that a new run clears only what it uses.
struct LinkTable: ~Copyable {
    private struct Entry {
        var key: UInt64
        var run: UInt32
        var sent: UInt32
    }
    /// Of the rows, if every node sends. Memory is taken only for those that do.
    private static let denseBytesMax = 256 << 20
    private static let sparseMin = 1024

    private let nodeCount: Int
    private let isDense: Bool
    private let keepsOrder: Bool
    /// How many links may be in use.
    private let linksMax: Int
    private var run: UInt32 = 1

    // Dense: node after node, and the run in which a row was used last.
    private let counts: ReservedMemory
    private let arrivals: ReservedMemory
    private let sent: UnsafeMutablePointer<UInt32>
    private let lastOfRows: UnsafeMutablePointer<Int>
    private let rowRun: UnsafeMutablePointer<UInt32>

    // Sparse
    private var entries: UnsafeMutablePointer<Entry>
    private var lastOfEntries: UnsafeMutablePointer<Int>
    private var capacity: Int
    private var used = 0
    /// More links are in use than may be: what the table says of others means nothing.
    private(set) var isFull = false

    init(nodeCount: Int, keepsOrder: Bool, linksMax: Int = .max) {
        let links = nodeCount * nodeCount
        let fits = links * (keepsOrder ? 12 : 4) <= Self.denseBytesMax
        let counts = ReservedMemory(bytes: fits ? links * 4 : 0)
        let arrivals = ReservedMemory(bytes: fits && keepsOrder ? links * 8 : 0)
        // The system may have given less.
        let isThere = counts.bytes >= links * 4 && (!keepsOrder || arrivals.bytes >= links * 8)
        let dense = fits && isThere
        self.nodeCount = nodeCount
        self.keepsOrder = keepsOrder
        self.linksMax = linksMax
        isDense = dense
        self.counts = counts
        self.arrivals = arrivals
        sent = counts.words(of: UInt32.self)
        lastOfRows = arrivals.words(of: Int.self)
        let rows = dense ? max(1, nodeCount) : 1
        rowRun = .allocate(capacity: rows)
        rowRun.initialize(repeating: 0, count: rows)
        capacity = dense ? 1 : Self.sparseMin
        entries = Self.empty(capacity)
        lastOfEntries = .allocate(capacity: keepsOrder ? capacity : 1)
    }

    deinit {
        counts.release()
        arrivals.release()
        rowRun.deallocate()
        entries.deallocate()
        lastOfEntries.deallocate()
    }

    private static func empty(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
        entries.initialize(repeating: Entry(key: 0, run: 0, sent: 0), count: capacity)
        return entries
    }

    /// Forgets all links.
    mutating func clear() {
        used = 0
        isFull = false
        run &+= 1
        if run == 0 {
            for i in 0..<capacity { entries[i].run = 0 }
            if isDense { rowRun.update(repeating: 0, count: nodeCount) }
            run = 1
        }
    }

    /// The number of the next message on the link, from 0.
    @inline(__always)
    mutating func count(from: Int, to: Int) -> UInt32 {
        guard isDense else { return countSparse(from, to) }
        if rowRun[from] != run { beginRow(from) }
        let place = sent + (from &* nodeCount &+ to)
        let number = place.pointee
        place.pointee = number &+ 1
        return number
    }

    /// No message that was sent earlier may arrive later than `arrival`; gives the moment at which this one may. The
    /// link has been counted, and links keep the order.
    mutating func keepOrder(from: Int, to: Int, arrival: Int) -> Int {
        let place = isDense ? lastOfRows + (from &* nodeCount &+ to) : lastOfEntries + find(from, to)
        let moment = max(arrival, place.pointee)
        place.pointee = moment
        return moment
    }

    @inline(never)
    private mutating func beginRow(_ from: Int) {
        rowRun[from] = run
        (sent + from * nodeCount).update(repeating: 0, count: nodeCount)
        if keepsOrder { (lastOfRows + from * nodeCount).update(repeating: 0, count: nodeCount) }
    }

    @inline(never)
    private mutating func countSparse(_ from: Int, _ to: Int) -> UInt32 {
        if used * 4 > capacity * 3 { grow() }
        let index = find(from, to)
        if entries[index].run != run {
            if used >= linksMax {
                isFull = true
                return 0
            }
            entries[index] = Entry(key: Self.key(from, to), run: run, sent: 1)
            if keepsOrder { lastOfEntries[index] = 0 }
            used &+= 1
            return 0
        }
        let number = entries[index].sent
        entries[index].sent = number &+ 1
        return number
    }

    private static func key(_ from: Int, _ to: Int) -> UInt64 {
        UInt64(UInt32(truncatingIfNeeded: from)) << 32 | UInt64(UInt32(truncatingIfNeeded: to))
    }

    /// The entry of the link, or the free one where it belongs.
    private func find(_ from: Int, _ to: Int) -> Int { Self.probe(entries, capacity, run, Self.key(from, to)) }

    private static func probe(
        _ entries: UnsafeMutablePointer<Entry>, _ capacity: Int, _ run: UInt32, _ key: UInt64
    ) -> Int {
        var index = Int(truncatingIfNeeded: RandomStream.mix(key)) & (capacity - 1)
        while entries[index].run == run && entries[index].key != key {
            index = (index + 1) & (capacity - 1)
        }
        return index
    }

    private mutating func grow() {
        let larger = Self.empty(capacity * 2)
        let lastOfLarger = UnsafeMutablePointer<Int>.allocate(capacity: keepsOrder ? capacity * 2 : 1)
        for i in 0..<capacity where entries[i].run == run {
            let index = Self.probe(larger, capacity * 2, run, entries[i].key)
            larger[index] = entries[i]
            if keepsOrder { lastOfLarger[index] = lastOfEntries[i] }
        }
        entries.deallocate()
        lastOfEntries.deallocate()
        entries = larger
        lastOfEntries = lastOfLarger
        capacity *= 2
    }
}
