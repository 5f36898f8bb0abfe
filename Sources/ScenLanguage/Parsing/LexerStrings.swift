import ScenDiagnostics

extension Lexer {
    /// A string in either kind of quotes, which ends on its line. Expressions in braces become tokens of their own.
    mutating func readString() {
        let start = at
        let quote = text.bytes[start]
        guard let close = endOfString(start, quote: quote) else {
            at = endOfLine(start)
            report(.unterminatedString(String(UnicodeScalar(quote)), at: text.place(start, start + 1)), at: start)
            append(.invalid, from: start, to: at)
            return
        }
        at = start + 1
        let firstToken = tokens.count
        var hasExpressions = false
        while at < close {
            if text.bytes[at] == UInt8(ascii: "{"), text.byte(at + 1) != UInt8(ascii: "{") {
                if !hasExpressions {
                    tokens.insert(Token(kind: .stringStart, start: start, end: start + 1), at: firstToken)
                }
                hasExpressions = true
                readInterpolation(close: close, quote: quote)
            } else {
                readStringText(close: close)
            }
        }
        at = close + 1
        if hasExpressions {
            append(.stringEnd, from: close, to: at)
        } else if tokens.count == firstToken {
            append(.string(addText("")), from: start, to: at)
        } else if case .stringText(let index) = tokens[firstToken].kind {
            tokens[firstToken] = Token(kind: .string(index), start: start, end: at)
        }
    }

    private mutating func addText(_ string: String) -> Int {
        texts.append(string)
        return texts.count - 1
    }

    private func endOfLine(_ offset: Int) -> Int {
        min(text.endOfLine(text.line(of: offset)), limit)
    }

    /// Offset of the closing quote. The quote that begins a string ends it even within braces, as it did in Python
    /// for long; strings in there take the other kind.
    private func endOfString(_ start: Int, quote: UInt8) -> Int? {
        var end = start + 1
        while end < limit, text.bytes[end] != UInt8(ascii: "\n") {
            if text.bytes[end] == quote { return end }
            end += text.bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    /// Text up to the next expression or the end of the string.
    private mutating func readStringText(close: Int) {
        let start = at
        var bytes: [UInt8] = []
        while at < close {
            let byte = text.bytes[at]
            switch byte {
            case UInt8(ascii: "{"):
                guard text.byte(at + 1) == byte, at + 1 < close else {
                    append(.stringText(addText(String(decoding: bytes, as: UTF8.self))), from: start, to: at)
                    return
                }
                bytes.append(byte)
                at += 2
            case UInt8(ascii: "}"):
                if at + 1 < close, text.byte(at + 1) == byte {
                    at += 1
                } else {
                    report(.loneBrace("}", at: text.place(at, at + 1)), at: at)
                }
                bytes.append(byte)
                at += 1
            case UInt8(ascii: "\\"): bytes.append(readEscape(close: close))
            default:
                bytes.append(byte)
                at += 1
            }
        }
        append(.stringText(addText(String(decoding: bytes, as: UTF8.self))), from: start, to: at)
    }

    private mutating func readEscape(close: Int) -> UInt8 {
        let start = at
        let escaped = text.byte(at + 1)
        at += 2
        switch escaped {
        case UInt8(ascii: "n"): return UInt8(ascii: "\n")
        case UInt8(ascii: "t"): return UInt8(ascii: "\t")
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): return escaped
        default:
            at = start + 1
            let end = min(start + 1 + text.scalar(at: start + 1).length, close)
            report(.unknownEscape(text.string(start, end), at: text.place(start, end)), at: start)
            return UInt8(ascii: "\\")
        }
    }

    /// The tokens between braces in a string, and the braces.
    private mutating func readInterpolation(close: Int, quote: UInt8) {
        let start = at
        guard let end = endOfInterpolation(start, close: close) else {
            report(.loneBrace("{", at: text.place(start, start + 1)), at: start)
            append(.invalid, from: start, to: close)
            at = close
            return
        }
        append(.interpolationStart, from: start, to: start + 1)
        let outer = (limit: limit, base: bracketBase)
        (limit, bracketBase, at) = (end, brackets.count, start + 1)
        readTokens()
        if brackets.count > bracketBase {
            let first = brackets[bracketBase]
            report(.neverClosed(first.symbol.rawValue, at: text.place(first.start, first.start + 1)), at: first.start)
            brackets.removeSubrange(bracketBase...)
            append(.invalid, from: end, to: end)
        }
        (limit, bracketBase, at) = (outer.limit, outer.base, end + 1)
        append(.interpolationEnd, from: end, to: end + 1)
    }

    /// Offset of the brace that closes the one at `start`, past braces and strings in between.
    private func endOfInterpolation(_ start: Int, close: Int) -> Int? {
        var depth = 0
        var string: UInt8?
        var offset = start
        while offset < close {
            let byte = text.bytes[offset]
            if let open = string {
                if byte == UInt8(ascii: "\\") { offset += 1 } else if byte == open { string = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                string = byte
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return offset }
            }
            offset += 1
        }
        return nil
    }
}
