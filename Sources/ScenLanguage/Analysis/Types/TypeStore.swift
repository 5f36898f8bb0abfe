import ScenModel

/// A type while it is being found out: an index in `TypeStore`. Equal types have equal indices.
struct TypeID: Hashable, Sendable {
    var index: Int32

    /// Nothing is known yet: the elements of `[]`, the result of a function that is being analysed.
    static let unknown = TypeID(index: 0)
    /// What has been reported: fits everywhere.
    static let error = TypeID(index: 1)
    /// `{}`: a set or a map.
    static let emptyBraces = TypeID(index: 2)
    static let bool = TypeID(index: 3)
    static let int = TypeID(index: 4)
    static let real = TypeID(index: 5)
    static let string = TypeID(index: 6)
    static let duration = TypeID(index: 7)
    static let node = TypeID(index: 8)
    static let message = TypeID(index: 9)
    static let nothing = TypeID(index: 10)
    /// The outcome of a run, which is compared with the names of outcomes.
    static let outcome = TypeID(index: 11)
}

enum TypeForm: Hashable, Sendable {
    case unknown, error, emptyBraces
    case bool, int, real, string, duration, node, message, nothing, outcome
    case range(low: Int, high: Int)
    case enumeration(Int)
    case record(Int)
    case maybe(TypeID)
    case tuple([TypeID])
    case list(TypeID)
    case set(TypeID)
    case map(TypeID, TypeID)
    case signed(TypeID)
    case sealed(TypeID)
}

/// All types of one analysis, each once.
struct TypeStore: Sendable {
    /// Deeper types are taken for infinite ones.
    static let depthMax = 32
    /// Parts of parts: what is made of a type (a join, its name) takes time in proportion.
    static let sizeMax = 1_000

    private struct Entry: Sendable {
        var form: TypeForm
        /// With `nothing` where something is unknown.
        var value: ValueType
        var depth: Int
        var size: Int
        var isOpen: Bool
        var hasRange: Bool
    }
    private var entries: [Entry]
    private var index: [TypeForm: TypeID] = [:]
    /// A type was nested too deeply, or has too many parts; `error` stands for it.
    var overflowed = false

    init() {
        let basic: [(TypeForm, ValueType)] = [
            (.unknown, .nothing), (.error, .nothing), (.emptyBraces, .nothing), (.bool, .bool), (.int, .int),
            (.real, .real), (.string, .string), (.duration, .duration), (.node, .node), (.message, .message),
            (.nothing, .nothing), (.outcome, .maybe(.int)),
        ]
        entries = basic.map { form, value in
            Entry(
                form: form, value: value, depth: 1, size: 1, isOpen: form == .unknown || form == .emptyBraces,
                hasRange: false)
        }
        entries.reserveCapacity(48)
    }

    subscript(_ type: TypeID) -> TypeForm { entries[Int(type.index)].form }

    /// The type as later stages know it.
    func value(_ type: TypeID) -> ValueType { entries[Int(type.index)].value }
    func size(_ type: TypeID) -> Int { entries[Int(type.index)].size }
    /// Something in it is not known.
    func isOpen(_ type: TypeID) -> Bool { entries[Int(type.index)].isOpen }

    private mutating func add(
        _ form: TypeForm, _ value: ValueType, parts: [TypeID] = [], hasRange: Bool = false
    ) -> TypeID {
        var entry = Entry(form: form, value: value, depth: 1, size: 1, isOpen: false, hasRange: hasRange)
        for part in parts {
            let other = entries[Int(part.index)]
            entry.depth = max(entry.depth, other.depth + 1)
            entry.size += other.size
            entry.isOpen = entry.isOpen || other.isOpen
            entry.hasRange = entry.hasRange || other.hasRange
        }
        guard entry.depth <= Self.depthMax, entry.size <= Self.sizeMax else {
            overflowed = true
            return .error
        }
        let type = TypeID(index: Int32(entries.count))
        entries.append(entry)
        index[form] = type
        return type
    }

