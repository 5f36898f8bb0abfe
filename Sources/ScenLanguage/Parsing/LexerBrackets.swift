import ScenDiagnostics

/// Brackets, and finding out which one somebody forgot to close.
extension Lexer {
    private static let restartsMax = 8

    mutating func open(_ symbol: Symbol, at start: Int) {
        brackets.append(Bracket(symbol: symbol, start: start))
    }

    /// False if it closes nothing, which was reported.
    mutating func close(_ symbol: Symbol, at start: Int) -> Bool {
        guard brackets.count > bracketBase, let top = brackets.last else {
            report(.closesNothing(symbol.rawValue, at: text.place(start, start + 1)), at: start)
            return false
        }
        brackets.removeLast()
        if top.symbol.closing == symbol { return true }
        report(
            .closesAnother(
                symbol.rawValue, expected: top.symbol.closing?.rawValue ?? "", at: text.place(start, start + 1),
                opened: text.place(top.start, top.start + 1)), at: start)
        // `(a, [b)`: the inner one was forgotten.
        if brackets.count > bracketBase, brackets.last?.symbol.closing == symbol { brackets.removeLast() }
        return false
    }

    /// A bracket was not closed before `next`, the end of the text or a line that cannot stand in it, and has
    /// swallowed everything since. Goes back to the first line behind it that is indented no deeper; after a few times
    /// it goes on at `next` instead, so that this stays linear.
    mutating func leaveUnclosedBracket(next: Int) {
        guard let first = brackets.first else { return }
        report(.neverClosed(first.symbol.rawValue, at: text.place(first.start, first.start + 1)), at: first.start)
        brackets = []
        let line = text.line(of: first.start)
        let end = options.layout ? text.endOfLine(line) : limit
        while let last = tokens.last, last.start >= end { tokens.removeLast() }
        append(.invalid, from: end, to: end)
        if options.layout { append(.newline, from: end, to: end) }
        at = next
        if options.layout, restarts < Self.restartsMax {
            restarts += 1
            at = lineNotDeeper(after: line) ?? next
        }
    }

    private func lineNotDeeper(after line: Int) -> Int? {
        var line = line
        while text.endOfLine(line) < limit {
            let start = text.endOfLine(line) + 1
            line += 1
            var first = start
            while text.byte(first) == UInt8(ascii: " ") { first += 1 }
            let isEmpty = first >= limit || text.byte(first) == UInt8(ascii: "\n")
            if !isEmpty, first - start <= indents.last ?? 0 { return start }
        }
        return nil
    }

    /// Whether a line begins as no line within brackets can: `let`, `return`, `send M`, `if .. :`.
    func beginsStatement(_ offset: Int) -> Bool {
        let first = skipBlanks(offset)
        guard isNameStart(first) else { return false }
        let end = endOfName(first)
        switch kind(ofName: first, end) {
        case .keyword(let keyword):
            switch keyword {
            case .let, .return, .elif: return true
            case .for: return endsWithColon(first)
            // `m[a`, `if c else b:` may go on in brackets and braces, not in parentheses.
            case .if, .else: return brackets.last?.symbol == .openParenthesis && endsWithColon(first)
            default: return false
            }
        case .name(let word?) where word.beginsStatement:
            let next = skipBlanks(end)
            guard next > end, isNameStart(next) else { return false }
            if case .keyword = kind(ofName: next, endOfName(next)) { return false }
            return true
        default: return false
        }
    }

    private func endsWithColon(_ offset: Int) -> Bool {
        var end = min(text.endOfLine(text.line(of: offset)), limit)
        while end > offset, [UInt8(ascii: " "), UInt8(ascii: "\r")].contains(text.bytes[end - 1]) { end -= 1 }
        return end > offset && text.bytes[end - 1] == UInt8(ascii: ":")
    }
}
