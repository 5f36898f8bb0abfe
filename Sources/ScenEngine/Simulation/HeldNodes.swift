import ScenModel

/// Nodes that do not handle at once what reaches them: they pause, or their handlers take time. What reaches such a node waits
/// in the order of its events.
///
/// Pauses that come by themselves need no events: when something reaches a node, its pauses up to that moment are drawn. One in
/// which nothing reaches the node leaves no trace, and no run goes on for its sake.
final class HeldNodes {
    private struct Node {
        var waiting = Row<Event>()
        /// Of the event that wakes it; 0 if there is none.
        var ticket: UInt64 = 0
        /// The first that waits is being handled; it takes effect when the node is woken.
        var isBusy = false
        /// ns: a pause that was ordered; `Int.max` if it lasts until the node crashes.
        var pausedUntil = 0
        var pauses = PauseSchedule()
        /// ns: the end of the last pause that was told.
        var toldUntil = 0
        var steps = RandomStream(state: 0)
    }
    /// ns
    struct Pause {
        var begin: Int
        var end: Int
    }

    private var nodes: [Node]
    private let every: BoxedSampler?
    private let length: BoxedSampler?
    private let step: BoxedSampler?
    /// Nil: nodes may pause at any time. Otherwise in bad periods only.
    private let badPeriods: BadPeriodCourse?
    private var tickets: UInt64 = 0
    /// Events in the queue that wake nobody any more.
    private(set) var staleWakes = 0
    /// At all nodes.
    private(set) var waiting = 0
    /// A run with more pauses than `drawnMax` cannot go on.
    private var drawn = 0
    private let drawnMax: Int

    /// Nil if the model has neither pauses nor handlers that take time.
    convenience init?(_ timing: TimingModel, _ badPeriods: BadPeriodCourse?, nodeCount: Int, drawnMax: Int) {
        if timing.pauses == nil, timing.step == nil { return nil }
        self.init(
            pauses: timing.pauses, step: timing.step, badPeriods: badPeriods, nodeCount: nodeCount, drawnMax: drawnMax)
    }

    init(
        pauses: Pauses? = nil, step: Distribution? = nil, badPeriods: BadPeriodCourse? = nil, nodeCount: Int,
        drawnMax: Int = .max
    ) {
        self.badPeriods = badPeriods
        self.drawnMax = drawnMax
        every = pauses.map { BoxedSampler($0.every) }
        length = pauses.map { BoxedSampler($0.length) }
        self.step = step.map { BoxedSampler($0) }
        nodes = Array(repeating: Node(), count: nodeCount)
    }

    func begin(seed: UInt64) {
        tickets = 0
        staleWakes = 0
        drawn = 0
        waiting = 0
        for i in nodes.indices {
            nodes[i].waiting.removeAll()
            nodes[i].ticket = 0
            nodes[i].isBusy = false
            nodes[i].pausedUntil = 0
            nodes[i].toldUntil = 0
            nodes[i].pauses = PauseSchedule(RandomStream(seed: seed, purpose: .pauses, index: i))
            nodes[i].steps = RandomStream(seed: seed, purpose: .step, index: i)
        }
    }

    // MARK: What waits

    var takesTime: Bool { step != nil }

    func isBusy(_ node: Int) -> Bool { nodes[node].isBusy }
    func first(at node: Int) -> Event? { nodes[node].waiting.first }
    func isWoken(_ node: Int) -> Bool { nodes[node].ticket != 0 }

    func add(_ event: Event, to node: Int) {
        waiting += 1
        nodes[node].waiting.append(event)
    }

    func takeFirst(at node: Int) -> Event {
        nodes[node].isBusy = false
        waiting -= 1
        return nodes[node].waiting.removeFirst()
    }

    /// The first that waits is taken up. Gives how long that takes (ns).
    func takeUp(at node: Int) -> Int {
        nodes[node].isBusy = true
        return step?.sampler.draw(&nodes[node].steps) ?? 0
    }

