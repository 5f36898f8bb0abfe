package import ScenDiagnostics

/// An expectation of one case, ready to be judged. Its condition is an observer routine: no parameters, gives a bool.
package struct CompiledExpectation: Sendable {
    package enum Form: Sendable, Hashable {
        case always(Program.RoutineID)
        case never(Program.RoutineID)
        /// `within` in ns since the start of the run.
        case eventually(Program.RoutineID, within: Int?)
        case eventuallyAlways(Program.RoutineID, within: Int?)
        case finally(Program.RoutineID)
        case possible(Program.RoutineID)
        /// The share of runs whose end satisfies it.
        case probability(Program.RoutineID, Comparison)
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
