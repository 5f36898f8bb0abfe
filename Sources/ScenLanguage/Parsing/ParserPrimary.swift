import ScenDiagnostics

extension Parser {
    /// A value with members, calls and indices behind it.
    func postfix() throws(Skip) -> Expression {
        let start = self.start
        var value = try primary()
        while case .symbol(let symbol) = kind {
            switch symbol {
            case .dot: value = try member(of: value, from: start)
            case .openBracket: value = try index(into: value, from: start)
            case .openParenthesis: throw fail(text.place(start, previousEnd)) { .notAFunction(at: $0) }
            default: return value
            }
        }
        return value
    }

    private func member(of receiver: Expression, from start: Int) throws(Skip) -> Expression {
        advance()
        let name = try name("the name of a member")
        guard isAt(.openParenthesis) else {
            return try make(.member(receiver: receiver, name: name), from: start, height: receiver.height + 1)
        }
        let (arguments, height) = try arguments()
        return try make(
            .method(receiver: receiver, name: name, arguments), from: start, height: 1 + max(receiver.height, height))
    }

    private func index(into receiver: Expression, from start: Int) throws(Skip) -> Expression {
        advance()
        let from = isAt(.colon) ? nil : try expression()
        guard accept(.colon) else {
            if isAt(.comma) { throw fail { .tupleWithoutParentheses(at: $0) } }
            guard let from, accept(.closeBracket) else { throw unexpected("']'") }
            return try make(
                .index(receiver: receiver, from), from: start, height: 1 + max(receiver.height, from.height))
        }
        let to = isAt(.closeBracket) ? nil : try expression()
        if isAt(.colon) { throw fail { .sliceStep(at: $0) } }
        try expect(.closeBracket)
        return try make(
            .slice(receiver: receiver, from: from, to: to), from: start,
            height: 1 + max(receiver.height, from?.height ?? 0, to?.height ?? 0))
    }

    private func primary() throws(Skip) -> Expression {
        let token = current
        switch token.kind {
        case .symbol(.openParenthesis): return try parenthesized()
        case .symbol(.openBracket): return try list()
        case .symbol(.openBrace): return try braces()
        case .name: return try named()
        case .string, .stringStart: return try string()
        case .foreignLiteral(let literal):
            let word = spelling(token)
            _ = fail { .writtenOtherwise(word, advice: "write '\(literal.rawValue)'", at: $0) }
            return try literalValue(.keyword(literal))
        default: return try literalValue(token.kind)
        }
    }

    private func literalValue(_ kind: Token.Kind) throws(Skip) -> Expression {
        let value: Expression.Kind
        switch kind {
        case .integer(let number): value = .integer(number)
        case .real(let number): value = .real(number)
        case .percentage(let number): value = .percentage(number)
        case .duration(let nanoseconds): value = .duration(nanoseconds)
        case .keyword(.true): value = .bool(true)
        case .keyword(.false): value = .bool(false)
        case .keyword(.none): value = .none
        default: throw unexpected("an expression")
        }
        let start = self.start
        advance()
        return try make(value, from: start)
    }

    /// A name, or a call of a function by its name.
    private func named() throws(Skip) -> Expression {
        let token = current
        if isAtWildcard { throw fail { .wildcardAsValue(at: $0) } }
        advance()
        guard isAt(.openParenthesis) else { return try make(.name(spelling(token)), from: token.start) }
        let identifier = Identifier(spelling(token), at: place(index - 1, index - 1))
        let (arguments, height) = try arguments()
        return try make(.call(identifier, arguments), from: token.start, height: 1 + height)
    }

