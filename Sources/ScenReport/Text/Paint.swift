import ScenDiagnostics

/// Colour, where it is wanted, and columns.
struct Paint: Sendable {
    enum Tone: String {
        case good = "32", bad = "1;31", unsure = "33", strong = "1", faint = "2", accent = "1;36"
    }
    var color: Bool

    func callAsFunction(_ text: String, _ tone: Tone) -> String {
        color && !text.isEmpty ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Columns that a text without colour takes.
    static func width(_ text: String) -> Int {
        text.reduce(0) { $0 + DisplayText.width($1) }
    }

    static func padded(_ text: String, to columns: Int) -> String {
        text + spaces(columns - width(text))
    }

    static func spaces(_ count: Int) -> String {
        String(repeating: " ", count: max(0, count))
    }

    /// Its beginning and its end, if it is too long.
    static func shortened(_ text: String, to columns: Int) -> String {
        guard text.count > columns else { return text }
        let end = columns / 4
        return text.prefix(columns - end - 3) + " … " + text.suffix(end)
    }
}
