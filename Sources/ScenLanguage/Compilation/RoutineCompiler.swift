import ScenDiagnostics
import ScenModel

/// Compiles one routine. Locals have registers for good, temporaries come and go like a stack above them.
struct RoutineCompiler {
    /// What `return` means.
    enum Returning {
        /// Back to the caller, with the value if there is one.
        case function
        /// The body stands in the middle of other code, which goes on there.
        case jump(ProgramBuilder.Label)
    }

    let builder: ProgramBuilder
    let algorithm: TypedAlgorithm
    var returning = Returning.function

    /// Registers of the locals of the body that is being compiled.
    private(set) var localRegisters: [Int] = []
    /// Locals that are read or written anywhere in the body.
    private(set) var usedLocals: Set<Int> = []
    /// The next free register, and the most that were in use.
    private(set) var next = 0
    private(set) var registers = 0
    var isTooLarge: Bool { registers > Program.registersMax }

    init(builder: ProgramBuilder, algorithm: TypedAlgorithm) {
        self.builder = builder
        self.algorithm = algorithm
    }

    // MARK: Registers

    /// Locals of a body get their registers, the first ones if nothing has been allocated yet.
    mutating func allocateLocals(_ count: Int) {
        localRegisters = (0..<count).map { next + $0 }
        usedLocals = []
        next += count
        registers = max(registers, next)
    }

    /// The same where some of them are passed: the first registers of the frame hold those, in this order.
    mutating func allocateLocals(_ count: Int, passed: [Int]) {
        precondition(next == 0, "what is passed stands at the bottom of the frame")
        let others = (0..<count).filter { !passed.contains($0) }
        localRegisters = Array(repeating: 0, count: count)
        for (register, slot) in (passed + others).enumerated() { localRegisters[slot] = register }
        usedLocals = []
        next = count
        registers = max(registers, next)
    }

    mutating func temporary() -> Int {
        next += 1
        registers = max(registers, next)
        return next - 1
    }

    mutating func temporaries(_ count: Int) -> Int {
        let first = next
        next += count
        registers = max(registers, next)
        return first
    }

    /// Whatever temporaries `work` takes are free again afterwards.
    mutating func scoped<T>(_ work: (inout RoutineCompiler) -> T) -> T {
        let mark = next
        let result = work(&self)
        next = mark
        return result
    }

    mutating func register(ofLocal slot: Int) -> Int {
        usedLocals.insert(slot)
        // The analyser counts its locals; one that it forgot would overwrite a temporary.
        precondition(slot < localRegisters.count, "a local without a slot")
        return localRegisters[slot]
    }

    /// Among the words of a node.
    func place(ofVariable index: Int) -> Int { algorithm.base.variables + index }

    // MARK: Emitting

    /// Registers beyond the last one that an instruction can name make the routine too large; it is then replaced as a whole.
    static func name(_ register: Int) -> UInt16 { UInt16(truncatingIfNeeded: register) }

    func emit(
        _ opcode: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, at span: SourceSpan, note: Program.Note? = nil
    ) {
        builder.emit(Instruction(opcode, Self.name(a), Self.name(b), Self.name(c)), at: span, note: note)
    }

    func emit(_ opcode: Opcode, _ a: Int, wide: Int, at span: SourceSpan, note: Program.Note? = nil) {
        builder.emit(Instruction(opcode, Self.name(a), wide: Int32(truncatingIfNeeded: wide)), at: span, note: note)
    }

    func jump(_ opcode: Opcode = .jump, _ register: Int = 0, to label: ProgramBuilder.Label, at span: SourceSpan) {
        builder.jump(opcode, Self.name(register), to: label, at: span)
    }

    /// A condition that takes the jump behind it.
    func fork(
        _ opcode: Opcode, _ a: Int, _ b: Int, to label: ProgramBuilder.Label, at span: SourceSpan
    ) {
        emit(opcode, a, b, at: span)
        jump(to: label, at: span)
    }

    // MARK: Whole routines

    /// Compiles what `body` emits as routine `id`.
    static func define(
        _ id: Program.RoutineID, _ name: String, parameters: Int, at span: SourceSpan, builder: ProgramBuilder,
        algorithm: TypedAlgorithm, _ body: (inout RoutineCompiler) -> Void
    ) {
        let mark = builder.mark()
        var compiler = RoutineCompiler(builder: builder, algorithm: algorithm)
        body(&compiler)
        if compiler.isTooLarge {
            builder.cut(to: mark)
            builder.emit(Instruction(.failTooLarge), at: span)
        }
        builder.resolveJumps()
        builder.define(
            id, name, from: mark, parameters: parameters,
            registers: max(compiler.isTooLarge ? 0 : compiler.registers, parameters, 1))
    }

    /// A function or an observer: its parameters are its first locals.
    static func compile(
        _ routine: TypedRoutine, as id: Program.RoutineID, builder: ProgramBuilder, algorithm: TypedAlgorithm
    ) {
        define(
            id, routine.name, parameters: routine.parameters, at: routine.span, builder: builder, algorithm: algorithm
        ) { compiler in
            compiler.allocateLocals(routine.locals.count)
            compiler.statements(routine.body)
            if routine.result == .nothing {
                compiler.emit(.finish, at: routine.span)
            } else {
                compiler.emit(.failNoValue, at: routine.span, note: Program.Note(subject: routine.name))
            }
        }
    }
}
