import ScenDiagnostics
import ScenModel

/// Values as a scenario would write them.
struct ValueText: Sendable {
    let types: TypeTable

    func callAsFunction(_ value: Value) -> String {
        switch value {
        case .bool(let bool): bool ? "true" : "false"
        case .int(let int): "\(int)"
        case .real(let real): "\(real)"
        case .string(let string): "\"\(DisplayText.line(string))\""
        case .duration(let ns): TimeText.exact(ns)
        case .node(let node): self.node(node)
        case .enumeration(let type, let word): enumeration(type, word)
        case .none: "none"
        case .tuple(let items): "(" + list(items) + ")"
        case .list(let items): "[" + list(items) + "]"
        case .set(let items): "{" + list(items) + "}"
        case .map(let entries):
            "{" + entries.map { "\(self($0.key)): \(self($0.value))" }.joined(separator: ", ") + "}"
        case .record(let type, let fields): shape(types.records, type, fields)
        case .message(let type, let fields): shape(types.messages, type, fields)
        }
    }

    func node(_ index: Int) -> String {
        types.nodeNames.indices.contains(index) ? DisplayText.line(types.nodeNames[index]) : "node \(index)"
    }

    func timer(_ index: Int, _ arguments: [Value]) -> String {
        shape(types.timers, index, arguments)
    }

    private func enumeration(_ type: Int, _ word: Int) -> String {
        guard types.enumerations.indices.contains(type),
            types.enumerations[type].words.indices.contains(word)
        else { return "word \(word)" }
        return types.enumerations[type].words[word]
    }

    private func list(_ items: [Value]) -> String {
        items.map { self($0) }.joined(separator: ", ")
    }

    private func shape(_ shapes: [TypeTable.Shape], _ index: Int, _ values: [Value]) -> String {
        guard shapes.indices.contains(index) else { return "(\(list(values)))" }
        let shape = shapes[index]
        let fields = values.enumerated().map { position, value in
            shape.fields.indices.contains(position)
                ? "\(shape.fields[position].name)=\(self(value))" : self(value)
        }
        return "\(shape.name)(\(fields.joined(separator: ", ")))"
    }
}
