/// Characters that word processors and textbooks put where scen wants ASCII.
enum LookAlike {
    /// A blank of some other width.
    case blank
    /// Invisible.
    case nothing
    /// A typographic quote; the plain one.
    case quote(String)
    /// What to write instead of an operator or a bracket.
    case sign(String)

    static func of(_ scalar: Unicode.Scalar) -> LookAlike? {
        switch scalar {
        case "\u{201C}", "\u{201D}", "\u{201E}", "\u{00AB}", "\u{00BB}": .quote("\"")
        case "\u{2018}", "\u{2019}", "\u{201A}", "\u{00B4}": .quote("'")
        case "\u{00A0}", "\u{202F}", "\u{2007}", "\u{2009}", "\u{3000}": .blank
        case "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{00AD}": .nothing
        default: signs[scalar].map { .sign($0) }
        }
    }

    /// The token that is meant, if it is just one.
    static func meaning(_ write: String) -> Token.Kind? {
        if let symbol = Symbol(rawValue: write), symbol.closing == nil, !symbol.isClosing { return .symbol(symbol) }
        if let keyword = Keyword(rawValue: write) { return .keyword(keyword) }
        return nil
    }

    private static let signs: [Unicode.Scalar: String] = [
        "≤": "<=", "≥": ">=", "≠": "!=", "≡": "==", "∧": "and", "∨": "or", "¬": "not",
        "→": "implies", "⇒": "implies", "⟹": "implies", "↔": "==", "⇔": "==",
        "∈": "in", "∉": "not in", "∪": "|", "∩": "&", "∖": "-", "∅": "{}", "⊤": "true", "⊥": "none",
        "∀": "all(.. for x in s)", "∃": "any(.. for x in s)",
        "⊆": "all(x in t for x in s)", "⊂": "all(x in t for x in s)",
        "×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "\u{2013}": "-", "\u{2014}": "-", "\u{2011}": "-",
        "…": "..", "²": "** 2", "³": "** 3", "≔": "=", "←": "=",
        "（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}", "，": ",", "：": ":", "＝": "=", "。": ".",
    ]
}
