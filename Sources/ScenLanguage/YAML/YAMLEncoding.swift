import ScenDiagnostics

/// What libyaml would refuse in fewer words, or accept although nobody means it: other encodings, ill-formed UTF-8,
/// control characters.
enum YAMLEncoding {
    /// Behind a UTF-8 byte order mark, which is harmless.
    static func startOfText(_ text: YAMLText) -> Int {
        text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0
    }

    static func check(_ text: YAMLText, _ source: SourceID) -> Diagnostic? {
        let first = (text[0], text[1])
        if first == (0xFF, 0xFE) || first == (0xFE, 0xFF) {
            return .utf16(at: SourceSpan(source, 0, 2))
        }
        var bad: (place: SourceSpan, value: UInt32?)?
        var more = 0
        var offset = startOfText(text)
        while offset < text.bytes.count {
            let byte = text.bytes[offset]
            if byte >= 0x20, byte < 0x7F {
                offset += 1
                continue
            }
            let (length, value) = character(offset, text)
            if let value, isAllowed(value) {
                offset += length
                continue
            }
            if bad == nil {
                bad = (SourceSpan(source, offset, offset + length), value)
            } else {
                more += 1
            }
            offset += length
        }
        guard let bad else { return nil }
        guard let value = bad.value else {
            return .illFormedUTF8(byte: text[bad.place.start], more: more, at: bad.place)
        }
        return .controlCharacter(value, more: more, at: bad.place)
    }

    /// The code point at `offset`, nil and one byte if there is none.
    private static func character(_ offset: Int, _ text: YAMLText) -> (length: Int, value: UInt32?) {
        let length = UTF8Check.length(at: offset, in: text.bytes)
        switch length {
        case 0: return (1, nil)
        case 1: return (1, UInt32(text[offset]))
        default:
            var value = UInt32(text[offset]) & (0x7F >> UInt32(length))
            for next in 1..<length { value = value << 6 | UInt32(text[offset + next] & 0x3F) }
            return (length, value)
        }
    }

    /// YAML's printable characters; a byte order mark within the text is none.
    private static func isAllowed(_ value: UInt32) -> Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...: true
        default: false
        }
    }
}

enum YAMLDirectives {
    /// `%YAML` means nothing to us; `%TAG` is for tags, which are refused, and libyaml takes quadratic time over many.
    static func check(_ text: YAMLText, from start: Int, _ source: SourceID) -> Diagnostic? {
        let offset = text.skipToToken(start)
        guard text[offset] == UInt8(ascii: "%"), offset == text.startOfLine(offset) || offset == start else { return nil }
        return .directive(at: SourceSpan(source, offset, text.endOfLine(offset)))
    }
}
