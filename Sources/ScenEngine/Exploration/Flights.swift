import ScenModel

/// What is in flight, as an ascending vector of deliveries to come (`LocalEvent`). Where order is kept, those of one link stand in the
/// order of sending, else equal messages stand together.
struct Flights: ~Copyable {
    private(set) var store: VectorStore
    /// Links keep their order, or messages of a round are handed over in it.
    let isOrdered: Bool
    /// Of equal messages on a link at most so many; one more is lost.
    let copiesMax: Int
    private var vector: UnsafeMutablePointer<Int>
    private var count = 0
    private var capacity = 256

    init(isOrdered: Bool, copiesMax: Int) {
        self.isOrdered = isOrdered
        self.copiesMax = copiesMax
        store = VectorStore(wordsMax: 1 << 32)
        vector = .allocate(capacity: 256)
    }

    deinit { vector.deallocate() }

    @inline(__always)
    subscript(flight: Int) -> UnsafeBufferPointer<Int> { store[flight] }

    /// Whether the message at this place is the next that its link may hand over, and no other equal one was.
    @inline(__always)
    func mayArrive(_ place: Int, _ flight: UnsafeBufferPointer<Int>) -> Bool {
        guard place > 0 else { return true }
        return isOrdered ? flight[place] >> 32 != flight[place - 1] >> 32 : flight[place] != flight[place - 1]
    }

    // MARK: Making

    mutating func begin(_ flight: Int, without place: Int? = nil) {
        let old = store[flight]
        reserve(old.count)
        count = 0
        for index in 0..<old.count where index != place {
            vector[count] = old[index]
            count += 1
        }
    }

    mutating func beginEmpty() { count = 0 }

    @inline(__always)
    mutating func add(_ delivery: Int) {
        reserve(1)
        var place = count
        if isOrdered {
            while place > 0, vector[place - 1] >> 32 > delivery >> 32 { place -= 1 }
        } else {
            while place > 0, vector[place - 1] > delivery { place -= 1 }
        }
        if copiesMax < Int.max, copies(of: delivery, before: place) >= copiesMax { return }
        var index = count
        while index > place {
            vector[index] = vector[index - 1]
            index -= 1
        }
        vector[place] = delivery
        count += 1
    }

    /// All of them stand before `place`, in ordered flights among others of their link.
    private func copies(of delivery: Int, before place: Int) -> Int {
        var copies = 0
        var index = place
        while index > 0, vector[index - 1] >> 32 == delivery >> 32 {
            index -= 1
            if vector[index] == delivery { copies += 1 }
        }
        return copies
    }

    mutating func dropAll(to node: Int) {
        var kept = 0
        for index in 0..<count where vector[index] >> 48 != node {
            vector[kept] = vector[index]
            kept += 1
        }
        count = kept
    }

    /// In their order.
    mutating func intern(_ messages: [Int]) -> Int? {
        beginEmpty()
        reserve(messages.count)
        for (index, message) in messages.enumerated() { vector[index] = message }
        count = messages.count
        return end()
    }

    mutating func end() -> Int? { store.intern(vector, count) }

    private mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<Int>.allocate(capacity: capacity)
        larger.update(from: vector, count: count)
        vector.deallocate()
        vector = larger
    }
}
