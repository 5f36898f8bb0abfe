import ScenDiagnostics
import ScenModel

extension Machine {
    /// Puts into words why the instruction at `pc` cannot be carried out. Its operands are still in their registers.
    @inline(never)
    func stop(
        _ problem: RuntimeProblem, at pc: UnsafePointer<Instruction>, _ r: UnsafeMutablePointer<Int>
    ) -> Outcome {
        let index = pc - UnsafePointer(state.pointee.code)
        let site = FailureSite(
            machine: self, instruction: pc.pointee, note: program.notes[index] ?? Program.Note(), registers: r)
        let (code, message) = site.describe(problem, routine: routineName(at: index))
        let node = state.pointee.node
        state.pointee.hasFailed = true
        failure = RuntimeFailure(
            code: code, message: message, span: program.places[index], node: node < 0 ? nil : node, time: memory.time)
        return .failed
    }

    /// A history has no room for what the node has done.
    func failWithoutRoom(node: Int) {
        let (code, message) = arenaProblem
        state.pointee.hasFailed = true
        failure = RuntimeFailure(
            code: code, message: message, span: program.broadcast ?? program.places.first ?? SourceSpan(.scenario, 0, 0),
            node: node, time: memory.time)
    }

    /// Why the arena could not make a value.
    fileprivate var arenaProblem: (DiagnosticCode, String) {
        switch arena.problem {
        case .tooManyElements(let count):
            (.valueTooLarge, RuntimeMessages.valueTooLarge(count: count, max: arena.at.pointee.elementsMax))
        case .tooDeep: (.valueTooLarge, RuntimeMessages.nestedTooDeep(max: CompositeHeader.depthMax))
        case .outOfMemory: (.memoryBudget, RuntimeMessages.memoryBudget(bytes: budgets.arenaBytes))
        }
    }

    private func routineName(at index: Int) -> String {
        var best: Program.Routine?
        for routine in program.routines where routine.entry <= index && routine.entry >= best?.entry ?? 0 {
            best = routine
        }
        return best?.name ?? ""
    }
}

/// An instruction that failed, with what it worked on.
private struct FailureSite {
    let machine: Machine
    let instruction: Instruction
    let note: Program.Note
    let registers: UnsafeMutablePointer<Int>

    func describe(_ problem: RuntimeProblem, routine: String) -> (DiagnosticCode, String) {
        switch problem {
        case .overflow: (.overflow, RuntimeMessages.overflow(calculation))
        case .notFinite: (.overflow, RuntimeMessages.notFinite(calculation))
        case .divisionByZero: (.divisionByZero, RuntimeMessages.divisionByZero(calculation))
        case .negativeExponent: (.negativeExponent, RuntimeMessages.negativeExponent(calculation ?? "**"))
        case .missingMapKey:
            (.missingMapKey, RuntimeMessages.missingMapKey(map: note.subject, key: text(instruction.c, 1)))
        case .indexOutsideList: (.indexOutsideList, outsideList)
        case .emptyCollection: (.emptyCollection, empty)
        case .rangeViolated: (.rangeViolated, range)
        case .noneUsed: (.noneUsed, RuntimeMessages.noneUsed(note.subject))
        case .negativeDelay:
            (.negativeDelay, RuntimeMessages.negativeDelay(timer: note.subject, delay: text(instruction.a, 0)))
        case .tooManyEffects: (.tooManyPending, RuntimeMessages.tooManyEffects(max: machine.budgets.effectsPerHandler))
        case .assertionFailed: (.assertionFailed, RuntimeMessages.assertionFailed())
        case .noValue: (.neverReturns, RuntimeMessages.neverReturns(function: note.subject))
        case .noLink: (.noLink, noLink)
        case .tooManyRegisters: (.valueTooLarge, RuntimeMessages.tooManyRegisters(routine: routine, max: Program.registersMax))
        case .steps: (.stepBudget, RuntimeMessages.stepBudget(machine.budgets.instructionsPerHandler))
        case .recursion:
            (
                .recursionTooDeep,
                RuntimeMessages.recursionTooDeep(
                    function: machine.program.routines[instruction.wide].name, depth: machine.state.pointee.depth)
            )
        case .gatheredTooMuch: (.valueTooLarge, RuntimeMessages.gatheredTooMuch())
        case .arena: machine.arenaProblem
        }
    }

    /// Operand number `operand`, which stands in a register.
    private func text(_ register: UInt16, _ operand: Int) -> String { text(registers[Int(register)], operand) }

    private func text(_ bits: Int, _ operand: Int) -> String {
        let type = operand < note.types.count ? note.types[operand] : .int
        return ValuePrinter(machine.program.types).text(machine.value(Word(bits: bits), type))
    }

    /// What was calculated, as the language writes it.
    private var calculation: String? {
        let b = instruction.b
        let c = instruction.c
        switch instruction.opcode {
        case .addInt, .addReal: return "\(text(b, 0)) + \(text(c, 1))"
        case .addSmall: return "\(text(b, 0)) + \(text(instruction.small, 1))"
        case .addState:
            let variable = machine.state.pointee.words[Int(instruction.a)]
            return "\(text(variable.bits, 0)) + \(text(instruction.wide, 1))"
        case .subtractInt, .subtractReal: return "\(text(b, 0)) - \(text(c, 1))"
        case .multiplyInt, .multiplyReal, .scaleDuration: return "\(text(b, 0)) * \(text(c, 1))"
        case .divideReal: return "\(text(b, 0)) / \(text(c, 1))"
        case .divInt: return "\(text(b, 0)) div \(text(c, 1))"
        case .modInt: return "\(text(b, 0)) mod \(text(c, 1))"
        case .powerInt, .powerReal: return "\(text(b, 0)) ** \(text(c, 1))"
        case .negateInt: return "-(\(text(b, 0)))"
        case .absInt: return "abs(\(text(b, 0)))"
        default: return nil
        }
    }

    private var outsideList: String {
        let b = Int(instruction.b)
        let index = instruction.opcode == .elementAt ? registers[Int(instruction.c)] : registers[b + 1]
        let count = machine.arena.count(of: Word(bits: registers[b]))
        return RuntimeMessages.indexOutsideList(list: note.subject, index: index >> 1, count: count)
    }

    private var empty: String {
        let function: String
        switch instruction.opcode {
        case .first, .firstKey: function = "first"
        case .last, .lastKey: function = "last"
        case .minimum, .accumulateMinimum: function = "min"
        case .maximum, .accumulateMaximum: function = "max"
        case .checkSet: function = instruction.b == 0 ? "min" : "max"
        default: return RuntimeMessages.nothingToChoose()
        }
        return RuntimeMessages.emptyCollection(function: function, of: note.subject)
    }

    private var noLink: String {
        let from = machine.state.pointee.node
        let register = registers[Int(instruction.a)]
        let to = instruction.opcode == .checkLink ? register >> 1 : machine.missingLink(Word(bits: register)) ?? from
        let names = machine.program.types.nodeNames
        let neighbours = machine.memory.topology?.neighbours(of: from) ?? []
        return RuntimeMessages.noLink(
            from: names[from], to: names[to], isBack: machine.memory.topology?.hasLink(from: to, to: from) ?? false,
            neighbours: neighbours.prefix(5).map { names[Int($0)] }, count: neighbours.count)
    }

    private var range: String {
        let constants = machine.state.pointee.constants
        let index = instruction.wide
        return RuntimeMessages.rangeViolated(
            variable: note.subject, value: text(instruction.a, 0), low: text(constants[index], 0),
            high: text(constants[index + 1], 0))
    }
}
