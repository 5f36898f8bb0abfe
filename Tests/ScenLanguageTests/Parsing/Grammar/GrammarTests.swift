import Foundation
import ScenDiagnostics
import Testing

@testable import ScenLanguage

/// The grammar that is written down and the parser say the same.
@Suite struct GrammarTests {
    static let file = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "grammar/scen.ebnf")

    static func grammar() throws -> EBNF {
        try EBNF(String(decoding: Data(contentsOf: file), as: UTF8.self))
    }

    /// A text with its tokens apart, and lines where the layout tokens say.
    static func text(_ tokens: [String]) -> String {
        var text = ""
        var indentation = 0
        var isAtLineStart = true
        for token in tokens {
            switch token {
            case "NEWLINE":
                text += "\n"
                isAtLineStart = true
            case "INDENT": indentation += 2
            case "DEDENT": indentation -= 2
            default:
                if isAtLineStart { text += String(repeating: " ", count: indentation) } else { text += " " }
                text += token
                isAtLineStart = false
            }
        }
        return text
    }

    /// What a start symbol is read with.
    static func parse(_ start: String, _ parser: TextParser, into bag: inout DiagnosticBag) -> Any? {
        switch start {
        case "expression": return parser.expression(into: &bag)
        case "limit": return parser.count(into: &bag)
        case "block": return parser.block(into: &bag)
        case "functionBody": return parser.functionBody(into: &bag)
        case "functionHeader": return parser.functionHeader(into: &bag)
        case "handlerHeader": return parser.trigger(into: &bag)
        case "type": return parser.type(into: &bag)
        case "variable":
            let name = Identifier("x", at: SourceSpan(.scenario, 0, 0))
            return parser.variable(name: name, stable: false, into: &bag)
        case "rate": return parser.rate(into: &bag)
        case "selection": return parser.selection(into: &bag)
        case "NAME": return parser.identifier(into: &bag)
        default: return nil
        }
    }

    /// Every alternative of `text`.
    static func starts(_ grammar: EBNF) -> [String] {
        grammar.productions["text"].map(EBNF.references) ?? []
    }

    private static let sentencesPerStart = 300

    @Test func everySentenceIsRead() throws {
        let grammar = try Self.grammar()
        var generator = SentenceGenerator(grammar, seed: 2024)
        var kinds = SyntaxKinds()
        var failures = 0
        for start in Self.starts(grammar) {
            for _ in 0..<(start == "block" ? 4 : 1) * Self.sentencesPerStart {
                let tokens = generator.sentence(start)
                if start == "functionBody", beginsAsStatement(tokens, grammar) { continue }
                let text = Self.text(tokens)
                var bag = DiagnosticBag()
                let parsed = Self.parse(start, TextParser(text, hyphenated: generator.hyphenated), into: &bag)
                if let parsed, bag.all.isEmpty {
                    kinds.collect(parsed)
                } else {
                    failures += 1
                    let source = SourceFile(path: start, text: text)
                    let shown = DiagnosticRenderer(color: false, sources: [source]).render(bag.sorted)
                    Issue.record("\(start): \(text.debugDescription)\n\(shown)")
                    if failures > 5 { return }
                }
            }
        }
        let missed = generator.allChoices.subtracting(generator.taken).subtracting(["text", "COMMENT"])
            .filter { !$0.hasPrefix("text/") && !Self.isOnlyExcluded($0) }
        #expect(missed.sorted() == [], "the generator never took these")
        #expect(SyntaxKinds.all.subtracting(kinds.found).sorted() == [], "no sentence made these")
        #expect(kinds.found.subtracting(SyntaxKinds.all).sorted() == [], "SyntaxKinds.all does not list these")
    }

    /// Productions that only say what a name is not.
    private static func isOnlyExcluded(_ choice: String) -> Bool {
        ["RESERVED", "FOREIGN", "STATEMENT_WORD"].contains { choice == $0 || choice.hasPrefix($0 + "/") }
    }

    /// An expression that begins with a word of a statement is read as one, where there may be either.
    private func beginsAsStatement(_ tokens: [String], _ grammar: EBNF) -> Bool {
        !tokens.contains("NEWLINE") && tokens.first.map(grammar.words("STATEMENT_WORD").contains) ?? true
    }

    @Test func wordsAreThoseOfTheParser() throws {
        let grammar = try Self.grammar()
        #expect(grammar.words("RESERVED").sorted() == Keyword.allCases.map(\.rawValue).sorted())
        #expect(grammar.words("FOREIGN").sorted() == Keyword.foreignLiterals.keys.sorted())
        #expect(
            grammar.words("STATEMENT_WORD").sorted()
                == SoftKeyword.allCases.filter(\.beginsStatement).map(\.rawValue).sorted())
    }

    @Test func reservedWordsAreNoNames() throws {
        let grammar = try Self.grammar()
        for word in grammar.words("RESERVED") + grammar.words("FOREIGN") {
            var bag = DiagnosticBag()
            #expect(TextParser(word).identifier(into: &bag) == nil)
            #expect(bag.all.map(\.code) == [.invalidName], "\(word)")
        }
    }

    @Test func sameSeedSameSentences() throws {
        let grammar = try Self.grammar()
        func draw() -> [[String]] {
            var generator = SentenceGenerator(grammar, seed: 7)
            return (0..<50).map { _ in generator.sentence("block") }
        }
        #expect(draw() == draw())
    }
}
