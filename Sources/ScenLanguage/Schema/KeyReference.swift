/// The key reference in Markdown, from the table of keys: `grammar/keys.md`.
package enum KeyReference {
    package static func markdown() -> String {
        var text = """
            # Keys of a scenario

            Made from the table of keys in `Sources/ScenLanguage/Schema/Keys`; a test fails when this page is stale.
            Words in capitals stand for names of your own. Every scalar is text to scen. An unknown key is an error.
            What is marked *later* is part of the language, but refused by this version.

            Names have letters, digits and `_` and do not begin with a digit. Names of single nodes, words of
            enumerations and names of algorithms may have hyphens inside. No name is one of
            \(quoted(NameRule.keywords, "or")). Besides,

            """
        for rule in NameRule.allCases {
            let more = rule.reserved.dropFirst(NameRule.keywords.count)
            if !more.isEmpty { text += "- \(rule.what) is none of \(quoted(Array(more), "or"))\n" }
        }
        for key in KeyTable.root.keys {
            text += heading(key)
            describe(key.shape, path: key.name, into: &text)
        }
        return text
    }

    private static func heading(_ key: Key) -> String {
        """

        ## `\(key.name)`

        \(key.meaning)

        - value: \(value(key))
        - \(standard(key))

        ```yaml
        \(key.example)
        ```

        """
    }

    /// Tables for the mappings below a key.
    private static func describe(_ shape: Shape, path: String, into text: inout String) {
        switch shape {
        case .text, .anything: break
        case .list(let list): describe(list.item, path: path + "[]", into: &text)
        case .oneOf(let shapes): for shape in shapes { describe(shape, path: path, into: &text) }
        case .entries(let entries):
            // The keys of an algorithm stand under `algorithm`.
            if case .section(let section) = entries.value, section.path == "algorithm" { return }
            describe(entries.value, path: "\(path).\(entries.placeholder)", into: &text)
        case .section(let section):
            text += "\n### `\(path)`\n\n| key | meaning | value | |\n| --- | --- | --- | --- |\n"
            for key in section.keys {
                text += "| `\(key.name)` | \(meaning(key)) | \(value(key)) | \(standard(key)) |\n"
            }
            if section.handlers != nil { text += handlers }
            if section.path == "expect" {
                // All properties of the library take the same.
                text += """

                    A property of the library with a mapping takes `verdict` and `when`, and `within` if \
                    it is one that must be reached.

                    """
            } else {
                for key in section.keys { describe(key.shape, path: "\(path).\(key.name)", into: &text) }
            }
            if let open = section.open { describe(open.value, path: "\(path).\(open.placeholder)", into: &text) }
        }
    }

    private static func meaning(_ key: Key) -> String {
        var text = key.meaning
        if !key.goesWith.isEmpty { text += " Only beside \(quoted(key.goesWith, "or"))." }
        for needed in key.needs { text += " Needs \(quoted(needed, "or")) beside it." }
        let oneLine = !key.example.utf8.contains(UInt8(ascii: "\n"))
        return oneLine ? text + " `\(key.example)`" : text
    }

    private static func value(_ key: Key) -> String {
        let refused = laterWords(key.shape)
        let text = Wording.expected(key.shape)
        return refused.isEmpty ? text : text + " (later: \(quoted(refused, "and")))"
    }

    private static func standard(_ key: Key) -> String {
        let later = key.support == .later ? "*later*; " : ""
        if key.required { return later + "required" }
        return later + (key.standard.map { "default: \($0)" } ?? "optional")
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

        Every other key is a handler: what a node does when something happens. A known name in a header (node, word,
        parameter, constant) must match, any other takes the value. *Later*: `on request`, requests and
        indications of layers.

        ```yaml
        on start: |
        on Order(path, plan) from p: |
        on timer Retry(id): |
        on round r: |
        on recover: |
        when len(acks) >= quorum: |
        ```

        """
}
