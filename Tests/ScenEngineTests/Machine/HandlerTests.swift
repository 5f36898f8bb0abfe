import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

struct HandlerTests {
    private static let nodes = ValueType.set(.node)

    /// `Order(number, to)`, a timer `Retry(id)`, variables `count` (7) and `seen`.
    private func fixture(_ handlers: [TypedHandler]) -> MachineFixture {
        var fixture = MachineFixture()
        fixture.types.messages = [
            .init(name: "Order", fields: [.init(name: "number", type: .int), .init(name: "to", type: .node)])
        ]
        fixture.types.timers = [.init(name: "Retry", fields: [.init(name: "id", type: .int)])]
        fixture.algorithm.decides = .int
        fixture.algorithm.delivers = .int
        fixture.algorithm.variables = [
            TypedVariable(name: "count", type: .int, initial: int(7), stable: false),
            TypedVariable(name: "seen", type: Self.nodes, initial: constant(.set([]), Self.nodes), stable: false),
            TypedVariable(name: "kept", type: .int, initial: int(1), stable: true),
        ]
        fixture.algorithm.handlers = handlers
        return fixture
    }

    private func order(_ number: Int, _ to: Int) -> Value { .message(type: 0, [.int(number), .node(to)]) }
    private func set(_ index: Int, _ expression: TypedExpression) -> TypedStatement {
        statement(.assignVariable(index, expression))
    }
    private func add(_ index: Int, _ amount: TypedExpression) -> TypedStatement {
        set(index, operation(.addInt, [variable(index), amount], .int))
    }

    // MARK: Dispatch

    @Test func aHandlerSeesItsMessageAndItsSender() {
        let seen = operation(.adding, [variable(1, Self.nodes), local(3, .node)], Self.nodes)
        let running = fixture([
            handler(
                .message(0), [.local(3), .local(4), .wildcard], locals: [.node, .int, .node, .node, .int],
                [add(0, local(4)), set(1, seen)])
        ]).start()
        #expect(running.send(order(5, 1), from: 2) == .finished)
        #expect(running.variable(0) == .int(12))
        #expect(running.variable(1) == .set([.node(2)]))
        #expect(running.variable(0, of: 1) == .int(7))
    }

    @Test func theFirstHandlerWhosePatternsMatchRuns() {
        let running = fixture([
            handler(.message(0), [.equals(node(2)), .wildcard, .wildcard], locals: [.node, .int, .node], [set(0, int(100))]),
            handler(
                .message(0), [.wildcard, .equals(operation(.addInt, [int(1), int(2)], .int)), .local(2)],
                locals: [.node, .int, .node], [set(0, operation(.addInt, [int(200), local(2, .node)], .int))]),
            handler(.message(0), [.wildcard, .local(1), .wildcard], locals: [.node, .int, .node], [set(0, local(1))]),
            handler(.message(0), [.wildcard, .wildcard, .wildcard], locals: [.node, .int, .node], [set(0, int(-1))]),
        ]).start()
        for (number, sender, expected) in [(3, 2, 100), (3, 1, 201), (4, 1, 4), (4, 2, 100)] {
            #expect(running.send(order(number, 1), from: sender) == .finished)
            #expect(running.variable(0) == .int(expected))
        }
    }

    @Test func nothingHappensWhereNoHandlerMatches() {
        let running = fixture([
            handler(.round, [.equals(int(2))], locals: [.int], [set(0, int(0))]),
            handler(.timer(0), [.local(1)], locals: [.int, .int], [set(0, local(1))]),
        ]).start()
        #expect(running.program.onStart == nil)
        #expect(running.machine.runHandler(running.program.onRound, node: 0, Word(1)) == .finished)
        #expect(running.variable(0) == .int(7))
        #expect(running.machine.runHandler(running.program.onRound, node: 0, Word(2)) == .finished)
        #expect(running.variable(0) == .int(0))
    }

    // MARK: Effects

