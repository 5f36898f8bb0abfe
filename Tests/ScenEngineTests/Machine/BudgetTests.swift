import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// What never ends, or grows without end, is reported with its place, not suffered.
struct BudgetTests {
    private func run(
        _ body: [TypedStatement], functions: [TypedRoutine] = [], locals: [ValueType] = [],
        budgets: RunBudgets = RunBudgets()
    ) -> RuntimeFailure? {
        var fixture = MachineFixture()
        fixture.budgets = budgets
        fixture.algorithm.variables = [
            TypedVariable(name: "l", type: .list(.int), initial: constant(.list([.int(1)]), .list(.int)), stable: false)
        ]
        fixture.algorithm.functions = functions
        fixture.algorithm.handlers = [handler(.start, locals: locals, body)]
        let running = fixture.start()
        _ = running.machine.runHandler(running.program.onStart, node: 1)
        return running.machine.failure
    }

    @Test func aFunctionThatCallsItselfForEver() {
        let call = TypedExpression(.call(0, [operation(.addInt, [local(0), int(1)], .int)]), .int, at: place(30))
        let function = routine("grow", parameters: 1, locals: [.int], result: .int, [returns(call)])
        let start = TypedExpression(.call(0, [int(0)]), .int, at: place(31))
        let failure = run([statement(.call(start))], functions: [function])
        #expect(failure?.code == .recursionTooDeep)
        #expect(failure?.span == place(30))
        #expect(failure?.node == 1)
        #expect(failure?.message == "'grow' is called while 1,000 calls wait for it: the recursion is too deep")
    }

    @Test func aListDoubledSixtyTimes() {
        let list = variable(0, .list(.int))
        let doubled = operation(.concatenateLists, [list, list], .list(.int), at: 40)
        let loop = statement(
            .loop(.wildcard, in: TypedExpression(.range(int(1), int(60)), .list(.int), at: place(41)),
                [statement(.assignVariable(0, doubled))]))
        let failure = run([loop])
        #expect(failure?.code == .valueTooLarge)
        #expect(failure?.span == place(40))
        #expect(failure?.message == "a value of 1,048,576 elements is too large: at most 1,000,000 are allowed")
    }

    @Test func manyLargeListsNeedTooMuchMemory() {
        var budgets = RunBudgets()
        budgets.arenaBytes = 4 << 20
        let lists = ValueType.list(.list(.int))
        let end = operation(.addInt, [local(0), int(1000)], .int)
        let one = TypedExpression(.range(local(0), end), .list(.int), at: place(50))
        // Building the next list and keeping it both take memory: either may be the last straw.
        var more = operation(.appending, [local(1, lists), one], lists)
        more.span = place(50)
        let body = [
            statement(.assignLocal(1, constant(.list([]), lists))),
            statement(
                .loop(.local(0), in: TypedExpression(.range(int(1), int(1000)), .list(.int), at: place(51)),
                    [statement(.assignLocal(1, more))])),
        ]
        let failure = run(body, locals: [.int, lists], budgets: budgets)
        #expect(failure?.code == .memoryBudget)
        #expect(failure?.span == place(50))
        #expect(failure?.message == "the values of this run need more than 4 MB")
    }

    @Test func aHugeRangeIsNotBuilt() {
        let range = TypedExpression(.range(int(1), int(Word.largest)), .list(.int), at: place(60))
        let failure = run([statement(.assignVariable(0, range))])
        #expect(failure?.code == .valueTooLarge)
        #expect(failure?.span == place(60))
        let found = operation(.containsList, [range, int(17)], .bool)
        #expect(run([statement(.assert(found))]) == nil)
    }

    @Test func endlessNestsOfLoops() {
        let range = TypedExpression(.range(int(1), int(1_000_000)), .list(.int), at: place(70))
        let inner = statement(.loop(.wildcard, in: range, []), at: 71)
        let failure = run([statement(.loop(.wildcard, in: range, [inner]), at: 72)])
        #expect(failure?.code == .stepBudget)
        #expect(failure?.span == place(71))
        #expect(failure?.message == "this has not ended after 10,000,000 steps")
    }

    @Test func aLoopUpToTheLargestNumberEnds() {
        let range = TypedExpression(.range(int(Word.largest - 2), int(Word.largest)), .list(.int), at: place(80))
        var fixture = MachineFixture()
        fixture.algorithm.variables = [TypedVariable(name: "n", type: .int, initial: int(0), stable: false)]
        fixture.algorithm.handlers = [
            handler(.start, [statement(.loop(.wildcard, in: range, [
                statement(.assignVariable(0, operation(.addInt, [variable(0), int(1)], .int)))
            ]))])
        ]
        let running = fixture.start()
        #expect(running.machine.runHandler(running.program.onStart, node: 0) == .finished)
        #expect(running.variable(0) == .int(3))
    }

    /// Work on large values counts, although it is one instruction.
    @Test func workOnLargeValuesIsCharged() {
        let large = TypedExpression(.range(int(1), int(500_000)), .list(.int), at: place(90))
        let range = TypedExpression(.range(int(1), int(1_000_000)), .list(.int), at: place(91))
        let reversed = operation(.reversed, [local(1, .list(.int))], .list(.int), at: 92)
        let body = [
            statement(.assignLocal(1, large)),
            statement(.loop(.local(0), in: range, [statement(.assignLocal(1, reversed))]), at: 93),
        ]
        let failure = run(body, locals: [.int, .list(.int)])
        #expect(failure?.code == .stepBudget)
        #expect(failure?.span == place(93))
    }

    /// Garbage that one handler makes is collected; what others hold is not, although nobody names it.
    @Test func aHandlerThatMakesMuchGarbageGoesOn() {
        var fixture = MachineFixture()
        fixture.budgets.arenaBytes = 2 << 20
        fixture.algorithm.variables = [
            TypedVariable(name: "l", type: .list(.int), initial: constant(.list([]), .list(.int)), stable: false)
        ]
        let append = operation(.appending, [variable(0, .list(.int)), local(0)], .list(.int))
        let range = TypedExpression(.range(int(1), int(5000)), .list(.int), at: place(0))
        fixture.algorithm.handlers = [
            handler(.start, locals: [.int], [statement(.loop(.local(0), in: range, [statement(.assignVariable(0, append))]))])
        ]
        let running = fixture.start()
        let machine = running.machine
        let outside = machine.word(.list([.int(-1), .int(-2)]))
        #expect(machine.runHandler(running.program.onStart, node: 0) == .finished)
        #expect(running.variable(0) == .list((1...5000).map { .int($0) }))
        #expect(machine.value(outside, .list(.int)) == .list([.int(-1), .int(-2)]))
    }

    @Test func tooManyLocalsAreRefused() {
        let count = 70_000
        let failure = run(
            (0..<count).map { statement(.assignLocal($0, int($0))) }, locals: Array(repeating: .int, count: count))
        #expect(failure?.code == .valueTooLarge)
        #expect(failure?.message == "'on start' has more local values than the 65,000 that are possible")
    }

    @Test func aListOfVeryManyElementsIsMade() {
        let elements = (0..<100_000).map { _ in operation(.addInt, [int(1), int(1)], .int) }
        let list = make(.list, elements, .list(.int))
        let right = operation(.equal, [operation(.length, [list], .int), int(100_000)], .bool)
        #expect(run([statement(.assert(right))]) == nil)
    }
}
