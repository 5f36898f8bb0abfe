package import ScenDiagnostics
package import ScenModel

/// Evaluates typed expressions that need no run: node counts, bounds, constants. Must agree with the machine.
package enum ConstantEvaluator {
    /// `functions`: what `call` refers to. Reports overflow, division by zero and the like as `evaluation` with their place.
    package static func evaluate(
        _ expression: TypedExpression, functions: [TypedRoutine] = [], into bag: inout DiagnosticBag
    ) -> Value? { nil }
}
