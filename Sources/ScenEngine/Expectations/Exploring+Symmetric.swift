import ScenModel

/// With one state for all that only differ in which of some interchangeable nodes is where. Which nodes are interchangeable is found out
/// on the way: where two turn out not to be, it begins anew without them.
extension Exploring {
    /// Nil where states are not symmetric, or too little is known of it.
    static func symmetry(of exploration: Exploration, _ different: Set<SIMD2<Int>>) -> Symmetry? {
        var (somewhere, atEnds) = ([Program.RoutineID](), [Program.RoutineID]())
        for expectation in exploration.compiled.expectations {
            if expectation.comparesRuns { return nil }
            switch expectation.form {
            case .always(let routine), .never(let routine), .possible(let routine): somewhere.append(routine)
            case .finally(let routine): atEnds.append(routine)
            case .eventually(let routine, nil), .eventuallyAlways(let routine, nil): somewhere.append(routine)
            default: return nil
            }
        }
        return Symmetry(exploration, conditions: somewhere, atEnds: atEnds, different: different)
    }

    /// Nil where the nodes are not interchangeable, or that is all there is to find out. `reduces`: events are left out, too.
    static func symmetricReport(
        on compiled: CompiledCase, _ scope: RunPlan.Exploration, _ options: CaseRunner.Options, reduces: Bool,
        _ progress: @escaping (ExplorationLimits.Progress) -> Void
    ) -> CaseReport? {
        var different: Set<SIMD2<Int>> = []
        // What has been in vain costs no more than a little.
        var left = 2 * max(options.singleStates, 1_000)
        while left > 0 {
            let exploring = Exploring(compiled, scope: scope, options: options, reduces: reduces, different: different)
            guard let symmetry = exploring.search.symmetry else { return nil }
            let result = exploring.run(progress: progress)
            switch result.stop {
            case .asymmetric: break
            case .states where result.isReduced: return nil
            case .memory, .time, .states, nil:
                let report = exploring.reducedReport(result, scope, different: different, progress)
                // If that has failed, runs go on for ever, which is another matter.
                return symmetry.asymmetry == nil ? report : nil
            default: return nil
            }
            guard case .different(let pair)? = symmetry.asymmetry, different.insert(pair).inserted else { return nil }
            left -= 100 + result.states
        }
        return nil
    }

    /// Whether some run is known to go on for ever, and it is asked what all come to: states that stand for others cannot tell then.
    func goesOnForEver() -> Bool {
        if Self.mayBeReduced(compiled) { return false }
        let roots = (0..<exploration.space.count).filter { exploration.space.parent($0) < 0 }
        guard let graph = try? StateGraph(roots: roots, in: exploration, mayGoOn: search.wasExpanded, contains: { _ in true }) else {
            return true
        }
        return !Components(graph).cyclic(Array(graph.states.indices), follows: { _ in true }).isEmpty
    }
}
