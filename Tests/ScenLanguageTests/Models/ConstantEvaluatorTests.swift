import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

/// Checks each expression against a value computed by hand.
func expectValues(
    _ rows: [(TypedExpression, Value)], functions: [TypedRoutine] = [],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    for (index, (expression, expected)) in rows.enumerated() {
        var bag = DiagnosticBag()
        let found = ConstantEvaluator.evaluate(expression, functions: functions, into: &bag)
        #expect(found == expected, "row \(index): \(bag.all.map(\.message))", sourceLocation: sourceLocation)
    }
}

func expectFailures(
    _ rows: [(TypedExpression, String)], functions: [TypedRoutine] = [],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    for (index, (expression, message)) in rows.enumerated() {
        var bag = DiagnosticBag()
        let found = ConstantEvaluator.evaluate(expression, functions: functions, into: &bag)
        #expect(found == nil, "row \(index)", sourceLocation: sourceLocation)
        #expect(bag.all.map(\.message) == [message], "row \(index)", sourceLocation: sourceLocation)
    }
}

@Suite struct ConstantEvaluatorTests {
    private let largest = (1 << 62) - 1
    private let smallest = -(1 << 62)

    @Test func wholeNumbers() {
        expectValues([
            (op(.addInt, .int, int(2), int(3)), .int(5)),
            (op(.subtractInt, .duration, span(2), span(5)), .duration(-3)),
            (op(.multiplyInt, .duration, int(3), span(7)), .duration(21)),
            (op(.divInt, .int, int(7), int(2)), .int(3)),
            (op(.divInt, .int, int(-7), int(2)), .int(-4)),
            (op(.divInt, .int, int(7), int(-2)), .int(-4)),
            (op(.divInt, .int, int(-7), int(-2)), .int(3)),
            (op(.divInt, .int, span(7), span(2)), .int(3)),
            (op(.modInt, .int, int(7), int(2)), .int(1)),
            (op(.modInt, .int, int(-7), int(2)), .int(1)),
            (op(.modInt, .int, int(7), int(-2)), .int(-1)),
            (op(.modInt, .int, int(-7), int(-2)), .int(-1)),
            (op(.modInt, .int, int(-6), int(2)), .int(0)),
            (op(.powerInt, .int, int(2), int(61)), .int(1 << 61)),
            (op(.powerInt, .int, int(0), int(0)), .int(1)),
            (op(.powerInt, .int, int(-3), int(3)), .int(-27)),
            (op(.powerInt, .int, int(-1), int(largest)), .int(-1)),
            (op(.negateInt, .int, int(5)), .int(-5)),
            (op(.absInt, .int, int(-5)), .int(5)),
            (op(.addInt, .int, int(largest), int(0)), .int(largest)),
            (op(.subtractInt, .int, int(smallest + 1), int(1)), .int(smallest)),
            (typed(.checkRange(int(4), low: 1, high: 4), .range(low: 1, high: 4)), .int(4)),
        ])
    }

    @Test func realNumbers() {
        expectValues([
            (op(.addReal, .real, real(0.5), real(0.25)), .real(0.75)),
            (op(.divideReal, .real, real(1), real(8)), .real(0.125)),
            (op(.powerReal, .real, real(0.5), real(3)), .real(0.125)),
            (op(.negateReal, .real, real(0)), .real(0)),
            (op(.absReal, .real, real(-2.5)), .real(2.5)),
            (op(.floorReal, .int, real(-2.5)), .int(-3)),
            (op(.ceilReal, .int, real(-2.5)), .int(-2)),
            (op(.roundReal, .int, real(2.5)), .int(3)),
            (op(.roundReal, .int, real(-2.5)), .int(-3)),
            (op(.scaleDuration, .duration, span(3), real(0.5)), .duration(2)),
            (op(.scaleDuration, .duration, span(10), real(0.24)), .duration(2)),
            (typed(.toReal(int(3)), .real), .real(3)),
            (op(.lessReal, .bool, real(1), real(2)), .bool(true)),
            (op(.lessOrEqualReal, .bool, real(2), real(2)), .bool(true)),
        ])
    }

