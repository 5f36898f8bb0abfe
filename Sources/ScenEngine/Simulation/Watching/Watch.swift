package import ScenModel

/// A condition that is observed during a run, and what has to be known of it; nothing more is evaluated.
package struct Watch: Sendable, Hashable {
    package enum Need: Sendable, Hashable {
        /// The first observed state in which it is false.
        case firstFalse
        /// The first observed state in which it is true.
        case firstTrue
        /// The observed state from which on it is true until the end of the run: none if it is false at the end.
        case lastRise
        /// The same; where it is false at the end, also whether `settled` is true there.
        case lasting(settled: Program.RoutineID)
        /// It is a set: the first observed state in which no element is left that was there in all before.
        case commonElement
        /// It is a set: the observed state from which on some element, the one that stayed longest, is there until the end.
        case lastingElement
        /// Only its value at the end.
        case end
        /// The share of time during which it is true.
        case share
        /// The number that the routine gives at the end: a real.
        case value
        /// Whether the routine, which takes the variables as arguments, is always followed by another.
        case response(CompiledExpectation.LeadsTo)
    }
    package var routine: Program.RoutineID
    package var need: Need
    package init(_ routine: Program.RoutineID, _ need: Need) {
        self.routine = routine
        self.need = need
    }
}

/// What a run has shown of a watch.
package struct Watched: Sendable, Hashable {
    package struct Moment: Sendable, Hashable {
        /// Number of the step, from 0, after which it was observed.
        package var step: Int
        /// ns
        package var time: Int
        package init(step: Int, time: Int) {
            self.step = step
            self.time = time
        }
    }
    /// What had to follow and did not.
    package struct Obligation: Sendable, Hashable {
        /// Values of the variables.
        package var assignment: [Value]
        /// ns; when it came up.
        package var since: Int
        package init(assignment: [Value], since: Int) {
            self.assignment = assignment
            self.since = since
        }
    }
    /// The state that the watch asks for; nil if there is none.
    package var moment: Moment?
    /// Value at the end of the run; for `firstFalse` and `firstTrue` whatever it was when it was last evaluated.
    package var atEnd: Bool
    /// For `share` and `value`.
    package var value: Double
    /// For `response`: the one that was not met and came up first, whether any was met, and whether the run was cut off while
    /// one could still be.
    package var unmet: Obligation?
    package var hasMet = false
    package var wasCut = false
    /// For `lasting`: it is false at the end, and `settled` is true there.
    package var isTooRecent: Bool
    package init(moment: Moment? = nil, atEnd: Bool = false, value: Double = 0, isTooRecent: Bool = false) {
        self.moment = moment
        self.atEnd = atEnd
        self.value = value
        self.isTooRecent = isTooRecent
    }
}
