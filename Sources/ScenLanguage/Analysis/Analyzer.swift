package import ScenDiagnostics
package import ScenModel

/// Names and types: from syntax to the typed tree of one case.
package enum Analyzer {
    /// Which names are known where an expression stands.
    package enum Place: Sendable, Equatable {
        /// Parameters and constants only: the system model, `where`, `holds iff`, bounds. No nodes, no run.
        case parameters
        /// The same and nodes, `n`, `bound`.
        case model
        /// The same and `me`, `input`: initial values.
        case initial
        /// A run seen from outside: expectations and outcomes.
        case observer
    }

    /// An expression outside handlers. `expected` nil: whatever it is. Reports and gives nil if it is wrong.
    package static func expression(
        _ syntax: Expression, at place: Place, expecting expected: ValueType?, in scope: CaseScope,
        into bag: inout DiagnosticBag
    ) -> TypedExpression? { nil }

    /// Adds the types, constants, messages, timers of an algorithm to the scope and checks its whole text.
    package static func algorithm(
        _ syntax: AlgorithmSyntax, in scope: inout CaseScope, into bag: inout DiagnosticBag
    ) -> TypedAlgorithm? { nil }

    /// A condition over a run (`always: ..`, an outcome) as an observer routine of no parameters; functions that it calls
    /// are added to the algorithm.
    package static func observer(
        _ syntax: Expression, name: String, expecting expected: ValueType,
        algorithm: inout TypedAlgorithm, in scope: CaseScope, into bag: inout DiagnosticBag
    ) -> TypedRoutine? { nil }
}