    func dropWaiting(_ isDropped: (Event) -> Bool) {
        for node in nodes.indices where nodes[node].waiting.count > 0 {
            var kept = Row<Event>()
            nodes[node].waiting.forEach { if !isDropped($0) { kept.append($0) } }
            waiting -= nodes[node].waiting.count - kept.count
            nodes[node].waiting = kept
        }
    }

    func countWaiting(_ isCounted: (Event) -> Bool) -> Int {
        var count = 0
        forEachWaiting { if isCounted($0) { count += 1 } }
        return count
    }

    func forEachWaiting(_ body: (Event) -> Void) {
        for node in nodes { node.waiting.forEach(body) }
    }

    func roots(_ mark: (Word) -> Void) { forEachWaiting { if $0.source >= 0 { mark($0.word) } } }

    // MARK: Waking

    /// The ticket of an event that wakes the node, in place of any other.
    func newTicket(for node: Int) -> UInt64 {
        dropTicket(of: node)
        tickets &+= 1
        nodes[node].ticket = tickets
        return tickets
    }

    func dropTicket(of node: Int) {
        if nodes[node].ticket != 0 { staleWakes += 1 }
        nodes[node].ticket = 0
    }

    /// The event with this ticket is due: whether it still wakes the node.
    func accept(_ ticket: UInt64, for node: Int) -> Bool {
        guard nodes[node].ticket == ticket else {
            staleWakes -= 1
            return false
        }
        nodes[node].ticket = 0
        return true
    }

    // MARK: Pauses

    /// The pause in which the node is at this moment; moments do not go back.
    func pause(of node: Int, at time: Int) -> Pause? {
        var pause: Pause?
        if let every, let length {
            nodes[node].pauses.advance(
                to: time, every: every.sampler, length: length.sampler, count: &drawn, countMax: drawnMax)
            let present = nodes[node].pauses
            if present.begin <= time, let limits = limits(at: time) {
                pause = Pause(begin: max(present.begin, limits.begin), end: min(present.end, limits.end))
            }
        }
        let ordered = nodes[node].pausedUntil
        if ordered > time { pause = Pause(begin: pause?.begin ?? time, end: max(ordered, pause?.end ?? 0)) }
        return pause
    }

    /// Between which moments around this one nodes may pause.
    private func limits(at time: Int) -> Pause? {
        guard let badPeriods else { return Pause(begin: 0, end: .max) }
        return badPeriods.period(at: time).map { Pause(begin: $0.begin, end: $0.end) }
    }

    var isExhausted: Bool { drawn > drawnMax || badPeriods?.isExhausted == true }

    /// Until a moment, or until the later one if it is paused already.
    func order(pauseOf node: Int, until end: Int) { nodes[node].pausedUntil = max(nodes[node].pausedUntil, end) }

    func endOrderedPause(of node: Int, at time: Int) {
        nodes[node].pausedUntil = 0
        nodes[node].toldUntil = min(nodes[node].toldUntil, time)
    }

    /// True the first time that it is asked of a pause.
    func isNews(_ pause: Pause, of node: Int) -> Bool {
        guard pause.end > nodes[node].toldUntil else { return false }
        nodes[node].toldUntil = pause.end
        return true
    }
}

/// The pauses of one node, drawn one after another as time goes on.
struct PauseSchedule {
    /// ns: of the present pause, or of the next.
    private(set) var begin = 0
    private(set) var end = 0
    private var stream: RandomStream

    init(_ stream: RandomStream = RandomStream(state: 0)) { self.stream = stream }

    /// Counts what it draws, and stops when that is too much.
    mutating func advance(
        to time: Int, every: borrowing Sampler, length: borrowing Sampler, count: inout Int, countMax: Int
    ) {
        while end <= time, count <= countMax {
            begin = Network.sum(end, every.draw(&stream))
            end = Network.sum(begin, length.draw(&stream))
            count += 1
        }
    }
}
