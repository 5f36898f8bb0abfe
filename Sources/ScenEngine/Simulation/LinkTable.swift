/// For each link how many messages it has been sent in this run, and when the last of them arrives.
///
/// Systems of up to 256 nodes have a table of all links; larger ones keep those that were used. Entries are of one run
/// and are told from older ones by its number, so that a new run clears nothing.
struct LinkTable: ~Copyable {
    private struct Entry {
        var key: UInt64
        var run: UInt32
        var sent: UInt32
        /// ns
        var lastArrival: Int
    }
    private static let denseNodes = 256

    private let nodeCount: Int
    private let isDense: Bool
    private var entries: UnsafeMutablePointer<Entry>
    private var capacity: Int
    private var used = 0
    private var run: UInt32 = 1

    init(nodeCount: Int) {
        self.nodeCount = nodeCount
        isDense = nodeCount <= Self.denseNodes
        capacity = isDense ? max(1, nodeCount * nodeCount) : 1024
        entries = Self.empty(capacity)
    }

    deinit { entries.deallocate() }

    private static func empty(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
        entries.initialize(
            repeating: Entry(key: 0, run: 0, sent: 0, lastArrival: 0), count: capacity)
        return entries
    }

    /// Forgets all links.
    mutating func clear() {
        used = 0
        run &+= 1
        if run == 0 {
            for i in 0..<capacity { entries[i].run = 0 }
            run = 1
        }
    }

    /// The number of the next message on the link, from 0.
    @inline(__always)
    mutating func count(from: Int, to: Int) -> UInt32 {
        let index = isDense ? from &* nodeCount &+ to : find(from, to)
        if entries[index].run != run {
            entries[index] = Entry(key: Self.key(from, to), run: run, sent: 1, lastArrival: 0)
            used &+= 1
            return 0
        }
        let number = entries[index].sent
        entries[index].sent = number &+ 1
        return number
    }

    /// No message that was sent earlier may arrive later than `arrival`; gives the moment at which this one may. The
    /// link has been counted.
    mutating func keepOrder(from: Int, to: Int, arrival: Int) -> Int {
        let index = isDense ? from &* nodeCount &+ to : find(from, to)
        let moment = max(arrival, entries[index].lastArrival)
        entries[index].lastArrival = moment
        return moment
    }

    private static func key(_ from: Int, _ to: Int) -> UInt64 {
        UInt64(UInt32(truncatingIfNeeded: from)) << 32 | UInt64(UInt32(truncatingIfNeeded: to))
    }

    /// The entry of the link, or the free one where it belongs.
    private mutating func find(_ from: Int, _ to: Int) -> Int {
        if used * 4 > capacity * 3 { grow() }
        return Self.probe(entries, capacity, run, Self.key(from, to))
    }

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
        for i in 0..<capacity where entries[i].run == run {
            larger[Self.probe(larger, capacity * 2, run, entries[i].key)] = entries[i]
        }
        entries.deallocate()
        entries = larger
        capacity *= 2
    }
}
