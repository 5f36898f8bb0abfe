import ScenDiagnostics

extension Parser {
    /// What may follow `per`; the short forms are those of durations.
    static let rateUnits: [(words: [String], ns: Int)] = [
        (["nanosecond", "ns"], 1), (["microsecond", "us"], 1_000), (["millisecond", "ms"], 1_000_000),
        (["second", "s"], 1_000_000_000), (["minute", "m"], 60_000_000_000), (["hour", "h"], 3_600_000_000_000),
        (["day", "d"], 86_400_000_000_000), (["year", "y"], 365 * 86_400_000_000_000),
    ]

    /// `1000 per second`
    func rate() throws(Skip) -> ScenarioSyntax.Rate {
        let count = try expression()
        guard isAtName, spelling(current) == "per" else {
            throw kind == .end ? fail(text.place(0, text.end), at: 0) { .notARate(at: $0) } : unexpected("'per'", near: ["per"])
        }
        advance()
        guard isAtName else { throw unexpected("a unit of time like second") }
        let word = spelling(current)
        guard let unit = Self.rateUnits.first(where: { $0.words.contains(word) }) else {
            let known = Self.rateUnits.flatMap(\.words)
            throw fail { .unknownRateUnit(word, nearest: Suggestion.nearest(word, among: known), at: $0) }
        }
        advance()
        return ScenarioSyntax.Rate(count: count, unit: unit.ns, span: text.place(0, previousEnd))
    }

    /// `all`, `first 3`, `after 3`, `every 3`, `number 3`, `20%`
    func selection() throws(Skip) -> ScenarioSyntax.Selection {
        let isLone = nextKind == .end
        switch kind {
        case .name where isLone && spelling(current) == "all":
            advance()
            return ScenarioSyntax.Selection(.all, span: text.place(0, text.end))
        case .name where !isLone && Self.selectionWords.contains(spelling(current)):
            let word = spelling(current)
            advance()
            let count = try expression()
            let kind: ScenarioSyntax.Selection.Kind =
                switch word {
                case "first": .first(count)
                case "after": .after(count)
                case "every": .every(count)
                default: .number(count)
                }
            return ScenarioSyntax.Selection(kind, span: text.place(0, text.end))
        case .integer where isLone:
            let number = spelling(current)
            throw fail { .notASelection(number, at: $0) }
        default:
            return ScenarioSyntax.Selection(.share(try expression()), span: text.place(0, text.end))
        }
    }

    private static let selectionWords = ["first", "after", "every", "number"]
}
