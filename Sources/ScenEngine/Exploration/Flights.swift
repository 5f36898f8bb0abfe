import ScenModel

/// What is in flight, as an ascending vector of deliveries to come (`LocalEvent`). Where order is kept, those of one link stand in the
/// order of sending, else equal messages stand together.
struct Flights {
    let store: VectorStore
    /// Links keep their order, or messages of a round are handed over in it.
    let isOrdered: Bool
    /// Of equal messages on a link that may lose them at most so many; one more is lost.
    let copiesMax: Int
    /// That which is being made.
    private struct Draft {
        var vector: UnsafeMutablePointer<Int>
        var count = 0
        var capacity = 256
        /// Made, and without ids so far: their lengths and deliveries, hashes, and who wants the id.
        var waiting = GrowingMemory<Int>()
        var hashes = GrowingMemory<UInt64>()
        var owners = GrowingMemory<Int>()
        /// What was read only to have it close by.
        var touched = 0
    }
    private let draft: UnsafeMutablePointer<Draft>
    /// Where the store is frozen: what it does not have, each as its length and its deliveries.
    let unknown: SharedRow<Int>
    /// Ids from this one on are places in `unknown`.
    static let firstUnknown = 1 << 31

    /// `frozen`: the same flights.
    init(isOrdered: Bool, copiesMax: Int, gate: Gate? = nil, frozen other: Flights? = nil) {
        self.isOrdered = isOrdered
        self.copiesMax = copiesMax
        store = other.map { VectorStore(frozen: $0.store) } ?? VectorStore(wordsMax: 1 << 32, gate: gate)
        draft = .allocate(capacity: 1)
        draft.initialize(to: Draft(vector: .allocate(capacity: 256)))
        unknown = SharedRow()
    }

    func release() {
        draft.pointee.vector.deallocate()
        draft.pointee.waiting.release()
        draft.pointee.hashes.release()
        draft.pointee.owners.release()
        draft.deallocate()
        unknown.release()
        store.release()
    }

    @inline(__always)
    subscript(flight: Int) -> UnsafeBufferPointer<Int> { store[flight] }

    /// Whether the message at this place is the next that its link may hand over, and no other equal one was.
    @inline(__always)
    func mayArrive(_ place: Int, _ flight: UnsafeBufferPointer<Int>) -> Bool {
        guard place > 0 else { return true }
        return isOrdered ? flight[place] >> 32 != flight[place - 1] >> 32 : flight[place] != flight[place - 1]
    }

    // MARK: Making

    func begin(_ flight: Int, without place: Int? = nil) {
        let old = store[flight]
        draft.pointee.count = 0
        reserve(old.count)
        let vector = draft.pointee.vector
        guard let place else {
            for index in 0..<old.count { vector[index] = old[index] }
            draft.pointee.count = old.count
            return
        }
        for index in 0..<place { vector[index] = old[index] }
        for index in place + 1..<old.count { vector[index - 1] = old[index] }
        draft.pointee.count = old.count - 1
    }

    func beginEmpty() { draft.pointee.count = 0 }

    /// `mayBeLost`: on a link that loses messages, and so more copies than are kept.
    @inline(__always)
    func add(_ delivery: Int, mayBeLost: Bool) {
        reserve(1)
        let (vector, count) = (draft.pointee.vector, draft.pointee.count)
        var place = count
        if isOrdered {
            while place > 0, vector[place - 1] >> 32 > delivery >> 32 { place -= 1 }
        } else {
            while place > 0, vector[place - 1] > delivery { place -= 1 }
        }
        if mayBeLost, copiesMax < Int.max, copies(of: delivery, before: place) >= copiesMax { return }
        var index = count
        while index > place {
            vector[index] = vector[index - 1]
            index -= 1
        }
        vector[place] = delivery
        draft.pointee.count = count + 1
    }

    /// All of them stand before `place`, in ordered flights among others of their link.
    private func copies(of delivery: Int, before place: Int) -> Int {
        let vector = draft.pointee.vector
        var copies = 0
        var index = place
        while index > 0, vector[index - 1] >> 32 == delivery >> 32 {
            index -= 1
            if vector[index] == delivery { copies += 1 }
        }
        return copies
    }

    func dropAll(to node: Int) { drop(where: { $0 >> 48 == node }) }

    @inline(__always)
    func drop(where isDropped: (_ delivery: Int) -> Bool) {
        let vector = draft.pointee.vector
        var kept = 0
        for index in 0..<draft.pointee.count where !isDropped(vector[index]) {
            vector[kept] = vector[index]
            kept += 1
        }
        draft.pointee.count = kept
    }

    /// In their order.
    func intern(_ messages: [Int]) -> Int? {
        beginEmpty()
        reserve(messages.count)
        for (index, message) in messages.enumerated() { draft.pointee.vector[index] = message }
        draft.pointee.count = messages.count
        return end()
    }

    // MARK: Several at once

    /// Those that waited have failed.
    func forget() {
        draft.pointee.waiting.removeAll()
        draft.pointee.hashes.removeAll()
        draft.pointee.owners.removeAll()
    }

    /// As `end`, but the id comes with `settle`.
    func endLater(for owner: Int) {
        let (vector, count) = (draft.pointee.vector, draft.pointee.count)
        draft.pointee.waiting.append(count)
        for index in 0..<count { draft.pointee.waiting.append(vector[index]) }
        draft.pointee.hashes.append(VectorStore.hash(vector, count))
        draft.pointee.owners.append(owner)
    }

    /// Ids for those that wait, in their order. False if there is no room left.
    @inline(__always)
    func settle(_ take: (_ owner: Int, _ flight: Int) -> Void) -> Bool {
        let count = draft.pointee.owners.count
        guard count > 0 else { return true }
        draft.pointee.touched = store.lookAhead(draft.pointee.hashes.start, count)
        var vector = UnsafePointer(draft.pointee.waiting.start)
        for index in 0..<count {
            guard let flight = id(of: vector + 1, vector[0], draft.pointee.hashes.start[index]) else { return false }
            take(draft.pointee.owners.start[index], flight)
            vector += vector[0] &+ 1
        }
        forget()
        return true
    }

    /// Nil if there is no room left.
    func end() -> Int? {
        let (vector, count) = (draft.pointee.vector, draft.pointee.count)
        return id(of: vector, count, VectorStore.hash(vector, count))
    }

    private func id(of vector: UnsafePointer<Int>, _ count: Int, _ hash: UInt64) -> Int? {
        if let flight = store.intern(vector, count, hash) { return flight }
        guard store.isFrozen, unknown.count + count < Self.firstUnknown - 1 else { return nil }
        let flight = Self.firstUnknown + unknown.count
        unknown.append(count)
        for index in 0..<count { unknown.append(vector[index]) }
        return flight
    }

    /// One that a worker did not know: its length and its deliveries.
    func take(_ unknown: UnsafePointer<Int>) -> Int? { store.intern(unknown + 1, unknown[0]) }

    private func reserve(_ more: Int) {
        let count = draft.pointee.count
        guard count + more > draft.pointee.capacity else { return }
        draft.pointee.capacity = max(draft.pointee.capacity * 2, count + more)
        let larger = UnsafeMutablePointer<Int>.allocate(capacity: draft.pointee.capacity)
        larger.update(from: draft.pointee.vector, count: count)
        draft.pointee.vector.deallocate()
        draft.pointee.vector = larger
    }
}
