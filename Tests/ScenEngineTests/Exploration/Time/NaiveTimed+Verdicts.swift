import ScenModel

@testable import ScenEngine

/// Verdicts by their definition, state by state and way by way. Links that do not lose, or runs that end at `for`.
extension NaiveTimed {
    func isObserved(_ state: Int) -> Bool { states[state].hasBegun || isEnd(states[state]) }

    func verdict(_ form: CompiledExpectation.Form) -> Finding? {
        switch form {
        case .always(let e): return observed(e).contains(false) ? .violated : .holds
        case .never(let e): return observed(e).contains(true) ? .violated : .holds
        case .possible(let e): return observed(e).contains(true) ? .holds : .violated
        case .finally(let e):
            let ends = states.filter { isEnd($0) }
            return ends.isEmpty ? .inconclusive : ends.allSatisfy { holds(e, $0) } ? .holds : .violated
        case .eventually(let e, nil):
            return settled(goesOnForEver(from: beginnings, in: { !self.isTrue(e, $0) }) ? .violated : .holds)
        case .eventually(let e, let within?):
            return settled(late(beginnings, within, stays: { !self.isTrue(e, $0) }, isBad: { _ in true }, fromStart: true).finding)
        case .eventuallyAlways(let e, nil):
            let bad = states.indices.filter { isObserved($0) && !holds(e, states[$0]) }
            let reachable = reached(from: beginnings, in: { _ in true })
            let isViolated = bad.contains { reachable.contains($0) && (isEnd(states[$0]) || liesOnACycle($0)) }
            return settled(isViolated ? .violated : .holds)
        case .eventuallyAlways(let e, let within?):
            return settled(
                late(beginnings, within, stays: { _ in true }, isBad: { !self.holds(e, self.states[$0]) }, fromStart: true).finding)
        case .leadsTo(let leadsTo):
            let roots = states.indices.filter { isTrue(leadsTo.from, $0) && !isTrue(leadsTo.to, $0) }
            let stays = { !self.isTrue(leadsTo.to, $0) }
            guard let within = leadsTo.within else { return settled(goesOnForEver(from: roots, in: stays) ? .violated : .holds) }
            let (finding, left) = late(roots, within, stays: stays, isBad: { _ in true }, fromStart: false)
            return settled(finding == .inconclusive && left ? .holds : finding)
        default: return nil
        }
    }

    private func observed(_ routine: Program.RoutineID) -> [Bool] {
        states.indices.filter { isObserved($0) }.map { holds(routine, states[$0]) }
    }

    /// False where nobody looks.
    private func isTrue(_ routine: Program.RoutineID, _ state: Int) -> Bool { isObserved(state) && holds(routine, states[state]) }

    private func reached(from roots: [Int], in contains: (Int) -> Bool) -> Set<Int> {
        var found = Set(roots.filter(contains))
        var left = Array(found)
        while let state = left.popLast() {
            for edge in edges[state] where contains(edge.target) && found.insert(edge.target).inserted { left.append(edge.target) }
        }
        return found
    }

    /// Or ends there.
    private func goesOnForEver(from roots: [Int], in contains: @escaping (Int) -> Bool) -> Bool {
        var memo: [Int: Bool] = [:]
        let stays: (Int) -> Bool = { state in
            if let known = memo[state] { return known }
            memo[state] = contains(state)
            return memo[state]!
        }
        return reached(from: roots, in: stays).contains { state in
            isEnd(states[state])
                || edges[state].contains { $0.ticks > 0 && stays($0.target) && reached(from: [$0.target], in: stays).contains(state) }
        }
    }

    /// One on which time passes.
    private func liesOnACycle(_ state: Int) -> Bool {
        let after = reached(from: edges[state].map(\.target), in: { _ in true })
        guard after.contains(state) else { return false }
        return after.contains { other in
            edges[other].contains { $0.ticks > 0 && reached(from: [$0.target], in: { _ in true }).contains(state) }
        }
    }

    private struct Place: Hashable {
        var state: Int
        var elapsed: Int
        var isBad: Bool
    }

    private func late(
        _ roots: [Int], _ within: Int, stays: (Int) -> Bool, isBad: (Int) -> Bool, fromStart: Bool
    ) -> (finding: Finding, left: Bool) {
        var left = false
        var isShort = false
        var queue = roots.filter(stays).map { Place(state: $0, elapsed: 0, isBad: isObserved($0) && isBad($0)) }
        var seen = Set(queue)
        while let place = queue.popLast() {
            if place.isBad, place.elapsed > within { return (.violated, left) }
            let state = states[place.state]
            if place.isBad, isEnd(state) {
                let isOver = fromStart && (horizon ?? 0) * tick >= within
                if isAtRest(state) || isOver { return (.violated, left) }
                isShort = true
            }
            for edge in edges[place.state] {
                let elapsed = place.elapsed + edge.ticks * tick
                if elapsed <= within, !stays(edge.target) {
                    left = true
                    continue
                }
                let bad = isObserved(edge.target) ? isBad(edge.target) : place.isBad
                let next = Place(state: edge.target, elapsed: min(elapsed, within + 1), isBad: bad)
                if seen.insert(next).inserted { queue.append(next) }
            }
        }
        return (isShort ? .inconclusive : .holds, left)
    }

    /// Nothing holds in the end where from some state on no time can pass and no run ends.
    private func settled(_ finding: Finding) -> Finding {
        guard finding == .holds else { return finding }
        let isStuck = states.indices.contains { state in
            !reached(from: [state], in: { _ in true }).contains { isEnd(states[$0]) || edges[$0].contains { $0.ticks > 0 } }
        }
        return isStuck ? .inconclusive : .holds
    }
}
