import ScenModel

extension Checker {
    /// The value of a variable without an initial one; nil where the scenario has to say.
    func defaultValue(_ type: TypeID) -> Value? {
        switch tables.store[type] {
        case .bool: return .bool(false)
        case .int: return .int(0)
        case .real: return .real(0)
        case .string: return .string("")
        case .duration: return .duration(0)
        case .range(let low, _): return .int(low)
        case .maybe, .error: return Value.none
        case .list: return .list([])
        case .set: return .set([])
        case .map: return .map([])
        case .tuple(let parts): return defaultValues(parts).map { .tuple($0) }
        case .record(let number): return defaultValues(tables.records[number]).map { .record(type: number, $0) }
        case .unknown, .emptyBraces, .node, .message, .nothing, .outcome, .enumeration, .signed, .sealed: return nil
        }
    }

    private func defaultValues(_ types: [TypeID]) -> [Value]? {
        var values: [Value] = []
        for type in types {
            guard let value = defaultValue(type) else { return nil }
            values.append(value)
        }
        return values
    }
}
