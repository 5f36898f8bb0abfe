import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// Every error that an expression or a statement can end in, with its place and its words.
struct RuntimeErrorTests {
    private static let heard = ValueType.map(key: .list(.node), value: .bool)

    private func run(_ body: [TypedStatement], functions: [TypedRoutine] = []) -> RuntimeFailure? {
        var fixture = MachineFixture()
        fixture.types.timers = [.init(name: "Retry", fields: [])]
        fixture.algorithm.variables = [
            TypedVariable(name: "heard", type: Self.heard, initial: constant(.map([]), Self.heard), stable: false),
            TypedVariable(
                name: "log", type: .list(.int), initial: constant(.list([.int(4), .int(5)]), .list(.int)), stable: false),
            TypedVariable(name: "round", type: .range(low: 0, high: 3), initial: int(3), stable: false),
            TypedVariable(name: "leader", type: .maybe(.node), initial: constant(.none, .maybe(.node)), stable: false),
        ]
        fixture.algorithm.functions = functions
        fixture.algorithm.handlers = [handler(.start, body)]
        let running = fixture.start()
        running.machine.memory.time = 12
        let outcome = running.machine.runHandler(running.program.onStart, node: 2)
        #expect((outcome == .failed) == (running.machine.failure != nil))
        return running.machine.failure
    }

    private func evaluate(_ expression: TypedExpression) -> RuntimeFailure? { run([statement(.call(expression))]) }

    private func expect(
        _ failure: RuntimeFailure?, _ code: DiagnosticCode, _ message: String, at number: Int = 9,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let expected = RuntimeFailure(code: code, message: message, span: place(number), node: 2, time: 12)
        #expect(failure == expected, sourceLocation: location)
    }

    @Test func overflow() {
        let tooLarge = " is too large: whole numbers lie between -2^62 and 2^62 - 1"
        let largest = int(Word.largest)
        expect(evaluate(operation(.addInt, [largest, int(1)], .int, at: 9)), .overflow, "4611686018427387903 + 1" + tooLarge)
        expect(
            evaluate(operation(.subtractInt, [int(Word.smallest), largest], .int, at: 9)), .overflow,
            "-4611686018427387904 - 4611686018427387903" + tooLarge)
        expect(
            evaluate(operation(.multiplyInt, [largest, int(2)], .int, at: 9)), .overflow, "4611686018427387903 * 2" + tooLarge)
        expect(
            evaluate(operation(.powerInt, [int(2), int(62)], .int, at: 9)), .overflow, "2 ** 62" + tooLarge)
        expect(
            evaluate(operation(.divInt, [int(Word.smallest), int(-1)], .int, at: 9)), .overflow,
            "-4611686018427387904 div -1" + tooLarge)
        let day = constant(.duration(86_400_000_000_000), .duration)
        expect(
            evaluate(operation(.multiplyInt, [day, largest], .duration, at: 9)), .overflow,
            "1d * 4611686018427387903" + tooLarge)
        let huge = constant(.real(1e300), .real)
        expect(
            evaluate(operation(.multiplyReal, [huge, huge], .real, at: 9)), .overflow,
            "1e+300 * 1e+300 is no number: infinite or undefined")
        expect(evaluate(operation(.floorReal, [huge], .int, at: 9)), .overflow, "the number" + tooLarge)
    }

    @Test func divisionByZero() {
        expect(evaluate(operation(.divInt, [int(7), int(0)], .int, at: 9)), .divisionByZero, "division by zero: 7 div 0")
        expect(evaluate(operation(.modInt, [int(7), int(0)], .int, at: 9)), .divisionByZero, "division by zero: 7 mod 0")
        let zero = constant(.real(0), .real)
        expect(evaluate(operation(.divideReal, [zero, zero], .real, at: 9)), .divisionByZero, "division by zero: 0.0 / 0.0")
    }

    @Test func negativeExponent() {
        expect(
            evaluate(operation(.powerInt, [int(2), int(-1)], .int, at: 9)), .negativeExponent,
            "2 ** -1: a whole number has no negative power")
    }

