import Glibc

/// Finds where every byte of a scalar's content came from, by reading the file once more as libyaml did.
///
/// Every byte is compared with what libyaml made of it. Where the two disagree the rest is mapped coarsely: a place
/// that is a little off is better than none.
struct ScalarPieces {
    private let text: YAMLText
    private let content: UnsafeBufferPointer<UInt8>
    private var written = 0
    private var pieces: [YAMLScalar.Piece] = []
    /// False once something differed from the content.
    private var agrees = true

    private init(_ text: YAMLText, _ content: UnsafeBufferPointer<UInt8>) {
        self.text = text
        self.content = content
    }

    /// `start` and `end` are the scalar's place, without anchor and tag.
    static func find(
        _ style: YAMLScalar.Style, of content: UnsafeBufferPointer<UInt8>, in text: YAMLText,
        from start: Int, to end: Int
    ) -> [YAMLScalar.Piece] {
        if content.isEmpty { return [] }
        let quote = style == .singleQuoted || style == .doubleQuoted ? 1 : 0
        if end - start - 2 * quote == content.count, end <= text.bytes.count,
            let stands = text.bytes.baseAddress, let made = content.baseAddress,
            memcmp(stands + start + quote, made, content.count) == 0
        {
            return [YAMLScalar.Piece(content: 0, file: start + quote)]
        }
        var scan = ScalarPieces(text, content)
        switch style {
        case .plain: scan.flow(start, end, quote: nil)
        case .singleQuoted: scan.flow(start + 1, end - 1, quote: Ascii.quote)
        case .doubleQuoted: scan.flow(start + 1, end - 1, quote: Ascii.doubleQuote)
        case .literal: scan.block(start, end, literal: true)
        case .folded: scan.block(start, end, literal: false)
        }
        return scan.pieces.isEmpty ? [YAMLScalar.Piece(content: 0, file: start)] : scan.pieces
    }

    private var isDone: Bool { !agrees || written == content.count }

    // MARK: Writing

    /// Content that stands in the file as it is.
    private mutating func copy(_ start: Int, _ end: Int) {
        guard start < end, agrees else { return }
        var count = 0
        while count < end - start, written + count < content.count,
            content[written + count] == text[start + count]
        { count += 1 }
        agrees = count == end - start
        if count > 0 { map(start, count) }
    }

    /// Content that `file` stands for: an escape, a folded line break.
    private mutating func write(_ bytes: some Sequence<UInt8>, for file: Int) {
        guard agrees else { return }
        var count = 0
        for byte in bytes {
            guard written + count < content.count, content[written + count] == byte else {
                agrees = false
                return
            }
            count += 1
        }
        // Never joined to the piece before: what follows an escape stands farther on.
        pieces.append(YAMLScalar.Piece(content: written, file: file))
        written += count
    }

    /// A line break that is content: what stands at `file` is one.
    private mutating func writeBreak(_ file: Int) {
        switch text[file] {
        case 0xE2: copy(file, file + 3)
        case Ascii.carriageReturn where text[file + 1] == Ascii.newline: copy(file + 1, file + 2)
        case Ascii.newline: copy(file, file + 1)
        default: write([Ascii.newline], for: file)
        }
    }

    private mutating func map(_ file: Int, _ count: Int) {
        let last = pieces.last.map { $0.file + (written - $0.content) }
        if last != file { pieces.append(YAMLScalar.Piece(content: written, file: file)) }
        written += count
    }
}

// MARK: Plain and quoted scalars

extension ScalarPieces {
    private mutating func flow(_ start: Int, _ end: Int, quote: UInt8?) {
        var offset = start
        while offset < end, agrees {
            offset = solid(offset, end, quote: quote)
            if offset >= end { break }
            if quote == Ascii.doubleQuote, text[offset] == Ascii.backslash {
                // A line break after a backslash is no content, nor are the blanks behind it.
                let next = breaks(offset + 1, end)
                for each in next.places.dropFirst() { writeBreak(each) }
                offset = next.end
                continue
            }
            let blanks = text.skipBlanks(offset)
            if blanks >= end || text.breakLength(blanks) == 0 {
                copy(offset, min(blanks, end))
                offset = blanks
                continue
            }
            let next = breaks(blanks, end)
            fold(next.places)
            offset = next.end
        }
    }

    /// Characters that are neither blank nor a break, with their escapes; stops at the end, at a blank, a break or
    /// a backslash that hides one.
    private mutating func solid(_ start: Int, _ end: Int, quote: UInt8?) -> Int {
        var offset = start
        var from = start
        while offset < end, agrees, !text.isBlank(offset), text.breakLength(offset) == 0 {
            if quote == Ascii.quote, text[offset] == Ascii.quote {
                copy(from, offset + 1)
                offset += 2
                from = offset
            } else if quote == Ascii.doubleQuote, text[offset] == Ascii.backslash {
                copy(from, offset)
                if text.breakLength(offset + 1) > 0 { return offset }
                offset = escape(offset)
                from = offset
            } else {
                offset += 1
            }
        }
        copy(from, min(offset, end))
        return offset
    }

