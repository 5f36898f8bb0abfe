/// A JSON document, with keys in the order in which they were given.
package indirect enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int)
    case real(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    package struct Member: Sendable, Hashable {
        package var key: String
        package var value: JSONValue
        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// What fits is on one line; the rest is indented by two.
    package func text(columns: Int = 110) -> String {
        var out = ""
        write(into: &out, indent: 0, columns: columns)
        return out + "\n"
    }

    private func write(into out: inout String, indent: Int, columns: Int) {
        let line = oneLine(atMost: columns - indent)
        if let line {
            out += line
            return
        }
        let pad = String(repeating: " ", count: indent + 2)
        let end = "\n" + String(repeating: " ", count: indent)
        switch self {
        case .array(let items):
            out += "["
            for (index, item) in items.enumerated() {
                out += (index > 0 ? ",\n" : "\n") + pad
                item.write(into: &out, indent: indent + 2, columns: columns)
            }
            out += end + "]"
        case .object(let members):
            out += "{"
            for (index, member) in members.enumerated() {
                out += (index > 0 ? ",\n" : "\n") + pad + Self.quoted(member.key) + ": "
                member.value.write(into: &out, indent: indent + 2, columns: columns)
            }
            out += end + "}"
        default: out += scalar
        }
    }

    /// Nil if it is longer.
    private func oneLine(atMost columns: Int) -> String? {
        switch self {
        case .array(let items):
            var text = "["
            for (index, item) in items.enumerated() {
                guard let line = item.oneLine(atMost: columns - text.utf8.count - 1) else { return nil }
                text += (index > 0 ? ", " : "") + line
            }
            return text.utf8.count < columns ? text + "]" : nil
        case .object(let members):
            var text = "{"
            for (index, member) in members.enumerated() {
                text += (index > 0 ? ", " : "") + Self.quoted(member.key) + ": "
                guard let line = member.value.oneLine(atMost: columns - text.utf8.count - 1) else { return nil }
                text += line
            }
            return text.utf8.count < columns ? text + "}" : nil
        default:
            let text = scalar
            return text.utf8.count <= max(columns, 24) ? text : nil
        }
    }

    private var scalar: String {
        switch self {
        case .bool(let bool): bool ? "true" : "false"
        case .int(let int): "\(int)"
        // Swift writes the shortest text that reads back as the same double. JSON has no infinity.
        case .real(let real): real.isFinite ? Self.number(real) : "null"
        case .string(let string): Self.quoted(string)
        case .null, .array, .object: "null"
        }
    }

    private static func number(_ real: Double) -> String {
        let text = "\(real)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            // Control characters, and the line separators that JavaScript does not take in strings.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
