/// Values as the language writes them: `attack`, `general1`, `10ms`, `{general1, general2}`, `Order([general1], attack)`,
/// `entry(term=1, value=attack)`, `{1: "a"}`, `none`, `signed(attack, by=general1)`, `sealed(7, for=bob)`.
package struct ValuePrinter: Sendable {
    private let types: TypeTable

    package init(_ types: TypeTable) { self.types = types }

    package func text(_ value: Value) -> String {
        switch value {
        case .bool(let truth): truth ? "true" : "false"
        case .int(let number): String(number)
        case .real(let number): Self.real(number)
        case .string(let text): Self.quoted(text)
        case .duration(let nanoseconds): Self.duration(nanoseconds)
        case .node(let index): node(index)
        case .enumeration(let type, let word):
            types.enumerations.element(type)?.words.element(word) ?? "word \(word)"
        case .none: "none"
        case .tuple(let values): values.count == 1 ? "(\(list(values)),)" : "(\(list(values)))"
        case .list(let values): "[\(list(values))]"
        case .set(let values): "{\(list(values))}"
        case .map(let entries):
            "{" + entries.map { "\(text($0.key)): \(text($0.value))" }.joined(separator: ", ") + "}"
        case .record(let type, let values): record(types.records.element(type), values)
        case .message(let type, let values):
            "\(types.messages.element(type)?.name ?? "message \(type)")(\(list(values)))"
        case .signed(let signer, let content): "signed(\(text(content)), by=\(node(signer)))"
        case .sealed(let reader, _) where reader < 0: "seal \(-reader)"
        case .sealed(let reader, let content): "sealed(\(text(content)), for=\(node(reader)))"
        }
    }

    private func node(_ index: Int) -> String { types.nodeNames.element(index) ?? "node \(index)" }

    /// As `log "{x}"` shows it: a text stands without quotes.
    package func interpolated(_ value: Value) -> String {
        if case .string(let text) = value { text } else { text(value) }
    }

    private func list(_ values: [Value]) -> String { values.map(text).joined(separator: ", ") }

    private func record(_ shape: TypeTable.Shape?, _ values: [Value]) -> String {
        let fields = values.enumerated().map { index, value in
            "\(shape?.fields.element(index)?.name ?? String(index))=\(text(value))"
        }
        return "\(shape?.name ?? "record")(\(fields.joined(separator: ", ")))"
    }

    /// The shortest that reads back as the same number.
    package static func real(_ number: Double) -> String { number.description }

    /// As a text is written in the language, and on one line.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                quoted += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension ValuePrinter {
    /// A year has 365 days.
    private static let units: [(name: String, nanoseconds: Int)] = [
        ("y", 31_536_000_000_000_000), ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
        ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
    ]

    /// Nil if there is no such unit.
    static func nanoseconds(perUnit name: String) -> Int? {
        name == "ns" ? 1 : units.first { $0.name == name }?.nanoseconds
    }

    /// In the largest unit in which the number is exact, at least 1 and has at most three decimals: `1.5s`, `25ms`.
    package static func duration(_ nanoseconds: Int) -> String {
        let sign = nanoseconds < 0 ? "-" : ""
        let size = nanoseconds.magnitude
        if size == 0 { return "0s" }
        for unit in units where size >= UInt(unit.nanoseconds) {
            let (whole, rest) = size.quotientAndRemainder(dividingBy: UInt(unit.nanoseconds))
            if rest == 0 { return "\(sign)\(whole)\(unit.name)" }
            let (thousandths, inexact) = rest.quotientAndRemainder(dividingBy: UInt(unit.nanoseconds / 1000))
            if inexact == 0 {
                var decimals = String(1000 + thousandths).dropFirst()
                while decimals.last == "0" { decimals.removeLast() }
                return "\(sign)\(whole).\(decimals)\(unit.name)"
            }
        }
        return "\(sign)\(size)ns"
    }
}

extension Array {
    fileprivate func element(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