    @Test func oneZero() {
        var bag = DiagnosticBag()
        let zero = ConstantEvaluator.evaluate(op(.negateReal, .real, real(0)), into: &bag)
        guard case .real(let number) = zero else { return #expect(Bool(false)) }
        #expect(number.sign == .plus)
    }

    @Test func logic() {
        let failing = op(.equal, .bool, op(.divInt, .int, int(1), int(0)), int(1))
        expectValues([
            (typed(.not(truth(true)), .bool), .bool(false)),
            (typed(.and(truth(false), failing), .bool), .bool(false)),
            (typed(.or(truth(true), failing), .bool), .bool(true)),
            (typed(.implies(truth(false), failing), .bool), .bool(true)),
            (typed(.implies(truth(true), truth(false)), .bool), .bool(false)),
            (typed(.conditional(condition: truth(false), then: failing, otherwise: truth(true)), .bool), .bool(true)),
        ])
    }

    @Test func order() {
        let none = typed(.constant(.none), .maybe(.int))
        expectValues([
            (op(.less, .bool, none, int(-5)), .bool(true)),
            (op(.less, .bool, truth(false), truth(true)), .bool(true)),
            (op(.less, .bool, text("Z"), text("a")), .bool(true)),
            (op(.less, .bool, text("a"), text("é")), .bool(true)),
            (op(.less, .bool, ints(1, 2), ints(1, 2, 0)), .bool(true)),
            (op(.less, .bool, ints(2), ints(1, 9)), .bool(false)),
            (op(.lessOrEqual, .bool, intSet(2, 1), intSet(1, 2)), .bool(true)),
            (op(.equal, .bool, intMap([(1, 2), (1, 3)]), intMap([(1, 3)])), .bool(true)),
            (op(.notEqual, .bool, ints(1), ints()), .bool(true)),
            (
                op(.sorted, .list(.int), typed(.make(.list, [int(3), none, int(1)]), .list(.maybe(.int)))),
                .list([.none, .int(1), .int(3)])
            ),
        ])
    }

    @Test func failures() {
        expectFailures([
            (op(.addInt, .int, int(largest), int(1)), "the number is too large"),
            (op(.subtractInt, .int, int(smallest), int(1)), "the number is too large"),
            (op(.negateInt, .int, int(smallest)), "the number is too large"),
            (op(.multiplyInt, .int, int(1 << 40), int(1 << 40)), "the number is too large"),
            (op(.powerInt, .int, int(2), int(62)), "the number is too large"),
            (op(.powerInt, .int, int(10), int(largest)), "the number is too large"),
            (op(.powerInt, .int, int(2), int(-1)), "a whole number has no negative power"),
            (op(.divInt, .int, int(1), int(0)), "division by zero"),
            (op(.modInt, .int, int(1), int(0)), "division by zero"),
            (op(.divideReal, .real, real(1), real(0)), "division by zero"),
            (op(.multiplyReal, .real, real(1e300), real(1e300)), "the result is no number"),
            (op(.powerReal, .real, real(-1), real(0.5)), "the result is no number"),
            (op(.roundReal, .int, real(1e19)), "the number is too large"),
            (op(.scaleDuration, .duration, span(largest), real(2)), "the number is too large"),
            (typed(.checkRange(int(5), low: 1, high: 4), .int), "5 is outside 1..4"),
            (typed(.unwrap(typed(.constant(.none), .maybe(.int))), .int), "'none' where a value is needed"),
            (op(.lookUp, .int, intMap([(1, 2)]), int(3)), "the map has no such key"),
            (op(.elementAt, .int, ints(1, 2), int(2)), "the list has no element 2"),
            (op(.elementAt, .int, ints(1, 2), int(-3)), "the list has no element -3"),
            (op(.replacingElement, .list(.int), ints(), int(0), int(1)), "the list has no element 0"),
            (op(.first, .int, ints()), "'first' of nothing has no value"),
            (op(.minimum, .int, ints()), "'min' of nothing has no value"),
            (range(1, 1 << 40), "the value has more than 1000000 elements"),
            (
                comprehension(.count, .int, truth(true), over: range(1, 1 << 40)),
                "the evaluation does not end within 1000000 steps"
            ),
            (typed(.own(.now), .duration), "this is not known before a run"),
            (typed(.global(.faulty), .set(.node)), "this is not known before a run"),
            (typed(.variable(0), .int), "this is not known before a run"),
        ])
    }

    @Test func theFirstMistakeIsReportedAtItsPlace() {
        let place = SourceSpan(.scenario, 4, 9)
        let inner = typed(.operation(.divInt, [int(1), int(0)]), .int, at: place)
        var bag = DiagnosticBag()
        #expect(ConstantEvaluator.evaluate(op(.addInt, .int, inner, inner), into: &bag) == nil)
        #expect(bag.all.map(\.span) == [place])
        #expect(bag.all.map(\.code) == [.evaluation])
    }
}
