import ScenDiagnostics

/// Recursive descent over the tokens of one scalar. A mistake is reported where it is found and unwinds with `Skip`
/// to the statement, which goes on with the next line.
///
/// A class, because a debug build copies a structure onto the stack for every call.
final class Parser {
    /// Of an expression. What works on expressions may recurse over them.
    static let heightMax = 200
    /// How deep brackets, operators, types, patterns and blocks may be nested, together. A level takes up to 6.5 KiB of
    /// the stack in a debug build, and a thread may have no more than 512 KiB. Calls, maps and the like count twice.
    static let depthMax = 60
    /// How deep blocks may be nested, so that something is left for what stands in them.
    static let blocksMax = 30

    let text: ScalarText
    let tokens: [Token]
    let texts: [String]
    var problems: SyntaxProblems
    var index = 0
    var depth = 0
    var blocks = 0
    /// Something could not be understood and is missing from the result.
    var hasSkipped = false

    init(_ text: ScalarText, _ stream: TokenStream) {
        self.text = text
        tokens = stream.tokens
        texts = stream.texts
        problems = stream.problems
    }

    // MARK: Looking

    var current: Token { tokens[index] }
    var kind: Token.Kind { tokens[index].kind }
    /// The kind of the token behind the current one.
    var nextKind: Token.Kind { tokens[min(index + 1, tokens.count - 1)].kind }
    /// Where the current token begins.
    var start: Int { tokens[index].start }
    /// Where the last token that was read ends.
    var previousEnd: Int { index > 0 ? tokens[index - 1].end : 0 }