    mutating func range(_ low: Int, _ high: Int) -> TypeID {
        let form = TypeForm.range(low: low, high: high)
        return index[form] ?? add(form, .range(low: low, high: high), hasRange: true)
    }
    mutating func enumeration(_ number: Int) -> TypeID {
        let form = TypeForm.enumeration(number)
        return index[form] ?? add(form, .enumeration(number))
    }
    mutating func record(_ number: Int) -> TypeID {
        let form = TypeForm.record(number)
        return index[form] ?? add(form, .record(number))
    }
    /// A maybe of a maybe is the inner one.
    mutating func maybe(_ type: TypeID) -> TypeID {
        switch self[type] {
        case .maybe, .error, .nothing: return type
        default:
            let form = TypeForm.maybe(type)
            return index[form] ?? add(form, .maybe(value(type)), parts: [type])
        }
    }
    mutating func tuple(_ types: [TypeID]) -> TypeID {
        let form = TypeForm.tuple(types)
        return index[form] ?? add(form, .tuple(types.map { value($0) }), parts: types)
    }
    mutating func list(_ element: TypeID) -> TypeID {
        let form = TypeForm.list(element)
        return index[form] ?? add(form, .list(value(element)), parts: [element])
    }
    mutating func set(_ element: TypeID) -> TypeID {
        let form = TypeForm.set(element)
        return index[form] ?? add(form, .set(value(element)), parts: [element])
    }
    mutating func map(_ key: TypeID, _ value: TypeID) -> TypeID {
        let form = TypeForm.map(key, value)
        return index[form] ?? add(form, .map(key: self.value(key), value: self.value(value)), parts: [key, value])
    }

    mutating func signed(_ content: TypeID) -> TypeID {
        let form = TypeForm.signed(content)
        return index[form] ?? add(form, .signed(value(content)), parts: [content])
    }
    mutating func sealed(_ content: TypeID) -> TypeID {
        let form = TypeForm.sealed(content)
        return index[form] ?? add(form, .sealed(value(content)), parts: [content])
    }

    mutating func id(_ type: ValueType) -> TypeID {
        switch type {
        case .bool: .bool
        case .int: .int
        case .range(let low, let high): range(low, high)
        case .real: .real
        case .string: .string
        case .duration: .duration
        case .node: .node
        case .enumeration(let number): enumeration(number)
        case .record(let number): record(number)
        case .maybe(let inner): maybe(id(inner))
        case .tuple(let parts): tuple(parts.map { id($0) })
        case .list(let element): list(id(element))
        case .set(let element): set(id(element))
        case .map(let key, let value): map(id(key), id(value))
        case .signed(let content): signed(id(content))
        case .sealed(let content): sealed(id(content))
        case .message: .message
        case .nothing: .nothing
        }
    }

    /// The same with `int` for every range: what a function's parameter is.
    mutating func withoutRanges(_ type: TypeID) -> TypeID {
        guard entries[Int(type.index)].hasRange else { return type }
        switch self[type] {
        case .range: return .int
        case .maybe(let inner): return maybe(withoutRanges(inner))
        case .tuple(let parts): return tuple(parts.map { withoutRanges($0) })
        case .list(let element): return list(withoutRanges(element))
        case .set(let element): return set(withoutRanges(element))
        case .map(let key, let value): return map(withoutRanges(key), withoutRanges(value))
        case .signed(let content): return signed(withoutRanges(content))
        case .sealed(let content): return sealed(withoutRanges(content))
        default: return type
        }
    }
}

extension TypeStore {
    /// T of `maybe T`; any other type itself.
    func withoutMaybe(_ type: TypeID) -> TypeID {
        if case .maybe(let inner) = self[type] { inner } else { type }
    }

    func isMaybe(_ type: TypeID) -> Bool {
        if case .maybe = self[type] { true } else { false }
    }

    /// `int` and ranges.
    func isWhole(_ type: TypeID) -> Bool {
        if type == .int { return true }
        if case .range = self[type] { return true }
        return false
    }

    /// Nothing can be said about it, or nothing more has to be.
    func isVague(_ type: TypeID) -> Bool { type == .unknown || type == .error }

    /// What a loop over it binds; nil if it is no collection.
    func element(of type: TypeID) -> TypeID? {
        switch self[type] {
        case .list(let element), .set(let element), .map(let element, _): element
        case .emptyBraces, .unknown: .unknown
        case .error: .error
        default: nil
        }
    }
}
