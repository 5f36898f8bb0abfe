import ScenModel

/// `indistinguishable-to`: runs, one for each condition, that look the same to a node.
extension Exploring {
    func judgeIndistinguishable(
        _ expectation: CompiledExpectation, _ node: Int, _ conditions: [Program.RoutineID], atAnyState: Bool,
        _ result: Search.Result
    ) throws(Exploration.Stop) -> ExpectationReport {
        if !result.isComplete, expectation.usesKnowledge {
            return report(expectation, .inconclusive, incomplete(result), result, path: nil)
        }
        if let states = try lookingTheSame(to: node, conditions, atAnyState: atAnyState) {
            var report = report(expectation, .holds, nil, result, path: ExploredPath(states: exploration.way(to: states[0])))
            let runs = zip(states, expectation.executions).map { state, text in
                LookAlikes.Run(node: node, story: tell(state, report), text: text)
            }
            report.evidence.lookAlikes = LookAlikes(unknown: nil, runs: runs)
            return report
        }
        guard result.isComplete else { return report(expectation, .inconclusive, incomplete(result), result, path: nil) }
        if !atAnyState && result.ends == 0 {
            return report(expectation, .inconclusive, "no run within the scope ends", result, path: nil)
        }
        let unmet = try neverMet(conditions, atAnyState: atAnyState)
        let place = atAnyState ? "no state satisfies" : "at the end of no run holds"
        let remark = unmet.isEmpty
            ? "each of 'executions' occurs, and \(compiled.system.nodes.names[node]) tells them apart"
            : place + " " + unmet.map { "'\(expectation.executions[$0])'" }.joined(separator: ", ")
        return report(expectation, .violated, remark, result, path: nil)
    }

    /// Those that hold nowhere.
    private func neverMet(_ conditions: [Program.RoutineID], atAnyState: Bool) throws(Exploration.Stop) -> [Int] {
        let observation = Observation(exploration)
        var left = Array(conditions.indices)
        for state in 0..<exploration.space.count where !left.isEmpty && (atAnyState || exploration.isEnd(state)) {
            var still: [Int] = []
            for index in left {
                guard let holds = observation.word(conditions[index], in: state)?.isTrue else { throw exploration.failed(in: state) }
                if !holds { still.append(index) }
            }
            left = still
        }
        return left
    }

    /// A state for each condition, in which it holds, with equal views of the node; of all such the ones with the fewest steps. Nil: there
    /// are none among the states that were reached.
    private func lookingTheSame(
        to node: Int, _ conditions: [Program.RoutineID], atAnyState: Bool
    ) throws(Exploration.Stop) -> [Int]? {
        let observation = Observation(exploration)
        // By condition: for each view the first state, which is one with the fewest steps.
        var firsts = [[UInt32: Int]](repeating: [:], count: conditions.count)
        var depths: [Int32] = []
        for state in 0..<exploration.space.count {
            let parent = exploration.space.parent(state)
            depths.append(parent < 0 ? 0 : depths[parent] + 1)
            guard atAnyState || exploration.isEnd(state) else { continue }
            let view = exploration.views(UnsafePointer(exploration.space.row(state)))[node]
            for (index, condition) in conditions.enumerated() where firsts[index][view] == nil {
                guard let holds = observation.word(condition, in: state)?.isTrue else { throw exploration.failed(in: state) }
                if holds { firsts[index][view] = state }
            }
            exploration.collectIfDue()
        }
        var best: (steps: Int32, states: [Int])?
        // In the order of the states: the numbers of views decide nothing.
        for first in firsts[0].values.sorted() {
            let view = exploration.views(UnsafePointer(exploration.space.row(first)))[node]
            let states = firsts.compactMap { $0[view] }
            guard states.count == conditions.count else { continue }
            let steps = states.reduce(0) { $0 + depths[$1] }
            if steps < best?.steps ?? .max { best = (steps, states) }
        }
        return best?.states
    }
}
