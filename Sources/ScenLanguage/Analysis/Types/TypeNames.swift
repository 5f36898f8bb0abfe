import ScenModel

extension TypeStore {
    /// As it is written in a scenario.
    func name(_ type: TypeID, _ table: TypeTable) -> String {
        switch self[type] {
        case .unknown, .error: "?"
        case .emptyBraces: "{}"
        case .bool: "bool"
        case .int: "int"
        case .real: "real"
        case .string: "string"
        case .duration: "duration"
        case .node: "node"
        case .message: "message"
        case .nothing: "nothing"
        case .outcome: "outcome"
        case .range(let low, let high): "\(low)..\(high)"
        case .enumeration(let number): table.enumerations[number].name
        case .record(let number): table.records[number].name
        case .maybe(let inner): inner == .unknown ? "none" : "maybe \(name(inner, table))"
        case .tuple(let parts): "(" + parts.map { name($0, table) }.joined(separator: ", ") + ")"
        case .list(.unknown): "[]"
        case .list(let element): "list of \(name(element, table))"
        case .set(let element): "set of \(name(element, table))"
        case .signed(let content): "signed \(name(content, table))"
        case .sealed(let content): "sealed \(name(content, table))"
        case .map(let key, let value): "map of \(name(key, table)) to \(name(value, table))"
        }
    }
}
