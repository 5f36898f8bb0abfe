import ScenModel

/// What of a world an observer's routine may read, apart from what stays the same throughout a run. Found out from its code.
struct ReadSet: Equatable {
    enum Node: Equatable {
        case any
        case number(Int)
        /// That which the routine is given in this place.
        case argument(Int)
    }
    /// Something of a node: one of its words, or one of the two below.
    struct Cell: Equatable {
        var kind: Int
        var node: Node
    }
    var cells: [Cell] = []
    /// Kinds of messages whose number it reads; -1: of all.
    var messages: [Int] = []
    var readsOutcome = false
    /// It reads the time, or what is not known here: any observed state may change what it gives.
    var isAlwaysStale = false
    /// It reads what is drawn for a run: who is faulty, inputs.
    var readsDraws = false

    /// Whether it gives the same throughout a run.
    var isConstant: Bool { cells.isEmpty && messages.isEmpty && !readsOutcome && !isAlwaysStale }

    /// Kinds of cells behind those of the words.
    static func crashed(_ layout: Program.Layout) -> Int { layout.width }
    static func received(_ layout: Program.Layout) -> Int { layout.width + 1 }

    init(of routine: Program.RoutineID, in program: Program) {
        var left = [routine]
        var seen: Set<Program.RoutineID> = []
        while let next = left.popLast() {
            guard seen.insert(next).inserted else { continue }
            let code = RoutineCode(next, in: program)
            for place in code.places { note(program.code[place], at: place, code, isCalled: next != routine, program.layout) }
            left += code.calls
        }
    }

    /// Of the routine and what it calls.
    static func opcodes(of routine: Program.RoutineID, in program: Program) -> Set<Opcode> {
        var found: Set<Opcode> = []
        var left = [routine]
        var seen: Set<Program.RoutineID> = []
        while let next = left.popLast() {
            guard seen.insert(next).inserted else { continue }
            let code = RoutineCode(next, in: program)
            for place in code.places { found.insert(program.code[place].opcode) }
            left += code.calls
        }
        return found
    }

    private mutating func note(
        _ i: Instruction, at place: Int, _ code: RoutineCode, isCalled: Bool, _ layout: Program.Layout
    ) {
        var node: Node { code.node(inRegister: Int(i.b), at: place, isCalled: isCalled) }
        switch i.opcode {
        case .loadStateOf: add(Cell(kind: Int(i.c), node: node))
        case .loadUp, .loadCrashed: add(Cell(kind: Self.crashed(layout), node: node))
        case .loadReceived: add(Cell(kind: Self.received(layout), node: node))
        case .loadSent: if !messages.contains(i.wide) { messages.append(i.wide) }
        case .loadOutcome: readsOutcome = true
        case .loadFaulty, .loadCorrect, .loadInputOf: readsDraws = true
        case .loadNeighboursOf: break
        default: if i.opcode.readsMore { isAlwaysStale = true }
        }
    }

    private mutating func add(_ cell: Cell) {
        if !cells.contains(cell) { cells.append(cell) }
    }
}

/// The instructions of one routine that can be reached.
private struct RoutineCode {
    private let code: [Instruction]
    private let parameters: Int
    private(set) var places: [Int] = []
    private(set) var calls: [Program.RoutineID] = []
    private var targets: Set<Int> = []
    /// Registers of parameters that hold something else later.
    private var overwritten: Set<Int> = []

    init(_ routine: Program.RoutineID, in program: Program) {
        code = program.code
        parameters = program.routines[routine].parameters
        var seen: Set<Int> = []
        var left = [program.routines[routine].entry]
        while let place = left.popLast() {
            guard seen.insert(place).inserted else { continue }
            places.append(place)
            left += follow(place)
        }
    }

    /// Where it goes on from an instruction.
    private mutating func follow(_ place: Int) -> [Int] {
        let i = code[place]
        for register in i.written(parameters) { overwritten.insert(register) }
        switch i.opcode {
        case .finish, .returns, .failAssertion, .failTooLarge, .failNoValue: return []
        case .jump, .loop:
            targets.insert(place + i.wide)
            return [place + i.wide]
        case .jumpIfTrue, .jumpIfFalse:
            targets.insert(place + i.wide)
            return [place + 1, place + i.wide]
        case .call:
            calls.append(i.wide)
            return [place + 1]
        default:
            // The jump behind a fork is taken or skipped.
            if i.opcode.isFork { targets.insert(place + 2) }
            return i.opcode.isFork ? [place + 1, place + 2] : [place + 1]
        }
    }

    /// Which node a register names at an instruction: a constant that was loaded just before, or an argument.
    func node(inRegister register: Int, at place: Int, isCalled: Bool) -> ReadSet.Node {
        if place > 0, !targets.contains(place) {
            let before = code[place - 1]
            if before.opcode == .loadSmall, Int(before.a) == register, Word(bits: before.wide).isNumber {
                return .number(Word(bits: before.wide).number)
            }
        }
        return !isCalled && register < parameters && !overwritten.contains(register) ? .argument(register) : .any
    }
}

extension Instruction {
    /// Those of the first `parameters` registers that it may write. Whatever is not known to leave `a` alone writes it.
    fileprivate func written(_ parameters: Int) -> [Int] {
        let candidates: [Int]
        switch opcode {
        case .finish, .returns, .jump, .loop, .jumpIfTrue, .jumpIfFalse, .forkIfEqual, .forkIfNotEqual, .forkIfLess,
            .forkIfAtMost, .forkIfEqualSmall, .forkIfNotEqualSmall, .forkIfLessSmall, .forkIfAtLeastSmall, .gather,
            .gatherPair, .checkRange, .checkNotNone, .checkSet:
            candidates = []
        case .call: return Int(a) < parameters ? Array(Int(a)..<parameters) : []
        case .nextElement, .nextKey: candidates = [Int(a), Int(c)]
        case .nextInRange: candidates = [Int(a), Int(b), Int(c)]
        default: candidates = [Int(a)]
        }
        return candidates.filter { $0 < parameters }
    }
}

extension Opcode {
    /// Those that read something of a world beside what is told apart above.
    fileprivate var readsMore: Bool {
        switch self {
        case .loadState, .lengthOfState, .addState, .insertIntoState, .forkIfStateEqual, .forkIfStateNotEqual,
            .forkIfStateLess, .forkIfStateAtLeast:
            true
        default: rawValue >= Opcode.loadOthers.rawValue
        }
    }

    fileprivate var isFork: Bool {
        switch self {
        case .forkIfEqual, .forkIfNotEqual, .forkIfLess, .forkIfAtMost, .forkIfEqualSmall, .forkIfNotEqualSmall,
            .forkIfLessSmall, .forkIfAtLeastSmall, .forkIfStateEqual, .forkIfStateNotEqual, .forkIfStateLess,
            .forkIfStateAtLeast, .nextElement, .nextKey, .nextInRange:
            true
        default: false
        }
    }
}
