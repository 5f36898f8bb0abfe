package import ScenDiagnostics

/// Parses the text of one YAML scalar. Every function reads the whole text, reports what is wrong with exact places
/// in the file, and gives back nil if something could not be understood, so that nothing is judged by its remains.
package struct TextParser {
    private let text: ScalarText
    private let hyphenated: Set<String>

    /// `hyphenated`: words with hyphens that the scenario declares (`fair-loss`, `general-1`). Where one of them stands
    /// in the text it is one name, not a subtraction.
    package init(_ scalar: YAMLScalar, hyphenated: Set<String>) {
        text = ScalarText(scalar)
        self.hyphenated = hyphenated
    }

    package func expression(into bag: inout DiagnosticBag) -> Expression? {
        parse(counts: false, into: &bag) { parser throws(Skip) in try parser.expression() }
    }

    /// An expression in which `k`, `M` and `G` are thousands, millions and milliards: `states: 5M`.
    package func count(into bag: inout DiagnosticBag) -> Expression? {
        parse(counts: true, into: &bag) { parser throws(Skip) in try parser.expression() }
    }

    /// The statements of a `|` block, or of a single line.
    package func block(into bag: inout DiagnosticBag) -> [Statement]? {
        statements(into: &bag, orExpression: false).flatMap { body in
            if case .block(let statements) = body { statements } else { nil }
        }
    }

    /// `expression` for a single line that is no statement, else `block`.
    package func functionBody(into bag: inout DiagnosticBag) -> AlgorithmSyntax.FunctionBody? {
        statements(into: &bag, orExpression: true)
    }

    /// `value(path)`: the key of a function.
    package func functionHeader(
        into bag: inout DiagnosticBag
    ) -> (name: Identifier, parameters: [Identifier])? {
        parse(into: &bag) { parser throws(Skip) in try parser.functionHeader() }
    }

    /// `on Order(path, plan) from p`, `when len(acks) >= quorum`: the key of a handler.
    package func trigger(into bag: inout DiagnosticBag) -> AlgorithmSyntax.Trigger? {
        parse(into: &bag) { parser throws(Skip) in try parser.trigger() }
    }

    /// `1000 per second`
    package func rate(into bag: inout DiagnosticBag) -> ScenarioSyntax.Rate? {
        parse(counts: true, into: &bag) { parser throws(Skip) in try parser.rate() }
    }

    /// Which messages a rule is for: `first 3`.
    package func selection(into bag: inout DiagnosticBag) -> ScenarioSyntax.Selection? {
        parse(into: &bag) { parser throws(Skip) in try parser.selection() }
    }

    package func type(into bag: inout DiagnosticBag) -> TypeSyntax? {
        parse(into: &bag) { parser throws(Skip) in try parser.lastType() }
    }

    /// `TYPE`, `TYPE = INITIAL` or an initial value; see `VariableSyntax`.
    package func variable(
        name: Identifier, stable: Bool, into bag: inout DiagnosticBag
    ) -> VariableSyntax? {
        guard let content = parse(into: &bag, { parser throws(Skip) in try parser.variable() }) else { return nil }
        return VariableSyntax(
            name: name, type: content.type, initial: content.initial, stable: stable,
            ambiguous: content.isAmbiguous)
    }

    /// A lone name: a declared node, type, message, state, parameter. Hyphens may stand in it, declared or not.
    package func identifier(into bag: inout DiagnosticBag) -> Identifier? {
        let word = text.scalar.text
        let isDeclaration = word.contains("-") && word.utf8.count <= 100
        return parse(hyphenated: isDeclaration ? [word] : hyphenated, into: &bag) { parser throws(Skip) in
            try parser.loneName()
        }
    }

    /// Whether a key of an algorithm is meant as the header of a handler, though it may be misspelt.
    package static func isHeader(_ key: String) -> Bool {
        let word = key.prefix { $0 != " " && $0 != "(" }.lowercased()
        return word.hasPrefix("on") || Suggestion.nearest(word, among: ["when"]) != nil
    }

    // MARK: Running the parser

    private func parse<Content>(
        counts: Bool = false, hyphenated: Set<String>? = nil, into bag: inout DiagnosticBag,
        _ content: (Parser) throws(Skip) -> Content
    ) -> Content? {
        let options = Lexer.Options(layout: false, counts: counts, hyphenated: hyphenated ?? self.hyphenated)
        let parser = Parser(text, Lexer.read(text, options))
        let result: Content?
        do throws(Skip) {
            result = try content(parser)
            try parser.expectEnd()
        } catch {
            bag.report(contentsOf: parser.problems.all)
            return nil
        }
        bag.report(contentsOf: parser.problems.all)
        return result
    }

    private func statements(into bag: inout DiagnosticBag, orExpression: Bool) -> AlgorithmSyntax.FunctionBody? {
        if text.scalar.style == .folded {
            bag.report(.codeInFoldedScalar(at: text.scalar.span))
            return nil
        }
        let options = Lexer.Options(layout: true, hyphenated: hyphenated)
        let parser = Parser(text, Lexer.read(text, options))
        let body = parser.body(orExpression: orExpression)
        bag.report(contentsOf: parser.problems.all)
        return body
    }
}

extension Parser {
    /// Nothing but the end may follow.
    func expectEnd() throws(Skip) {
        guard kind != .end else { return }
        if isAt(.comma) { throw fail { .tupleWithoutParentheses(at: $0) } }
        throw unexpected("an operator or the end")
    }

    /// A whole body: of a handler, or of a function that may be a lone expression.
    func body(orExpression: Bool) -> AlgorithmSyntax.FunctionBody? {
        if kind == .end {
            problems.report(.emptyBody(at: text.scalar.span), line: 0)
            return nil
        }
        if orExpression, isLoneExpression {
            do throws(Skip) {
                let value = try expression()
                if kind == .newline { advance() }
                try expectEnd()
                return .expression(value)
            } catch {
                return nil
            }
        }
        let statements = self.statements()
        return hasSkipped ? nil : .block(statements)
    }

    /// Whether there is one line only, which does not begin as a statement.
    private var isLoneExpression: Bool {
        let end = tokens.firstIndex { $0.kind == .newline } ?? tokens.count
        guard tokens.dropFirst(end + 1).allSatisfy({ $0.kind == .end }), !lineAssigns else { return false }
        switch kind {
        case .keyword(let keyword): return [.not, .true, .false, .none].contains(keyword)
        case .name(let word):
            if nextKind == .newline { return true }
            if let word, isStatement(word) { return false }
            return !beginsLikeStatement || !resemblesStatement
        default: return true
        }
    }

    func functionHeader() throws(Skip) -> (name: Identifier, parameters: [Identifier]) {
        let name = try name("the name of a function")
        guard isAt(.openParenthesis) else {
            throw kind == .end
                ? fail(name.span) { .functionWithoutParentheses(name.text, at: $0) } : unexpected("'('")
        }
        advance()
        let parameters = try items(until: .closeParenthesis) { () throws(Skip) in
            let parameter = try self.name("the name of a parameter")
            if isAt(.colon) { throw fail(here) { .typeOfLocal(at: $0) } }
            return parameter
        }
        return (name, parameters)
    }

    func loneName() throws(Skip) -> Identifier {
        switch kind {
        case .invalid: throw Skip()
        case .name, .keyword, .foreignLiteral:
            let name = try name()
            if kind == .end { return name }
        default: break
        }
        let content = text.scalar.text
        throw fail(text.place(0, text.end), at: 0) { .notAName(content, at: $0) }
    }
}
