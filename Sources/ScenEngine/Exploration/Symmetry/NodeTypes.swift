import ScenModel

/// Which values may speak of nodes: all others stay as they are when nodes change places.
struct NodeTypes {
    /// By word of a node's variables, as the program lays them out; nil where it cannot speak of a node.
    let variables: [ValueType?]
    /// By kind.
    let messages: [Bool]
    let timers: [Bool]
    private let types: TypeTable

    init(_ program: Program) {
        types = program.types
        let layout = program.layout
        variables = (0..<layout.width).map { [types] index in
            let type: ValueType?
            switch index {
            case layout.decision: type = program.decisionType.map { .maybe($0) }
            case layout.delivered: type = program.deliveredType.map { .list($0) }
            default: type = index < program.variables.count ? program.variables[index].type : nil
            }
            return type.flatMap { Self.speaks($0, types) ? $0 : nil }
        }
        messages = types.messages.map { [types] in Self.speaks($0.fields, types) }
        timers = types.timers.map { [types] in Self.speaks($0.fields, types) }
    }

    func speaks(_ type: ValueType) -> Bool { Self.speaks(type, types) }

    private static func speaks(_ fields: [TypeTable.Field], _ types: TypeTable) -> Bool {
        fields.contains { speaks($0.type, types) }
    }

    private static func speaks(_ type: ValueType, _ types: TypeTable, within records: [Int] = []) -> Bool {
        switch type {
        // A message may be of any kind.
        case .node, .signed, .sealed, .message: true
        case .bool, .int, .range, .real, .string, .duration, .enumeration, .nothing: false
        case .maybe(let inner), .list(let inner), .set(let inner): speaks(inner, types, within: records)
        case .tuple(let parts): parts.contains { speaks($0, types, within: records) }
        case .map(let key, let value): speaks(key, types, within: records) || speaks(value, types, within: records)
        case .record(let index):
            !records.contains(index)
                && types.records[index].fields.contains { speaks($0.type, types, within: records + [index]) }
        }
    }
}
