/// Just enough JSON to write a document by hand, with its keys in the order in which they are given.
indirect enum JSONText {
    case object([(key: String, value: JSONText)])
    case array([JSONText])
    case string(String)
    case integer(Int)
    case bool(Bool)

    static func strings(_ texts: [String]) -> JSONText { .array(texts.map { .string($0) }) }

    /// Pretty, ending without a line feed. What fits on a line stands on one.
    func rendered(indent: Int = 0) -> String {
        let flat = self.flat
        if flat.utf8.count + indent <= 100 { return flat }
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        switch self {
        case .object(let members):
            let lines = members.map {
                "\(inner)\(JSONText.quoted($0.key)): \($0.value.rendered(indent: indent + 2))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
        case .array(let items):
            let lines = items.map { inner + $0.rendered(indent: indent + 2) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(outer)]"
        case .string, .integer, .bool:
            return flat
        }
    }

    private var flat: String {
        switch self {
        case .object(let members):
            "{" + members.map { "\(JSONText.quoted($0.key)): \($0.value.flat)" }.joined(separator: ", ") + "}"
        case .array(let items): "[" + items.map(\.flat).joined(separator: ", ") + "]"
        case .string(let text): JSONText.quoted(text)
        case .integer(let number): String(number)
        case .bool(let value): value ? "true" : "false"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case ..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
