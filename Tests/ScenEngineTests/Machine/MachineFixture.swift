import ScenDiagnostics
import ScenLanguage
import ScenModel

@testable import ScenEngine

/// Places in tests count up, so that every expression and statement has its own.
func place(_ number: Int) -> SourceSpan { SourceSpan(.scenario, number, number + 1) }

/// A program of one case that was built by hand, a world of a few nodes, and a machine on it.
struct MachineFixture {
    var types = TypeTable()
    var algorithm = TypedAlgorithm()
    var observers: [TypedRoutine] = []
    var nodes = ["n1", "n2", "n3"]
    var budgets = RunBudgets()

    func compile() -> CompiledCase {
        var types = types
        types.nodeNames = nodes
        let system = SystemModel(
            nodes: NodeModel(kind: .crashStop, names: nodes), network: NetworkModel(links: .reliable),
            timing: TimingModel(kind: .asynchronous, latency: .constant(1)),
            faults: FaultModel(who: .nobody, courses: []), inputs: InputModel())
        return Compiler.compile(
            TypedCase(
                parameters: [], types: types, system: system, algorithm: algorithm,
                outcomes: observers.map { TypedCase.Outcome(name: $0.name, condition: $0) }, expectations: [],
                plan: RunPlan()))
    }

    /// A machine whose nodes have their initial values.
    func start() -> Running {
        let compiled = compile()
        let program = compiled.program
        let memory = WorldMemory(
            nodeCount: nodes.count, width: program.layout.width, messages: program.types.messages.count)
        let machine = Machine(program: program, memory: memory, budgets: budgets)
        for node in nodes.indices { _ = machine.initialise(node: node, stable: true) }
        return Running(compiled: compiled, machine: machine)
    }

    struct Running {
        let compiled: CompiledCase
        let machine: Machine
        var program: Program { compiled.program }

        func variable(_ index: Int, of node: Int = 0) -> Value {
            machine.value(machine.memory.nodes[node * machine.memory.width + index], program.variables[index].type)
        }
        func send(_ message: Value, from sender: Int, to node: Int = 0) -> Machine.Outcome {
            guard case .message(let type, _) = message else { return .failed }
            return machine.runHandler(program.onMessage[type], node: node, machine.word(message), Word(sender))
        }
        func effects(_ kind: Effect.Kind) -> [Effect] { machine.effects.filter { $0.kind == kind } }
    }
}

// MARK: Short forms of typed trees

func constant(_ value: Value, _ type: ValueType, at number: Int = 0) -> TypedExpression {
    TypedExpression(.constant(value), type, at: place(number))
}
func int(_ number: Int, at place: Int = 0) -> TypedExpression { constant(.int(number), .int, at: place) }
func bool(_ truth: Bool) -> TypedExpression { constant(.bool(truth), .bool) }
func node(_ index: Int) -> TypedExpression { constant(.node(index), .node) }
func local(_ slot: Int, _ type: ValueType = .int) -> TypedExpression { TypedExpression(.local(slot), type, at: place(0)) }
func variable(_ index: Int, _ type: ValueType = .int) -> TypedExpression {
    TypedExpression(.variable(index), type, at: place(0))
}
func operation(
    _ operation: ScenLanguage.Operation, _ operands: [TypedExpression], _ type: ValueType, at number: Int = 0
) -> TypedExpression {
    TypedExpression(.operation(operation, operands), type, at: place(number))
}
func make(_ constructor: Constructor, _ elements: [TypedExpression], _ type: ValueType, at number: Int = 0) -> TypedExpression {
    TypedExpression(.make(constructor, elements), type, at: place(number))
}
func statement(_ kind: TypedStatement.Kind, at number: Int = 0) -> TypedStatement {
    TypedStatement(kind, at: place(number))
}
func routine(
    _ name: String = "f", parameters: Int = 0, locals: [ValueType] = [], result: ValueType = .nothing,
    at number: Int = 0, _ body: [TypedStatement]
) -> TypedRoutine {
    TypedRoutine(name: name, parameters: parameters, locals: locals, body: body, result: result, span: place(number))
}
func handler(
    _ event: TypedHandler.Event, _ patterns: [TypedPattern], locals: [ValueType] = [], _ body: [TypedStatement]
) -> TypedHandler {
    TypedHandler(
        event: event, patterns: patterns,
        routine: routine("on", parameters: patterns.count, locals: locals, body))
}
func handler(_ event: TypedHandler.Event, locals: [ValueType] = [], _ body: [TypedStatement]) -> TypedHandler {
    handler(event, [], locals: locals, body)
}
func returns(_ expression: TypedExpression) -> TypedStatement { statement(.returns(expression)) }
