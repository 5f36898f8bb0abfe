import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// What expectations and outcomes read of a run.
struct ObserverTests {
    private func observe(
        _ expression: TypedExpression, _ prepare: (Machine) -> Void = { _ in }
    ) -> Value? {
        var fixture = MachineFixture()
        fixture.types.messages = [.init(name: "A", fields: []), .init(name: "B", fields: [])]
        fixture.algorithm.input = .int
        fixture.algorithm.decides = .int
        fixture.algorithm.delivers = .int
        fixture.algorithm.variables = [TypedVariable(name: "x", type: .int, initial: int(1), stable: false)]
        fixture.observers = [routine("o", result: expression.type, [returns(expression)])]
        let running = fixture.start()
        prepare(running.machine)
        return running.machine.observe(running.compiled.outcomes[0].condition)
            .map { running.machine.value($0, expression.type) }
    }

    private func fact(_ fact: NodeFact, _ type: ValueType) -> TypedExpression {
        TypedExpression(.factOf(node(1), fact), type, at: place(0))
    }

    @Test func variablesOfNodes() {
        let x = TypedExpression(.variableOf(node(2), 0), .int, at: place(0))
        #expect(observe(x) == .int(1))
        #expect(observe(x) { $0.memory.nodes[2 * $0.memory.width] = Word(9) } == .int(9))
    }

    @Test func factsOfNodes() {
        #expect(observe(fact(.up, .bool)) == .bool(true))
        #expect(observe(fact(.crashed, .bool)) { $0.memory.crashed[1] = true } == .bool(true))
        #expect(observe(fact(.up, .bool)) { $0.memory.crashed[1] = true } == .bool(false))
        #expect(observe(fact(.input, .int)) { $0.memory.inputs[1] = Word(5) } == .int(5))
        #expect(observe(fact(.decision, .maybe(.int))) == .some(.none))
        #expect(observe(fact(.decisions, .int)) == .int(0))
        #expect(observe(fact(.delivered, .list(.int))) == .list([]))
        let received = TypedExpression(.receivedCount(node(1)), .int, at: place(0))
        #expect(observe(received) { $0.memory.received[1] = 6 } == .int(6))
    }

    @Test func factsOfTheRun() {
        func global(_ fact: GlobalFact, _ type: ValueType) -> TypedExpression {
            TypedExpression(.global(fact), type, at: place(0))
        }
        #expect(observe(global(.time, .duration)) { $0.memory.time = 44 } == .duration(44))
        #expect(observe(global(.outcome, .maybe(.int))) == .some(.none))
        #expect(observe(global(.outcome, .maybe(.int))) { $0.memory.outcome = Word(2) } == .int(2))
        let faulty = Value.set([.node(0)])
        #expect(observe(global(.faulty, .set(.node))) { $0.memory.faulty = $0.word(faulty) } == faulty)
        #expect(observe(global(.correct, .set(.node))) { $0.memory.correct = $0.word(faulty) } == faulty)
    }

    @Test func messagesThatWereSent() {
        func sent(_ message: Int?) -> TypedExpression {
            TypedExpression(.sentCount(message: message), .int, at: place(0))
        }
        let prepare = { (machine: Machine) in
            machine.memory.sent[0] = 3
            machine.memory.sent[1] = 4
        }
        #expect(observe(sent(0), prepare) == .int(3))
        #expect(observe(sent(1), prepare) == .int(4))
        #expect(observe(sent(nil), prepare) == .int(7))
    }
}
