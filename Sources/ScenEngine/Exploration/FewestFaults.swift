import ScenModel

/// Among the shortest runs that show something, one with the fewest faults: losses, duplications, crashes, lies, omissions and whatever an
/// adversary does. If as many, one with the fewest nodes that may be faulty.
///
/// The states before are gone through once more, from the nearest on, each with the fewest faults that lead to it.
struct FewestFaults {
    private let exploration: Exploration
    /// By state: of the run to it, and the state before.
    private var costs: [Int] = []
    private var parents: [Int] = []

    /// Where more states lie before, the first run that was found is kept.
    static let statesMax = 100_000
    private static let fault = 1 << 10

    private init(_ exploration: Exploration) { self.exploration = exploration }

    /// From a beginning to `state`, or to one as far away for which `shows` holds. What lies that far was not seen as a whole if the search
    /// ended there: `mayAdd`, and it is now.
    static func way(
        to state: Int, in exploration: Exploration, mayAdd: Bool, shows: (Int) throws(Exploration.Stop) -> Bool
    ) throws(Exploration.Stop) -> [Int] {
        var search = FewestFaults(exploration)
        return try search.way(to: state, mayAdd, shows)
    }

    private mutating func way(
        to state: Int, _ mayAdd: Bool, _ shows: (Int) throws(Exploration.Stop) -> Bool
    ) throws(Exploration.Stop) -> [Int] {
        let known = exploration.way(to: state)
        exploration.keepsTrails = true
        defer { exploration.keepsTrails = false }
        try begin()
        var level = 0..<costs.count
        var best = known.count == 1 ? (state, costs[state]) : (state, Int.max)
        for depth in 1..<max(known.count, 1) {
            guard level.upperBound <= Self.statesMax else { return known }
            let isLast = depth == known.count - 1
            for from in level {
                let cost = costs[from]
                if cost >= best.1 { continue }
                for step in try exploration.stepsWithFaults(from: from) {
                    let total = cost + step.faults * Self.fault
                    guard let target = try number(of: step.row, from, isLast && mayAdd && total < best.1) else { continue }
                    // A state that lies nearer is reached by a shorter way.
                    guard target >= level.upperBound, record(target, total, from) else { continue }
                    guard isLast, total < best.1 else { continue }
                    var shown = target == state
                    if !shown { shown = try shows(target) }
                    if shown { best = (target, total) }
                }
                exploration.collectIfDue()
            }
            level = level.upperBound..<costs.count
        }
        return best.1 == Int.max ? known : way(to: best.0)
    }

    private mutating func begin() throws(Exploration.Stop) {
        for number in 0..<(exploration.beginnings.count ?? 0) where exploration.symmetry?.begins(number) ?? true {
            var rows: [(row: [UInt32], faults: Int)] = []
            try exploration.forEachFirstRow(of: number) { row, faults throws(Exploration.Stop) in
                rows.append((exploration.copy(row), faults))
            }
            let faulty = exploration.isFaulty[number].count { $0 }
            for (row, faults) in rows {
                guard let state = try self.number(of: exploration.settled(row), -1, false) else { continue }
                _ = record(state, faults * Self.fault + min(faulty, Self.fault - 1), -1)
            }
        }
    }

    private func number(of row: [UInt32], _ from: Int, _ mayAdd: Bool) throws(Exploration.Stop) -> Int? {
        let known = row.withUnsafeBufferPointer { exploration.space.number(of: $0.baseAddress!) }
        guard known == nil, mayAdd else { return known }
        guard case .new = row.withUnsafeBufferPointer({ exploration.space.insert($0.baseAddress!, parent: from) }) else { return nil }
        return exploration.space.count - 1
    }

    /// True if it is cheaper than what was known.
    private mutating func record(_ state: Int, _ cost: Int, _ parent: Int) -> Bool {
        while costs.count <= state {
            costs.append(.max)
            parents.append(-1)
        }
        guard cost < costs[state] else { return false }
        costs[state] = cost
        parents[state] = parent
        return true
    }

    private func way(to state: Int) -> [Int] {
        var way = [state]
        while let first = way.last, parents[first] >= 0 { way.append(parents[first]) }
        return way.reversed()
    }
}

extension Exploration {
    /// Rows of what may follow the state, each with the fewest faults in the step that leads to it. With `keepsTrails`.
    fileprivate func stepsWithFaults(from state: Int) throws(Stop) -> [(row: [UInt32], faults: Int)] {
        if compiled.system.timing.lockstep, hasEnded(space.row(state)), !mayWait(space.row(state)) { return [] }
        if hasNodeRounds {
            var steps: [(row: [UInt32], faults: Int)] = []
            var product = try RoundProduct(after: copy(space.row(state)), self)
            try product.forEach { row, faults throws(Stop) in
                steps.append((self.copy(row), faults))
            }
            return steps
        }
        if !isSilent(state), let rows = try rowsAfterCommonStep(state) {
            return (0..<rows.count).map { (rows.row($0), faults(of: rows.trail($0))) }
        }
        try expand(state)
        return (0..<successors.count).map { index in
            let row = UnsafeBufferPointer(start: successors.row(index), count: layout.width)
            return (Array(row), faults(of: successors.transition(index)))
        }
    }

    func faults(of trail: [Transition]) -> Int { trail.reduce(0) { $0 + faults(of: $1) } }

    func faults(of transition: Transition) -> Int {
        var faults = transition.event == .crash ? 1 : 0
        switch transition.kind {
        case .event, .missed, .tick, .stabilised, .acted, .ended, .foundNobody, .paused, .cutOff, .waits: break
        case .duplicated, .lost, .modified, .spoofed, .replayed: faults += 1
        }
        guard transition.outcome >= 0 else { return faults }
        let outcome = steps.outcomes[transition.outcome]
        let manner = steps.manners[outcome.manner]
        if manner.interruption != nil { faults += 1 }
        if manner.meant != nil, let choices = steps.lieChoices(for: manner) {
            faults += choices.lies(outcome.lies).count { $0 != .none }
        }
        return faults
    }
}
