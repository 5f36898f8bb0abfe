import ScenDiagnostics

/// Cuts the text of one scalar into tokens, in one pass. Mistakes are reported and, where it is plain what was meant,
/// mended, so that the parser finds what else is wrong.
struct Lexer {
    struct Options {
        /// Lines and indentation mean something (statements); else a line break is a blank.
        var layout: Bool
        /// `5M` is five million: the limits of `run`.
        var counts = false
        var hyphenated: Set<String> = []
    }

    struct Bracket {
        var symbol: Symbol
        var start: Int
    }

    let text: ScalarText
    let options: Options
    var at = 0
    /// Where to stop: the end of the text, or of the braces within a string.
    var limit: Int
    var tokens: [Token] = []
    var texts: [String] = []
    var problems = SyntaxProblems()
    var brackets: [Bracket] = []
    /// Brackets below were opened outside of the string that is being read.
    var bracketBase = 0
    var indents: [Int] = []
    private var isIndentUnclear = false
    /// Which lengths, in bytes, the declared words with hyphens have. Longer ones than this holds are not found:
    /// nobody writes them, and the bound keeps this linear.
    private var hyphenatedLengths = [Bool](repeating: false, count: 100)
    /// How often brackets that were never closed made it go back.
    var restarts = 0

    static func read(_ text: ScalarText, _ options: Options) -> TokenStream {
        var lexer = Lexer(text, options)
        lexer.readAll()
        return TokenStream(tokens: lexer.tokens, texts: lexer.texts, problems: lexer.problems)
    }

    private init(_ text: ScalarText, _ options: Options) {
        self.text = text
        self.options = options
        limit = text.end
        for word in options.hyphenated where word.utf8.count < hyphenatedLengths.count {
            hyphenatedLengths[word.utf8.count] = true
        }
    }

    private mutating func readAll() {
        readTokens()
        while !brackets.isEmpty {
            leaveUnclosedBracket(next: limit)
            readTokens()
        }
        if options.layout {
            if let last = tokens.last, last.kind != .newline, last.kind != .dedent {
                append(.newline, from: limit, to: limit)
            }
            for _ in indents.dropFirst() { append(.dedent, from: limit, to: limit) }
        }
        append(.end, from: limit, to: limit)
    }

    /// Everything up to `limit`.
    mutating func readTokens() {
        while at < limit {
            if options.layout, brackets.isEmpty, isAtLineStart {
                guard readIndentation() else { continue }
            }
            readToken()
        }
    }

