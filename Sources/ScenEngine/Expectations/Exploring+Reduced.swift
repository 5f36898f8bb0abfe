import ScenModel

/// First with as few states as keep every verdict; a run is told from a search that leaves nothing out, since only there is the first one
/// that is found a shortest.
extension Exploring {
    static func report(
        on compiled: CompiledCase, scope: RunPlan.Exploration, options: CaseRunner.Options,
        progress: @escaping (ExplorationLimits.Progress) -> Void = { _ in }
    ) -> CaseReport {
        if options.reduces, let report = reducedReport(on: compiled, scope, options, progress) { return report }
        return Exploring(compiled, scope: scope, options: options).report(progress: progress)
    }

    /// Nil where nothing can be left out, or every expectation takes a run.
    private static func reducedReport(
        on compiled: CompiledCase, _ scope: RunPlan.Exploration, _ options: CaseRunner.Options,
        _ progress: @escaping (ExplorationLimits.Progress) -> Void
    ) -> CaseReport? {
        let expectations = compiled.expectations
        guard !expectations.isEmpty, expectations.allSatisfy({ !$0.comparesRuns && Self.question($0.form) != nil }) else { return nil }
        let reduced = Exploring(compiled, scope: scope, options: options, reduces: true)
        guard reduced.search.reduction != nil else { return nil }
        var result = reduced.run(progress: progress)
        switch result.stop {
        case .memory, .time, nil: break
        // What is beyond a number of states in one order may be before it in another.
        default: return nil
        }
        let shown = expectations.indices.filter { reduced.search.asked[$0].answer != nil }
        if shown.isEmpty || !result.isReduced { return reduced.report(result) }
        var told: [Int: ExpectationReport] = [:]
        if result.stop == nil {
            var some = compiled
            some.expectations = shown.map { expectations[$0] }
            var options = options
            options.limits.bytes -= reduced.exploration.bytes
            let report = Exploring(some, scope: scope, options: options).report(progress: progress)
            if report.failure != nil || shown.count == expectations.count && report.isDecided {
                return report
            }
            for (index, each) in zip(shown, report.expectations) where each.found != .inconclusive { told[index] = each }
        }
        result.mayBeLonger = true
        var report = reduced.report(result)
        for (index, each) in told { report.expectations[index] = each }
        return report
    }
}

extension CaseReport {
    fileprivate var isDecided: Bool { expectations.allSatisfy { $0.found != .inconclusive } }
}