    @Test func effectsComeInOrder() {
        let message = make(.message(0), [variable(0), node(1)], .message)
        let running = fixture([
            handler(.start, locals: [.int], [
                statement(.send(message, to: TypedExpression(.own(.others), Self.nodes, at: place(0)), many: true)),
                statement(.setTimer(timer: 0, [int(9)], after: constant(.duration(50), .duration))),
                statement(.send(message, to: node(0), many: false)),
                statement(.cancelTimer(timer: 0, [int(9)])),
                statement(.decide(int(1))), statement(.decide(int(2))),
                statement(.deliver(int(3), from: node(2))), statement(.deliver(int(4), from: nil)),
            ])
        ]).start()
        let machine = running.machine
        #expect(machine.runHandler(running.program.onStart, node: 1) == .finished)
        let kinds = machine.effects.map(\.kind)
        #expect(kinds == [.send, .send, .setTimer, .send, .cancelTimer, .decide, .decide, .deliver, .deliver])
        #expect(running.effects(.send).map(\.node) == [0, 2, 0])
        #expect(running.effects(.send).map(\.amount) == [0, 0, 1])
        #expect(machine.value(machine.effects[0].word, .message) == order(7, 1))
        #expect(machine.effects[2].amount == 50)
        #expect(machine.effects[2].word == machine.effects[4].word)
        #expect(machine.timerArguments(machine.effects[2].word) == [.int(9)])
        #expect(running.effects(.decide).map(\.amount) == [1, 2])
        #expect(running.effects(.deliver).map(\.node) == [2, -1])
        let words = machine.memory.nodes + machine.memory.width
        let layout = running.program.layout
        #expect(machine.value(words[layout.decision], .int) == .int(1), "the first decision stands")
        #expect(words[layout.decisions] == Word(2))
        #expect(machine.value(words[layout.delivered], .list(.int)) == .list([.int(3), .int(4)]))
    }

    @Test func aListOfRecipientsIsServedInItsOrder() {
        let message = constant(order(1, 1), .message)
        let list = constant(.list([.node(2), .node(0), .node(2)]), .list(.node))
        let running = fixture([handler(.start, [statement(.send(message, to: list, many: true))])]).start()
        _ = running.machine.runHandler(running.program.onStart, node: 0)
        #expect(running.effects(.send).map(\.node) == [2, 0, 2])
    }

    @Test func logsAreKeptOnlyWhenAskedFor() {
        let running = fixture([
            handler(.start, [
                statement(.log([.text("count "), .value(variable(0)), .text(", "), .value(constant(.string("x"), .string))]))
            ])
        ]).start()
        _ = running.machine.runHandler(running.program.onStart, node: 0)
        #expect(running.machine.effects.isEmpty && running.machine.logged.isEmpty)
        running.machine.keepsLog = true
        _ = running.machine.runHandler(running.program.onStart, node: 0)
        #expect(running.machine.logged == ["count 7, x"])
        #expect(running.effects(.log).map(\.amount) == [0])
    }

    @Test func choicesAreTakenFromTheTape() {
        let range = TypedExpression(.range(int(10), int(12)), .list(.int), at: place(0))
        let running = fixture([
            handler(.start, locals: [.int, .node], [
                statement(.choose(.local(0), in: range)), add(0, local(0)),
                statement(.choose(.local(1), in: constant(.set([.node(1), .node(2)]), Self.nodes))),
                set(1, make(.set, [local(1, .node)], Self.nodes)),
            ])
        ]).start()
        running.machine.tape.reset(prescribed: [2, 1])
        running.machine.keepsLog = true
        _ = running.machine.runHandler(running.program.onStart, node: 0)
        #expect(running.variable(0) == .int(19))
        #expect(running.variable(1) == .set([.node(2)]))
        #expect(running.machine.tape.taken == [.init(choice: 2, of: 3), .init(choice: 1, of: 2)])
        #expect(running.effects(.choose).map(\.amount) == [2, 1])
    }

    // MARK: Interruption

    @Test func aCrashInTheMiddleOfASendReachesSome() {
        let message = constant(order(1, 1), .message)
        let others = TypedExpression(.own(.others), Self.nodes, at: place(0))
        let running = fixture([
            handler(.start, [
                set(0, int(1)), set(2, int(5)), statement(.send(message, to: others, many: true)), set(0, int(2)),
                statement(.send(message, to: node(0), many: false)),
            ])
        ]).start()
        let machine = running.machine
        #expect(machine.runHandler(running.program.onStart, node: 0) == .finished)
        #expect(machine.points == [0, 2, 1])
        let expected: [(Machine.Interruption, [Int32], Value, Value)] = [
            (.init(point: 0), [], .int(1), .int(1)),
            (.init(point: 1), [], .int(1), .int(5)),
            (.init(point: 1, reached: [1]), [2], .int(1), .int(5)),
            (.init(point: 2), [1, 2], .int(2), .int(5)),
        ]
        for (interruption, reached, count, kept) in expected {
            _ = machine.initialise(node: 0, stable: true)
            machine.interruption = interruption
            #expect(machine.runHandler(running.program.onStart, node: 0) == .interrupted)
            #expect(running.effects(.send).map(\.node) == reached)
            #expect(running.variable(0) == count)
            #expect(running.variable(2) == kept)
        }
        machine.interruption = .init(point: 3)
        #expect(machine.runHandler(running.program.onStart, node: 0) == .finished)
    }

