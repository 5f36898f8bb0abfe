import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct ConstantFunctionTests {
    private func statement(_ kind: TypedStatement.Kind) -> TypedStatement { TypedStatement(kind, at: nowhere) }

    private func function(
        _ name: String, locals: [ValueType] = [.int], _ body: TypedStatement.Kind...
    ) -> TypedRoutine {
        TypedRoutine(
            name: name, parameters: 1, locals: locals, body: body.map(statement), result: .int, span: nowhere)
    }

    private func call(_ index: Int, _ argument: TypedExpression) -> TypedExpression {
        typed(.call(index, [argument]), .int)
    }

    /// factorial(k): if k <= 1: return 1; return k * factorial(k - 1)
    private var factorial: TypedRoutine {
        function(
            "factorial",
            .branch(
                [.init(condition: op(.lessOrEqual, .bool, local(0), int(1)), body: [statement(.returns(int(1)))])],
                otherwise: []),
            .returns(op(.multiplyInt, .int, local(0), call(0, op(.subtractInt, .int, local(0), int(1))))))
    }

    @Test func recursion() {
        expectValues(
            [(call(0, int(10)), .int(3_628_800)), (call(0, int(0)), .int(1))], functions: [factorial])
    }

    @Test func loopsAndLocals() {
        // total = 0; for (a, b) in m.items(): total = total + a * b; return total
        let items = op(
            .items, .list(.tuple([.int, .int])), typed(.make(.map, [int(1), local(0), int(2), int(5)]), .map(key: .int, value: .int)))
        let sum = function(
            "weighted", locals: [.int, .int, .int, .int],
            .bind(.local(1), int(0)),
            .loop(
                .tuple([.local(2), .local(3)]), in: items,
                [
                    statement(
                        .assignLocal(1, op(.addInt, .int, local(1), op(.multiplyInt, .int, local(2), local(3)))))
                ]),
            .assert(op(.less, .bool, int(0), local(1))),
            .log([.text("total "), .value(local(1))]),
            .returns(local(1)))
        expectValues([(call(0, int(7)), .int(17))], functions: [sum])
        expectFailures([(call(0, int(-10)), "the assertion does not hold")], functions: [sum])
    }

    @Test func returnsOutOfALoop() {
        let first = function(
            "firstDivisor", locals: [.int, .int],
            .loop(
                .local(1), in: typed(.range(int(2), local(0)), .list(.int)),
                [
                    statement(
                        .branch(
                            [
                                .init(
                                    condition: op(.equal, .bool, op(.modInt, .int, local(0), local(1)), int(0)),
                                    body: [statement(.returns(local(1)))])
                            ], otherwise: []))
                ]))
        expectValues([(call(0, int(91)), .int(7))], functions: [first])
        expectFailures([(call(0, int(1)), "the function ends without a value")], functions: [first])
    }

    @Test func runaways() {
        let deeper = function("deeper", .returns(op(.addInt, .int, int(1), call(0, local(0)))))
        expectFailures([(call(0, int(1)), "the recursion is too deep")], functions: [deeper])
        let wider = function(
            "wider",
            .branch(
                [.init(condition: op(.equal, .bool, local(0), int(0)), body: [statement(.returns(int(0)))])],
                otherwise: []),
            .returns(
                op(
                    .addInt, .int, call(0, op(.subtractInt, .int, local(0), int(1))),
                    call(0, op(.subtractInt, .int, local(0), int(1))))))
        expectFailures(
            [(call(0, int(60)), "the evaluation does not end within 1000000 steps")], functions: [wider])
    }

    @Test func effectsAreNotConstant() {
        let sender = function("sender", .decide(int(1)), .returns(int(1)))
        expectFailures([(call(0, int(1)), "this is not known before a run")], functions: [sender])
    }
}
