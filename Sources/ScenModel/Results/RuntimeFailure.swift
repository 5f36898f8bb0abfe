package import ScenDiagnostics

/// A run-time error of the scenario: the run in which it happened has failed.
package struct RuntimeFailure: Sendable, Hashable, Error {
    package var code: DiagnosticCode
    package var message: String
    package var span: SourceSpan
    /// The node that ran, if it was a handler.
    package var node: Int?
    /// ns since the start.
    package var time: Int
    /// In something that a node may know: such a fact is evaluated in every state that is compared.
    package var isOfFact = false
    /// A limit was reached: the run has cost about as much as a run may, and the next one will too.
    package var isOfLimit: Bool {
        switch code {
        case .stepBudget, .recursionTooDeep, .valueTooLarge, .eventBudget, .memoryBudget, .tooManyPending: true
        default: false
        }
    }
    package init(
        code: DiagnosticCode, message: String, span: SourceSpan, node: Int? = nil, time: Int = 0
    ) {
        self.code = code
        self.message = message
        self.span = span
        self.node = node
        self.time = time
    }
}
