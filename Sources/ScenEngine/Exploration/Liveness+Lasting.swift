import ScenModel

/// Properties of failure detectors and broadcasts: what holds for good, and who is always trusted.
extension Liveness {
    private static let tooShort = "some runs are cut off by 'for' before they could tell"

    /// A state that a run was cut off in.
    private var cuts: [Int] { (0..<exploration.space.count).filter { exploration.isEnd($0) && exploration.isCutOff($0) } }

    func answerLasting(_ holds: [Bool], half: Bool) throws(Exploration.Stop) -> Answer {
        let ending: (Int) -> Bool = { !holds[$0] && !exploration.isCutOff($0) }
        if let violation = try violation(from: beginnings(), staying: { _ in true }, through: [{ !holds[$0] }], ending: ending) {
            return .violated(violation)
        }
        let mayBeTooShort = half && holds.contains(false)
        return cuts.contains { mayBeTooShort || !holds[$0] } ? .undecided(Self.tooShort) : .holds
    }

    /// In each state the set of nodes that the routine gives, as bits.
    func sets(of routine: Program.RoutineID) throws(Exploration.Stop) -> [UInt64] {
        try values(of: routine) { [exploration] in exploration.isJudged($0) ? [] : nil } read: { [arena = exploration.world.machine.arena] word in
            guard let word else { return UInt64.max }
            let (start, count, _) = arena.elements(of: word)
            return (0..<count).reduce(0) { $0 | 1 << UInt64(start[$1] >> 1) }
        }
    }

    /// For every node there is a state again and again, or the state in which the run ends, in which the set is without it.
    func answerLastingSome(_ sets: [UInt64]) throws(Exploration.Stop) -> Answer {
        let through = (0..<exploration.nodeCount).map { node in { (state: Int) in sets[state] >> UInt64(node) & 1 == 0 } }
        if let violation = try violation(from: beginnings(), staying: { _ in true }, through: through) {
            return .violated(violation)
        }
        return cuts.isEmpty ? .holds : .undecided(Self.tooShort)
    }

    /// A run in which every node is missing in some state: breadth first over states and the nodes that no state was without.
    func emptying(_ sets: [UInt64]) throws(Exploration.Stop) -> Violation? {
        struct Place: Hashable {
            var state: Int
            var left: UInt64
        }
        var places = beginnings().map { Place(state: $0, left: sets[$0]) }
        var parents = places.map { _ in -1 }
        var known = Set(places)
        var next = 0
        while next < places.count {
            let place = places[next]
            if place.left == 0 {
                var way = [next]
                while let last = way.last, parents[last] >= 0 { way.append(parents[last]) }
                return Violation(states: way.reversed().map { places[$0].state }, loop: nil)
            }
            if wasExpanded(place.state) {
                try exploration.expand(place.state)
                for index in 0..<exploration.successors.count {
                    guard let state = exploration.space.number(of: exploration.successors.row(index)) else { continue }
                    let successor = Place(state: state, left: place.left & sets[state])
                    guard known.insert(successor).inserted else { continue }
                    places.append(successor)
                    parents.append(next)
                }
            }
            next += 1
        }
        return nil
    }
}