    func isAt(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
    func isAt(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }
    func isAt(_ word: SoftKeyword) -> Bool { kind == .name(word) }
    var isAtName: Bool { Self.isName(kind) }

    static func isName(_ kind: Token.Kind) -> Bool {
        if case .name = kind { true } else { false }
    }

    /// The place of the current token.
    var here: SourceSpan { place(index, index) }

    /// From one token to another, by their indices.
    func place(_ first: Int, _ last: Int) -> SourceSpan {
        text.place(tokens[min(first, tokens.count - 1)].start, tokens[min(last, tokens.count - 1)].end)
    }

    func spelling(_ token: Token) -> String { text.string(token.start, token.end) }

    // MARK: Moving

    func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    func accept(_ symbol: Symbol) -> Bool {
        guard isAt(symbol) else { return false }
        advance()
        return true
    }

    func accept(_ keyword: Keyword) -> Bool {
        guard isAt(keyword) else { return false }
        advance()
        return true
    }

    func accept(_ word: SoftKeyword) -> Bool {
        guard isAt(word) else { return false }
        advance()
        return true
    }

    func expect(_ symbol: Symbol) throws(Skip) {
        guard accept(symbol) else { throw unexpected("'\(symbol.rawValue)'") }
    }

    func expect(_ keyword: Keyword) throws(Skip) {
        guard accept(keyword) else { throw unexpected("'\(keyword.rawValue)'", near: [keyword.rawValue]) }
    }

    /// `form`: how the whole construct is written.
    func expect(_ word: SoftKeyword, in form: String) throws(Skip) {
        guard accept(word) else { throw unexpected("'\(word.rawValue)'", near: [word.rawValue], form: form) }
    }

    /// A name, such as `what` describes.
    func name(_ what: String = "a name") throws(Skip) -> Identifier {
        switch kind {
        case .name:
            if isAtWildcard { throw fail { .wildcardAsName(at: $0) } }
            let name = Identifier(spelling(current), at: here)
            advance()
            return name
        case .keyword, .foreignLiteral:
            let word = spelling(current)
            throw fail { .reservedWord(word, at: $0) }
        default: throw unexpected(what)
        }
    }

    /// Counts nested constructs; `defer { depth -= 1 }` follows each.
    func enter() throws(Skip) {
        guard depth < Self.depthMax else {
            throw fail { .nestedTooDeep(limit: Self.depthMax, at: $0) }
        }
        depth += 1
    }

    // MARK: Mistakes

    /// Reports a mistake at a place, on the line of an offset, or of the current token. A closure makes the diagnostic,
    /// which is large and would weigh on the stack of every function that recurses and may need one.
    func fail(_ place: SourceSpan, at offset: Int, _ diagnostic: (SourceSpan) -> Diagnostic) -> Skip {
        problems.report(diagnostic(place), line: text.line(of: offset))
        return Skip()
    }

    func fail(_ place: SourceSpan, _ diagnostic: (SourceSpan) -> Diagnostic) -> Skip {
        fail(place, at: start, diagnostic)
    }

    /// At the current token.
    func fail(_ diagnostic: (SourceSpan) -> Diagnostic) -> Skip {
        fail(here, at: start, diagnostic)
    }

    /// The current token is not what must stand here. `near`: words that it may be a misspelling of. `form`: how the
    /// construct is written.
    func unexpected(_ expected: String, near: [String] = [], form: String? = nil) -> Skip {
        let token = current
        if let bracket = unclosedBracket {
            let symbol = spelling(tokens[bracket])
            return fail(place(bracket, bracket), at: tokens[bracket].start) { .neverClosed(symbol, at: $0) }
        }
        var place = text.place(token.start, token.end)
        var offset = token.start
        var found = "'\(spelling(token))'"
        switch token.kind {
        case .invalid: return Skip()
        case .newline: found = "the end of the line"
        case .end: found = "the end"
        case .indent, .dedent: found = "another line"
        case .string, .stringStart: found = "a string"
        default: break
        }
        switch token.kind {
        case .newline, .end, .indent, .dedent:
            place = text.place(previousEnd, previousEnd)
            offset = previousEnd
        default: break
        }
        let label = hint(token, near: near, operators: form == nil && near.isEmpty) ?? form.map { "write '\($0)'" }
        return fail(place, at: offset) { .expected(expected, found: found, label: label, at: $0) }
    }

    /// At an assignment on a line of its own within brackets: the token of the bracket, which was not closed before.
    private var unclosedBracket: Int? {
        guard index > 0, isAtName, case .symbol(let symbol) = nextKind, symbol.assignment != nil,
            text.line(of: start) != text.line(of: previousEnd)
        else { return nil }
        var open = 0
        for index in (0..<index).reversed() {
            guard case .symbol(let symbol) = tokens[index].kind else {
                if tokens[index].kind == .newline { return nil }
                continue
            }
            if symbol.isClosing { open += 1 } else if symbol.closing != nil { open -= 1 }
            if open < 0 { return index }
        }
        return nil
    }

    /// What may have been meant by a token that stands in a wrong place.
    private func hint(_ token: Token, near: [String], operators: Bool) -> String? {
        switch token.kind {
        case .symbol(.assign): return isBehindValue ? "'==' compares" : nil
        case .symbol(.plus): return "numbers have no '+' in front"
        case .symbol(.dot):
            if case .integer = nextKind { return "a digit stands in front of the point" }
            return nil
        case .keyword(.is): return "write '=='"
        case .keyword(.not):
            return isBehindValue ? "write 'and not', or 'not in'" : "put 'not' and what it negates in parentheses"
        case .keyword(.if), .keyword(.else): return isBehindValue ? "put 'a if c else b' in parentheses" : nil
        case .interpolationEnd: return "'{{' and '}}' are braces in a text"
        case .name:
            let word = spelling(token)
            if word.utf8.count > 1, let meant = Suggestion.nearest(word, among: near) {
                return "did you mean '\(meant)'?"
            }
            guard isBehindValue, operators else { return nil }
            if spelling(tokens[index - 1]) == "lambda" { return "functions stand under 'functions'" }
            if let advice = Foreign.operators[word.lowercased()] { return advice }
            // Words of two letters are near to too many.
            guard word.utf8.count > 2 else { return nil }
            return Suggestion.nearest(word, among: Self.operatorWords).map { "did you mean '\($0)'?" }
        default: return nil
        }
    }

    /// Whether the token before the current one ends a value, so that an operator may stand here.
    private var isBehindValue: Bool {
        guard index > 0 else { return false }
        switch tokens[index - 1].kind {
        case .symbol(let symbol): return symbol.isClosing
        case .name, .foreignLiteral, .integer, .real, .percentage, .duration, .string, .stringEnd: return true
        case .keyword(let keyword): return [.true, .false, .none].contains(keyword)
        default: return false
        }
    }

    // MARK: Making

    func make(
        _ kind: Expression.Kind, from start: Int, height: Int = 1
    ) throws(Skip) -> Expression {
        guard height <= Self.heightMax else {
            let end = min(start + 1, previousEnd)
            throw fail(text.place(start, end), at: start) { .expressionTooHigh(limit: Self.heightMax, at: $0) }
        }
        return Expression(kind, at: text.place(start, previousEnd), height: height)
    }

    static func height(_ expressions: [Expression]) -> Int {
        expressions.reduce(0) { max($0, $1.height) }
    }
}
