/// YAML's character classes over the bytes of a file. Any offset may be asked for; behind the end stands nothing.
struct YAMLText {
    let bytes: UnsafeBufferPointer<UInt8>

    subscript(_ offset: Int) -> UInt8 {
        offset >= 0 && offset < bytes.count ? bytes[offset] : 0
    }

    func isBlank(_ offset: Int) -> Bool { self[offset] == Ascii.space || self[offset] == Ascii.tab }

    /// The bytes of the line break at `offset`; 0 if there is none. libyaml follows YAML 1.1 and also breaks lines
    /// at U+0085, U+2028 and U+2029.
    func breakLength(_ offset: Int) -> Int {
        switch self[offset] {
        case Ascii.newline: return 1
        case Ascii.carriageReturn: return self[offset + 1] == Ascii.newline ? 2 : 1
        case 0xC2: return self[offset + 1] == 0x85 ? 2 : 0
        case 0xE2:
            return self[offset + 1] == 0x80 && (self[offset + 2] == 0xA8 || self[offset + 2] == 0xA9) ? 3 : 0
        default: return 0
        }
    }

    /// What libyaml takes for an anchor's name.
    func isAnchorCharacter(_ offset: Int) -> Bool {
        switch self[offset] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    func isEndOfLine(_ offset: Int) -> Bool { offset >= bytes.count || breakLength(offset) > 0 }

    func endOfLine(_ offset: Int) -> Int {
        var end = offset
        while !isEndOfLine(end) { end += 1 }
        return end
    }

    func startOfLine(_ offset: Int) -> Int {
        var start = min(offset, bytes.count)
        while start > 0, self[start - 1] != Ascii.newline, self[start - 1] != Ascii.carriageReturn { start -= 1 }
        return start
    }

    func skipBlanks(_ offset: Int) -> Int {
        var offset = offset
        while isBlank(offset) { offset += 1 }
        return offset
    }

    /// Behind blanks, line breaks and comments.
    func skipToToken(_ offset: Int) -> Int {
        var offset = offset
        while offset < bytes.count {
            if isBlank(offset) {
                offset += 1
            } else if self[offset] == Ascii.hash {
                offset = endOfLine(offset)
            } else if breakLength(offset) > 0 {
                offset += breakLength(offset)
            } else {
                break
            }
        }
        return offset
    }

    func string(_ start: Int, _ end: Int) -> String {
        let end = min(end, bytes.count)
        guard start >= 0, start < end else { return "" }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}

enum Ascii {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let hash = UInt8(ascii: "#")
    static let quote = UInt8(ascii: "'")
    static let doubleQuote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let colon = UInt8(ascii: ":")
    static let comma = UInt8(ascii: ",")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
}
