/// A growing row of events in raw memory that knows its earliest time. Its owner frees it.
struct EventBucket {
    private var base: UnsafeMutablePointer<Event>?
    private(set) var count = 0
    private var capacity = 0
    /// ns; `Int.max` if empty.
    private(set) var earliest = Int.max

    @inline(__always)
    mutating func append(_ event: Event) {
        if count == capacity { grow() }
        // `grow` has made room.
        base.unsafelyUnwrapped[count] = event
        count &+= 1
        if event.time < earliest { earliest = event.time }
    }

    /// Empties it; what it held can be read until the next append.
    mutating func take() -> UnsafeMutableBufferPointer<Event> {
        defer { clear() }
        return UnsafeMutableBufferPointer(start: base, count: count)
    }

    mutating func clear() {
        count = 0
        earliest = .max
    }

    mutating func compact(_ isKept: (Event) -> Bool) {
        let old = take()
        for i in 0..<old.count where isKept(old[i]) { append(old[i]) }
    }

    func forEach(_ body: (Event) -> Void) {
        for i in 0..<count { body(base.unsafelyUnwrapped[i]) }
    }

    mutating func free() {
        base?.deallocate()
        base = nil
    }

    @inline(never)
    private mutating func grow() {
        capacity = max(8, capacity * 2)
        let larger = UnsafeMutablePointer<Event>.allocate(capacity: capacity)
        if let base {
            larger.update(from: base, count: count)
            base.deallocate()
        }
        base = larger
    }
}

/// First in, first out, in raw memory; does not grow while as many come as go. Its owner frees it.
struct EventRing {
    private var base: UnsafeMutablePointer<Event>?
    private var head = 0
    private(set) var count = 0
    /// A power of two less one.
    private var mask = -1

    @inline(__always)
    mutating func append(_ event: Event) {
        if count > mask { grow() }
        base.unsafelyUnwrapped[(head &+ count) & mask] = event
        count &+= 1
    }

    /// Only if it is not empty.
    @inline(__always)
    mutating func removeFirst() -> Event {
        let event = base.unsafelyUnwrapped[head]
        head = (head &+ 1) & mask
        count &-= 1
        return event
    }

    mutating func clear() {
        head = 0
        count = 0
    }

    mutating func compact(_ isKept: (Event) -> Bool) {
        for _ in 0..<count {
            let event = removeFirst()
            if isKept(event) { append(event) }
        }
    }

    func forEach(_ body: (Event) -> Void) {
        for i in 0..<count { body(base.unsafelyUnwrapped[(head &+ i) & mask]) }
    }

    mutating func free() {
        base?.deallocate()
        base = nil
    }

    @inline(never)
    private mutating func grow() {
        let capacity = max(8, (mask &+ 1) * 2)
        let larger = UnsafeMutablePointer<Event>.allocate(capacity: capacity)
        if let base {
            for i in 0..<count { larger[i] = base[(head &+ i) & mask] }
            base.deallocate()
        }
        base = larger
        head = 0
        mask = capacity - 1
    }
}