    /// `"text {e}"`
    func string() throws(Skip) -> Expression {
        let start = self.start
        if case .string(let index) = kind {
            advance()
            return try make(.string([.text(texts[index])]), from: start)
        }
        var parts: [Expression.StringPart] = []
        var height = 0
        advance()
        while kind != .stringEnd {
            if case .stringText(let index) = kind {
                parts.append(.text(texts[index]))
                advance()
            } else if kind == .interpolationStart {
                advance()
                let value = try expression()
                if isAt(.colon) { throw fail { .formatInString(at: $0) } }
                guard kind == .interpolationEnd else { throw unexpected("'}'") }
                advance()
                parts.append(.expression(value))
                height = max(height, value.height)
            } else {
                throw unexpected("the end of the string")
            }
        }
        advance()
        return try make(.string(parts), from: start, height: 1 + height)
    }

    // MARK: Brackets

    /// Items up to the closing bracket, which is read too. A comma may follow the last one.
    func items<Item>(
        until close: Symbol, _ item: () throws(Skip) -> Item
    ) throws(Skip) -> [Item] {
        var items: [Item] = []
        while !accept(close) {
            items.append(try item())
            if accept(.comma) { continue }
            guard accept(close) else { throw unexpected("',' or '\(close.rawValue)'") }
            break
        }
        return items
    }

    private func parenthesized() throws(Skip) -> Expression {
        let start = self.start
        advance()
        if isAt(.closeParenthesis) { throw fail(place(index - 1, index)) { .emptyTuple(at: $0) } }
        let first = try expression()
        if accept(.closeParenthesis) { return first }
        if isAt(.for) { throw fail { .generatorInParentheses(at: $0) } }
        guard accept(.comma) else { throw unexpected("',' or ')'") }
        let rest = try items(until: .closeParenthesis) { () throws(Skip) in try expression() }
        if rest.isEmpty { throw fail(text.place(start, previousEnd), at: start) { .tupleOfOne(at: $0) } }
        let elements = [first] + rest
        return try make(.tuple(elements), from: start, height: 1 + Self.height(elements))
    }

    private func list() throws(Skip) -> Expression {
        let start = self.start
        advance()
        if accept(.closeBracket) { return try make(.list([]), from: start) }
        let first = try expression()
        if isAt(.for) {
            return try comprehension(.list, first, until: .closeBracket, from: start)
        }
        let elements = try rest(after: first, until: .closeBracket)
        return try make(.list(elements), from: start, height: 1 + Self.height(elements))
    }

    private func rest(after first: Expression, until close: Symbol) throws(Skip) -> [Expression] {
        if accept(close) { return [first] }
        guard accept(.comma) else { throw unexpected("',' or '\(close.rawValue)'") }
        return [first] + (try items(until: close) { () throws(Skip) in try expression() })
    }

    /// `{}`, a set or a map.
    private func braces() throws(Skip) -> Expression {
        let start = self.start
        advance()
        if accept(.closeBrace) { return try make(.emptyBraces, from: start) }
        let first = try expression()
        if isAt(.colon) { return try map(firstKey: first, from: start) }
        if isAt(.for) { return try comprehension(.set, first, until: .closeBrace, from: start) }
        let elements = try rest(after: first, until: .closeBrace)
        return try make(.set(elements), from: start, height: 1 + Self.height(elements))
    }

    private func map(firstKey: Expression, from start: Int) throws(Skip) -> Expression {
        try enter()
        defer { depth -= 1 }
        advance()
        let firstValue = try expression()
        if isAt(.for) {
            return try comprehension(.map, firstKey, value: firstValue, until: .closeBrace, from: start)
        }
        var entries = [Expression.MapEntry(key: firstKey, value: firstValue)]
        if !accept(.closeBrace) {
            guard accept(.comma) else { throw unexpected("',' or '}'") }
            entries += try items(until: .closeBrace) { () throws(Skip) in
                let key = try expression()
                try expect(.colon)
                return Expression.MapEntry(key: key, value: try expression())
            }
        }
        let height = entries.reduce(0) { max($0, $1.key.height, $1.value.height) }
        return try make(.map(entries), from: start, height: 1 + height)
    }
}
