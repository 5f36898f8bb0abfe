/// How shapes are put into words.
package enum Wording {
    /// "a, b or c"
    package static func list(_ words: [String], _ conjunction: String) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    /// Completes "expected …".
    package static func expected(_ shape: Shape) -> String {
        switch shape {
        case .text(let text): return text.expected
        case .list(let list): return list.expected
        case .entries(let entries): return entries.expected
        case .anything: return "a value"
        case .section(let section):
            if let open = section.open { return open.expected }
            let now = section.keys.filter { $0.support == .now }
            let names = (now.isEmpty ? section.keys : now).map(\.name)
            if names.count == 1 { return "a mapping with the key \(names[0])" }
            if names.count <= 6 { return "a mapping with the keys \(list(names, "and"))" }
            return "a mapping with keys like \(list(Array(names.prefix(3)), "and"))"
        case .oneOf(let shapes): return shapes.map(expected).joined(separator: ", or ")
        }
    }

    /// `places` as `Section.place` has them.
    package static func belongs(_ key: String, _ places: [String]) -> String {
        "'\(key)' belongs " + list(places.map { $0.hasPrefix("at ") ? $0 : "under \($0)" }, "or")
    }

    package static func kind(_ node: YAMLNode) -> String {
        switch node.kind {
        case .scalar(let scalar): isBlank(scalar.text) ? "empty" : "a single value"
        case .sequence(let items, _): items.isEmpty ? "an empty list" : "a list"
        case .mapping(let entries, _): entries.isEmpty ? "an empty mapping" : "a mapping"
        }
    }

    package static func isBlank(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }
}
