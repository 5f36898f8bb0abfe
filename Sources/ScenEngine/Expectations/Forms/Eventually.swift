package import ScenModel

/// `eventually: e`: every run reaches a state in which e holds, before it ends and, with `within`, by then. A run that is
/// cut off at `for` has ended: `for` is part of the scope.
package struct EventuallyRule: UniversalRule {
    package let routine: Program.RoutineID
    /// ns since the start.
    package let within: Int?
    package var need: Watch.Need { .firstTrue }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        guard let within else { return watched.moment == nil ? .violates : .satisfies }
        if let moment = watched.moment { return moment.time <= within ? .satisfies : .violates }
        // Cut off before the time was over: the rest of the run could still have reached it.
        return run.end == .horizon && run.endTime < within ? .undecided : .violates
    }
}

/// `eventually-always: e`: every run reaches a state from which on e holds until its end; with `within`, by then.
package struct EventuallyAlwaysRule: UniversalRule {
    package let routine: Program.RoutineID
    /// ns since the start.
    package let within: Int?
    package var need: Watch.Need { .lastRise }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        if let rise = watched.moment {
            return within.map { rise.time <= $0 } ?? true ? .satisfies : .violates
        }
        // Cut off before the time was over: the rest of the run could still have reached it.
        if let within, run.end == .horizon, run.endTime < within { return .undecided }
        return .violates
    }
}