    @Test func missingMapKey() {
        let key = make(.list, [node(0)], .list(.node))
        expect(
            evaluate(operation(.lookUp, [variable(0, Self.heard), key], .bool, at: 9)), .missingMapKey,
            "the map 'heard' has no key [n1]")
        let map = constant(.map([]), .map(key: .string, value: .int))
        expect(
            evaluate(operation(.lookUp, [map, constant(.string("a\"b"), .string)], .int, at: 9)), .missingMapKey,
            #"the map has no key "a\"b""#)
    }

    @Test func indexOutsideList() {
        expect(
            evaluate(operation(.elementAt, [variable(1, .list(.int)), int(2)], .int, at: 9)), .indexOutsideList,
            "the list 'log' has no element 2: it has 2 elements, counted from 0")
        expect(
            evaluate(operation(.elementAt, [variable(1, .list(.int)), int(-3)], .int, at: 9)), .indexOutsideList,
            "the list 'log' has no element -3: it has 2 elements, counted from 0")
        let empty = constant(.list([]), .list(.int))
        expect(
            evaluate(operation(.replacingElement, [empty, int(0), int(1)], .list(.int), at: 9)), .indexOutsideList,
            "the list has no element 0: it is empty")
        expect(
            evaluate(operation(.replacingElement, [empty, int(Word.smallest), int(1)], .list(.int), at: 9)), .indexOutsideList,
            "the list has no element -4611686018427387904: it is empty")
    }

    @Test func emptyCollection() {
        let empty = constant(.set([]), .set(.int))
        for (function, name) in [(Operation.first, "first"), (.last, "last"), (.minimum, "min"), (.maximum, "max")] {
            expect(
                evaluate(operation(function, [empty], .int, at: 9)), .emptyCollection, "'\(name)' of nothing has no value")
        }
        for (result, name) in [(TypedComprehension.Result.minimum, "min"), (.maximum, "max")] {
            let comprehension = TypedComprehension(
                result: result, clauses: [.init(pattern: .wildcard, collection: empty, conditions: [])], element: int(1))
            let expression = TypedExpression(.comprehension(comprehension), .int, at: place(9))
            expect(evaluate(expression), .emptyCollection, "'\(name)' of nothing has no value")
        }
        expect(run([statement(.choose(.wildcard, in: empty), at: 9)]), .emptyCollection, "there is nothing to choose from")
        let range = TypedExpression(.range(int(2), int(1)), .list(.int), at: place(0))
        expect(run([statement(.choose(.wildcard, in: range), at: 9)]), .emptyCollection, "there is nothing to choose from")
    }

    @Test func rangeViolated() {
        let next = operation(.addInt, [variable(2), int(1)], .int)
        let checked = TypedExpression(.checkRange(next, low: 0, high: 3), .range(low: 0, high: 3), at: place(9))
        expect(run([statement(.assignVariable(2, checked))]), .rangeViolated, "4 is outside 0..3, the range of 'round'")
        expect(evaluate(checked), .rangeViolated, "4 is outside 0..3")
    }

    @Test func noneUsed() {
        let unwrapped = TypedExpression(.unwrap(variable(3, .maybe(.node))), .node, at: place(9))
        expect(evaluate(unwrapped), .noneUsed, "'leader' is none where a value is needed")
        let decision = TypedExpression(.own(.decision), .maybe(.int), at: place(0))
        expect(
            evaluate(TypedExpression(.unwrap(decision), .int, at: place(9))), .noneUsed,
            "'decision' is none where a value is needed")
    }

    @Test func assertionFailed() {
        let condition = operation(.less, [int(2), int(1)], .bool, at: 9)
        expect(run([statement(.assert(condition))]), .assertionFailed, "the assertion does not hold")
    }

    @Test func negativeDelay() {
        let delay = operation(.subtractInt, [constant(.duration(1_000_000), .duration), constant(.duration(2_500_000), .duration)], .duration, at: 9)
        expect(
            run([statement(.setTimer(timer: 0, [], after: delay))]), .negativeDelay,
            "the timer 'Retry' would go off in the past: its delay is -1.5ms")
    }

    @Test func aFunctionThatEndsWithoutAValue() {
        let function = routine("pick", result: .int, at: 9, [])
        let call = TypedExpression(.call(0, []), .int, at: place(1))
        expect(
            run([statement(.call(call))], functions: [function]), .neverReturns,
            "the function 'pick' ends without returning a value")
    }

    @Test func anObserverFailsWithoutANode() {
        var fixture = MachineFixture()
        fixture.observers = [routine("o", result: .bool, [returns(operation(.divInt, [int(1), int(0)], .int, at: 9))])]
        let running = fixture.start()
        #expect(running.machine.observe(running.compiled.outcomes[0].condition) == nil)
        #expect(running.machine.failure?.node == nil)
        #expect(running.machine.failure?.code == .divisionByZero)
    }
}
