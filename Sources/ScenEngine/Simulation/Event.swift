import ScenModel

/// What will happen at a moment: 32 bytes without references, since the queue moves them about.
struct Event {
    /// In this order at one moment. What the scenario itself prescribes comes first.
    enum Class: Int {
        /// The end of a round, before anything of the next one.
        case endOfRound
        /// What an item of the timeline has done is undone.
        case timelineEnd
        case timeline
        /// What is to become of a node: `number` is a `FaultAction`.
        case fault
        /// The next message in the queue of a link has its turn.
        case turn
        /// A message that was held back arrives.
        case released
        /// What waits at a node that was paused or busy has its turn.
        case wake
        case arrival
        case timer
        case round
    }
    static let classes = 10

    /// ns
    var time: Int
    /// Message or timer.
    var word: Word
    /// Of a message, counted from 1 in the order of sending; of a timer, what `TimerTable` gave for it; of a fault, what it does;
    /// of a wake, what `HeldNodes` gave for it.
    var number: UInt64
    /// The node that it concerns; of a turn, the queue; of the timeline, the item.
    var node: Int32
    /// The sender of a message, or the complement of the class.
    private(set) var source: Int32

    @inline(__always)
    init(arrival message: Word, number: UInt64, from: Int, to node: Int, at time: Int) {
        self.time = time
        word = message
        self.number = number
        self.node = Int32(truncatingIfNeeded: node)
        source = Int32(truncatingIfNeeded: from)
    }

    @inline(__always)
    init(_ kind: Class, node: Int = 0, word: Word = .none, number: UInt64 = 0, at time: Int) {
        assert(kind != .arrival)
        self.time = time
        self.word = word
        self.number = number
        self.node = Int32(truncatingIfNeeded: node)
        source = ~Int32(truncatingIfNeeded: kind.rawValue)
    }

    init(_ action: FaultAction, of node: Int, at time: Int) {
        self.init(.fault, node: node, number: action.rawValue, at: time)
    }

    @inline(__always)
    var classIndex: Int {
        source >= 0 ? Class.arrival.rawValue : Int(~source)
    }
}

/// What an event of class `fault` does to its node. Those of one moment happen in the order in which they were given.
enum FaultAction: UInt64 {
    case crash
    case recover
    /// The same where the times between them are random: each brings about the other.
    case fail
    case repair
}
