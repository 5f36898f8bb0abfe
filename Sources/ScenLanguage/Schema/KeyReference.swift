/// The key reference in Markdown, from the table of keys: `grammar/keys.md`.
package enum KeyReference {
    package static func markdown() -> String {
        var text = """
            # Keys of a scenario

            Made from the table of keys in `Sources/ScenLanguage/Schema/Keys`; a test fails when this page is stale.
            Words in capitals stand for names of your own. Every scalar is text to scen. An unknown key is an error.

            Names have letters, digits and `_` and do not begin with a digit; names of single nodes, words of
            enumerations and names of algorithms may have hyphens inside. No name is one of
            \(quoted(NameRule.keywords, "or")).

            """
        for key in KeyTable.root.keys { describe(key, path: key.name, level: 2, into: &text) }
        return text
    }

    private static func describe(_ key: Key, path: String, level: Int, into text: inout String) {
        text += "\n" + String(repeating: "#", count: level) + " `\(path)`\n\n"
        text += key.meaning + "\n\n"
        text += "- value: \(Wording.expected(key.shape))\n"
        let refused = laterWords(key.shape)
        if key.required {
            text += "- required\n"
        } else if let standard = key.standard {
            text += "- default: \(standard)\n"
        }
        if !key.goesWith.isEmpty { text += "- only beside \(quoted(key.goesWith, "or"))\n" }
        for needed in key.needs { text += "- needs \(quoted(needed, "or")) beside it\n" }
        if key.support == .later {
            text += "- **not carried out by this version yet**\n"
        } else if !refused.isEmpty {
            text += "- not carried out by this version yet: \(quoted(refused, "and"))\n"
        }
        text += "\n```yaml\n\(key.example)\n```\n"
        describe(key.shape, path: path, into: &text)
    }

    private static func describe(_ shape: Shape, path: String, into text: inout String) {
        switch shape {
        case .text, .anything: break
        case .list(let list): describe(list.item, path: path, into: &text)
        case .oneOf(let shapes): for shape in shapes { describe(shape, path: path, into: &text) }
        case .entries(let entries):
            // The keys of an algorithm stand under `algorithm`.
            if case .section(let section) = entries.value, section.path == "algorithm" { return }
            describe(entries.value, path: "\(path).\(entries.placeholder)", into: &text)
        case .section(let section):
            let isProperty = section.path == "expect.PROPERTY"
            for key in isProperty ? [] : section.keys {
                describe(key, path: "\(path).\(key.name)", level: 3, into: &text)
            }
            if let open = section.open {
                describe(open.value, path: "\(path).\(open.placeholder)", into: &text)
            }
            if section.handlers != nil { text += handlers }
        }
    }

    private static func laterWords(_ shape: Shape) -> [String] {
        switch shape {
        case .text(let text):
            if case .words(let words, _) = text.kind { words.filter { $0.support == .later }.map(\.text) } else { [] }
        case .oneOf(let shapes): shapes.flatMap { if case .text = $0 { laterWords($0) } else { [String]() } }
        default: []
        }
    }

    private static func quoted(_ words: [String], _ conjunction: String) -> String {
        Wording.list(words.map { "`\($0)`" }, conjunction)
    }

    private static let handlers = """

        ### `algorithm.on …`, `algorithm.when …`

        Handlers: what a node does when something happens. A known name in a header (node, word, parameter, constant)
        must match, any other takes the value.

        - value: statements
        - not carried out by this version yet: `on recover`, `on request`, requests and indications of layers

        ```yaml
        on start: |
        on Order(path, plan) from p: |
        on timer Retry(id): |
        on round r: |
        when len(acks) >= quorum: |
        ```

        """
}
