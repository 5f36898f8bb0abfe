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
        case stringStart, stringText(Int), stringEnd
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

    static let byText = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

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

    static let byText = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

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

enum Symbol: String, Sendable {
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
