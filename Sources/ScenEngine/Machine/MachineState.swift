import ScenModel

/// Everything the loop touches, in raw memory: the fields of a class would cost checks and counts at each access.
struct MachineState {
    struct Routine {
        var entry: Int
        var registers: Int
    }
    struct Frame {
        var pc: UnsafePointer<Instruction>
        var registers: UnsafeMutablePointer<Int>
    }

    // The program
    var code: UnsafeMutablePointer<Instruction>
    var constants: UnsafeMutablePointer<Int>
    var constantCount: Int
    var routines: UnsafeMutablePointer<Routine>
    /// By message and by timer: how many fields it has.
    var messageFields: UnsafeMutablePointer<Int>
    var timerFields: UnsafeMutablePointer<Int>
    /// By node: the set of all other nodes, once somebody has asked for it.
    var others: UnsafeMutablePointer<Word>
    /// The same for those to which it has a link.
    var neighbours: UnsafeMutablePointer<Word>

    // The world
    var nodes: UnsafeMutablePointer<Word>
    var width: Int

    // Calls
    var stack: UnsafeMutablePointer<Int>
    var stackEnd: UnsafeMutablePointer<Int>
    /// Above it nothing was written since the last collection between handlers.
    var stackHigh: UnsafeMutablePointer<Int>
    var frames: UnsafeMutablePointer<Frame>
    var depth = 0
    var depthMax: Int
    /// Instructions that the handler may still execute, and how many it may in all.
    var fuel: Int
    var fuelMax: Int
    /// By what ran before; see `Machine.workDone`.
    var workDone = 0
    /// The routine that runs after every handler; -1: none.
    var afterHandler: Int

    /// The arena's top when the handler began.
    var heapTop = 0

    // Values that a comprehension gathers, above one another.
    var gathered: UnsafeMutablePointer<Int>
    var gatheredTop: UnsafeMutablePointer<Int>
    var gatheredEnd: UnsafeMutablePointer<Int>

    // The node that runs; for an observer there is none, and no instruction that needs it.
    var node = -1
    var words: UnsafeMutablePointer<Word>

    // What the handler did
    var effects: UnsafeMutablePointer<Effect>
    var effectCount = 0
    var effectCapacity: Int
    var effectsMax: Int
    var points: UnsafeMutablePointer<Int>
    var pointCount = 0
    var pointCapacity: Int
    var sends = 0
    /// The point at which the node crashes; -1: it does not.
    var interruption = -1
    /// `Machine.failure` and `Machine.logged` hold something.
    var hasFailed = false
    var hasLogged = false

    var problem = RuntimeProblem.overflow
    /// Where memory ran out last, so that an instruction is tried again only once.
    var retried: (pc: UnsafePointer<Instruction>?, fuel: Int) = (nil, 0)

    private static let stackBytes = 16 << 20
    private static let gatheredBytes = 64 << 20

    private let stackMemory: ReservedMemory
    private let gatheredMemory: ReservedMemory

    init(_ program: Program, _ memory: WorldMemory, budgets: RunBudgets) {
        nodes = memory.nodes
        width = memory.width
        fuelMax = budgets.instructionsPerHandler
        fuel = fuelMax
        afterHandler = program.afterHandler ?? -1
        code = Self.copy(program.code)
        constants = .allocate(capacity: max(1, program.constants.count))
        constants.initialize(repeating: Word.none.bits, count: max(1, program.constants.count))
        constantCount = program.constants.count
        routines = Self.copy(program.routines.map { Routine(entry: $0.entry, registers: $0.registers) })
        messageFields = Self.copy(program.types.messages.map(\.fields.count))
        timerFields = Self.copy(program.types.timers.map(\.fields.count))
        others = .allocate(capacity: max(1, memory.nodeCount))
        others.initialize(repeating: .unset, count: max(1, memory.nodeCount))
        neighbours = .allocate(capacity: max(1, memory.nodeCount))
        neighbours.initialize(repeating: .unset, count: max(1, memory.nodeCount))
        stackMemory = ReservedMemory(bytes: Self.stackBytes)
        stack = stackMemory.words(of: Int.self)
        // Whatever a 16-bit register names lies in memory, even where an instruction names none.
        stackEnd = stack + (stackMemory.bytes / 8 - (1 << 16))
        stackHigh = stack
        depthMax = max(1, budgets.callDepth)
        frames = .allocate(capacity: depthMax)
        gatheredMemory = ReservedMemory(bytes: Self.gatheredBytes)
        gathered = gatheredMemory.words(of: Int.self)
        gatheredTop = gathered
        gatheredEnd = gathered + gatheredMemory.bytes / 8
        words = memory.nodes
        effectCapacity = 64
        effectsMax = budgets.effectsPerHandler
        effects = .allocate(capacity: effectCapacity)
        pointCapacity = 64
        points = .allocate(capacity: pointCapacity)
    }

    func release() {
        code.deallocate()
        constants.deallocate()
        routines.deallocate()
        messageFields.deallocate()
        timerFields.deallocate()
        others.deallocate()
        neighbours.deallocate()
        frames.deallocate()
        effects.deallocate()
        points.deallocate()
        stackMemory.release()
        gatheredMemory.release()
    }

    private static func copy<T>(_ array: [T]) -> UnsafeMutablePointer<T> {
        let copy = UnsafeMutablePointer<T>.allocate(capacity: max(1, array.count))
        for (index, element) in array.enumerated() { (copy + index).initialize(to: element) }
        return copy
    }

    @inline(__always)
    mutating func add(_ effect: Effect) {
        if effectCount == effectCapacity { growEffects() }
        (effects + effectCount).initialize(to: effect)
        effectCount &+= 1
    }

    @inline(__always)
    func hasRoom(forEffects count: Int) -> Bool { effectCount &+ count <= effectsMax }

    /// Passes a point at which a crash may come; true if it comes.
    @inline(__always)
    mutating func pass(recipients: Int) -> Bool {
        if pointCount == pointCapacity { growPoints() }
        points[pointCount] = recipients
        pointCount &+= 1
        return pointCount &- 1 == interruption
    }

    private mutating func growEffects() {
        let larger = UnsafeMutablePointer<Effect>.allocate(capacity: effectCapacity * 2)
        larger.moveInitialize(from: effects, count: effectCount)
        effects.deallocate()
        effects = larger
        effectCapacity *= 2
    }

    private mutating func growPoints() {
        let larger = UnsafeMutablePointer<Int>.allocate(capacity: pointCapacity * 2)
        larger.moveInitialize(from: points, count: pointCount)
        points.deallocate()
        points = larger
        pointCapacity *= 2
    }
}

/// Why a routine cannot go on; `Machine+Failure` puts it into words.
enum RuntimeProblem: Equatable {
    case overflow, notFinite, divisionByZero, negativeExponent
    case missingMapKey
    case indexOutsideList
    case emptyCollection
    case rangeViolated
    case noneUsed
    case negativeDelay
    case tooManyEffects
    case assertionFailed
    case noValue
    case noLink
    case tooManyRegisters
    case steps
    case recursion
    case arena
    /// Nested comprehensions gather more than there is room for.
    case gatheredTooMuch
}

/// How one instruction ended that the loop does not carry out itself.
enum StepResult {
    case done
    /// `MachineState.problem` says why.
    case failed
    /// The arena could not make a value.
    case noRoom
    case interrupted
}
