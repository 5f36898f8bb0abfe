/// Characters that word processors and textbooks put where scen wants ASCII.
enum LookAlike {
    /// What to write instead, and the token that is meant if there is just one.
    static func of(_ scalar: Unicode.Scalar) -> (write: String, token: Token.Kind?)? {
        guard let write = table[scalar] else { return nil }
        return (write, meaning(write))
    }

    private static func meaning(_ write: String) -> Token.Kind? {
        if let symbol = Symbol(rawValue: write), symbol.closing == nil, !symbol.isClosing { return .symbol(symbol) }
        if let keyword = Keyword(rawValue: write) { return .keyword(keyword) }
        return nil
    }

    private static let table: [Unicode.Scalar: String] = [
        "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{00AB}": "\"", "\u{00BB}": "\"",
        "\u{2018}": "'", "\u{2019}": "'", "\u{201A}": "'", "\u{00B4}": "'",
        "≤": "<=", "≥": ">=", "≠": "!=", "≡": "==", "∧": "and", "∨": "or", "¬": "not",
        "→": "implies", "⇒": "implies", "⟹": "implies", "↔": "==", "⇔": "==",
        "∈": "in", "∉": "not in", "∪": "|", "∩": "&", "∖": "-", "∅": "{}", "⊤": "true", "⊥": "none",
        "∀": "all(.. for x in s)", "∃": "any(.. for x in s)",
        "⊆": "all(x in t for x in s)", "⊂": "all(x in t for x in s)",
        "×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "\u{2013}": "-", "\u{2014}": "-", "\u{2011}": "-",
        "…": "..", "²": "** 2", "³": "** 3", "≔": "=", "←": "=",
        "（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}", "，": ",", "：": ":", "＝": "=", "。": ".",
        "\u{00A0}": "a plain blank", "\u{202F}": "a plain blank", "\u{2009}": "a plain blank",
        "\u{3000}": "a plain blank", "\u{200B}": "nothing", "\u{FEFF}": "nothing",
    ]
}
