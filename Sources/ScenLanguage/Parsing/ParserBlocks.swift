import ScenDiagnostics

/// Statements that hold statements, and going on after mistakes.
extension Parser {
    /// Statements up to the end of the block, which is left for the caller.
    mutating func statements() -> [Statement] {
        var statements: [Statement] = []
        var unexpectedIndents = 0
        while true {
            switch kind {
            case .end: return statements
            case .newline: advance()
            case .indent:
                hasSkipped = true
                _ = fail(.unexpectedIndent(at: place(index, index + 1)))
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

    private mutating func statement() throws(Skip) -> Statement {
        switch kind {
        case .keyword(.if): return try branch()
        case .keyword(.for): return try loop()
        default:
            let statement = try simpleStatement()
            try endLine()
            return statement
        }
    }

    private mutating func endLine() throws(Skip) {
        switch kind {
        case .newline: advance()
        case .end, .dedent: return
        default: throw leftover()
        }
    }

    /// Goes on behind a statement that could not be read. What is indented below it is still read for its mistakes,
    /// and `elif` and `else` belong to it.
    private mutating func recover(from first: Int) {
        hasSkipped = true
        skipLine(from: first)
        readForMistakes()
        while isAt(.elif) || isAt(.else) {
            skipLine(from: index)
            readForMistakes()
        }
    }

    private mutating func skipLine(from first: Int) {
        let isAtNewLine = index > first && tokens[index - 1].kind == .newline
        if isAtNewLine { return }
        while kind != .newline, kind != .end { advance() }
        if kind == .newline { advance() }
    }

    private mutating func readForMistakes() {
        guard kind == .indent else { return }
        guard blocks < Self.blocksMax else { return skipBlock() }
        advance()
        blocks += 1
        _ = statements()
        blocks -= 1
        if kind == .dedent { advance() }
    }

    private mutating func skipBlock() {
        var open = 0
        repeat {
            if kind == .indent { open += 1 } else if kind == .dedent { open -= 1 }
            advance()
        } while open > 0 && kind != .end
    }

    // MARK: Blocks

    private mutating func branch() throws(Skip) -> Statement {
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
                throw fail(
                    .writtenOtherwise("else if", advice: "write 'elif'", at: place(index - 1, index)))
            }
            otherwise = try body(below: "else")
        }
        return Statement(.branch(branches, otherwise: otherwise), at: span)
    }

    private mutating func loop() throws(Skip) -> Statement {
        let start = self.start
        advance()
        let pattern = try patterns()
        try expect(Keyword.in)
        let collection = try expression()
        let span = text.place(start, previousEnd)
        return Statement(.loop(pattern, in: collection, try body(below: "for")), at: span)
    }

    /// From the colon on: a simple statement on the same line, or an indented block.
    private mutating func body(below keyword: String) throws(Skip) -> [Statement] {
        try colon()
        guard kind == .newline else {
            if isAt(Keyword.if) || isAt(.for) {
                throw fail(.blockOnOneLine(spelling(current), at: here))
            }
            let statement = try simpleStatement()
            try endLine()
            return [statement]
        }
        let end = previousEnd
        advance()
        guard kind == .indent else {
            throw fail(.missingBlock(below: keyword, at: text.place(end - 1, end)), at: end - 1)
        }
        guard blocks < Self.blocksMax else {
            throw fail(.blocksTooDeep(limit: Self.blocksMax, at: place(index, index + 1)))
        }
        advance()
        blocks += 1
        let statements = self.statements()
        blocks -= 1
        if kind == .dedent { advance() }
        return statements
    }

    private mutating func colon() throws(Skip) {
        if accept(.colon) { return }
        if isAtName, ["then", "do"].contains(spelling(current)) {
            throw fail(.writtenOtherwise(spelling(current), advice: "write ':'", at: here))
        }
        if isAt(.openBrace) {
            throw fail(.writtenOtherwise("{", advice: "write ':' and indent what follows", at: here))
        }
        throw unexpected("':'", near: Self.operatorWords)
    }

    /// Words that may follow a value.
    static let operatorWords = ["and", "or", "implies", "in", "not in", "not", "div", "mod", "if", "else"]
}