    /// The line break at `start`, those that follow with only blanks between them, and where the next text begins.
    private func breaks(_ start: Int, _ end: Int) -> (places: [Int], end: Int) {
        var places: [Int] = []
        var offset = start
        while offset < end {
            let length = text.breakLength(offset)
            if length > 0 {
                places.append(offset)
                offset += length
            } else if text.isBlank(offset) {
                offset += 1
            } else {
                break
            }
        }
        return (places, offset)
    }

    /// One break becomes a space, of several the first is dropped.
    private mutating func fold(_ places: [Int]) {
        guard let first = places.first else { return }
        if text[first] == 0xE2 {
            places.forEach { writeBreak($0) }
        } else if places.count == 1 {
            write([Ascii.space], for: first)
        } else {
            places.dropFirst().forEach { writeBreak($0) }
        }
    }

    /// The escape at `offset`; returns where it ends.
    private mutating func escape(_ offset: Int) -> Int {
        let value: UInt32
        var digits = 0
        switch text[offset + 1] {
        case UInt8(ascii: "0"): value = 0
        case UInt8(ascii: "a"): value = 7
        case UInt8(ascii: "b"): value = 8
        case UInt8(ascii: "t"), Ascii.tab: value = 9
        case UInt8(ascii: "n"): value = 10
        case UInt8(ascii: "v"): value = 11
        case UInt8(ascii: "f"): value = 12
        case UInt8(ascii: "r"): value = 13
        case UInt8(ascii: "e"): value = 27
        case UInt8(ascii: "N"): value = 0x85
        case UInt8(ascii: "_"): value = 0xA0
        case UInt8(ascii: "L"): value = 0x2028
        case UInt8(ascii: "P"): value = 0x2029
        case UInt8(ascii: "x"): (value, digits) = (hexadecimal(offset + 2, 2), 2)
        case UInt8(ascii: "u"): (value, digits) = (hexadecimal(offset + 2, 4), 4)
        case UInt8(ascii: "U"): (value, digits) = (hexadecimal(offset + 2, 8), 8)
        case let other: value = UInt32(other)
        }
        write(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8, for: offset)
        return offset + 2 + digits
    }

    private func hexadecimal(_ start: Int, _ count: Int) -> UInt32 {
        var value: UInt32 = 0
        for offset in start..<start + count {
            let digit: UInt8
            switch text[offset] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = text[offset] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = text[offset] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = text[offset] - UInt8(ascii: "A") + 10
            default: digit = 0
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}

// MARK: Block scalars

extension ScalarPieces {
    /// `|` and `>`: `start` is at that character.
    private mutating func block(_ start: Int, _ end: Int, literal: Bool) {
        let header = text.endOfLine(start)
        let indent = indentation(header + text.breakLength(header), end)
        var (emptyLines, line) = emptyLines(header + text.breakLength(header), indent)
        var lastBreak: Int?
        var blankBefore = false
        while !isDone, let offset = line {
            let blank = text.isBlank(offset)
            if let place = lastBreak {
                if literal || text[place] == 0xE2 || blankBefore || blank {
                    writeBreak(place)
                } else if emptyLines.isEmpty {
                    write([Ascii.space], for: place)
                }
            }
            emptyLines.forEach { writeBreak($0) }
            blankBefore = blank
            let endOfLine = text.endOfLine(offset)
            copy(offset, min(endOfLine, offset + content.count - written))
            lastBreak = text.breakLength(endOfLine) > 0 ? endOfLine : nil
            (emptyLines, line) = self.emptyLines(endOfLine + text.breakLength(endOfLine), indent)
        }
        // How much of the breaks at the end is content depends on the header; the content itself says it.
        if let place = lastBreak, !isDone { writeBreak(place) }
        for place in emptyLines where !isDone { writeBreak(place) }
    }

    /// The breaks of the lines that are empty, or not even indented, and where the next line's content begins; nil
    /// if the block ends there.
    private func emptyLines(_ start: Int, _ indent: Int) -> (breaks: [Int], line: Int?) {
        var breaks: [Int] = []
        var offset = start
        while offset < text.bytes.count {
            var next = offset
            while next - offset < indent, text[next] == Ascii.space { next += 1 }
            guard text.breakLength(next) > 0 else {
                return (breaks, next - offset == indent && next < text.bytes.count ? next : nil)
            }
            breaks.append(next)
            offset = next + text.breakLength(next)
        }
        return (breaks, nil)
    }

    /// The scalar's indentation: how much deeper the first line with text stands in the file than in the content.
    private func indentation(_ start: Int, _ end: Int) -> Int {
        let made = Self.depth(YAMLText(bytes: content), 0, content.count)
        let stands = Self.depth(text, start, end)
        if let inContent = made.firstText, let inFile = stands.firstText { return max(inFile - inContent, 0) }
        // Without any text only a header with a digit leaves blanks in the content.
        return made.widest == 0 ? Int.max : max(stands.widest - made.widest, 0)
    }

    /// The blanks before the first text, and the most blanks in the lines before it.
    private static func depth(_ text: YAMLText, _ start: Int, _ end: Int) -> (firstText: Int?, widest: Int) {
        var line = start
        var offset = start
        var widest = 0
        while offset < end {
            let length = text.breakLength(offset)
            if length > 0 {
                offset += length
                line = offset
            } else if text[offset] == Ascii.space {
                offset += 1
                widest = max(widest, offset - line)
            } else {
                return (offset - line, widest)
            }
        }
        return (nil, widest)
    }
}
