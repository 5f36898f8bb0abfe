import ScenModel

/// Of what may happen next in a state, as much as is enough to keep every verdict (partial-order reduction, with strong stubborn sets:
/// Valmari 1991, 'Stubborn sets for reduced state space generation').
///
/// A set of events is stubborn if whatever else happens leaves it as it is: with an event that may happen come those that do not
/// commute with it; with one that may not yet, those that may bring it about. All ends of runs are kept so. For conditions on other
/// states two things are added: with an event that may change what they read come all such events; and where nothing new is found
/// everything is looked at, so that nothing is put off for ever (Bosnacki, Leue and Lluch-Lafuente 2009).
final class Reduction {
    /// Something that may happen.
    struct Enabled {
        var node: Int
        var event: LocalEvent
        /// Of a message in flight.
        var place: Int?
        fileprivate var number = 0
    }
    private let exploration: Exploration
    /// By node: words of its local state that conditions read in states that are no ends.
    private let watched: [[Int]]
    /// Conditions are asked of more than the ends of runs.
    let watchesStates: Bool
    /// By beginning. Where there is none all of what may happen is looked at.
    private var tables: [Int: CommutingEvents] = [:]
    private var budget: CommutingEvents.Budget
    /// States in which something was left out, and all.
    private(set) var reduced = 0
    private var asked = 0

    private var enabled: [Enabled] = []
    private var chosen: [Enabled] = []
    private var isIn: [Bool] = []
    private var isEnabled: [Bool] = []
    private var members: [Int] = []

    /// Nil where order matters in other ways than through what handlers come to, or what is asked hangs on more than the states.
    init?(_ exploration: Exploration, asked: [(Program.RoutineID, Search.Question)]) {
        let system = exploration.compiled.system
        guard system.timing.kind == .asynchronous, !system.timing.lockstep, exploration.isPlain, exploration.counters.isEmpty,
            !exploration.links.isLossy, !exploration.links.mayDuplicate, !exploration.flights.isOrdered, exploration.scope.steps == nil,
            let watched = Self.watched(asked, in: exploration)
        else { return nil }
        self.exploration = exploration
        self.watched = watched
        budget = CommutingEvents.Budget(of: exploration.limits.bytes)
        watchesStates = asked.contains { $0.1 != .falseAtAnEnd }
    }

    /// Nil: a condition reads something else than words of local states.
    private static func watched(_ asked: [(Program.RoutineID, Search.Question)], in exploration: Exploration) -> [[Int]]? {
        let program = exploration.compiled.program
        var watched = [Set<Int>](repeating: [], count: exploration.nodeCount)
        for (routine, question) in asked where question != .falseAtAnEnd {
            let reads = ReadSet(of: routine, in: program)
            if reads.isAlwaysStale || reads.readsOutcome || !reads.messages.isEmpty { return nil }
            for cell in reads.cells where cell.kind != ReadSet.crashed(program.layout) {
                guard cell.kind < program.layout.width else { return nil }
                var nodes = 0..<exploration.nodeCount
                if case .number(let node) = cell.node, nodes.contains(node) { nodes = node..<node + 1 }
                for node in nodes { watched[node].insert(LocalState.variables + cell.kind) }
            }
        }
        return watched.map { $0.sorted() }
    }

    /// Before the states of a beginning are expanded: `rows` are the first of them.
    func begin(_ beginning: Int, _ rows: [[UInt32]]) {
        guard budget.outcomes > 0, budget.pairs > 0, budget.instructions > 0 else { return }
        let mayCrash = rows.contains { row in
            row.withUnsafeBufferPointer { row in (0..<exploration.nodeCount).contains { exploration.isCrashPossible($0, row.baseAddress!) } }
        }
        let table = mayCrash ? nil : CommutingEvents(of: rows, in: exploration, watched: watched, &budget)
        if let table { tables[beginning] = table }
        exploration.steps.explored += 1
        // Their messages must not become others.
        for event in table?.events ?? [] where event.event.isDelivery { exploration.held.append(event.event.message) }
        exploration.collect()
    }

