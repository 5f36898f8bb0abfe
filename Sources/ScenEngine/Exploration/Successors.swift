/// What happens between two states: enough to carry it out again from the first.
struct Transition: Equatable {
    enum Kind: UInt8 {
        /// An event of a node: `event` and `outcome` (index in `LocalSteps.outcomes`).
        case event
        /// The same, and the message stays in flight.
        case duplicated
        /// A message is lost.
        case lost
        /// A message reaches a node that is down.
        case missed
        /// The adversary lets a message arrive with something else in it: `original` is what was in flight.
        case modified
        /// The adversary has made up the message.
        case spoofed
        /// The adversary lets it come once more.
        case replayed
        /// Time passes.
        case tick
        /// From now on the bound holds.
        case stabilised
    }
    var kind: Kind
    var node: Int32
    var event: LocalEvent
    /// -1 where no handler ran.
    var outcome: Int
    var original: LocalEvent

    init(_ kind: Kind, node: Int, event: LocalEvent, outcome: Int = -1, original: LocalEvent? = nil) {
        self.kind = kind
        self.node = Int32(truncatingIfNeeded: node)
        self.event = event
        self.outcome = outcome
        self.original = original ?? event
    }
}

/// Rows of states with the transitions that lead to them, in raw memory that is used again for each state.
struct Successors: ~Copyable {
    let width: Int
    private(set) var count = 0
    private var capacity = 64
    private var rows: UnsafeMutablePointer<UInt32>
    private(set) var transitions: [Transition] = []

    init(width: Int) {
        self.width = width
        rows = .allocate(capacity: 64 * width)
    }

    deinit { rows.deallocate() }

    @inline(__always)
    func row(_ index: Int) -> UnsafeMutablePointer<UInt32> { rows + index &* width }

    mutating func clear() {
        count = 0
        transitions.removeAll(keepingCapacity: true)
    }

    /// Room for another row, which begins as a copy of this one.
    @inline(__always)
    mutating func add(_ transition: Transition, from row: UnsafePointer<UInt32>) -> UnsafeMutablePointer<UInt32> {
        if count == capacity { grow() }
        let new = rows + count &* width
        new.update(from: row, count: width)
        transitions.append(transition)
        count &+= 1
        return new
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2 * width)
        larger.update(from: rows, count: count * width)
        rows.deallocate()
        rows = larger
        capacity *= 2
    }
}
