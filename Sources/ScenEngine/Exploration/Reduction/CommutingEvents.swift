import ScenModel

/// What may happen to the nodes in the runs from one beginning, and which of it commutes.
///
/// It is found out from above: whatever a node may ever receive may come in any local state that the node may ever be in. Events of
/// different nodes commute, since a message that is sent takes nothing away. Two of the same node commute if in every such local state
/// both orders come to the same, outcome by outcome.
struct CommutingEvents {
    struct Event: Hashable {
        var node: Int
        var event: LocalEvent
    }
    /// What may be spent on finding out.
    struct Budget {
        /// Outcomes of events in local states, pairs of events in them, and what the machine does.
        var outcomes = 400_000
        var pairs = 4_000_000
        var instructions = 200_000_000
        /// Values and tables; given back when it is known.
        var bytes: Int

        init(of limit: Int) { bytes = min(128 << 20, limit / 4) }
    }
    /// Too much, or a handler may fail: nothing is known.
    private struct GivenUp: Error {}

    private(set) var events: [Event] = []
    private(set) var numbers: [Event: Int] = [:]
    /// Of the same node, and both orders may come to something else.
    private(set) var conflicting: [[Int]] = []
    /// Events that may send the message, or set the timer.
    private(set) var producers: [[Int]] = []
    /// Events that may change a word that somebody watches.
    private(set) var visible: [Int] = []
    private(set) var isVisible: [Bool] = []

    private let steps: LocalSteps
    private let firstTimer: Int
    private let lying: [Int]
    private var locals: [[Int]]
    private var isKnown: Set<Int> = []
    private var deliveries: [[Int]]
    private var left: [(local: Int, event: Int)] = []
    private var isProducer: Set<SIMD2<Int>> = []

    /// `rows`: the states in which runs begin. `watched`: words of local states, by node. Nil: it cannot be told.
    init?(of rows: [[UInt32]], in exploration: Exploration, watched: [[Int]], _ budget: inout Budget) {
        let nodes = exploration.nodeCount
        // Its own, so that what never happens is not among what does.
        steps = LocalSteps(
            world: exploration.world, crashLimits: [Int?](repeating: nil, count: nodes), faults: exploration.steps.faults, keepsNotes: false)
        firstTimer = LocalState.variables + exploration.world.memory.width
        guard let first = rows.first else { return nil }
        lying = first.withUnsafeBufferPointer { row in (0..<nodes).map { exploration.lying($0, row.baseAddress!) } }
        locals = [[Int]](repeating: [], count: nodes)
        deliveries = [[Int]](repeating: [], count: nodes)
        do throws(GivenUp) {
            for row in rows {
                for node in 0..<nodes {
                    let vector = exploration.steps.locals[Int(row[exploration.layout.local(node)])]
                    guard let start = vector.baseAddress, let local = steps.locals.intern(start, vector.count) else { throw GivenUp() }
                    reach(local, node)
                }
                for message in exploration.flights[Int(row[exploration.layout.flight])] { _ = number(of: LocalEvent(bits: message)) }
            }
            try close(watched, &budget)
            try compare(&budget)
        } catch {
            return nil
        }
        locals = []
        isKnown = []
        isProducer = []
    }

    // MARK: What may happen

    private mutating func reach(_ local: Int, _ node: Int) {
        guard isKnown.insert(local).inserted else { return }
        locals[node].append(local)
        for event in deliveries[node] { left.append((local, event)) }
        for timer in timers(local) { left.append((local, number(timer, node))) }
    }

    private func timers(_ local: Int) -> [LocalEvent] {
        steps.locals[local][firstTimer...].map { .firing(of: Word(bits: $0)) }
    }

    private mutating func number(of delivery: LocalEvent) -> Int {
        let node = delivery.recipient
        let count = events.count
        let number = number(delivery, node)
        if number == count {
            deliveries[node].append(number)
            for local in locals[node] { left.append((local, number)) }
        }
        return number
    }

    private mutating func number(_ event: LocalEvent, _ node: Int) -> Int {
        let event = Event(node: node, event: event)
        if let number = numbers[event] { return number }
        numbers[event] = events.count
        events.append(event)
        conflicting.append([])
        producers.append([])
        isVisible.append(false)
        return events.count - 1
    }

