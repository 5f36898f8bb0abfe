/// Memory for events in chunks of one size, which rows take and give back: what one row needs no longer, another has.
/// It is a handle; the queue that made it releases it.
struct EventPool {
    /// The first slot of a chunk holds the way to the next one. A chunk lies at a multiple of its size, so that a pointer into
    /// it tells where it begins and ends.
    static let chunkBytes = 2048
    private static let slabBytes = 1 << 16

    private struct Storage {
        var free: UnsafeMutablePointer<Event>?
        var slabs: [UnsafeMutableRawPointer] = []
    }
    private let at: UnsafeMutablePointer<Storage>

    init() {
        at = .allocate(capacity: 1)
        at.initialize(to: Storage())
    }

    func release() {
        for slab in at.pointee.slabs { slab.deallocate() }
        at.deinitialize(count: 1)
        at.deallocate()
    }

    /// The beginning of a chunk.
    func take() -> UnsafeMutablePointer<Event> {
        if at.pointee.free == nil { addSlab() }
        let chunk = at.pointee.free.unsafelyUnwrapped
        at.pointee.free = Self.next(after: chunk)
        return chunk
    }

    func give(_ chunk: UnsafeMutablePointer<Event>) {
        Self.link(chunk, to: at.pointee.free)
        at.pointee.free = chunk
    }

    private func addSlab() {
        let slab = UnsafeMutableRawPointer.allocate(byteCount: Self.slabBytes, alignment: Self.chunkBytes)
        at.pointee.slabs.append(slab)
        for offset in stride(from: Self.slabBytes - Self.chunkBytes, through: 0, by: -Self.chunkBytes) {
            give((slab + offset).bindMemory(to: Event.self, capacity: Self.chunkBytes / MemoryLayout<Event>.stride))
        }
    }

    @inline(__always)
    static func next(after chunk: UnsafeMutablePointer<Event>) -> UnsafeMutablePointer<Event>? {
        UnsafeRawPointer(chunk).load(as: UnsafeMutablePointer<Event>?.self)
    }

    @inline(__always)
    static func link(_ chunk: UnsafeMutablePointer<Event>, to next: UnsafeMutablePointer<Event>?) {
        UnsafeMutableRawPointer(chunk).storeBytes(of: next, as: UnsafeMutablePointer<Event>?.self)
    }
}

/// Events first in, first out, in chunks of a pool. Takes no more memory than what it holds, and keeps one chunk when empty.
struct EventRow {
    /// Where the next one is read, and written. At the end of a chunk, or nil, there is no room.
    private var head: UnsafeMutablePointer<Event>?
    private var tail: UnsafeMutablePointer<Event>?
    private(set) var count = 0
    /// ns: no event of the row is earlier; `Int.max` if it is empty. Exact as long as nothing is removed.
    private(set) var earliest = Int.max

    @inline(__always)
    private static func isEnd(_ place: UnsafeMutablePointer<Event>?) -> Bool {
        UInt(bitPattern: place) & UInt(EventPool.chunkBytes - 1) == 0
    }

    /// Of the chunk in which the slot before `place` lies.
    private static func chunk(before place: UnsafeMutablePointer<Event>) -> UnsafeMutablePointer<Event> {
        let address = (UInt(bitPattern: place) &- 1) & ~UInt(EventPool.chunkBytes - 1)
        return UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
    }

    @inline(__always)
    mutating func append(_ event: Event, _ pool: EventPool) {
        if Self.isEnd(tail) { extend(pool) }
        // There is room now.
        tail.unsafelyUnwrapped.pointee = event
        tail = tail.unsafelyUnwrapped + 1
        count &+= 1
        if event.time < earliest { earliest = event.time }
    }

    /// Only if it is not empty.
    @inline(__always)
    mutating func removeFirst(_ pool: EventPool) -> Event {
        let event = head.unsafelyUnwrapped.pointee
        head = head.unsafelyUnwrapped + 1
        count &-= 1
        if count == 0 {
            // Head and tail have met in the last chunk: it is used again from its beginning.
            head = Self.chunk(before: head.unsafelyUnwrapped) + 1
            tail = head
            earliest = .max
        } else if Self.isEnd(head) {
            leaveChunk(pool)
        }
        return event
    }

    mutating func clear(_ pool: EventPool) {
        while count > 0 { _ = removeFirst(pool) }
    }

    /// Drops what `isKept` refuses; the order of the others stays.
    mutating func compact(_ pool: EventPool, _ isKept: (Event) -> Bool) {
        earliest = .max
        for _ in 0..<count {
            let event = removeFirst(pool)
            if isKept(event) { append(event, pool) }
        }
    }

    func forEach(_ body: (Event) -> Void) {
        var place = head
        for _ in 0..<count {
            if Self.isEnd(place) { place = Self.next(behind: place.unsafelyUnwrapped) }
            body(place.unsafelyUnwrapped.pointee)
            place = place.unsafelyUnwrapped + 1
        }
    }

    @inline(never)
    private mutating func extend(_ pool: EventPool) {
        let chunk = pool.take()
        EventPool.link(chunk, to: nil)
        if let tail { EventPool.link(Self.chunk(before: tail), to: chunk) } else { head = chunk + 1 }
        tail = chunk + 1
    }

    @inline(never)
    private mutating func leaveChunk(_ pool: EventPool) {
        let end = head.unsafelyUnwrapped
        head = Self.next(behind: end)
        pool.give(Self.chunk(before: end))
    }

    private static func next(behind end: UnsafeMutablePointer<Event>) -> UnsafeMutablePointer<Event>? {
        EventPool.next(after: chunk(before: end)).map { $0 + 1 }
    }
}
