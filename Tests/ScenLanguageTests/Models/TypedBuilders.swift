import ScenDiagnostics
import ScenLanguage
import ScenModel

/// Typed expressions by hand, all at one place.
let nowhere = SourceSpan(.scenario, 0, 0)

func typed(_ kind: TypedExpression.Kind, _ type: ValueType, at span: SourceSpan = nowhere) -> TypedExpression {
    TypedExpression(kind, type, at: span)
}
func int(_ value: Int) -> TypedExpression { typed(.constant(.int(value)), .int) }
func real(_ value: Double) -> TypedExpression { typed(.constant(.real(value)), .real) }
func span(_ ns: Int) -> TypedExpression { typed(.constant(.duration(ns)), .duration) }
func truth(_ value: Bool) -> TypedExpression { typed(.constant(.bool(value)), .bool) }
func text(_ value: String) -> TypedExpression { typed(.constant(.string(value)), .string) }
func ints(_ values: Int...) -> TypedExpression { typed(.make(.list, values.map(int)), .list(.int)) }
func intSet(_ values: Int...) -> TypedExpression { typed(.make(.set, values.map(int)), .set(.int)) }
func intMap(_ pairs: [(Int, Int)]) -> TypedExpression {
    typed(.make(.map, pairs.flatMap { [int($0.0), int($0.1)] }), .map(key: .int, value: .int))
}
func op(_ operation: ScenLanguage.Operation, _ type: ValueType, _ operands: TypedExpression...) -> TypedExpression {
    typed(.operation(operation, operands), type)
}
func local(_ slot: Int, _ type: ValueType = .int) -> TypedExpression { typed(.local(slot), type) }
func range(_ low: Int, _ high: Int) -> TypedExpression { typed(.range(int(low), int(high)), .list(.int)) }

func comprehension(
    _ result: TypedComprehension.Result, _ type: ValueType, _ element: TypedExpression, over collection: TypedExpression,
    if conditions: TypedExpression..., value: TypedExpression? = nil
) -> TypedExpression {
    let clause = TypedComprehension.Clause(pattern: .local(0), collection: collection, conditions: conditions)
    return typed(
        .comprehension(TypedComprehension(result: result, clauses: [clause], element: element, value: value)), type)
}

func list(_ values: Int...) -> Value { .list(values.map { .int($0) }) }
func set(_ values: Int...) -> Value { .set(values.map { .int($0) }) }
