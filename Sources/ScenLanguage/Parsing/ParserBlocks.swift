import ScenDiagnostics

/// Statements that hold statements, and going on after mistakes.
extension Parser {
    /// Statements up to the end of the block, which is left for the caller.
    func statements() -> [Statement] {
        var statements: [Statement] = []
        var unexpectedIndents = 0
        while true {
            switch kind {
            case .end: return statements
            case .newline: advance()
            case .indent:
                hasSkipped = true
                _ = fail(place(index, index + 1)) { .unexpectedIndent(at: $0) }
                unexpectedIndents += 1
                advance()
            case .dedent:
                if unexpectedIndents == 0 { return statements }
                unexpectedIndents -= 1
                advance()
            default:
                let first = index
                do throws(Skip) {
                    statements.append(try statement())
                } catch {
                    recover(from: first)
                }
            }
        }
    }

    private func statement() throws(Skip) -> Statement {
        switch kind {
        case .keyword(.if): return try branch()
        case .keyword(.for): return try loop()
        default:
            let statement = try simpleStatement()
            try endLine()
            return statement
        }
    }

    private func endLine() throws(Skip) {
        switch kind {
        case .newline: advance()
        case .end, .dedent: return
        default: throw leftover()
        }
    }

    /// Goes on behind a statement that could not be read. What is indented below it is still read for its mistakes,
    /// and `elif` and `else` belong to it.
    private func recover(from first: Int) {
        hasSkipped = true
        skipLine(from: first)
        readForMistakes()
        while isAt(.elif) || isAt(.else) {
            skipLine(from: index)
            readForMistakes()
        }
    }

    private func skipLine(from first: Int) {
        let isAtNewLine = index > first && tokens[index - 1].kind == .newline
        if isAtNewLine { return }
        while kind != .newline, kind != .end { advance() }
        if kind == .newline { advance() }
    }

    private func readForMistakes() {
        guard kind == .indent else { return }
        guard blocks < Self.blocksMax else { return skipBlock() }
        _ = indentedStatements()
    }

    private func skipBlock() {
        var open = 0
        repeat {
            if kind == .indent { open += 1 } else if kind == .dedent { open -= 1 }
            advance()
        } while open > 0 && kind != .end
    }

    // MARK: Blocks

    private func branch() throws(Skip) -> Statement {
        let start = self.start
        advance()
        var condition = try expression()
        let span = text.place(start, previousEnd)
        var branches = [Statement.Branch(condition: condition, body: try body(below: "if"))]
        while isAt(.elif) {
            advance()
            condition = try expression()
            branches.append(.init(condition: condition, body: try body(below: "elif")))
        }
        var otherwise: [Statement]?
        if isAt(.else) {
            advance()
            if isAt(Keyword.if) {
                throw fail(place(index - 1, index)) { .writtenOtherwise("else if", advice: "write 'elif'", at: $0) }
            }
            otherwise = try body(below: "else")
        }
        return Statement(.branch(branches, otherwise: otherwise), at: span)
    }

    private func loop() throws(Skip) -> Statement {
        let start = self.start
        advance()
        let pattern = try patterns()
        try expect(Keyword.in)
        let collection = try expression()
        let span = text.place(start, previousEnd)
        return Statement(.loop(pattern, in: collection, try body(below: "for")), at: span)
    }

    /// From the colon on: a simple statement on the same line, or an indented block.
    private func body(below keyword: String) throws(Skip) -> [Statement] {
        try colon()
        guard kind == .newline else {
            if isAt(Keyword.if) || isAt(.for) {
                let word = spelling(current)
                throw fail { .blockOnOneLine(word, at: $0) }
            }
            let statement = try simpleStatement()
            try endLine()
            return [statement]
        }
        let end = previousEnd
        advance()
        guard kind == .indent else {
            throw fail(text.place(end - 1, end), at: end - 1) { .missingBlock(below: keyword, at: $0) }
        }
        guard blocks < Self.blocksMax else {
            throw fail(place(index, index + 1)) { .blocksTooDeep(limit: Self.blocksMax, at: $0) }
        }
        return indentedStatements()
    }

    private func indentedStatements() -> [Statement] {
        advance()
        blocks += 1
        depth += 1
        let statements = self.statements()
        blocks -= 1
        depth -= 1
        if kind == .dedent { advance() }
        return statements
    }

    private func colon() throws(Skip) {
        if accept(.colon) { return }
        let word = spelling(current)
        if isAtName, ["then", "do"].contains(word) {
            throw fail { .writtenOtherwise(word, advice: "write ':'", at: $0) }
        }
        if isAt(.openBrace) {
            throw fail { .writtenOtherwise("{", advice: "write ':' and indent what follows", at: $0) }
        }
        throw unexpected("':'")
    }

    /// Words that may follow a value.
    static let operatorWords = [
        "and", "or", "implies", "in", "not in", "div", "mod", "if", "else", "from", "with", "after",
    ]
}
