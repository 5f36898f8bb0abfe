import ScenDiagnostics
import ScenModel

extension RuntimeFailure {
    static func tooManyAssignments(_ most: Int, span: SourceSpan) -> RuntimeFailure {
        RuntimeFailure(
            code: .valueTooLarge,
            message: "the names of 'for-all' take more than \(most) combinations of values", span: span)
    }

    /// A run that has had all the events that it may have; `span` is the handler that ran last.
    static func eventBudget(_ events: Int, span: SourceSpan, node: Int, time: Int) -> RuntimeFailure {
        RuntimeFailure(
            code: .eventBudget,
            message:
                "the run is not over after \(events) events, the most that a run may have: messages or timers keep each other going without end",
            span: span, node: node, time: time)
    }
}
