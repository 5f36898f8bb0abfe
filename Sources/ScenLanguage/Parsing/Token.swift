/// A word, number, sign or change of indentation, with the bytes of the scalar that it takes.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        /// Words that have a meaning in some places, and are names in all others, are told apart.
        case name(SoftKeyword?)
        case keyword(Keyword)
        /// `True`, `null`: literals of other languages, with what scen writes instead.
        case foreignLiteral(Keyword)
        case integer(Int)
        case real(Double)
        case percentage(Double)
        /// ns
        case duration(Int)
        /// A string without expressions; the index is that of its text in `TokenStream.texts`.
        case string(Int)
        /// A string with expressions: start, then texts and bracketed expressions, then end.
        case stringStart
        case stringText(Int)
        case stringEnd
        case interpolationStart, interpolationEnd
        case symbol(Symbol)
        case newline, indent, dedent
        /// Something that was reported already.
        case invalid
        case end
    }

    var kind: Kind
    var start: Int
    var end: Int
}

/// Reserved: no name may be spelt like one of these.
enum Keyword: String, Sendable, CaseIterable {
    case and, div, elif, `else`, `false`, `for`, `if`, implies, `in`, `is`, `let`, mod, none, not, or
    case `return`, `true`

    /// Refused as names as well, so that nobody takes them for values.
    static let foreignLiterals: [String: Keyword] = [
        "True": .true, "TRUE": .true, "False": .false, "FALSE": .false,
        "None": .none, "null": .none, "Null": .none, "NULL": .none, "nil": .none,
    ]
}

/// Words that mean something at the places where the grammar wants them, and are names elsewhere.
enum SoftKeyword: String, Sendable, CaseIterable {
    // Statements
    case add, append, assert, cancel, choose, decide, deliver, log, raise, remove, respond, send, set
    // Inside of statements
    case after, from, timer, to, with
    // Headers
    case `as`, on, recover, request, round, start, when
    // Types
    case list, map, maybe, of, sealed, signed

    /// Those that begin a statement.
    var beginsStatement: Bool {
        switch self {
        case .add, .append, .assert, .cancel, .choose, .decide, .deliver, .log, .raise, .remove, .respond,
            .send, .set:
            true
        default: false
        }
    }
}

/// All words that are more than names, by the bytes they are written with: every name is looked up here.
enum Vocabulary {
    private static let lengthMax = 8

    static func kind(of word: ArraySlice<UInt8>) -> Token.Kind? {
        guard word.count > 1, word.count <= lengthMax else { return nil }
        let key = packed(word)
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high) / 2
            if words[middle].key == key { return words[middle].kind }
            if words[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private static func packed(_ word: some Sequence<UInt8>) -> UInt64 {
        word.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static let words: [(key: UInt64, kind: Token.Kind)] = {
        let keywords = Keyword.allCases.map { (packed($0.rawValue.utf8), Token.Kind.keyword($0)) }
        let soft = SoftKeyword.allCases.map { (packed($0.rawValue.utf8), Token.Kind.name($0)) }
        let foreign = Keyword.foreignLiterals.map { (packed($0.key.utf8), Token.Kind.foreignLiteral($0.value)) }
        return (keywords + soft + foreign).sorted { $0.0 < $1.0 }.map { (key: $0.0, kind: $0.1) }
    }()
}

enum Symbol: String, Sendable, CaseIterable {
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"
    case comma = ","
    case colon = ":"
    case dot = "."
    case dots = ".."
    case plus = "+"
    case minus = "-"
    case star = "*"
    case power = "**"
    case slash = "/"
    case union = "|"
    case intersection = "&"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case assign = "="
    case assignPlus = "+="
    case assignMinus = "-="
    case assignTimes = "*="
    case assignUnion = "|="
    case assignIntersection = "&="

    /// The symbol of one or of two bytes; the second is 0 if there is just one.
    static func of(_ first: UInt8, _ second: UInt8 = 0) -> Symbol? {
        guard first < 128, second < 128 else { return nil }
        return second == 0 ? single[Int(first)] : double.first { $0.bytes == (first, second) }?.symbol
    }

    private static let single: [Symbol?] = {
        var table = [Symbol?](repeating: nil, count: 128)
        for symbol in allCases where symbol.rawValue.utf8.count == 1 {
            if let byte = symbol.rawValue.utf8.first { table[Int(byte)] = symbol }
        }
        return table
    }()

    private static let double: [(bytes: (UInt8, UInt8), symbol: Symbol)] = allCases.compactMap { symbol in
        let bytes = Array(symbol.rawValue.utf8)
        return bytes.count == 2 ? ((bytes[0], bytes[1]), symbol) : nil
    }

    var closing: Symbol? {
        switch self {
        case .openParenthesis: .closeParenthesis
        case .openBracket: .closeBracket
        case .openBrace: .closeBrace
        default: nil
        }
    }

    var isClosing: Bool {
        self == .closeParenthesis || self == .closeBracket || self == .closeBrace
    }

    var assignment: AssignmentOperator? {
        switch self {
        case .assign, .assignPlus, .assignMinus, .assignTimes, .assignUnion, .assignIntersection:
            AssignmentOperator(rawValue: rawValue)
        default: nil
        }
    }
}

/// What the lexer makes of a text. The last token is `end`.
struct TokenStream: Sendable {
    var tokens: [Token]
    /// Texts of strings, with escapes resolved.
    var texts: [String]
    var problems: SyntaxProblems
}
