import ScenDiagnostics
import ScenModel

#if canImport(Glibc)
    import Glibc
#endif

extension Evaluation {
    /// The machine's whole numbers have 63 bits; durations are whole numbers of ns.
    func whole(_ number: Int, as type: ValueType, at span: SourceSpan) throws(EvaluationFailure) -> Value {
        guard number >= Word.smallest, number <= Word.largest else {
            throw EvaluationFailure(.overflow, at: span)
        }
        return type.withoutMaybe == .duration ? .duration(number) : .int(number)
    }

    func real(_ number: Double, at span: SourceSpan) throws(EvaluationFailure) -> Value {
        guard number.isFinite else { throw EvaluationFailure(.notFinite, at: span) }
        // There is one zero: -0.0 + 0.0 is 0.0.
        return .real(number + 0.0)
    }

    func wholeArithmetic(
        _ operation: Operation, _ operands: [Value], of expression: TypedExpression
    ) throws(EvaluationFailure) -> Value {
        let span = expression.span
        let a = operands[0].wholeNumber
        let b = operands.count > 1 ? operands[1].wholeNumber : 0
        let result: (partialValue: Int, overflow: Bool)
        switch operation {
        case .addInt: result = a.addingReportingOverflow(b)
        case .subtractInt: result = a.subtractingReportingOverflow(b)
        case .multiplyInt: result = a.multipliedReportingOverflow(by: b)
        case .negateInt: result = (0 - a, false)
        case .absInt: result = (abs(a), false)
        case .divInt, .modInt:
            guard b != 0 else { throw EvaluationFailure(.divisionByZero, at: span) }
            let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
            let rounds = remainder != 0 && (remainder < 0) != (b < 0)
            result =
                operation == .divInt
                ? (rounds ? quotient - 1 : quotient, false) : (rounds ? remainder + b : remainder, false)
        case .powerInt:
            guard b >= 0 else { throw EvaluationFailure(.negativeExponent, at: span) }
            result = Self.power(a, b)
        default: preconditionFailure("not an operation on whole numbers")
        }
        guard !result.overflow else { throw EvaluationFailure(.overflow, at: span) }
        return try whole(result.partialValue, as: expression.type, at: span)
    }

    /// By squaring; stops as soon as it is too large, so that a large exponent costs nothing.
    private static func power(_ base: Int, _ exponent: Int) -> (partialValue: Int, overflow: Bool) {
        var result = 1
        var square = base
        var left = exponent
        while true {
            if left & 1 == 1 {
                let product = result.multipliedReportingOverflow(by: square)
                if product.overflow { return (0, true) }
                result = product.partialValue
            }
            left >>= 1
            if left == 0 { return (result, false) }
            let product = square.multipliedReportingOverflow(by: square)
            if product.overflow { return (0, true) }
            square = product.partialValue
        }
    }

    func realArithmetic(
        _ operation: Operation, _ operands: [Value], of expression: TypedExpression
    ) throws(EvaluationFailure) -> Value {
        let span = expression.span
        let a = operands[0].realNumber
        let b = operands.count > 1 ? operands[1].realNumber : 0
        switch operation {
        case .addReal: return try real(a + b, at: span)
        case .subtractReal: return try real(a - b, at: span)
        case .multiplyReal: return try real(a * b, at: span)
        case .divideReal:
            guard b != 0 else { throw EvaluationFailure(.divisionByZero, at: span) }
            return try real(a / b, at: span)
        case .powerReal: return try real(pow(a, b), at: span)
        case .negateReal: return try real(-a, at: span)
        case .absReal: return try real(abs(a), at: span)
        case .floorReal: return try rounded(a, .down, of: expression)
        case .ceilReal: return try rounded(a, .up, of: expression)
        case .roundReal: return try rounded(a, .toNearestOrAwayFromZero, of: expression)
        case .scaleDuration: return try rounded(a * b, .toNearestOrAwayFromZero, of: expression)
        default: preconditionFailure("not an operation on real numbers")
        }
    }

    private func rounded(
        _ number: Double, _ rule: FloatingPointRoundingRule, of expression: TypedExpression
    ) throws(EvaluationFailure) -> Value {
        let result = number.rounded(rule)
        guard result.isFinite, result >= -0x1p62, result < 0x1p62 else {
            throw EvaluationFailure(.overflow, at: expression.span)
        }
        return try whole(Int(result), as: expression.type, at: expression.span)
    }
}
