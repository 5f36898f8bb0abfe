/// What is still to happen, in a total order: time, then class, then first in first out.
///
/// A monotone radix heap (Ahuja, Mehlhorn, Orlin and Tarjan 1990) over raw memory: bucket b holds the events whose time
/// differs from `now` in bit b at most. Events of one time are always in one bucket and buckets keep their order, so ties
/// stay first in first out. When time moves on, all events of the new moment go to one row for each class; what is
/// pushed for the current moment goes there at once, so that an arrival without latency still precedes the moment's timers.
struct EventQueue: ~Copyable {
    private static let bucketCount = 63

    private let pool = EventPool()
    private let buckets: UnsafeMutablePointer<EventRow>
    /// By class: what happens at `now`.
    private let moment: UnsafeMutablePointer<EventRow>
    /// Bit b: bucket b is not empty; bit c: row c of the moment is not empty.
    private var occupied: UInt64 = 0
    private var waiting: UInt64 = 0
    /// ns; no event before it can be pushed.
    private(set) var now = 0
    private(set) var count = 0

    init() {
        buckets = .allocate(capacity: Self.bucketCount)
        buckets.initialize(repeating: EventRow(), count: Self.bucketCount)
        moment = .allocate(capacity: Event.classes)
        moment.initialize(repeating: EventRow(), count: Event.classes)
    }

    deinit {
        pool.release()
        buckets.deallocate()
        moment.deallocate()
    }

    /// Forgets everything and goes back to time 0; keeps its memory.
    mutating func clear() {
        for i in 0..<Self.bucketCount where occupied & 1 &<< UInt64(i) != 0 { buckets[i].clear(pool) }
        for i in 0..<Event.classes { moment[i].clear(pool) }
        occupied = 0
        waiting = 0
        now = 0
        count = 0
    }

    /// `event.time` is not before `now`.
    @inline(__always)
    mutating func push(_ event: Event) {
        assert(event.time >= now)
        count &+= 1
        place(event)
    }

    @inline(__always)
    private mutating func place(_ event: Event) {
        let difference = UInt64(truncatingIfNeeded: event.time ^ now)
        if difference == 0 {
            let index = event.classIndex
            moment[index].append(event, pool)
            waiting |= 1 &<< UInt64(truncatingIfNeeded: index)
        } else {
            let index = 63 &- difference.leadingZeroBitCount
            buckets[index].append(event, pool)
            occupied |= 1 &<< UInt64(truncatingIfNeeded: index)
        }
    }

    /// The next event, if there is one up to `horizon`.
    @inline(__always)
    mutating func pop(until horizon: Int) -> Event? {
        if waiting == 0 {
            guard occupied != 0 else { return nil }
            let index = occupied.trailingZeroBitCount
            let earliest = buckets[index].earliest
            guard earliest <= horizon else { return nil }
            now = earliest
            occupied &= occupied &- 1
            if buckets[index].count == 1 {
                count &-= 1
                return buckets[index].removeFirst(pool)
            }
            spread(index)
        }
        let index = waiting.trailingZeroBitCount
        let event = moment[index].removeFirst(pool)
        if moment[index].count == 0 { waiting &= waiting &- 1 }
        count &-= 1
        return event
    }

    /// Time has moved on to the earliest event of this bucket: all of them go to the moment or to lower buckets.
    private mutating func spread(_ index: Int) {
        var row = buckets[index]
        while row.count > 0 { place(row.removeFirst(pool)) }
        buckets[index] = row
    }

    /// Drops what `isKept` refuses; the order of the others stays.
    mutating func compact(_ isKept: (Event) -> Bool) {
        occupied = 0
        waiting = 0
        count = 0
        for i in 0..<Self.bucketCount {
            buckets[i].compact(pool, isKept)
            if buckets[i].count > 0 { occupied |= 1 &<< UInt64(i) }
            count += buckets[i].count
        }
        for i in 0..<Event.classes {
            moment[i].compact(pool, isKept)
            if moment[i].count > 0 { waiting |= 1 &<< UInt64(i) }
            count += moment[i].count
        }
    }

    /// In no particular order.
    func forEach(_ body: (Event) -> Void) {
        for i in 0..<Self.bucketCount { buckets[i].forEach(body) }
        for i in 0..<Event.classes { moment[i].forEach(body) }
    }
}
