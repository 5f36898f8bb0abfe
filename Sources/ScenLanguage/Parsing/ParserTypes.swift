import ScenDiagnostics

extension Parser {
    /// A type with nothing behind it.
    func lastType() throws(Skip) -> TypeSyntax {
        let type = try type()
        guard kind == .end else { throw unexpected("the end of the type") }
        return type
    }

    func type() throws(Skip) -> TypeSyntax {
        try enter()
        defer { depth -= 1 }
        let start = self.start
        let kind = try typeKind(from: start)
        return TypeSyntax(kind, at: text.place(start, previousEnd))
    }

    private func typeKind(from start: Int) throws(Skip) -> TypeSyntax.Kind {
        if case .name(let word?) = kind, beginsType(word) {
            advance()
            switch word {
            case .maybe: return .maybe(try type())
            case .signed: return .signed(try type())
            case .sealed: return .sealed(try type())
            case .list, .set:
                try of(word, from: start)
                let element = try type()
                return word == .list ? .list(element) : .set(element)
            default:
                try of(word, from: start)
                let key = try type()
                try expect(.to, in: "map of K to V")
                return .map(key, try type())
            }
        }
        if isAt(.openParenthesis), !isGroupOfExpression { return try parenthesizedType() }
        return try rangeOrName(from: start)
    }

    private func of(_ word: SoftKeyword, from start: Int) throws(Skip) {
        if isAt(.openBracket) || isAt(.less) {
            let found = word.rawValue + spelling(current)
            throw fail { .foreignType(found, form: Self.typeForm(word.rawValue), at: $0) }
        }
        try expect(.of, in: Self.typeForm(word.rawValue))
    }

    /// Whether the word here makes a type of another. `list` and `set` alone are refused with what is missing.
    func beginsType(_ word: SoftKeyword) -> Bool {
        switch word {
        case .list, .set, .map: nextKind != .symbol(.openParenthesis) && nextKind != .symbol(.dots)
        case .maybe, .signed, .sealed: nextKind != .symbol(.dots)
        default: false
        }
    }

    private func parenthesizedType() throws(Skip) -> TypeSyntax.Kind {
        let start = self.start
        advance()
        let parts = try items(until: .closeParenthesis) { () throws(Skip) in try type() }
        switch parts.count {
        case 0: throw fail(text.place(start, previousEnd), at: start) { .emptyTuple(at: $0) }
        case 1: return parts[0].kind
        default: return .tuple(parts)
        }
    }

    private func rangeOrName(from start: Int) throws(Skip) -> TypeSyntax.Kind {
        guard beginsValue else { throw unexpected("a type") }
        if isAtName, nextKind == .name(.of) {
            let word = spelling(current)
            let nearest = Suggestion.nearest(word, among: ["list", "set", "map"])
            throw fail { .unknownTypeWord(word, nearest: nearest, at: $0) }
        }
        let first = index
        let low = try bound()
        if accept(.dots) {
            let high = try bound()
            if isAt(.dots) { throw fail { .chainedRange(at: $0) } }
            return .range(low, high)
        }
        switch low.kind {
        case .name(let name) where first == index - 1: return .name(name)
        case .index(let receiver, _):
            // `list[int]`
            if case .name(let name) = receiver.kind {
                throw fail(low.span, at: start) { .foreignType(name + "[", form: Self.typeForm(name), at: $0) }
            }
        default: break
        }
        throw fail(low.span, at: start) { .notAType(at: $0) }
    }

    private var beginsValue: Bool {
        switch kind {
        case .name, .integer, .real, .percentage, .duration, .symbol(.minus), .symbol(.openParenthesis), .invalid,
            .string, .stringStart:
            true
        case .keyword(let keyword): [.true, .false, .none].contains(keyword)
        case .symbol(let symbol): symbol.closing != nil
        default: false
        }
    }

    /// One end of a range. A lone name in a type may be followed by `<`, which people know from other languages.
    private func bound() throws(Skip) -> Expression {
        let start = self.start
        let value = try operation(.sum)
        if isAt(.less), case .name(let name) = value.kind {
            throw fail(text.place(start, current.end), at: start) {
                .foreignType(name + "<", form: Self.typeForm(name), at: $0)
            }
        }
        return value
    }

    /// How somebody writes here what other languages call so.
    private static func typeForm(_ name: String) -> String {
        switch name.lowercased() {
        case "map", "dict", "dictionary", "hashmap": "map of K to V"
        case "set", "hashset", "frozenset": "set of T"
        case "optional", "option": "maybe T"
        case "tuple", "pair": "(A, B)"
        default: "list of T"
        }
    }

    /// At a parenthesis: whether an operator follows the one that closes it, so that it groups values.
    var isGroupOfExpression: Bool {
        var open = 0
        for index in index..<tokens.count {
            guard case .symbol(let symbol) = tokens[index].kind else { continue }
            if symbol.closing != nil { open += 1 } else if symbol.isClosing { open -= 1 }
            guard open == 0 else { continue }
            switch tokens[min(index + 1, tokens.count - 1)].kind {
            case .symbol(.comma), .symbol(.assign): return false
            case .symbol(let next): return !next.isClosing
            case .keyword: return true
            default: return false
            }
        }
        return false
    }
}