    @Test func recoveryKeepsWhatIsStableAndWhatTheWorldHasSeen() {
        let running = fixture([
            handler(.start, [set(0, int(1)), set(2, int(5)), statement(.decide(int(3)))])
        ]).start()
        _ = running.machine.runHandler(running.program.onStart, node: 0)
        _ = running.machine.initialise(node: 0, stable: false)
        #expect(running.variable(0) == .int(7))
        #expect(running.variable(2) == .int(5))
        #expect(running.machine.memory.nodes[running.program.layout.decisions] == Word(1))
        #expect(running.effects(.decide).count == 1, "effects of the last handler stay")
        _ = running.machine.initialise(node: 0, stable: true)
        #expect(running.variable(2) == .int(1))
        #expect(running.machine.memory.nodes[running.program.layout.decisions] == Word(0))
    }

    // MARK: When

    private func when(_ condition: TypedExpression, _ body: [TypedStatement]) -> TypedAlgorithm.When {
        TypedAlgorithm.When(
            condition: routine("when", result: .bool, [returns(condition)]), body: routine("when", body))
    }

    @Test func whenRunsOnceEachTimeItsConditionBecomesTrue() {
        var fixture = fixture([
            handler(.round, [.local(1)], locals: [.int, .int], [set(0, local(1))])
        ])
        fixture.algorithm.whens = [when(operation(.less, [int(10), variable(0)], .bool), [add(2, int(1))])]
        let running = fixture.start()
        for (count, times) in [(3, 0), (11, 1), (12, 1), (5, 1), (20, 2), (10, 2), (11, 3)] {
            #expect(running.machine.runHandler(running.program.onRound, node: 0, Word(count)) == .finished)
            #expect(running.variable(2) == .int(1 + times), "after \(count)")
        }
        // Also where no handler is: the condition may be true from the beginning.
        _ = running.machine.runHandler(nil, node: 1)
        #expect(running.variable(2, of: 1) == .int(1))
    }

    @Test func whensSetOffOneAnotherAndSeeWhatTheOthersDid() {
        var fixture = fixture([handler(.start, [set(0, int(1))])])
        let isCount = { (number: Int) in operation(.equal, [variable(0), int(number)], .bool) }
        fixture.algorithm.whens = [
            when(isCount(3), [set(0, int(4)), add(2, int(100))]),
            when(isCount(2), [set(0, int(3)), add(2, int(10))]),
            when(isCount(1), [set(0, int(2)), add(2, int(1))]),
            // Was true when the handler ended, and is so no longer when its turn comes.
            when(isCount(1), [add(2, int(1000))]),
        ]
        let running = fixture.start()
        #expect(running.machine.runHandler(running.program.onStart, node: 0) == .finished)
        #expect(running.variable(0) == .int(4))
        #expect(running.variable(2) == .int(112))
        #expect(running.machine.points == [0, 0, 0])
    }

    @Test func whensThatSetOffOneAnotherForEverAreStopped() {
        var fixture = fixture([handler(.start, [set(0, int(0))])])
        fixture.budgets.instructionsPerHandler = 10_000
        let isCount = { (number: Int) in operation(.equal, [variable(0), int(number)], .bool) }
        fixture.algorithm.whens = [when(isCount(0), [set(0, int(1))]), when(isCount(1), [set(0, int(0))])]
        let running = fixture.start()
        #expect(running.machine.runHandler(running.program.onStart, node: 0) == .failed)
        #expect(running.machine.failure?.code == .stepBudget)
    }

    @Test func aConditionWithLocalsIsEvaluated() {
        var fixture = fixture([handler(.start, [add(0, int(1))])])
        let condition = routine(
            "when", locals: [.int], result: .bool,
            [statement(.assignLocal(0, variable(0))), returns(operation(.equal, [local(0), int(8)], .bool))])
        let body = routine("when", [
            statement(.branch([.init(condition: operation(.less, [variable(2), int(5)], .bool), body: [
                add(2, int(1)), statement(.returns(nil)),
            ])], otherwise: [])),
            add(2, int(50)),
        ])
        fixture.algorithm.whens = [TypedAlgorithm.When(condition: condition, body: body)]
        let running = fixture.start()
        _ = running.machine.runHandler(running.program.onStart, node: 0)
        #expect(running.variable(2) == .int(2))
    }
}
