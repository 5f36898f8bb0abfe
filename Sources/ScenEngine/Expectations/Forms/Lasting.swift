package import ScenModel

/// The condition holds from some moment on, as far as a run that was cut off can show it.
package struct LastingRule: UniversalRule {
    package let routine: Program.RoutineID
    /// The same about what has been as it is for at least half of the run.
    package let settled: Program.RoutineID
    /// It must have held throughout the last half.
    package let half: Bool
    package var need: Watch.Need { .lasting(settled: settled) }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        let isCutOff = run.end == .horizon
        guard let rise = watched.moment else { return isCutOff && watched.isTooRecent ? .undecided : .violates }
        return isCutOff && half && rise.isInLastHalf(of: run) ? .undecided : .satisfies
    }
    package func conclude(_ tally: Tally, fresh: Tally?) -> Conclusion { tally.conclusionOfTooShortRuns }
}

/// The condition is a set; one and the same element is in it from some moment on.
package struct LastingSomeRule: UniversalRule {
    package let routine: Program.RoutineID
    package var need: Watch.Need { .lastingElement }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        guard let since = watched.moment else { return .violates }
        return run.end == .horizon && since.isInLastHalf(of: run) ? .undecided : .satisfies
    }
    package func conclude(_ tally: Tally, fresh: Tally?) -> Conclusion { tally.conclusionOfTooShortRuns }
}

/// The condition is a set; one and the same element is in it in every observed state.
package struct AlwaysSomeRule: UniversalRule {
    package let routine: Program.RoutineID
    package var need: Watch.Need { .commonElement }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        watched.moment == nil ? .satisfies : .violates
    }
}

extension Watched.Moment {
    fileprivate func isInLastHalf(of run: RunResult) -> Bool { time > run.endTime / 2 }
}

extension Tally {
    fileprivate var conclusionOfTooShortRuns: Conclusion {
        if violating > 0 { return .violated }
        if undecided == 0 { return .holds }
        return .inconclusive("\(undecided) of \(runs) runs were too short to tell: let them run longer, or have the faults earlier")
    }
}