    private func outcomes(_ event: Int, _ local: Int) throws(GivenUp) -> Range<Int> {
        let node = events[event].node
        guard let range = steps.range(of: events[event].event, in: local, crashing: false, lying: lying[node]), !range.isEmpty else {
            throw GivenUp()
        }
        return range
    }

    private mutating func close(_ watched: [[Int]], _ budget: inout Budget) throws(GivenUp) {
        let bytes = budget.bytes + steps.world.machine.arenaBytes
        while let (local, event) = left.popLast() {
            let node = events[event].node
            let outcomes = try outcomes(event, local)
            budget.outcomes -= outcomes.count
            budget.instructions -= steps.world.machine.spent
            guard budget.outcomes >= 0, budget.instructions >= 0, steps.bytes + steps.world.machine.arenaBytes <= bytes else {
                // Other beginnings would not be cheaper.
                budget.outcomes = 0
                throw GivenUp()
            }
            for index in outcomes {
                let outcome = steps.outcomes[index]
                let (old, new) = (steps.locals[local], steps.locals[outcome.local])
                guard !LocalState.isDown(new) else { throw GivenUp() }
                if watched[node].contains(where: { old[$0] != new[$0] }) { isVisible[event] = true }
                for place in outcome.firstSend..<outcome.firstSend + outcome.sendCount {
                    let sent = number(of: LocalEvent(bits: steps.sends[place]))
                    produce(sent, by: event)
                }
                let before = Set(timers(local))
                for timer in timers(outcome.local) where !before.contains(timer) { produce(number(timer, node), by: event) }
                reach(outcome.local, node)
            }
        }
        visible = events.indices.filter { isVisible[$0] }
    }

    private mutating func produce(_ event: Int, by producer: Int) {
        if isProducer.insert(SIMD2(event, producer)).inserted { producers[event].append(producer) }
    }

    // MARK: What commutes

    private mutating func compare(_ budget: inout Budget) throws(GivenUp) {
        for node in locals.indices {
            let events = events.indices.filter { self.events[$0].node == node }
            for (index, one) in events.enumerated() {
                for other in events[(index + 1)...] {
                    for local in locals[node] where isPossible(one, local) && isPossible(other, local) {
                        budget.pairs -= 1
                        guard budget.pairs >= 0 else { throw GivenUp() }
                        if try commute(one, other, local) { continue }
                        conflicting[one].append(other)
                        conflicting[other].append(one)
                        break
                    }
                }
            }
        }
    }

    /// As far as it is a matter of the local state: a message may have been sent in any.
    private func isPossible(_ event: Int, _ local: Int) -> Bool {
        let event = events[event].event
        return event.isDelivery || timers(local).contains(event)
    }

    /// Neither takes the other away; whichever comes first, each has as many outcomes, that send the same, and any of the one
    /// with any of the other come to the same local state.
    private func commute(_ one: Int, _ other: Int, _ local: Int) throws(GivenUp) -> Bool {
        let (ones, others) = (try outcomes(one, local), try outcomes(other, local))
        for first in ones {
            let then = steps.outcomes[first].local
            guard isPossible(other, then) else { return false }
            let otherThen = try outcomes(other, then)
            guard otherThen.count == others.count else { return false }
            for (offset, second) in others.enumerated() {
                let now = steps.outcomes[second].local
                guard isPossible(one, now) else { return false }
                let oneThen = try outcomes(one, now)
                guard oneThen.count == ones.count else { return false }
                let (a, b) = (otherThen.lowerBound + offset, oneThen.lowerBound + first - ones.lowerBound)
                guard steps.outcomes[a].local == steps.outcomes[b].local, sendSame(a, second), sendSame(b, first) else { return false }
            }
        }
        return true
    }

    private func sendSame(_ one: Int, _ other: Int) -> Bool {
        let (one, other) = (steps.outcomes[one], steps.outcomes[other])
        guard one.sendCount == other.sendCount else { return false }
        return (0..<one.sendCount).allSatisfy { steps.sends[one.firstSend + $0] == steps.sends[other.firstSend + $0] }
    }
}
