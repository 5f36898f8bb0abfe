package import ScenModel

/// `always: e`: no observed state of any run makes e false.
package struct AlwaysRule: UniversalRule {
    package let routine: Program.RoutineID
    package var need: Watch.Need { .firstFalse }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        watched.moment == nil ? .satisfies : .violates
    }
}

/// `never: e`: no observed state of any run makes e true.
package struct NeverRule: UniversalRule {
    package let routine: Program.RoutineID
    package var need: Watch.Need { .firstTrue }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        watched.moment == nil ? .satisfies : .violates
    }
}
