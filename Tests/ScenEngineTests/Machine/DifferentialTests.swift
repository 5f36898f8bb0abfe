import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// What is known before a run and what a run computes must be the same: the evaluator of constants and the machine on random
/// expressions.
struct DifferentialTests {
    private static let expressionsPerSeed = 100

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func evaluatorAndMachineAgree(_ seed: UInt64) {
        var generator = ExpressionGenerator(seed: seed)
        var fixture = MachineFixture()
        fixture.types = generator.types
        var expressions: [TypedExpression] = []
        for index in 0..<Self.expressionsPerSeed {
            generator.locals = []
            let expression = generator.expression(generator.type(), depth: 1 + index % 5)
            expressions.append(expression)
            fixture.observers.append(
                routine("e", locals: generator.locals, result: expression.type, [returns(expression)]))
        }
        let running = fixture.start()
        var failures = 0
        for (index, expression) in expressions.enumerated() {
            var bag = DiagnosticBag()
            let expected = ConstantEvaluator.evaluate(expression, into: &bag)
            let word = running.machine.observe(running.compiled.outcomes[index].condition)
            let found = word.map { running.machine.value($0, expression.type) }
            switch (expected, found) {
            case (let expected?, let found?):
                #expect(Value.compare(expected, found) == 0, "\(expected) and \(found): \(expression)")
            case (nil, nil):
                failures += 1
                #expect(bag.all.first?.span == running.machine.failure?.span, "\(expression)")
            default:
                let message = running.machine.failure?.message ?? ""
                Issue.record("\(String(describing: expected)) and \(String(describing: found)) \(message): \(expression)")
            }
        }
        #expect(failures < Self.expressionsPerSeed * 3 / 4)
    }
}
