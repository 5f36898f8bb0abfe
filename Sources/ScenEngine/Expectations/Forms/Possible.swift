package import ScenModel

/// `possible: e`: some run reaches a state in which e holds. Chance not having shown it proves nothing.
package struct PossibleRule: FormRule {
    package let routine: Program.RoutineID
    package var need: Watch.Need { .firstTrue }
    package func judge(_ watched: Watched, in run: RunResult) -> RunVerdict {
        watched.moment == nil ? .undecided : .satisfies
    }
    package func conclude(_ tally: Tally, fresh: Tally?) -> Conclusion {
        tally.satisfying > 0 ? .holds : .inconclusive("never seen, which does not mean that it cannot happen")
    }
}
