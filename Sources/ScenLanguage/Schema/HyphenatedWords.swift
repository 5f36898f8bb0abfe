/// The words with hyphens that a scenario declares, gathered before anything is parsed: in code each of them is one
/// name, not a subtraction.
struct HyphenatedWords {
    private(set) var all: Set<String> = []
    /// Names of parameters.
    let parameters: Set<String>

    init(in root: YAMLNode) {
        parameters = Set((root["parameters"]?.entries ?? []).map(\.key.text))
        for entry in root["parameters"]?.entries ?? [] {
            addParameterWords(entry.value)
        }
        addNames(root["nodes"])
        addNames(root["nodes"]?["names"])
        addEnumerations(root["algorithm"])
        for entry in root["algorithms"]?.entries ?? [] { addEnumerations(entry.value) }
    }

    private mutating func addEnumerations(_ algorithm: YAMLNode?) {
        for entry in algorithm?["types"]?.entries ?? [] { addNames(entry.value) }
    }

    private mutating func addNames(_ node: YAMLNode?) {
        for item in node?.items ?? [] {
            if let text = item.scalar?.text, text.utf8.contains(UInt8(ascii: "-")), NameRule.word.admits(text) {
                all.insert(text)
            }
        }
    }

    /// `fair-loss` is a word; `n-1` and `n-f` are subtractions where `n` and `f` are parameters.
    private mutating func addParameterWords(_ values: YAMLNode) {
        for item in values.items ?? [values] {
            guard let text = item.scalar?.text, text.utf8.contains(UInt8(ascii: "-")), NameRule.word.admits(text)
            else { continue }
            let parts = text.split(separator: "-")
            let isSubtraction = parts.allSatisfy { part in
                parameters.contains(String(part)) || part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }
            if !isSubtraction { all.insert(text) }
        }
    }
}
