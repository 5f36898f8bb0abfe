import ScenDiagnostics

extension Lexer {
    /// An operator, a bracket, or a character that has no place in the language.
    mutating func readSymbol() {
        let start = at
        if let foreign = foreignSymbol() {
            at += foreign.spelling.utf8.count
            report(.writtenOtherwise(foreign.spelling, advice: foreign.advice, at: text.place(start, at)), at: start)
            if foreign.meaning == .newline, !(options.layout && brackets.isEmpty) {
                append(.invalid, from: start, to: at)
            } else {
                append(foreign.meaning ?? .invalid, from: start, to: at)
            }
            return
        }
        guard let (symbol, length) = symbol(at: start) else { return readInvalidCharacter() }
        at += length
        if symbol.closing != nil {
            open(symbol, at: start)
        } else if symbol.isClosing, !close(symbol, at: start) {
            append(.invalid, from: start, to: at)
            return
        }
        append(.symbol(symbol), from: start, to: at)
    }

    private func symbol(at start: Int) -> (symbol: Symbol, length: Int)? {
        let second = start + 1 < limit ? text.bytes[start + 1] : 0
        // What the second byte of a longer one can be.
        if [UInt8(ascii: "="), UInt8(ascii: "."), UInt8(ascii: "*")].contains(second),
            let symbol = Symbol.of(text.bytes[start], second)
        {
            return (symbol, 2)
        }
        return Symbol.of(text.bytes[start]).map { ($0, 1) }
    }

    private struct Foreign {
        var spelling: String
        var advice: String
        /// What to go on with, where it is plain.
        var meaning: Token.Kind?

        init(_ spelling: String, write: String, _ meaning: Token.Kind? = nil) {
            self.init(spelling, "write '\(write)'", meaning)
        }

        init(_ spelling: String, _ advice: String, _ meaning: Token.Kind? = nil) {
            self.spelling = spelling
            self.advice = advice
            self.meaning = meaning
        }
    }

    /// Of two that begin alike the longer one stands first.
    private static let foreignSymbols: [Foreign] = [
        Foreign("&&=", write: "x = x and y"), Foreign("&&", write: "and", .keyword(.and)),
        Foreign("||=", write: "x = x or y"), Foreign("||", write: "or", .keyword(.or)),
        Foreign("/\\", write: "and", .keyword(.and)), Foreign("\\/", write: "or", .keyword(.or)),
        Foreign("!==", write: "!=", .symbol(.notEqual)), Foreign("!", write: "not", .keyword(.not)),
        Foreign("~", write: "not", .keyword(.not)),
        Foreign("===", write: "==", .symbol(.equal)), Foreign("==>", write: "implies", .keyword(.implies)),
        Foreign("=>", "write '>=' to compare, 'implies' for a consequence"),
        Foreign("=<", write: "<=", .symbol(.lessOrEqual)),
        Foreign("<->", "write '==' to compare; links like 'a <-> b' are no values"),
        Foreign("<=>", write: "==", .symbol(.equal)), Foreign("<>", write: "!=", .symbol(.notEqual)),
        Foreign("<<", write: "x * 2 ** k"), Foreign(">>", write: "x div 2 ** k"),
        Foreign("->", "write 'implies' for a consequence; links like 'a -> b' are no values"),
        Foreign("//=", write: "x = x div y"), Foreign("//", write: "div", .keyword(.div)),
        Foreign("/=", write: "x = x / y"), Foreign("%=", write: "x = x mod y"),
        Foreign("%", write: "mod", .keyword(.mod)),
        Foreign("**=", write: "x = x ** y"), Foreign("^", write: "**", .symbol(.power)),
        Foreign("++", write: "x += 1"), Foreign("--", write: "x -= 1"), Foreign(":=", write: "=", .symbol(.assign)),
        Foreign("...", write: "..", .symbol(.dots)),
        Foreign("..<", "write '..'; both ends of a range are included", .symbol(.dots)),
        Foreign("..=", write: "..", .symbol(.dots)),
        Foreign("?", "'a if c else b' chooses; a 'maybe T' can be none"),
        Foreign(";", "every statement has its own line", .newline),
        Foreign("$", "braces in a string hold an expression: \"text {x}\""),
        Foreign("`", write: "\""), Foreign("\\", "inside brackets a line goes on by itself"),
    ]

    /// Those that begin with a byte.
    private static let foreignByByte: [[Foreign]] = {
        var table = [[Foreign]](repeating: [], count: 128)
        for foreign in foreignSymbols {
            if let byte = foreign.spelling.utf8.first { table[Int(byte)].append(foreign) }
        }
        return table
    }()

    private func foreignSymbol() -> Foreign? {
        guard text.bytes[at] < 128 else { return nil }
        return Self.foreignByByte[Int(text.bytes[at])].first { foreign in
            let spelling = foreign.spelling.utf8
            guard at + spelling.count <= limit, text.bytes[at..<at + spelling.count].elementsEqual(spelling) else {
                return false
            }
            switch foreign.spelling {
            case "!": return text.byte(at + 1) != UInt8(ascii: "=")
            // `a--b` is a difference.
            case "--": return at + 2 == limit || text.bytes[at + 2] == UInt8(ascii: "\n")
            default: return true
            }
        }
    }

    private mutating func readInvalidCharacter() {
        let start = at
        let (scalar, length) = text.scalar(at: start)
        at += length
        guard let alike = LookAlike.of(scalar) else {
            report(.invalidCharacter(scalar, advice: nil, at: text.place(start, at)), at: start)
            append(.invalid, from: start, to: at)
            return
        }
        switch alike {
        case .blank:
            report(.invalidCharacter(scalar, advice: "write a plain blank", at: text.place(start, at)), at: start)
        case .nothing:
            report(.invalidCharacter(scalar, advice: "take it out", at: text.place(start, at)), at: start)
        case .quote(let write):
            report(.writtenOtherwise("\(scalar)", advice: "write \(write)", at: text.place(start, at)), at: start)
            skipTypographicString()
            append(.invalid, from: start, to: at)
        case .sign(let write):
            report(.writtenOtherwise("\(scalar)", advice: "write '\(write)'", at: text.place(start, at)), at: start)
            append(LookAlike.meaning(write) ?? .invalid, from: start, to: at)
        }
    }

    /// To the next quote of any kind on the line, if there is one: what lies between is text.
    private mutating func skipTypographicString() {
        var end = at
        while end < limit, text.bytes[end] != UInt8(ascii: "\n") {
            let (scalar, length) = text.scalar(at: end)
            end += length
            var isQuote = scalar == "\"" || scalar == "'"
            if case .quote = LookAlike.of(scalar) { isQuote = true }
            if isQuote {
                at = end
                return
            }
        }
    }
}
