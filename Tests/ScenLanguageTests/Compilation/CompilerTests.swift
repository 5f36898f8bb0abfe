import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenLanguage

/// Which instructions a routine becomes. What they do is tested where the machine is.
struct CompilerTests {
    private static let nodes = ValueType.set(.node)
    private let span = SourceSpan(.scenario, 3, 4)

    private func expression(_ kind: TypedExpression.Kind, _ type: ValueType = .int) -> TypedExpression {
        TypedExpression(kind, type, at: span)
    }
    private func int(_ number: Int) -> TypedExpression { expression(.constant(.int(number))) }
    private func apply(
        _ operation: ScenLanguage.Operation, _ a: TypedExpression, _ b: TypedExpression, _ type: ValueType = .int
    ) -> TypedExpression {
        expression(.operation(operation, [a, b]), type)
    }
    private var count: TypedExpression { expression(.variable(0)) }
    private var seen: TypedExpression { expression(.variable(1), Self.nodes) }

    private func compile(
        _ body: [TypedStatement.Kind], event: TypedHandler.Event = .start, patterns: [TypedPattern] = [],
        locals: [ValueType] = []
    ) -> Program {
        var algorithm = TypedAlgorithm()
        algorithm.variables = [
            TypedVariable(name: "count", type: .int, initial: int(0), stable: false),
            TypedVariable(name: "seen", type: Self.nodes, initial: expression(.constant(.set([])), Self.nodes), stable: false),
            TypedVariable(name: "kept", type: .int, initial: int(0), stable: true),
        ]
        let routine = TypedRoutine(
            name: "on", parameters: patterns.count, locals: locals, body: body.map { TypedStatement($0, at: span) },
            result: .nothing, span: span)
        algorithm.handlers = [TypedHandler(event: event, patterns: patterns, routine: routine)]
        var types = TypeTable()
        types.nodeNames = ["a", "b"]
        types.messages = [
            .init(name: "M", fields: [.init(name: "x", type: .int), .init(name: "y", type: .int)]),
        ]
        let system = SystemModel(
            nodes: NodeModel(kind: .crashStop, names: ["a", "b"]), network: NetworkModel(links: .reliable),
            timing: TimingModel(kind: .asynchronous, latency: .constant(1)), faults: FaultModel(who: .nobody, courses: []),
            inputs: InputModel())
        return Compiler.compile(
            TypedCase(
                parameters: [], types: types, system: system, algorithm: algorithm, outcomes: [], expectations: [],
                plan: RunPlan())
        ).program
    }

    /// Operations of a handler, up to its last jump to the end.
    private func opcodes(_ program: Program, _ routine: Program.RoutineID?) -> [Opcode] {
        guard let routine else { return [] }
        let entry = program.routines[routine].entry
        let following = program.routines.map(\.entry).filter { $0 > entry }.min() ?? program.code.count
        return program.code[entry..<following].map(\.opcode).dropLast(2)
    }

    private func start(_ body: [TypedStatement.Kind]) -> [Opcode] {
        let program = compile(body)
        return opcodes(program, program.onStart)
    }

    @Test func variablesAreChangedInPlace() {
        #expect(start([.assignVariable(0, int(5))]) == [.setState])
        #expect(start([.assignVariable(0, apply(.addInt, count, int(1)))]) == [.addState])
        #expect(start([.assignVariable(0, apply(.subtractInt, count, int(1)))]) == [.addState])
        let me = expression(.own(.me), .node)
        #expect(start([.assignVariable(1, apply(.adding, seen, me, Self.nodes))]) == [.loadMe, .insertIntoState])
        let large = int(1 << 40)
        #expect(start([.assignVariable(0, large)]) == [.loadConstant, .storeState])
    }

    /// A crash may come before any write to stable storage.
    @Test func stableVariablesAreWrittenByTheirOwnInstruction() {
        #expect(start([.assignVariable(2, int(5))]) == [.loadSmall, .storeStable])
        let next = apply(.addInt, expression(.variable(2)), int(1))
        #expect(start([.assignVariable(2, next)]) == [.loadState, .addSmall, .storeStable])
    }

    @Test func comparisonsWithConstantsAreOneFork() {
        func condition(_ condition: TypedExpression) -> [Opcode] {
            start([.branch([.init(condition: condition, body: [])], otherwise: [])])
        }
        #expect(condition(apply(.equal, count, int(3), .bool)) == [.forkIfStateNotEqual, .jump])
        #expect(condition(apply(.less, count, int(3), .bool)) == [.forkIfStateAtLeast, .jump])
        #expect(condition(apply(.lessOrEqual, int(3), count, .bool)) == [.forkIfStateLess, .jump])
        let size = expression(.operation(.length, [seen]))
        #expect(condition(apply(.lessOrEqual, int(2), size, .bool)) == [.lengthOfState, .forkIfLessSmall, .jump])
        #expect(condition(apply(.less, count, size, .bool)) == [.loadState, .lengthOfState, .forkIfAtMost, .jump])
        // Texts are no numbers.
        let text = expression(.constant(.string("a")), .string)
        #expect(condition(apply(.less, text, text, .bool)) == [.loadConstant, .loadConstant, .lessValue, .jumpIfFalse])
    }

    @Test func whatIsMadeOfConstantsIsOne() {
        let message = expression(.make(.message(0), [int(1), int(2)]), .message)
        let program = compile([.send(message, to: expression(.constant(.node(1)), .node), many: false)])
        #expect(opcodes(program, program.onStart) == [.loadConstant, .loadSmall, .send])
        #expect(program.constants.contains(.message(type: 0, [.int(1), .int(2)])))
    }

    /// Fields of a message that nobody reads are not loaded.
    @Test func onlyUsedFieldsAreLoaded() {
        let body = [TypedStatement.Kind.assignVariable(0, expression(.local(4)))]
        let program = compile(
            body, event: .message(0), patterns: [.local(3), .local(4), .local(5)],
            locals: [.node, .int, .int, .node, .int, .int])
        #expect(opcodes(program, program.onMessage[0]) == [.loadField, .storeState])
    }

    @Test func everyInstructionHasAPlace() {
        let program = compile([.assignVariable(0, apply(.addInt, count, int(1)))])
        #expect(program.places.count == program.code.count)
        #expect(program.places.allSatisfy { $0 == span })
    }
}
