/// The one order of values: what loops, `sorted`, `min`, sets and maps go by.
///
/// `none` comes before everything. Numbers, durations, nodes and words go by their number (false before true), text by its
/// UTF-8 bytes, and composites element by element, a beginning of the other one first. Messages of different kinds go by the
/// order of their declaration, what is signed or sealed by its
/// node first. Only values of one type are ever compared.
extension Value {
    package static func compare(_ a: Value, _ b: Value) -> Int {
        switch (a, b) {
        case (.none, .none): 0
        case (.none, _): -1
        case (_, .none): 1
        case (.int(let x), .int(let y)), (.duration(let x), .duration(let y)), (.node(let x), .node(let y)):
            sign(x, y)
        case (.enumeration(let s, let x), .enumeration(let t, let y)): s == t ? sign(x, y) : sign(s, t)
        case (.bool(let x), .bool(let y)): sign(x ? 1 : 0, y ? 1 : 0)
        case (.real(let x), .real(let y)): x < y ? -1 : (x > y ? 1 : 0)
        case (.string(let x), .string(let y)): compareText(x, y)
        case (.tuple(let x), .tuple(let y)), (.list(let x), .list(let y)), (.set(let x), .set(let y)):
            compare(x, y)
        case (.map(let x), .map(let y)): compareEntries(x, y)
        case (.record(let s, let x), .record(let t, let y)), (.message(let s, let x), .message(let t, let y)):
            s == t ? compare(x, y) : sign(s, t)
        case (.signed(let s, let x), .signed(let t, let y)), (.sealed(let s, let x), .sealed(let t, let y)):
            s == t ? compare(x, y) : sign(s, t)
        default: sign(a.rank, b.rank)
        }
    }

    package static func precedes(_ a: Value, _ b: Value) -> Bool { compare(a, b) < 0 }

    private static func sign(_ x: Int, _ y: Int) -> Int { x < y ? -1 : (x > y ? 1 : 0) }

    private static func compareText(_ x: String, _ y: String) -> Int {
        if x.utf8.elementsEqual(y.utf8) { return 0 }
        return x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : 1
    }

    private static func compare(_ x: [Value], _ y: [Value]) -> Int {
        for (a, b) in zip(x, y) {
            let order = compare(a, b)
            if order != 0 { return order }
        }
        return sign(x.count, y.count)
    }

    private static func compareEntries(_ x: [Entry], _ y: [Entry]) -> Int {
        for (a, b) in zip(x, y) {
            let keys = compare(a.key, b.key)
            if keys != 0 { return keys }
            let values = compare(a.value, b.value)
            if values != 0 { return values }
        }
        return sign(x.count, y.count)
    }

    /// Keeps the order total for values of different types, which a typed program never compares.
    private var rank: Int {
        switch self {
        case .none: 0
        case .bool: 1
        case .int: 2
        case .real: 3
        case .duration: 4
        case .string: 5
        case .node: 6
        case .enumeration: 7
        case .tuple: 8
        case .list: 9
        case .set: 10
        case .map: 11
        case .record: 12
        case .message: 13
        case .signed: 14
        case .sealed: 15
        }
    }
}

extension Value {
    /// A set of these elements, in any order and with duplicates.
    package static func set(of elements: [Value]) -> Value {
        let sorted = elements.sorted(by: precedes)
        var kept: [Value] = []
        kept.reserveCapacity(sorted.count)
        for element in sorted where kept.last.map({ compare($0, element) != 0 }) ?? true {
            kept.append(element)
        }
        return .set(kept)
    }

    /// A map of these entries, in any order; of two with the same key the later one stands.
    package static func map(of entries: [Entry]) -> Value {
        let sorted = entries.enumerated().sorted { a, b in
            let order = compare(a.element.key, b.element.key)
            return order != 0 ? order < 0 : a.offset < b.offset
        }
        var kept: [Entry] = []
        kept.reserveCapacity(sorted.count)
        for (_, entry) in sorted {
            if let last = kept.last, compare(last.key, entry.key) == 0 {
                kept[kept.count - 1] = entry
            } else {
                kept.append(entry)
            }
        }
        return .map(kept)
    }
}
