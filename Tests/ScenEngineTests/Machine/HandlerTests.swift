import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

struct HandlerTests {
    /// `Order(path: int, from: node)`, one variable `count`.
    private func fixture(_ handlers: [TypedHandler]) -> MachineFixture {
        var fixture = MachineFixture()
        fixture.types.messages = [
            .init(name: "Order", fields: [.init(name: "number", type: .int), .init(name: "to", type: .node)])
        ]
        fixture.algorithm.variables = [
            TypedVariable(name: "count", type: .int, initial: int(7), stable: false),
            TypedVariable(name: "seen", type: .set(.node), initial: constant(.set([]), .set(.node)), stable: false),
        ]
        fixture.algorithm.handlers = handlers
        return fixture
    }

    private func order(_ number: Int, _ to: Int) -> Value { .message(type: 0, [.int(number), .node(to)]) }

    @Test func aHandlerSeesItsMessageAndItsSender() {
        let running = fixture([
            handler(
                .message(0), [.local(3), .local(4), .wildcard], locals: [.node, .int, .node, .node, .int],
                [
                    statement(.assignVariable(0, operation(.addInt, [variable(0), local(4)], .int))),
                    statement(.assignVariable(1, operation(.adding, [variable(1, .set(.node)), local(3, .node)], .set(.node)))),
                ])
        ]).start()
        #expect(running.send(order(5, 1), from: 2) == .finished)
        #expect(running.variable(0) == .int(12))
        #expect(running.variable(1) == .set([.node(2)]))
        #expect(running.variable(0, of: 1) == .int(7))
    }
}
