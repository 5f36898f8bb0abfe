import ScenDiagnostics

extension Parser {
    /// What stands in the parentheses of a call, and its height. A generator stands alone.
    func arguments() throws(Skip) -> ([Expression.Argument], height: Int) {
        try enter()
        defer { depth -= 1 }
        advance()
        var hasLabels = false
        let start = self.start
        if !isLabel, !isAt(.closeParenthesis) {
            let first = try expression()
            if isAt(.for) {
                let generator = try comprehension(.generator, first, until: nil, from: start)
                if isAt(.comma) { throw fail(generator.span, at: start) { .generatorNotAlone(at: $0) } }
                try expect(.closeParenthesis)
                return ([.init(value: generator)], generator.height)
            }
            if accept(.closeParenthesis) { return ([.init(value: first)], first.height) }
            guard accept(.comma) else { throw unexpected("',' or ')'") }
            let rest = try items(until: .closeParenthesis) { () throws(Skip) in
                try argument(&hasLabels)
            }
            return ([.init(value: first)] + rest, rest.reduce(first.height) { max($0, $1.value.height) })
        }
        let all = try items(until: .closeParenthesis) { () throws(Skip) in try argument(&hasLabels) }
        return (all, all.reduce(0) { max($0, $1.value.height) })
    }

    /// `x=` in a call. `for` may stand there although it is reserved: `seal(v, for=q)`.
    private var isLabel: Bool {
        guard nextKind == .symbol(.assign) else { return false }
        return isAtName || isAt(.for)
    }

    private func argument(_ hasLabels: inout Bool) throws(Skip) -> Expression.Argument {
        if isLabel {
            let label = Identifier(spelling(current), at: here)
            hasLabels = true
            advance()
            advance()
            return .init(label: label, value: try expression())
        }
        let start = self.start
        let value = try expression()
        if isAt(.for) { throw fail(value.span, at: start) { .generatorNotAlone(at: $0) } }
        if hasLabels { throw fail(value.span, at: start) { .positionalAfterNamed(at: $0) } }
        return .init(value: value)
    }

    /// From `for` on; `until` nil leaves the closing bracket.
    func comprehension(
        _ kind: Expression.ComprehensionKind, _ element: Expression, value: Expression? = nil, until close: Symbol?,
        from start: Int
    ) throws(Skip) -> Expression {
        var clauses: [Expression.Clause] = []
        var height = max(element.height, value?.height ?? 0)
        while accept(.for) {
            let pattern = try patterns()
            try expect(Keyword.in)
            // Not a conditional: an `if` here begins a condition.
            let collection = try operation(.implies)
            var conditions: [Expression] = []
            while accept(Keyword.if) { conditions.append(try operation(.implies)) }
            height = max(height, collection.height, Self.height(conditions))
            clauses.append(.init(pattern: pattern, collection: collection, conditions: conditions))
        }
        if let close {
            guard accept(close) else { throw unexpected("'for', 'if' or '\(close.rawValue)'") }
        } else if !isAt(.closeParenthesis), !isAt(.comma) {
            throw unexpected("'for', 'if' or ')'")
        }
        // Clauses nest, so each counts as a level.
        return try make(
            .comprehension(kind, element: element, value: value, clauses), from: start,
            height: height + clauses.count)
    }

    // MARK: Patterns

    /// What stands left of `in` or `=`: a pattern, or several with commas, which are a tuple as in Python.
    func patterns() throws(Skip) -> Pattern {
        let start = self.start
        var parts = [try pattern()]
        while accept(.comma) { parts.append(try pattern()) }
        return parts.count == 1 ? parts[0] : .tuple(parts, text.place(start, previousEnd))
    }

    private func pattern() throws(Skip) -> Pattern {
        guard isAt(.openParenthesis) else {
            if isAtWildcard { return wildcard() }
            return .name(try name())
        }
        try enter()
        defer { depth -= 1 }
        let start = self.start
        advance()
        let parts = try items(until: .closeParenthesis) { () throws(Skip) in try pattern() }
        return try tuplePattern(parts, from: start)
    }

    var isAtWildcard: Bool {
        isAtName && current.end - current.start == 1 && text.bytes[current.start] == UInt8(ascii: "_")
    }

    func wildcard() -> Pattern {
        advance()
        return .wildcard(text.place(previousEnd - 1, previousEnd))
    }

    func tuplePattern(_ parts: [Pattern], from start: Int) throws(Skip) -> Pattern {
        switch parts.count {
        case 0: throw fail(text.place(start, previousEnd), at: start) { .emptyTuple(at: $0) }
        case 1: return parts[0]
        default: return .tuple(parts, text.place(start, previousEnd))
        }
    }
}
