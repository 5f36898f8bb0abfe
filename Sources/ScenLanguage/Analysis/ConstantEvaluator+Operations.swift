import ScenDiagnostics
import ScenModel

extension Evaluation {
    /// Operands are evaluated from left to right, all of them, before anything is computed.
    mutating func apply(
        _ operation: Operation, _ operands: [TypedExpression], of expression: TypedExpression
    ) throws(EvaluationFailure) -> Value {
        if operation == .containsList, operands.count == 2, case .range(let low, let high) = operands[0].kind {
            return try isInRange(operands[1], low, high)
        }
        var values: [Value] = []
        values.reserveCapacity(operands.count)
        for operand in operands { values.append(try value(of: operand)) }
        switch operation {
        case .addInt, .subtractInt, .multiplyInt, .divInt, .modInt, .powerInt, .negateInt, .absInt:
            return try wholeArithmetic(operation, values, of: expression)
        case .addReal, .subtractReal, .multiplyReal, .divideReal, .powerReal, .negateReal, .absReal,
            .floorReal, .ceilReal, .roundReal, .scaleDuration:
            return try realArithmetic(operation, values, of: expression)
        case .equal, .notEqual, .less, .lessOrEqual, .lessReal, .lessOrEqualReal:
            return .bool(Self.compare(operation, values[0], values[1]))
        case .isSubset, .containsList, .containsSet, .containsMap, .containsString:
            return .bool(try contains(operation, values[0], values[1], at: expression.span))
        case .length, .elementAt, .slice, .lookUp, .lookUpOr, .lookUpMaybe, .keys, .values, .items, .first, .last,
            .sorted, .reversed, .listToSet, .setToList, .majority:
            return try read(operation, values, of: expression)
        case .minimum, .maximum, .sum, .sumReal, .minimumReal, .maximumReal:
            return try aggregate(operation, values, of: expression)
        case .concatenateLists, .concatenateStrings, .union, .intersection, .difference, .adding, .removing,
            .removingFromList, .removingFromMap, .appending, .replacingElement, .insertingIntoMap,
            .replacingField:
            return try change(operation, values, of: expression)
        case .open:
            guard case .sealed(let reader, let content) = values[0] else { return .none }
            return reader == values[1].wholeNumber ? content : .none
        }
    }

    static func compare(_ operation: Operation, _ a: Value, _ b: Value) -> Bool {
        let order = Value.compare(a, b)
        return switch operation {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less, .lessReal: order < 0
        default: order <= 0
        }
    }

    /// `x in low..high`: the list is not built. The operands are evaluated in their order all the same.
    private mutating func isInRange(
        _ element: TypedExpression, _ low: TypedExpression, _ high: TypedExpression
    ) throws(EvaluationFailure) -> Value {
        let low = try number(of: low)
        let high = try number(of: high)
        let found = try number(of: element)
        return .bool(low <= found && found <= high)
    }
}