    private mutating func readToken() {
        let byte = text.bytes[at]
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): at += 1
        case UInt8(ascii: "\n"): readLineBreak()
        case UInt8(ascii: "#"): readComment()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): readString()
        case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
        default:
            if isNameStart(at) { readName() } else { readSymbol() }
        }
    }

    mutating func append(_ kind: Token.Kind, from start: Int, to end: Int) {
        tokens.append(Token(kind: kind, start: start, end: end))
    }

    mutating func report(_ diagnostic: Diagnostic, at offset: Int) {
        problems.report(diagnostic, line: text.line(of: offset))
    }

    // MARK: Lines

    private var isAtLineStart: Bool {
        at == 0 || text.bytes[at - 1] == UInt8(ascii: "\n")
    }

    private mutating func readLineBreak() {
        if options.layout, brackets.isEmpty, let last = tokens.last?.kind,
            last != .newline, last != .indent, last != .dedent
        {
            append(.newline, from: at, to: at)
        } else if options.layout, bracketBase == 0, !brackets.isEmpty, beginsStatement(at + 1) {
            leaveUnclosedBracket(next: at + 1)
            return
        }
        at += 1
    }

    func skipBlanks(_ offset: Int) -> Int {
        var offset = offset
        while offset < limit, text.bytes[offset] == UInt8(ascii: " ") { offset += 1 }
        return offset
    }

    /// Comments reach to the end of the line, so they are safe only where YAML keeps lines apart.
    private mutating func readComment() {
        let start = at
        while at < limit, text.bytes[at] != UInt8(ascii: "\n") { at += 1 }
        let mayStandHere = text.scalar.style == .literal && bracketBase == 0 && limit == text.end
        if !mayStandHere {
            let place = limit == text.end ? text.scalar.style.described : "the braces of a string"
            report(.commentNotAllowed(in: place, at: text.place(start, start + 1)), at: start)
            append(.invalid, from: start, to: at)
        }
    }

    /// False if the line holds nothing but blanks and a comment; it is skipped then.
    private mutating func readIndentation() -> Bool {
        let start = at
        var tab: Int?
        while at < limit, text.bytes[at] == UInt8(ascii: " ") || text.bytes[at] == UInt8(ascii: "\t") {
            if text.bytes[at] == UInt8(ascii: "\t"), tab == nil { tab = at }
            at += 1
        }
        let next = at < limit ? text.bytes[at] : UInt8(ascii: "\n")
        if next == UInt8(ascii: "#") {
            readComment()
            return false
        }
        if next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r") {
            while at < limit, text.bytes[at] != UInt8(ascii: "\n") {
                guard text.bytes[at] == UInt8(ascii: "\r") else { return true }
                at += 1
            }
            at = min(at + 1, limit)
            return false
        }
        if let tab { report(.tabInIndentation(at: text.place(tab, tab + 1)), at: tab) }
        indent(by: at - start, unclear: tab != nil)
        return at < limit
    }

    /// `unclear`: tabs were reported. The line then belongs to the block that is expected here, and the next one says
    /// how deep that is.
    private mutating func indent(by width: Int, unclear: Bool) {
        guard let current = indents.last else {
            indents = [width]
            return
        }
        if unclear {
            guard tokens.dropLast().last?.kind == .symbol(.colon), tokens.last?.kind == .newline else { return }
            indents.append(current + 1)
            isIndentUnclear = true
            append(.indent, from: at, to: at)
            return
        }
        if isIndentUnclear, width >= current { indents[indents.count - 1] = width }
        isIndentUnclear = false
        if width > indents[indents.count - 1] {
            indents.append(width)
            append(.indent, from: at, to: at)
            return
        }
        while let last = indents.last, last > width, indents.count > 1 {
            indents.removeLast()
            append(.dedent, from: at, to: at)
        }
        if indents.last != width {
            report(.unmatchedDedent(at: text.place(at - width, at)), at: at)
        }
    }

    // MARK: Names

    func isNameStart(_ offset: Int) -> Bool {
        isNamePart(offset, start: true)
    }

    func isNamePart(_ offset: Int, start: Bool = false) -> Bool {
        guard offset < limit else { return false }
        let byte = text.bytes[offset]
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            return true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return !start
        case ..<0x80: return false
        default:
            let scalar = text.scalar(at: offset).scalar
            if LookAlike.of(scalar) != nil { return false }
            return start ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue
        }
    }

    /// The end of the name, or of the rest of one, that goes on at `offset`.
    func endOfName(_ offset: Int) -> Int {
        var end = offset
        while isNamePart(end) { end += text.bytes[end] < 0x80 ? 1 : text.scalar(at: end).length }
        return end
    }

    private mutating func readName() {
        let start = at
        at = endOfName(start)
        if at - start <= 2, at < limit, text.bytes[at] == UInt8(ascii: "\"") || text.bytes[at] == UInt8(ascii: "'") {
            let name = text.string(start, at)
            if ["f", "r", "b", "u", "fr", "rb"].contains(name.lowercased()) {
                report(.stringPrefix(name, at: text.place(start, at)), at: start)
                return
            }
        }
        if !options.hyphenated.isEmpty, let end = hyphenatedEnd(start, firstPart: at) {
            at = end
            append(.name(nil), from: start, to: at)
        } else {
            append(kind(ofName: start, at), from: start, to: at)
        }
    }

    /// What the name at `start ..< end` is.
    func kind(ofName start: Int, _ end: Int) -> Token.Kind {
        Vocabulary.kind(of: text.bytes[start..<end]) ?? .name(nil)
    }

    /// The end of the longest declared word with hyphens that begins here.
    private func hyphenatedEnd(_ start: Int, firstPart: Int) -> Int? {
        var end = firstPart
        var found: Int?
        while text.byte(end) == UInt8(ascii: "-"), isNamePart(end + 1) {
            end = endOfName(end + 1)
            guard end - start < hyphenatedLengths.count else { break }
            if hyphenatedLengths[end - start], options.hyphenated.contains(text.string(start, end)) { found = end }
        }
        return found
    }
}
