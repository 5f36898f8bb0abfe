import ScenDiagnostics

/// Mistakes of structure: indentation, brackets, commas.
extension YAMLProblem {
    /// Something that is no further key of a mapping, and no further item of a list.
    var notInBlock: Diagnostic {
        let here = span(at, text.endOfWords(at))
        if text[at] == Ascii.closeBracket || text[at] == Ascii.closeBrace {
            return .yamlClosesNothing(text.string(at, at + 1), at: span(at, at + 1))
        }
        let line = text.startOfLine(at)
        if text.skipBlanks(line) < at { return behindValue(here) }
        if let header = text.blockHeaderAbove(at) {
            return .yamlLeftBlock(at: here, header: span(header, text.endOfWords(header)))
        }
        let column = at - line
        let began = begin - text.startOfLine(begin)
        if column == began {
            let item = text[at] == UInt8(ascii: "-")
            let first = span(begin, text.endOfWords(begin))
            return item ? .yamlItemAmongKeys(at: span(at, at + 1), first: first) : .yamlKeyAmongItems(at: here, first: first)
        }
        return .yamlIndentation(column, near: indentations(above: line, around: column), at: here)
    }

    private func behindValue(_ here: SourceSpan) -> Diagnostic {
        var before = at
        while before > 0, text.isBlank(before - 1) { before -= 1 }
        let closing = text.string(before - 1, before)
        guard closing == "\"" || closing == "'", let last, last.style == .singleQuoted || last.style == .doubleQuoted
        else { return .yamlBehindValue(at: here) }
        if text.endOfLine(last.span.start) < last.span.end {
            return .yamlQuoteClosedLate(
                closing, at: span(last.span.start, text.endOfWords(last.span.start)), behind: here)
        }
        return .yamlBehindQuote(closing, at: here)
    }

    /// The nearest indentations, at most one on either side, at which a line could go on.
    private func indentations(above line: Int, around column: Int) -> [Int] {
        var found: [Int] = []
        var lowest = Int.max
        var above = text.lineAbove(line)
        while let start = above, lowest > column {
            let indentation = text.skipBlanks(start) - start
            if indentation < lowest {
                lowest = indentation
                found.append(indentation)
            }
            above = text.lineAbove(start)
        }
        return [found.last { $0 < column }, found.last { $0 > column }].compactMap { $0 }
    }

    /// Something that is neither a comma nor the end of a list or mapping in brackets.
    var notInFlow: Diagnostic {
        let opening = text.string(begin, begin + 1)
        let isList = text[begin] == Ascii.openBracket
        let closing = isList ? "]" : "}"
        let bracket = span(begin, begin + 1)
        let found = text[at]
        if at >= text.bytes.count { return .yamlUnclosedBracket(opening, closing: closing, at: bracket, next: nil) }
        if found == Ascii.closeBracket || found == Ascii.closeBrace {
            return .yamlWrongBracket(
                text.string(at, at + 1), closing: closing, at: span(at, at + 1), opening: bracket)
        }
        let line = text.startOfLine(at)
        let first = text.skipBlanks(line)
        let openingLine = text.startOfLine(begin)
        let deeper = first - line > text.skipBlanks(openingLine) - openingLine
        // What stands as far left as the line that opened the bracket, or farther, does not belong to it.
        if line != openingLine, !deeper {
            return .yamlUnclosedBracket(
                opening, closing: closing, at: bracket, next: span(first, text.endOfWords(first)))
        }
        if found == Ascii.colon { return .yamlColonInValue(at: span(at, at + 1), inBrackets: true) }
        if found == Ascii.openBracket || found == Ascii.openBrace {
            return .bracketInFlow(text.string(at, at + 1), whole: wholeCall, at: span(at, at + 1))
        }
        return .yamlMissingComma(closing: closing, at: span(at, text.endOfCharacter(at)), opening: bracket)
    }

    /// The text that a bracket ended, behind its key: up to the comma or bracket, outside of its own parentheses, that ends the item.
    private var wholeCall: String? {
        guard let last, last.style == .plain, last.span.end == at else { return nil }
        var depth = 0
        var end = text.endOfLine(at)
        scan: for offset in last.span.start..<end {
            switch text[offset] {
            case UInt8(ascii: "("), Ascii.openBracket, Ascii.openBrace: depth += 1
            case UInt8(ascii: ")"), Ascii.closeBracket, Ascii.closeBrace, Ascii.comma:
                if depth == 0 {
                    end = offset
                    break scan
                }
                if text[offset] != Ascii.comma { depth -= 1 }
            default: break
            }
        }
        guard depth == 0 else { return nil }
        while end > at, text[end - 1] == UInt8(ascii: " ") { end -= 1 }
        let call = text.string(last.span.start, end)
        return key.map { "\($0.text): \(call)" } ?? "- \(call)"
    }

    var missingValue: Diagnostic {
        switch text[at] {
        case Ascii.closeBracket, Ascii.closeBrace:
            .yamlClosesNothing(text.string(at, at + 1), at: span(at, at + 1))
        case Ascii.comma: .yamlMissingValue(before: ",", at: span(at, at + 1))
        default: .yamlMissingValue(before: nil, at: span(at, text.endOfCharacter(at)))
        }
    }
}