    /// Some of what may happen next, with which the rest commutes; nil: all of it is to be looked at.
    func choose(_ row: UnsafePointer<UInt32>) -> [Enabled]? {
        guard mayReduce, let table = tables[Int(row[RowLayout.beginning])] else { return nil }
        asked += 1
        guard gather(row, table), enabled.count > 1 else { return nil }
        defer { for each in enabled { isEnabled[each.number] = false } }
        chosen.removeAll(keepingCapacity: true)
        for each in enabled {
            guard let count = close(from: each.number, table), chosen.isEmpty || count < chosen.count else { continue }
            chosen.removeAll(keepingCapacity: true)
            for other in enabled where isIn[other.number] { chosen.append(other) }
            if count == 1 { break }
        }
        for member in members { isIn[member] = false }
        members.removeAll(keepingCapacity: true)
        if chosen.isEmpty { return nil }
        reduced += 1
        return chosen
    }

    /// What was chosen has led to nothing new, so that the rest was looked at, too.
    func undo() { reduced -= 1 }

    /// Where nearly nothing can be left out it is not tried for ever.
    var mayReduce: Bool { !tables.isEmpty && (asked < 4096 || reduced > asked / 16) }

    /// False if there is something that was not foreseen.
    private func gather(_ row: UnsafePointer<UInt32>, _ table: CommutingEvents) -> Bool {
        enabled.removeAll(keepingCapacity: true)
        let flight = exploration.flights[Int(row[exploration.layout.flight])]
        for place in flight.indices where exploration.flights.mayArrive(place, flight) {
            let event = LocalEvent(bits: flight[place])
            enabled.append(Enabled(node: event.recipient, event: event, place: place))
        }
        for node in 0..<exploration.nodeCount {
            let vector = exploration.steps.locals[Int(row[exploration.layout.local(node)])]
            for place in LocalState.variables + exploration.world.memory.width..<vector.count {
                enabled.append(Enabled(node: node, event: .firing(of: Word(bits: vector[place])), place: nil))
            }
        }
        while isIn.count < table.events.count {
            isIn.append(false)
            isEnabled.append(false)
        }
        for index in enabled.indices {
            guard let number = table.numbers[.init(node: enabled[index].node, event: enabled[index].event)] else {
                for each in enabled[..<index] { isEnabled[each.number] = false }
                return false
            }
            enabled[index].number = number
            isEnabled[number] = true
        }
        return true
    }

    /// The smallest stubborn set with this event: how many of its events may happen. Nil if that is all of them.
    private func close(from event: Int, _ table: CommutingEvents) -> Int? {
        for member in members { isIn[member] = false }
        members.removeAll(keepingCapacity: true)
        var (count, next) = (0, 0)
        var hasVisible = false
        add(event)
        while next < members.count {
            let member = members[next]
            next += 1
            guard isEnabled[member] else {
                for producer in table.producers[member] { add(producer) }
                continue
            }
            count += 1
            if count == enabled.count { return nil }
            for other in table.conflicting[member] { add(other) }
            if table.isVisible[member], !hasVisible {
                hasVisible = true
                for other in table.visible { add(other) }
            }
        }
        return count
    }

    @inline(__always)
    private func add(_ event: Int) {
        if isIn[event] { return }
        isIn[event] = true
        members.append(event)
    }
}

extension Exploration {
    /// Fills `successors` with what follows if one of these happens, on links that neither lose nor duplicate and with nodes that do
    /// not crash.
    func expand(_ row: UnsafePointer<UInt32>, only events: [Reduction.Enabled]) throws(Stop) {
        beginSuccessors()
        defer { settlesFlights = false }
        for event in events { try append(event.event, of: event.node, row, place: event.place, crashing: false) }
        try endSuccessors()
        try symmetry?.settle(successors)
    }
}
