package import ScenDiagnostics
package import ScenModel

/// Evaluates typed expressions that need no run: node counts, bounds, constants. Must agree with the machine.
package enum ConstantEvaluator {
    /// Steps of one evaluation, and elements of one value.
    package static let stepsMax = 1_000_000
    package static let elementsMax = 1_000_000
    /// Levels of nesting, of expressions and calls together: what fits on any thread's stack.
    static let depthMax = 1_000

    /// `functions`: what `call` refers to. Reports overflow, division by zero and the like as `evaluation` with their place.
    package static func evaluate(
        _ expression: TypedExpression, functions: [TypedRoutine] = [], into bag: inout DiagnosticBag
    ) -> Value? {
        if case .constant(let value) = expression.kind { return value }
        var evaluation = Evaluation(functions: functions)
        do throws(EvaluationFailure) {
            return try evaluation.value(of: expression)
        } catch {
            bag.report(error.diagnostic)
            return nil
        }
    }
}

struct EvaluationFailure: Error {
    var diagnostic: Diagnostic
    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
    init(_ problem: EvaluationProblem, at span: SourceSpan) {
        diagnostic = .evaluation(problem, at: span)
    }
}

/// One evaluation with its locals and what it has used up.
struct Evaluation {
    let functions: [TypedRoutine]
    /// Of the routine that is being evaluated.
    var locals: [Value?] = []
    var steps = 0
    var depth = 0

    init(functions: [TypedRoutine]) { self.functions = functions }

    mutating func value(of expression: TypedExpression) throws(EvaluationFailure) -> Value {
        if case .constant(let value) = expression.kind { return value }
        try step(at: expression.span)
        depth += 1
        defer { depth -= 1 }
        guard depth <= ConstantEvaluator.depthMax else {
            throw EvaluationFailure(.depth, at: expression.span)
        }
        switch expression.kind {
        case .constant(let value): return value
        case .local(let slot): return try local(slot, at: expression.span)
        case .not(let operand): return .bool(!(try truth(of: operand)))
        case .and(let a, let b):
            if !(try truth(of: a)) { return .bool(false) }
            return try value(of: b)
        case .or(let a, let b):
            if try truth(of: a) { return .bool(true) }
            return try value(of: b)
        case .implies(let a, let b):
            if !(try truth(of: a)) { return .bool(true) }
            return try value(of: b)
        case .conditional(let condition, let then, let otherwise):
            return try value(of: truth(of: condition) ? then : otherwise)
        case .operation(let operation, let operands):
            return try apply(operation, operands, of: expression)
        case .call(let index, let arguments):
            return try call(index, arguments, at: expression.span)
        case .make(let constructor, let elements):
            return try make(constructor, elements, at: expression.span)
        case .range(let low, let high):
            return try range(low, high, at: expression.span)
        case .field(let composite, let index):
            return try field(of: composite, index)
        case .comprehension(let comprehension):
            return try comprehend(comprehension, of: expression)
        case .checkRange, .toReal, .unwrap:
            return try convert(expression)
        case .binding(let slot, let bound, let body):
            setLocal(slot, try value(of: bound))
            return try value(of: body)
        case .variable, .own, .variableOf, .factOf, .global, .sentCount, .receivedCount, .knownToAdversary, .knowledge:
            throw EvaluationFailure(.notConstant(at: expression.span))
        }
    }

    mutating func truth(of expression: TypedExpression) throws(EvaluationFailure) -> Bool {
        try value(of: expression) == .bool(true)
    }

    mutating func number(of expression: TypedExpression) throws(EvaluationFailure) -> Int {
        try value(of: expression).wholeNumber
    }

    mutating func step(_ count: Int = 1, at span: SourceSpan) throws(EvaluationFailure) {
        steps += count
        guard steps <= ConstantEvaluator.stepsMax else {
            throw EvaluationFailure(.steps(ConstantEvaluator.stepsMax), at: span)
        }
    }

    func checkSize(_ count: Int, at span: SourceSpan) throws(EvaluationFailure) {
        guard count <= ConstantEvaluator.elementsMax else {
            throw EvaluationFailure(.size(ConstantEvaluator.elementsMax), at: span)
        }
    }

    private mutating func convert(_ expression: TypedExpression) throws(EvaluationFailure) -> Value {
        switch expression.kind {
        case .checkRange(let operand, let low, let high):
            let result = try value(of: operand)
            let number = result.wholeNumber
            guard number >= low, number <= high else {
                throw EvaluationFailure(.outsideRange(number, low: low, high: high), at: expression.span)
            }
            return result
        case .toReal(let operand):
            return .real(Double(try number(of: operand)))
        case .unwrap(let operand):
            let result = try value(of: operand)
            if case .none = result { throw EvaluationFailure(.noneUsed, at: expression.span) }
            return result
        default:
            preconditionFailure("not a conversion")
        }
    }
}

extension Value {
    /// Of a whole number, duration, node, word or truth value: what the machine keeps in its word.
    var wholeNumber: Int {
        switch self {
        case .int(let number), .duration(let number), .node(let number), .enumeration(_, let number): number
        case .bool(let truth): truth ? 1 : 0
        default: 0
        }
    }

    var realNumber: Double {
        switch self {
        case .real(let number): number
        case .int(let number), .duration(let number): Double(number)
        default: 0
        }
    }

    var text: String {
        if case .string(let text) = self { text } else { "" }
    }

    /// What a loop over the value goes through: elements, or the keys of a map.
    var elements: [Value] {
        switch self {
        case .list(let elements), .set(let elements), .tuple(let elements): elements
        case .map(let entries): entries.map(\.key)
        default: []
        }
    }

    var entries: [Entry] {
        if case .map(let entries) = self { entries } else { [] }
    }
}
