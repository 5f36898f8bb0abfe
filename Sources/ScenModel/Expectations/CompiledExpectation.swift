package import ScenDiagnostics

/// An expectation of one case, ready to be judged. Its condition is an observer routine: no parameters, gives a bool; what a
/// mean or a quantile measures is one that gives a real.
package struct CompiledExpectation: Sendable {
    package enum Form: Sendable, Hashable {
        case always(Program.RoutineID)
        case never(Program.RoutineID)
        /// `within` in ns since the start of the run.
        case eventually(Program.RoutineID, within: Int?)
        case eventuallyAlways(Program.RoutineID, within: Int?)
        /// The routine gives a set of nodes: one and the same of them is in it in every state, or from some moment on.
        case alwaysSome(Program.RoutineID)
        case lastingSome(Program.RoutineID)
        /// As `eventuallyAlways`, but a run that was cut off is too short to tell where `settled`, which is about what has been
        /// as it is for at least half of the run, holds at its end and the condition does not; with `half` also where the
        /// condition did not hold throughout the last half.
        case lasting(Program.RoutineID, settled: Program.RoutineID, half: Bool)
        case finally(Program.RoutineID)
        case possible(Program.RoutineID)
        /// The share of runs whose end satisfies it.
        case probability(Program.RoutineID, Comparison)
        /// The share of time during which it holds, in the mean over runs.
        case fractionOfTime(Program.RoutineID, Comparison)
        /// Of what the routine gives at the ends of runs.
        case mean(Program.RoutineID, Unit, Comparison)
        case quantile(Program.RoutineID, q: Double, Unit, Comparison)
        case leadsTo(LeadsTo)
        /// For each condition there is a run whose end (or a state) satisfies it, all with the same view of the node.
        case indistinguishable(node: Int, [Program.RoutineID], atAnyState: Bool)
    }
    /// For all values of some variables, whenever `from` holds `to` follows.
    package struct LeadsTo: Sendable, Hashable {
        package struct Variable: Sendable, Hashable {
            package var name: String
            package var type: ValueType
            /// Gives a list or set, the same throughout a run. Its parameters are the variables before this one.
            package var domain: Program.RoutineID
            package init(name: String, type: ValueType, domain: Program.RoutineID) {
                self.name = name
                self.type = type
                self.domain = domain
            }
        }
        package var variables: [Variable]
        /// Their parameters are the variables.
        package var from: Program.RoutineID
        package var to: Program.RoutineID
        /// ns; nil: before the run ends.
        package var within: Int?
        package init(
            variables: [Variable], from: Program.RoutineID, to: Program.RoutineID, within: Int?
        ) {
            self.variables = variables
            self.from = from
            self.to = to
            self.within = within
        }
    }
    /// What is measured and compared.
    package enum Unit: Sendable, Hashable {
        /// From 0 to 1.
        case share
        case number
        /// ns
        case duration
    }
    package enum Comparison: Sendable, Hashable {
        case atLeast(Double)
        case atMost(Double)
        case between(Double, Double)
        case equals(Double, tolerance: Double)
    }
    package var name: String
    /// The key of the form or the name of the library property, for reports: `always`, `agreement`.
    package var formName: String
    /// The condition as written, for reports.
    package var text: String
    package var form: Form
    /// Whether `holds` is expected in this case (`verdict`, with `holds iff` evaluated).
    package var expectsHolds: Bool
    package var span: SourceSpan
    /// Whether it speaks of what nodes know.
    package var usesKnowledge = false
    /// Of `indistinguishable`: the conditions as written.
    package var executions: [String] = []
    package init(
        name: String, formName: String, text: String, form: Form, expectsHolds: Bool,
        span: SourceSpan
    ) {
        self.name = name
        self.formName = formName
        self.text = text
        self.form = form
        self.expectsHolds = expectsHolds
        self.span = span
    }
}

extension CompiledExpectation {
    /// It compares runs with one another, so that no run by itself decides it.
    package var comparesRuns: Bool {
        if case .indistinguishable = form { true } else { usesKnowledge }
    }
}
