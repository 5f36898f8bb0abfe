import ScenDiagnostics
import ScenModel

/// The program that is being put together: code, constants and routines. One for each case.
final class ProgramBuilder {
    /// A place in a routine's code to jump to.
    struct Label: Hashable {
        fileprivate let index: Int
    }

    private(set) var program = Program()
    /// Not every node has a link to every other.
    let checksLinks: Bool
    private var constantIndices: [Value: Int] = [:]
    private var pairIndices: [[Value]: Int] = [:]
    private var labels: [Int?] = []
    /// Jumps of the routine that is being compiled, with where they go.
    private var jumps: [(place: Int, to: Label)] = []

    /// What of the text reports show, by its place.
    private let texts: [SourceSpan: String]
    private var pendingFacts: [PendingFact] = []

    init(types: TypeTable, checksLinks: Bool = false, texts: [SourceSpan: String] = [:]) {
        self.checksLinks = checksLinks
        self.texts = texts
        program.types = types
    }

    func edit(_ change: (inout Program) -> Void) { change(&program) }

    // MARK: Code

    @discardableResult
    func emit(_ instruction: Instruction, at span: SourceSpan, note: Program.Note? = nil) -> Int {
        let place = program.code.count
        program.code.append(instruction)
        program.places.append(span)
        if let note { program.notes[place] = note }
        return place
    }

    func newLabel() -> Label {
        labels.append(nil)
        return Label(index: labels.count - 1)
    }

    func place(_ label: Label) { labels[label.index] = program.code.count }

    /// `opcode` is one of `jump`, `loop`, `jumpIfTrue`, `jumpIfFalse`.
    func jump(_ opcode: Opcode, _ register: UInt16 = 0, to label: Label, at span: SourceSpan) {
        let place = emit(Instruction(opcode, register), at: span)
        jumps.append((place, label))
    }

    // MARK: Routines

    struct Mark {
        fileprivate var code: Int
        fileprivate var jumps: Int
    }
    func mark() -> Mark { Mark(code: program.code.count, jumps: jumps.count) }

    /// Forgets all code since then.
    func cut(to mark: Mark) {
        for index in mark.code..<program.code.count { program.notes[index] = nil }
        program.code.removeSubrange(mark.code...)
        program.places.removeSubrange(mark.code...)
        jumps.removeSubrange(mark.jumps...)
    }

    /// Resolves all jumps since the last call.
    func resolveJumps() {
        for (place, label) in jumps {
            guard let target = labels[label.index] else { preconditionFailure("a jump leads nowhere") }
            let instruction = program.code[place]
            program.code[place] = Instruction(
                instruction.opcode, instruction.a, wide: Int32(truncatingIfNeeded: target - place))
        }
        labels.removeAll()
        jumps.removeAll()
    }

    func reserveRoutine() -> Program.RoutineID {
        program.routines.append(Program.Routine(name: "", entry: 0, parameters: 0, registers: 0))
        return program.routines.count - 1
    }

    func define(_ id: Program.RoutineID, _ name: String, from mark: Mark, parameters: Int, registers: Int) {
        program.routines[id] = Program.Routine(
            name: name, entry: mark.code, parameters: parameters, registers: registers)
    }

    // MARK: Knowledge

    /// An operator whose fact has no routine yet.
    struct PendingFact {
        /// In `Program.knowledge`.
        var index: Int
        var knowledge: TypedKnowledge
        /// Locals of the observer that the fact is given.
        var slots: [Int]
        /// Of the observer.
        var locals: Int
    }

    func addKnowledge(_ knowledge: TypedKnowledge, given slots: [Int], locals: Int, at span: SourceSpan) -> Int {
        let index = program.knowledge.count
        pendingFacts.append(PendingFact(index: index, knowledge: knowledge, slots: slots, locals: locals))
        program.knowledge.append(
            KnowledgeOperator(
                kind: knowledge.kind, fact: 0, members: nil, parameters: slots.count,
                text: texts[knowledge.fact.span] ?? "", whoText: texts[knowledge.who.span] ?? "", span: span))
        return index
    }

    func nextFact() -> PendingFact? { pendingFacts.popLast() }

    // MARK: Tables

    /// Of every constant in the code, wherever it ends up.
    func noteDurations(in value: Value) {
        switch value {
        case .duration(let duration): program.commonDuration = Self.divisor(program.commonDuration, duration)
        case .tuple(let parts), .list(let parts), .set(let parts), .record(_, let parts), .message(_, let parts):
            for part in parts { noteDurations(in: part) }
        case .map(let entries):
            for entry in entries {
                noteDurations(in: entry.key)
                noteDurations(in: entry.value)
            }
        case .signed(_, let part), .sealed(_, let part): noteDurations(in: part)
        case .bool, .int, .real, .string, .node, .enumeration, .none: break
        }
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a.magnitude, b.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        return Int(clamping: a)
    }

    func constant(_ value: Value) -> Int {
        // Texts that Swift holds to be equal may differ in their bytes.
        let isShared = !Self.holdsText(value)
        if isShared, let index = constantIndices[value] { return index }
        program.constants.append(value)
        if isShared { constantIndices[value] = program.constants.count - 1 }
        return program.constants.count - 1
    }

    /// Two constants next to one another.
    func constants(_ first: Value, _ second: Value) -> Int {
        if let index = pairIndices[[first, second]] { return index }
        program.constants.append(first)
        program.constants.append(second)
        pairIndices[[first, second]] = program.constants.count - 2
        return program.constants.count - 2
    }

    func shownType(_ type: ValueType) -> Int {
        if let index = program.shownTypes.firstIndex(of: type) { return index }
        program.shownTypes.append(type)
        return program.shownTypes.count - 1
    }

    private static func holdsText(_ value: Value) -> Bool {
        switch value {
        case .string: true
        case .tuple(let values), .list(let values), .set(let values), .record(_, let values), .message(_, let values):
            values.contains(where: holdsText)
        case .signed(_, let content), .sealed(_, let content): holdsText(content)
        case .map(let entries): entries.contains { holdsText($0.key) || holdsText($0.value) }
        default: false
        }
    }
}
