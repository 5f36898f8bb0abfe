import ScenDiagnostics

/// Reads what is sound of a document into syntax. What is not there was complained about by `ShapeChecker`, so
/// nothing here says so again; only texts can still be wrong.
struct SyntaxReader {
    /// Declared words with hyphens.
    let hyphenated: Set<String>
    var bag = DiagnosticBag()
    /// Names whose texts could not be read.
    var refused: Set<String> = []

    init(hyphenated: Set<String>) {
        self.hyphenated = hyphenated
    }

    func parser(_ scalar: YAMLScalar) -> TextParser { TextParser(scalar, hyphenated: hyphenated) }

    mutating func expression(_ node: YAMLNode?) -> Expression? {
        guard let scalar = node?.scalar else { return nil }
        return parser(scalar).expression(into: &bag)
    }

    /// An expression in which `5M` is five million.
    mutating func count(_ node: YAMLNode?) -> Expression? {
        guard let scalar = node?.scalar else { return nil }
        return parser(scalar).count(into: &bag)
    }

    /// A word or the name of a parameter, without asking the parser: words may have hyphens that nobody declared.
    func word(_ node: YAMLNode?) -> Expression? {
        guard let name = identifier(node) else { return nil }
        switch name.text {
        case "true": return Expression(.bool(true), at: name.span, height: 1)
        case "false": return Expression(.bool(false), at: name.span, height: 1)
        default: return Expression(.name(name.text), at: name.span, height: 1)
        }
    }

    mutating func type(_ node: YAMLNode?) -> TypeSyntax? {
        guard let scalar = node?.scalar else { return nil }
        return parser(scalar).type(into: &bag)
    }

    func identifier(_ node: YAMLNode?) -> Identifier? { node?.scalar.map(identifier) }

    func identifier(_ scalar: YAMLScalar) -> Identifier {
        Identifier(scalar.text, at: scalar.contentPlace)
    }

    /// The entries whose content can be read, with their names.
    mutating func named<Content: Sendable>(
        _ node: YAMLNode?, _ read: (inout SyntaxReader, YAMLNode) -> Content?
    ) -> [AlgorithmSyntax.Named<Content>] {
        (node?.entries ?? []).compactMap { entry in
            guard let content = read(&self, entry.value) else {
                refused.insert(entry.key.text)
                return nil
            }
            return AlgorithmSyntax.Named(name: identifier(entry.key), content: content)
        }
    }
}

extension YAMLNode {
    var scalar: YAMLScalar? {
        if case .scalar(let scalar) = kind { scalar } else { nil }
    }
    var items: [YAMLNode]? {
        if case .sequence(let items, _) = kind { items } else { nil }
    }
    var entries: [YAMLEntry]? {
        if case .mapping(let entries, _) = kind { entries } else { nil }
    }
    subscript(key: String) -> YAMLNode? { entry(key)?.value }

    func entry(_ key: String) -> YAMLEntry? { entries?.first { $0.key.text == key } }
}

extension YAMLScalar {
    /// Without quotes.
    var contentPlace: SourceSpan { text.isEmpty ? span : place(0, text.utf8.count) }

    /// The text from a byte on, with its places.
    func suffix(from byte: Int) -> YAMLScalar {
        let later = pieces.filter { $0.content > byte }.map { Piece(content: $0.content - byte, file: $0.file) }
        return YAMLScalar(
            text: String(decoding: text.utf8.dropFirst(byte), as: UTF8.self), style: style,
            span: SourceSpan(span.source, fileOffset(byte), span.end),
            pieces: [Piece(content: 0, file: fileOffset(byte))] + later)
    }
}
