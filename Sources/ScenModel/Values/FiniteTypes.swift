/// Types all of whose values can be listed.
extension ValueType {
    /// Beyond this nobody counts.
    private static let countMax = 1_000_000_000

    /// Nil if there is no end of them, or too many to count.
    package func valueCount(in types: TypeTable) -> Int? {
        switch self {
        case .bool: return 2
        case .range(let low, let high):
            let distance = high.subtractingReportingOverflow(low)
            return distance.overflow || distance.partialValue >= Self.countMax ? nil : max(0, distance.partialValue + 1)
        case .node: return types.nodeNames.count
        case .enumeration(let type): return types.enumerations[type].words.count
        case .maybe(let inner): return inner.valueCount(in: types).map { $0 + 1 }
        case .tuple(let parts): return Self.product(parts, types)
        case .record(let type): return Self.product(types.records[type].fields.map(\.type), types)
        case .int, .real, .string, .duration, .list, .set, .map, .message, .signed, .sealed, .nothing: return nil
        }
    }

    private static func product(_ parts: [ValueType], _ types: TypeTable) -> Int? {
        var count = 1
        for part in parts {
            guard let factor = part.valueCount(in: types) else { return nil }
            let product = count.multipliedReportingOverflow(by: factor)
            guard !product.overflow, product.partialValue < countMax else { return nil }
            count = product.partialValue
        }
        return count
    }

    /// In value order. Only for types with few values.
    package func allValues(in types: TypeTable) -> [Value] {
        switch self {
        case .bool: [.bool(false), .bool(true)]
        case .range(let low, let high): low <= high ? (low...high).map { .int($0) } : []
        case .node: types.nodeNames.indices.map { .node($0) }
        case .enumeration(let type): types.enumerations[type].words.indices.map { .enumeration(type: type, word: $0) }
        case .maybe(let inner): [.none] + inner.allValues(in: types)
        case .tuple(let parts): Self.combinations(parts, types).map { .tuple($0) }
        case .record(let type):
            Self.combinations(types.records[type].fields.map(\.type), types).map { .record(type: type, $0) }
        case .int, .real, .string, .duration, .list, .set, .map, .message, .signed, .sealed, .nothing: []
        }
    }

    private static func combinations(_ parts: [ValueType], _ types: TypeTable) -> [[Value]] {
        parts.reduce([[]]) { beginnings, part in
            let values = part.allValues(in: types)
            return beginnings.flatMap { beginning in values.map { beginning + [$0] } }
        }
    }

    /// As a scenario would write it.
    package func described(in types: TypeTable) -> String {
        switch self {
        case .bool: "bool"
        case .int: "int"
        case .range(let low, let high): "\(low)..\(high)"
        case .real: "real"
        case .string: "string"
        case .duration: "duration"
        case .node: "node"
        case .enumeration(let type): types.enumerations[type].name
        case .record(let type): types.records[type].name
        case .maybe(let inner): "maybe \(inner.described(in: types))"
        case .tuple(let parts): "(" + parts.map { $0.described(in: types) }.joined(separator: ", ") + ")"
        case .list(let element): "list of \(element.described(in: types))"
        case .set(let element): "set of \(element.described(in: types))"
        case .map(let key, let value): "map of \(key.described(in: types)) to \(value.described(in: types))"
        case .message: "message"
        case .signed(let content): "signed \(content.described(in: types))"
        case .sealed(let content): "sealed \(content.described(in: types))"
        case .nothing: "nothing"
        }
    }
}

extension ValueType {
    /// A set has an exponential number of values.
    private static let elementsMax = 8

    /// Of a type with more values nobody can go through all.
    private static let choicesMax = 1_000

    /// All values in their order; nil if there is no end of them, or more than can be gone through.
    package func choices(in types: TypeTable) -> [Value]? { choices(in: types, most: Self.choicesMax) }

    private func choices(in types: TypeTable, most: Int) -> [Value]? {
        if case .set(let element) = self {
            guard let elements = element.choices(in: types, most: Self.elementsMax) else { return nil }
            let sets = (0..<1 << elements.count).map { bits in
                Value.set(elements.indices.filter { bits >> $0 & 1 == 1 }.map { elements[$0] })
            }
            return sets.count <= most ? sets.sorted(by: Value.precedes) : nil
        }
        guard let count = valueCount(in: types), count <= most else { return nil }
        return allValues(in: types)
    }
}
