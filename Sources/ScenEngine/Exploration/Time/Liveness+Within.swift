import ScenModel

/// What has to come within a time. How long a run has taken is no part of states: it is counted along their ways.
extension Liveness {
    private struct Place {
        var state: Int
        /// ns since the root.
        var elapsed: Int
        /// As observed last.
        var isBad: Bool
        /// Index of a place; -1 for a root.
        var parent: Int
    }
    private static let tooShort = "runs are cut off by 'for' before the time of 'within' is over"

    func answer(eventually routine: Program.RoutineID, within: Int) throws(Exploration.Stop) -> Answer {
        let holds = try truth(of: routine, unobserved: false)
        return try late(from: beginnings(), staying: { !holds[$0] }, within).answer
    }

    func answer(eventuallyAlways routine: Program.RoutineID, within: Int) throws(Exploration.Stop) -> Answer {
        let holds = try truth(of: routine, unobserved: true)
        return try late(from: beginnings(), staying: { _ in true }, within, isBad: { !holds[$0] }).answer
    }

    /// A run from a root that stays in states of that kind until the time is over, and then is in a bad one; or that ends before, in
    /// a bad one. A state that is not observed is as bad as that before it, which lasts. Longer ways to a state are worse, so that it
    /// is gone on from only if it takes longer than before. `left`: some run leaves states of that kind in time.
    func late(
        from roots: [Int], staying stays: (Int) -> Bool, _ within: Int, isBad: (Int) -> Bool = { _ in true },
        fromBeginnings: Bool = true
    ) throws(Exploration.Stop) -> (answer: Answer, left: Bool) {
        guard let time = exploration.time else { return (.undecided("there is no clock"), false) }
        let horizon = time.horizon.map { $0 * time.tick }
        var isTooShort = false
        var left = false
        var longest: [Int: Int] = [:]
        var places: [Place] = []
        func add(_ state: Int, _ elapsed: Int, _ parent: Int) {
            let wasBad = parent >= 0 && places[parent].isBad
            let isBad = exploration.isJudged(state) ? isBad(state) : wasBad
            let key = state << 1 | (isBad ? 1 : 0)
            if let known = longest[key], known >= elapsed { return }
            longest[key] = elapsed
            places.append(Place(state: state, elapsed: elapsed, isBad: isBad, parent: parent))
        }
        for root in roots where stays(root) { add(root, 0, -1) }
        var next = 0
        while next < places.count {
            if next & 1023 == 0 { try checkLimits(places.count) }
            let place = places[next]
            if place.elapsed > within, place.isBad { return (.violated(violation(places, next)), left) }
            if place.isBad, exploration.isEnd(place.state) {
                if !exploration.isCutOff(place.state) || fromBeginnings && horizon.map({ $0 >= within }) ?? true {
                    return (.violated(violation(places, next)), left)
                }
                isTooShort = true
            }
            if wasExpanded(place.state) {
                try exploration.expand(place.state)
                for index in 0..<exploration.successors.count {
                    guard let state = exploration.space.number(of: exploration.successors.row(index)) else { continue }
                    let passed = place.elapsed + exploration.successors.transition(index).event.ticks * time.tick
                    let elapsed = min(passed, within + 1)
                    if elapsed > within || stays(state) { add(state, elapsed, next) } else { left = true }
                }
            }
            next += 1
        }
        return (isTooShort ? .undecided(Self.tooShort) : .holds, left)
    }

    private func checkLimits(_ places: Int) throws(Exploration.Stop) {
        try exploration.checkLimits()
        // With the table of what is known, and room to grow.
        let foreseen = places * 2 * (MemoryLayout<Place>.stride + 48)
        if exploration.bytes + exploration.space.count * 5 + foreseen > exploration.limits.bytes { throw .memory }
    }

    private func violation(_ places: [Place], _ last: Int) -> Violation {
        var way = [last]
        while let first = way.last, places[first].parent >= 0 { way.append(places[first].parent) }
        let states = way.reversed().map { places[$0].state }
        return Violation(states: exploration.way(to: states[0]).dropLast() + states, loop: nil, isLate: true)
    }
}
