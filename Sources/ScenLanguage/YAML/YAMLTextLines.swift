/// Looking around in a text that libyaml could not read.
extension YAMLText {
    /// The end of what stands on the line from `offset` on, without a comment and trailing blanks.
    func endOfWords(_ offset: Int) -> Int {
        var end = offset
        while !isEndOfLine(end) {
            if self[end] == Ascii.hash, end > offset, isBlank(end - 1) { break }
            end += 1
        }
        while end > offset, isBlank(end - 1) { end -= 1 }
        return end
    }

    func endOfCharacter(_ offset: Int) -> Int {
        var end = min(offset + 1, bytes.count)
        while end < bytes.count, self[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    func isHexadecimal(_ offset: Int) -> Bool {
        switch self[offset] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    /// Behind the blanks and the '- ' with which a line begins.
    func skipItems(_ lineStart: Int) -> Int {
        var offset = skipBlanks(lineStart)
        while self[offset] == UInt8(ascii: "-"), isBlank(offset + 1) { offset = skipBlanks(offset + 1) }
        return offset
    }

    /// The beginning of the next line above that is not empty and no comment.
    func lineAbove(_ lineStart: Int) -> Int? {
        var line = lineStart
        while line > 0 {
            line = startOfLine(line - 1)
            let first = skipBlanks(line)
            if !isEndOfLine(first), self[first] != Ascii.hash { return line }
        }
        return nil
    }

    /// The ':' that ends a key between `start` and `end`, outside of quotes.
    func keyEnd(from start: Int, before end: Int) -> Int? {
        var quote: UInt8?
        for offset in start..<max(start, end) {
            let byte = self[offset]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == Ascii.doubleQuote || byte == Ascii.quote, offset == start {
                quote = byte
            } else if byte == Ascii.colon, isBlank(offset + 1) || isEndOfLine(offset + 1) {
                return offset
            }
        }
        return nil
    }

    /// The first ':' behind a word that no blank follows.
    func colonWithoutSpace(_ start: Int, _ end: Int) -> Int? {
        for offset in start..<max(start, end) {
            if self[offset] == Ascii.colon { return offset > start && offset + 1 < end ? offset : nil }
            if isBlank(offset) || self[offset] == Ascii.quote || self[offset] == Ascii.doubleQuote { return nil }
        }
        return nil
    }

    /// The key whose '|' or '>' block the line above `offset` belongs to, if it is indented deeper than this line.
    func blockHeaderAbove(_ offset: Int) -> Int? {
        let line = startOfLine(offset)
        let own = skipBlanks(line) - line
        guard var above = lineAbove(line), skipBlanks(above) - above > own else { return nil }
        var lowest = Int.max
        while true {
            let indentation = skipBlanks(above) - above
            if indentation < lowest {
                lowest = indentation
                let end = endOfWords(above)
                var last = end - 1
                while last > above, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(self[last])
                    || (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(self[last])
                { last -= 1 }
                if self[last] == UInt8(ascii: "|") || self[last] == UInt8(ascii: ">"), isBlank(last - 1),
                    indentation < own
                {
                    return skipBlanks(above)
                }
            }
            guard lowest > 0, let next = lineAbove(above) else { return nil }
            above = next
        }
    }
}
