import ScenDiagnostics
import ScenModel

@testable import ScenEngine

/// Programs by hand, so that what the simulator does is tested without a compiler.
struct ProgramBuilder {
    typealias Code = [Instruction]

    var program = Program()
    var outcomes: [CompiledCase.Outcome] = []
    private var initial: [Int] = []

    mutating func message(_ name: String, fields: [TypeTable.Field] = []) -> UInt16 {
        program.types.messages.append(TypeTable.Shape(name: name, fields: fields))
        program.onMessage.append(nil)
        return UInt16(program.types.messages.count - 1)
    }

    mutating func timer(_ name: String) -> UInt16 {
        program.types.timers.append(TypeTable.Shape(name: name, fields: []))
        program.onTimer.append(nil)
        return UInt16(program.types.timers.count - 1)
    }

    mutating func variable(_ name: String, _ initial: Int = 0, stable: Bool = false) -> UInt16 {
        program.variables.append(Program.Variable(name: name, type: .int, stable: stable))
        self.initial.append(initial)
        return UInt16(program.variables.count - 1)
    }

    /// A list of numbers to which handlers append what they are.
    mutating func trace() -> UInt16 {
        let constant = self.constant(.list([]))
        program.variables.append(Program.Variable(name: "trace", type: .list(.int), stable: false))
        initial.append(-1 - Int(constant))
        return UInt16(program.variables.count - 1)
    }

    mutating func constant(_ value: Value) -> Int32 {
        program.constants.append(value)
        return Int32(program.constants.count - 1)
    }

    @discardableResult
    mutating func routine(_ name: String, parameters: Int = 0, _ code: Code) -> Program.RoutineID {
        program.routines.append(
            Program.Routine(name: name, entry: program.code.count, parameters: parameters, registers: 16))
        program.code += code + [Instruction(.finish)]
        let end = program.code.count
        program.places += (program.places.count..<end).map { SourceSpan(.scenario, $0, $0 + 1) }
        return program.routines.count - 1
    }

    mutating func onStart(_ code: Code) { program.onStart = routine("on start", code) }
    /// Register 0 holds the message, 1 the sender.
    mutating func onRecover(_ code: Code) { program.onRecover = routine("on recover", code) }
    mutating func on(_ message: UInt16, _ code: Code) {
        program.onMessage[Int(message)] = routine("on message", parameters: 2, code)
    }
    mutating func onTimer(_ timer: UInt16, _ code: Code) {
        program.onTimer[Int(timer)] = routine("on timer", parameters: 1, code)
    }
    mutating func onRound(_ code: Code) { program.onRound = routine("on round", parameters: 1, code) }

    /// Whether a variable of a node is at least so much.
    mutating func observer(node: Int, _ variable: UInt16, atLeast least: Int) -> Program.RoutineID {
        routine(
            "observer",
            [
                .small(0, node), Instruction(.loadStateOf, 1, 0, variable), .small(2, least),
                Instruction(.atMost, 3, 2, 1), Instruction(.returns, 3),
            ])
    }

    mutating func compiled(
        nodes: Int, network: NetworkModel = NetworkModel(links: .reliable),
        latency: Distribution = .constant(10), timing: TimingModel? = nil,
        faults: FaultModel = FaultModel(who: .nobody, courses: []), inputs: InputModel = InputModel()
    ) -> CompiledCase {
        var stable: Code = []
        var volatile: Code = []
        for (i, variable) in program.variables.enumerated() {
            let code: Code =
                initial[i] >= 0
                ? [Instruction(.setState, UInt16(i), wide: Int32(Word(initial[i]).bits))]
                : [
                    Instruction(.loadConstant, 0, wide: Int32(-1 - initial[i])),
                    Instruction(.storeState, UInt16(i), 0),
                ]
            if variable.stable { stable += code } else { volatile += code }
        }
        program.initialise = routine("initial values", volatile)
        program.initialiseStable = routine("initial values on stable storage", stable)
        program.layout = Program.Layout(variables: program.variables.count, whens: 0)
        program.types.nodeNames = (1...nodes).map { "n\($0)" }
        let system = SystemModel(
            nodes: NodeModel(kind: .crashStop, names: program.types.nodeNames), network: network,
            timing: timing ?? TimingModel(kind: .asynchronous, latency: latency), faults: faults,
            inputs: inputs)
        return CompiledCase(
            parameters: [], system: system, program: program, outcomes: outcomes, expectations: [],
            plan: RunPlan())
    }

    /// All nodes but this one, as a constant.
    mutating func others(of node: Int, among nodes: Int) -> Int32 {
        constant(.set((0..<nodes).filter { $0 != node }.map { .node($0) }))
    }
}

extension Instruction {
    /// Register `a` becomes a number.
    static func small(_ a: UInt16, _ number: Int) -> Instruction {
        Instruction(.loadSmall, a, wide: Int32(Word(number).bits))
    }
    static func add(_ variable: UInt16, _ number: Int) -> Instruction {
        Instruction(.addState, variable, wide: Int32(Word(number).bits))
    }
}

extension [Instruction] {
    /// Only if `me` is that node; uses register 15.
    static func at(_ node: Int, _ code: [Instruction]) -> [Instruction] {
        [
            Instruction(.loadMe, 15),
            Instruction(.forkIfNotEqualSmall, 15, wide: Int32(Word(node).bits)),
            Instruction(.jump, wide: Int32(code.count + 1)),
        ] + code
    }
    /// Uses registers 8 and 9.
    static func append(_ number: Int, to trace: UInt16) -> [Instruction] {
        [.small(9, number)] + appendRegister(9, to: trace)
    }
    static func appendRegister(_ register: UInt16, to trace: UInt16) -> [Instruction] {
        [
            Instruction(.loadState, 8, trace), Instruction(.appending, 8, 8, register),
            Instruction(.storeState, trace, 8),
        ]
    }
    /// Sends a message without fields; uses registers 10 and 11.
    static func send(_ message: UInt16, to node: Int) -> [Instruction] {
        [Instruction(.makeMessage, 10, 0, message), .small(11, node), Instruction(.send, 10, 11)]
    }
    static func send(_ message: UInt16, toSet constant: Int32) -> [Instruction] {
        [
            Instruction(.makeMessage, 10, 0, message), Instruction(.loadConstant, 11, wide: constant),
            Instruction(.sendMany, 10, 11),
        ]
    }
    /// Uses registers 12 and 13.
    static func set(_ timer: UInt16, after delay: Int) -> [Instruction] {
        [Instruction(.makeTimer, 12, 0, timer), .small(13, delay), Instruction(.setTimer, 12, 13)]
    }
    static func cancel(_ timer: UInt16) -> [Instruction] {
        [Instruction(.makeTimer, 12, 0, timer), Instruction(.cancelTimer, 12)]
    }
}

extension Simulator {
    func number(_ variable: UInt16, of node: Int) -> Int {
        memory.nodes[node * memory.width + Int(variable)].number
    }
    func numbers(_ trace: UInt16, of node: Int) -> [Int] {
        guard case .list(let values) = machine.value(memory.nodes[node * memory.width + Int(trace)], .list(.int))
        else { return [] }
        return values.map { value in
            if case .int(let number) = value { number } else { -1 }
        }
    }
}

extension Simulator {
    func tell(seed: UInt64, horizon: Int, watches: [Watch], limit: Int) -> (RunResult, Story) {
        let told = tell(seed: seed, horizon: horizon, watches: watches, Telling(limit: limit))
        return (told.result, told.story)
    }
}
