import ScenDiagnostics
import ScenModel

/// The routine that is being checked, as far as the text has been read.
struct RoutineState {
    struct Local {
        var name: String
        var type: TypeID
        var declared: SourceSpan
        /// Comes from an assignment, not from `let`, a header or a loop.
        var isImplicit = false
        /// The type of what is bound to it, which the local may outgrow as long as the same words stand for the values.
        /// Nil where its first value is converted, so that it may grow as it must.
        var bound: TypeID?
        var isRead = false
    }

    /// By slot.
    var locals: [Local] = []
    /// Slots of what headers, `let`, loops and comprehensions bind, innermost last.
    var visible: [Int] = []
    /// Slots of what assignments create; they are known in the whole routine.
    var implicit: [Int] = []
    /// Bit i: `implicit[i]` has a value here, whichever way led here.
    var assigned = Bits()
    /// False behind a `return`.
    var isReachable = true
    /// Types of locals from the pass before, by the place of their declaration.
    var presets: [Int: TypeID] = [:]
    /// The type of a local grew after it had been used.
    var widened = false
    /// What `return` gives; nil where it may not give anything.
    var result: TypeID?
    var calls: [Int] = []
    var nodeUse: Instance.NodeUse?
    /// Names that have been reported as unknown.
    var unknown: [String] = []
    /// Position on `Checker.running` of the outermost instance that types here depend on.
    var low = Int.max

    func slot(_ name: String) -> Int? {
        for slot in visible.reversed() where locals[slot].name == name { return slot }
        for slot in implicit where locals[slot].name == name { return slot }
        return nil
    }

    /// A local without a name.
    mutating func temporary(_ type: TypeID, _ span: SourceSpan) -> Int {
        locals.append(Local(name: "", type: type, declared: span))
        return locals.count - 1
    }

    /// What two ways that meet have in common.
    mutating func meet(_ other: (assigned: Bits, isReachable: Bool)) {
        guard other.isReachable else { return }
        assigned = isReachable ? assigned.intersection(other.assigned) : other.assigned
        isReachable = true
    }
}

struct Bits: Equatable {
    private var words: [UInt64] = []

    func contains(_ index: Int) -> Bool {
        index / 64 < words.count && words[index / 64] & (1 << (index % 64)) != 0
    }
    mutating func insert(_ index: Int) {
        while words.count <= index / 64 { words.append(0) }
        words[index / 64] |= 1 << (index % 64)
    }
    func intersection(_ other: Bits) -> Bits {
        var result = Bits()
        result.words = zip(words, other.words).map { $0 & $1 }
        return result
    }
}
