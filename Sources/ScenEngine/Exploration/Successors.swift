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
        /// An item of the timeline, `node`, acts: on links, or as a whole.
        case acted
        /// What it does ends.
        case ended
        /// It finds nobody.
        case foundNobody
        /// A node pauses.
        case paused
        /// A message is lost since its link is cut.
        case cutOff
        /// A message has arrived at a node that pauses, which will crash before it handles it.
        case waits
    }
    var kind: Kind
    /// What chance has decided about what was sent: a number of `ExploredRules.draws`.
    var draws: UInt16 = 0
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
struct Successors {
    private struct Memory {
        var count = 0
        var capacity = 64
        var rows: UnsafeMutablePointer<UInt32>
        var transitions: UnsafeMutablePointer<Transition>
    }
    let width: Int
    private let memory: UnsafeMutablePointer<Memory>

    init(width: Int) {
        self.width = width
        memory = .allocate(capacity: 1)
        memory.initialize(to: Memory(rows: .allocate(capacity: 64 * width), transitions: .allocate(capacity: 64)))
    }

    func release() {
        memory.pointee.rows.deallocate()
        memory.pointee.transitions.deallocate()
        memory.deallocate()
    }

    @inline(__always)
    var count: Int { memory.pointee.count }

    @inline(__always)
    func row(_ index: Int) -> UnsafeMutablePointer<UInt32> { memory.pointee.rows + index &* width }

    func transition(_ index: Int) -> Transition { memory.pointee.transitions[index] }

    /// Of the last one that was added.
    func note(draws: Int) {
        memory.pointee.transitions[memory.pointee.count &- 1].draws = UInt16(truncatingIfNeeded: draws)
    }

    var bytes: Int { memory.pointee.capacity * (width * 4 + MemoryLayout<Transition>.stride) }

    func clear() { memory.pointee.count = 0 }

    /// Room for another row, which begins as a copy of this one.
    @inline(__always)
    func add(_ transition: Transition, from row: UnsafePointer<UInt32>) -> UnsafeMutablePointer<UInt32> {
        if memory.pointee.count == memory.pointee.capacity { grow() }
        let count = memory.pointee.count
        let new = memory.pointee.rows + count &* width
        for place in 0..<width { new[place] = row[place] }
        (memory.pointee.transitions + count).initialize(to: transition)
        memory.pointee.count = count &+ 1
        return new
    }

    private func grow() {
        let (count, capacity) = (memory.pointee.count, memory.pointee.capacity * 2)
        let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * width)
        rows.update(from: memory.pointee.rows, count: count * width)
        memory.pointee.rows.deallocate()
        memory.pointee.rows = rows
        let transitions = UnsafeMutablePointer<Transition>.allocate(capacity: capacity)
        transitions.moveInitialize(from: memory.pointee.transitions, count: count)
        memory.pointee.transitions.deallocate()
        memory.pointee.transitions = transitions
        memory.pointee.capacity = capacity
    }
}
