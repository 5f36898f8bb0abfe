import ScenModel

/// First with as few states as keep every verdict; a run is told from a search that leaves no event out, since only there is the first one
/// that is found a shortest.
extension Exploring {
    static func report(
        on compiled: CompiledCase, scope: RunPlan.Exploration, options: CaseRunner.Options,
        progress: @escaping (ExplorationLimits.Progress) -> Void = { _ in }
    ) -> CaseReport {
        if options.reduces, InterchangeableNodes(compiled, different: []) != nil, options.singleStates < scope.states ?? statesMax {
            var few = scope
            few.states = options.singleStates
            let first = reducedReport(on: compiled, scope, first: few, options, progress)
            if let report = first.report { return report }
            var isTooFew = first.isTooFew
            if !isTooFew {
                let whole = Exploring(compiled, scope: few, options: options)
                let result = whole.run(progress: progress)
                guard case .states? = result.stop else { return whole.report(result) }
                isTooFew = !whole.goesOnForEver()
            }
            if isTooFew, let report = symmetricReport(on: compiled, scope, options, reduces: first.mayReduce, progress) { return report }
        }
        if options.reduces, let report = reducedReport(on: compiled, scope, first: scope, options, progress).report { return report }
        return Exploring(compiled, scope: scope, options: options).report(progress: progress)
    }

    /// `first`: the scope with which it begins. No report where nothing can be left out, or there are more states; then `mayReduce` says
    /// whether there is something to leave out.
    private static func reducedReport(
        on compiled: CompiledCase, _ scope: RunPlan.Exploration, first: RunPlan.Exploration, _ options: CaseRunner.Options,
        _ progress: @escaping (ExplorationLimits.Progress) -> Void
    ) -> (report: CaseReport?, isTooFew: Bool, mayReduce: Bool) {
        guard mayBeReduced(compiled) else { return (nil, false, false) }
        let reduced = Exploring(compiled, scope: first, options: options, reduces: true)
        guard let reduction = reduced.search.reduction else { return (nil, false, false) }
        let result = reduced.run(progress: progress)
        switch result.stop {
        case .memory, .time, nil: return (reduced.reducedReport(result, scope, progress), false, false)
        // What is beyond a number of states in one order may be before it in another.
        case .states: return (nil, true, reduction.mayReduce)
        default: return (nil, false, false)
        }
    }

    /// All that is asked is what states show.
    static func mayBeReduced(_ compiled: CompiledCase) -> Bool {
        !compiled.expectations.isEmpty && compiled.expectations.allSatisfy { !$0.comparesRuns && question($0.form) != nil }
    }

    /// `different`: as it was explored.
    func reducedReport(
        _ result: Search.Result, _ scope: RunPlan.Exploration, different: Set<SIMD2<Int>>? = nil,
        _ progress: @escaping (ExplorationLimits.Progress) -> Void
    ) -> CaseReport {
        if !result.isReduced { return report(result) }
        let expectations = compiled.expectations
        let shown = expectations.indices.filter { search.asked[$0].answer != nil }
        if shown.isEmpty { return report(result) }
        var told: [Int: ExpectationReport] = [:]
        if result.stop == nil {
            var some = compiled
            some.expectations = shown.map { expectations[$0] }
            var options = options
            options.limits.bytes -= exploration.bytes
            let report = Self.report(onAllEvents: some, scope, options, different, progress)
            if report.failure != nil || shown.count == expectations.count && report.isDecided {
                return report
            }
            for (index, each) in zip(shown, report.expectations) where each.found != .inconclusive { told[index] = each }
        }
        var result = result
        result.mayBeLonger = true
        var report = report(result)
        for (index, each) in told { report.expectations[index] = each }
        return report
    }

    private static func report(
        onAllEvents compiled: CompiledCase, _ scope: RunPlan.Exploration, _ options: CaseRunner.Options,
        _ different: Set<SIMD2<Int>>?, _ progress: @escaping (ExplorationLimits.Progress) -> Void
    ) -> CaseReport {
        if let different {
            let exploring = Exploring(compiled, scope: scope, options: options, different: different)
            let result = exploring.run(progress: progress)
            if exploring.search.symmetry?.asymmetry == nil { return exploring.report(result) }
        }
        return Exploring(compiled, scope: scope, options: options).report(progress: progress)
    }
}

extension CaseReport {
    fileprivate var isDecided: Bool { expectations.allSatisfy { $0.found != .inconclusive } }
}
