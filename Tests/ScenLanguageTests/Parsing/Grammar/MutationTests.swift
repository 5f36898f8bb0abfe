import ScenDiagnostics
import ScenLanguage
import Testing

/// Sentences with something wrong in them: no trap, and every place inside of the text.
@Suite struct MutationTests {
    private static let oddities = [
        "(", ")", "[", "]", "{", "}", "\"", "'", "{{", "\"a {", "=", ":", ",", ".", "..", "...", "-", "--", "*", "**",
        "%", "#",
        "\\", "\t", "\n", "\n    ", "\n  ", "\r\n", " ", "5", "5ms", "5 ms", "5x", "0x1", "1e", "9999999999999999999",
        "1.",
        "“", "”", "≤", "→", "\u{200B}", "\u{00A0}", "é", "☃", "\u{0}", "if", "else", "for", "in", "not", "or", "is",
        "let",
        "return", "_", "None", "x", "add", "log", "set timer", "to", "from", "on", "when", "list of", "maybe", "while",
        "&&",
        "x.append(y)", "on start", "!", "?", ";", "f\"", "\"{'{", "a-b", "🏳️‍🌈",
    ]

    private func mutate(_ tokens: [String], _ random: inout SeededGenerator) -> [String] {
        var tokens = tokens
        for _ in 0..<1 + random.below(3) {
            guard !tokens.isEmpty else { return tokens }
            let index = random.below(tokens.count)
            switch random.below(5) {
            case 0: tokens.remove(at: index)
            case 1: tokens.insert(tokens[index], at: index)
            case 2: tokens.swapAt(index, random.below(tokens.count))
            case 3: tokens[index] = random.pick(Self.oddities)
            default: tokens.insert(random.pick(Self.oddities), at: index)
            }
        }
        return tokens
    }

    /// Cut off anywhere, or with a byte of another sentence in it.
    private func mutate(_ text: String, _ random: inout SeededGenerator) -> String {
        var characters = Array(text.unicodeScalars)
        guard !characters.isEmpty else { return text }
        switch random.below(3) {
        case 0: characters.removeSubrange(random.below(characters.count)...)
        case 1: characters.remove(at: random.below(characters.count))
        default: characters.insert(random.pick(characters), at: random.below(characters.count))
        }
        return String(String.UnicodeScalarView(characters))
    }

    private func check(_ text: String, _ starts: [String], style: YAMLScalar.Style) {
        let length = text.utf8.count
        for start in starts {
            var bag = DiagnosticBag()
            let parsed = GrammarTests.parse(start, TextParser(text, style: style, hyphenated: ["a-b"]), into: &bag)
            let spans = bag.all.map(\.span) + bag.all.flatMap { $0.notes.compactMap(\.span) }
            let areInside = spans.allSatisfy { 0 <= $0.start && $0.start <= $0.end && $0.end <= length }
            #expect(areInside, "\(start) of \(text.debugDescription)")
            #expect(
                parsed != nil || !bag.all.isEmpty, "\(start) of \(text.debugDescription) is nothing, without a word")
            #expect(bag.all.allSatisfy { !$0.message.isEmpty && $0.label != "" })
        }
    }

    @Test(arguments: 0..<4)
    func damagedSentences(_ seed: Int) throws {
        let grammar = try GrammarTests.grammar()
        let starts = GrammarTests.starts(grammar)
        var generator = SentenceGenerator(grammar, seed: UInt64(seed))
        var random = SeededGenerator(seed: UInt64(seed) + 100)
        for index in 0..<250 {
            let start = random.pick(["block", "block", "block"] + starts)
            let tokens = mutate(generator.sentence(start), &random)
            var text = GrammarTests.text(tokens)
            if random.chance(30) { text = mutate(text, &random) }
            let style: YAMLScalar.Style = random.chance(70) ? .literal : random.pick([.plain, .doubleQuoted, .folded])
            check(text, index.isMultiple(of: 5) ? starts : [start], style: style)
        }
    }

    /// What the parser takes is a sentence of the grammar: nothing is understood that is not written down.
    @Test func nothingElseIsRead() throws {
        let grammar = try GrammarTests.grammar()
        let starts = GrammarTests.starts(grammar)
        var generator = SentenceGenerator(grammar, seed: 11)
        var random = SeededGenerator(seed: 12)
        var read = 0
        for _ in 0..<3_000 {
            let start = random.pick(starts)
            var tokens = generator.sentence(start)
            guard !tokens.isEmpty, tokens.count < 60 else { continue }
            for _ in 0..<1 + random.below(2) {
                let index = random.below(tokens.count)
                switch random.below(3) {
                case 0 where tokens.count > 1: tokens.remove(at: index)
                case 1: tokens.insert(tokens[index], at: index)
                default: tokens.swapAt(index, random.below(tokens.count))
                }
            }
            guard isLaidOut(tokens) else { continue }
            let text = GrammarTests.text(tokens)
            var bag = DiagnosticBag()
            let parser = TextParser(text, hyphenated: generator.hyphenated)
            guard GrammarTests.parse(start, parser, into: &bag) != nil, bag.all.isEmpty else { continue }
            read += 1
            // The end of a text ends its last line.
            let isSentence = [tokens, tokens + ["NEWLINE"], tokens.last == "NEWLINE" ? tokens.dropLast() : tokens]
                .contains { Recognizer.accepts($0, as: start, in: grammar) }
            #expect(isSentence, "\(start): \(text)")
        }
        #expect(read > 100)
    }

    /// Whether the layout tokens are what lines and indentation would give again.
    private func isLaidOut(_ tokens: [String]) -> Bool {
        var before = "NEWLINE"
        var depth = 0
        for token in tokens {
            let isLayout = ["NEWLINE", "INDENT", "DEDENT"].contains(token)
            switch token {
            case "NEWLINE" where before == "NEWLINE" || before == "INDENT": return false
            case "INDENT" where before != "NEWLINE": return false
            case "DEDENT" where before != "NEWLINE" && before != "DEDENT": return false
            default: break
            }
            if token == "INDENT" { depth += 1 } else if token == "DEDENT" { depth -= 1 }
            if depth < 0 || (isLayout && before == "DEDENT" && token != "DEDENT") { return false }
            before = token
        }
        return depth == 0
    }

    @Test func short() throws {
        let starts = GrammarTests.starts(try GrammarTests.grammar())
        for first in Self.oddities + [""] {
            check(first, starts, style: .literal)
            for second in Self.oddities { check(first + " " + second, ["block", "expression"], style: .literal) }
        }
    }
}
