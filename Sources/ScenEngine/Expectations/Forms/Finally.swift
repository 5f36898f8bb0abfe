package import ScenModel

/// `finally: e`: e holds at the end of every run.
package struct FinallyRule: UniversalRule {
    package let routine: Program.RoutineID
    package var need: Watch.Need { .end }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        watched.atEnd ? .satisfies : .violates
    }
}
