import ScenDiagnostics

/// A syntax error that libyaml found, said in terms of what was probably meant.
///
/// libyaml tells what its grammar lacked and where it noticed; the mistake is often elsewhere, so the text around is
/// looked at.
struct YAMLProblem {
    let failure: YAMLEventParser.Failure
    let text: YAMLText
    let source: SourceID
    /// The last scalar that was read.
    let last: YAMLScalar?
    /// The last key of the innermost mapping that is open.
    let key: YAMLScalar?

    /// Where libyaml noticed, and where what it was reading began.
    var at: Int { failure.problemOffset }
    var begin: Int { failure.contextOffset }

    func span(_ start: Int, _ end: Int) -> SourceSpan {
        let start = min(max(start, 0), text.bytes.count)
        return SourceSpan(source, start, min(max(end, start), text.bytes.count))
    }

    var diagnostic: Diagnostic {
        switch failure.problem {
        case "found character that cannot start any token": badStart
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected", "found a tab character":
            tab
        case "mapping values are not allowed in this context": unexpectedColon
        case "mapping keys are not allowed in this context":
            .yamlIndicator("?", at: span(at, at + 1))
        case "block sequence entries are not allowed in this context":
            .yamlItemBehindKey(at: span(at, at + 1))
        case "could not find expected ':'": missingColon
        case "found unexpected ':'": .yamlMissingSpace(at: span(at, at + 1))
        case "found unexpected end of stream", "found unexpected document indicator":
            .yamlUnclosedQuote(text.string(begin, begin + 1), at: span(begin, begin + 1))
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            escape
        case "did not find expected comment or line break", "found an indentation indicator equal to 0":
            blockHeader
        case "did not find expected alphabetic or numeric character":
            .yamlIndicator(text.string(begin, begin + 1), at: span(begin, begin + 1))
        case "found undefined tag handle": .yamlIndicator("!", at: span(at, at + 1))
        case "did not find expected key", "did not find expected '-' indicator": notInBlock
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'": notInFlow
        case "did not find expected node content": missingValue
        default: other
        }
    }

    /// What stands behind the end of the document, which `offset` is at: nil if nothing does.
    static func afterDocument(_ offset: Int, _ text: YAMLText, _ source: SourceID) -> Diagnostic? {
        var offset = text.skipToToken(offset)
        var ended = false
        while text.string(offset, offset + 3) == "...", offset == text.startOfLine(offset) {
            ended = true
            offset = text.skipToToken(offset + 3)
        }
        guard offset < text.bytes.count else { return nil }
        let word = SourceSpan(source, offset, text.endOfWords(offset))
        if ended || text.string(offset, offset + 3) == "---" { return .severalDocuments(at: word) }
        return YAMLProblem(
            failure: .init(problem: "", problemOffset: offset, context: "", contextOffset: offset), text: text,
            source: source, last: nil, key: nil
        ).notInBlock
    }

    // MARK: Characters

    private var badStart: Diagnostic {
        if text[at] == Ascii.tab { return tab }
        if text[at] == UInt8(ascii: "|") || text[at] == UInt8(ascii: ">") {
            return .yamlBlockInFlow(text.string(at, at + 1), at: span(at, at + 1))
        }
        return .yamlIndicator(text.string(at, at + 1), at: span(at, at + 1))
    }

    private var tab: Diagnostic {
        var start = at
        if text[start] != Ascii.tab {
            let line = text.startOfLine(at)
            start = (line..<text.endOfLine(line)).first { text[$0] == Ascii.tab } ?? at
        }
        let end = text.skipBlanks(start)
        let indents = text.skipBlanks(text.startOfLine(start)) >= end
        var more = 0
        var line = 0
        while line < text.bytes.count {
            let indentation = line..<text.skipBlanks(line)
            if indentation.contains(where: { text[$0] == Ascii.tab }), !indentation.contains(start) { more += 1 }
            let end = text.endOfLine(line)
            line = end + max(text.breakLength(end), 1)
        }
        return .tabIndentation(indents: indents, moreLines: more, at: span(start, end))
    }

    private var escape: Diagnostic {
        // The mark is at the backslash, or behind it where digits are wrong.
        var start = at
        while start > begin, text[start] != Ascii.backslash { start -= 1 }
        var end = text.endOfCharacter(start + 1)
        let digits: Int
        switch text[start + 1] {
        case UInt8(ascii: "x"): digits = 2
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        default: digits = 0
        }
        while end - start - 2 < digits, text.isHexadecimal(end) { end += 1 }
        return .yamlEscape(text.string(start, end), at: span(start, end))
    }

    private var blockHeader: Diagnostic {
        .yamlBlockHeader(text.string(begin, begin + 1), at: span(begin, text.endOfWords(begin)))
    }

    private var other: Diagnostic {
        if failure.context == "while scanning a directive" {
            return .yamlIndicator("%", at: span(begin, begin + 1))
        }
        if failure.context == "while scanning a tag" || failure.context == "while parsing a tag" {
            return .yamlIndicator("!", at: span(begin, begin + 1))
        }
        let notes: [Diagnostic.Note] =
            failure.context.isEmpty ? [] : [.init(failure.context, at: span(begin, begin))]
        return .yamlOther(failure.problem, at: span(at, text.endOfCharacter(at)), notes: notes)
    }

    // MARK: Colons

    /// A ': ' where a value stands already.
    private var unexpectedColon: Diagnostic {
        let line = text.startOfLine(at)
        let first = text.skipItems(line)
        let colon = span(at, at + 1)
        if text.keyEnd(from: first, before: at) != nil { return .yamlColonInValue(at: colon, inBrackets: false) }
        // The line goes on with the text of the line before.
        let here = span(first, at)
        guard let above = text.lineAbove(line) else { return .yamlColonInValue(at: colon, inBrackets: false) }
        let start = text.skipItems(above)
        let end = text.endOfWords(start)
        if text.keyEnd(from: start, before: end) == nil, let missing = text.colonWithoutSpace(start, end) {
            return .yamlMissingSpace(at: span(missing, missing + 1))
        }
        return .yamlKeyBelowValue(at: here, above: span(start, end))
    }

    /// A line that ought to be a key.
    private var missingColon: Diagnostic {
        let end = text.endOfWords(begin)
        if let header = text.blockHeaderAbove(begin) {
            return .yamlLeftBlock(at: span(begin, end), header: span(header, text.endOfWords(header)))
        }
        if let colon = text.colonWithoutSpace(begin, end) {
            return .yamlMissingSpace(at: span(colon, colon + 1))
        }
        return .yamlMissingColon(at: span(begin, end))
    }
}
