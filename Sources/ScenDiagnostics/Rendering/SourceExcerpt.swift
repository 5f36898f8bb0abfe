/// The line of a span as it is shown, with the carets that belong under it.
struct SourceExcerpt {
    var line: Int
    var text: String
    /// Columns before the first caret.
    var indent: Int
    var carets: Int

    private struct Cell {
        var text: String
        var width: Int
        /// Its bytes in the file.
        var bytes: Range<Int>
    }

    private static let columnsMax = 160
    private static let columnsBefore = 60
    private static let tabWidth = 4
    /// A letter with more marks on it than this is shown without the rest.
    private static let marksMax = 8
    /// How far around the span bytes are looked at: enough for `columnsMax` of the widest ordinary text.
    private static let bytesAround = 1_000

    init(_ span: SourceSpan, in file: SourceFile) {
        let start = min(max(span.start, 0), file.bytes.count)
        let end = min(max(span.end, start), file.bytes.count)
        let index = file.lineIndex(of: start)
        let range = file.lineRange(index)
        let cells = Self.cells(of: file, around: start, in: range)
        line = index + 1

        // The cell that holds `start`; after the last one for the end of the line.
        let first = cells.firstIndex { $0.bytes.contains(start) } ?? cells.count
        let (shown, clippedBefore, clippedAfter) = Self.window(cells, around: first, in: range)
        text = clippedBefore ? "…" : ""
        indent = clippedBefore ? 1 : 0
        carets = 0
        for position in shown {
            let cell = cells[position]
            text += cell.text
            if position < first {
                indent += cell.width
            } else if position == first || cell.bytes.lowerBound < end {
                carets += cell.width
            }
        }
        if clippedAfter { text += "…" }
        carets = max(carets, 1)
    }

    /// Which cells fit, and whether anything of the line is left out on either side.
    private static func window(
        _ cells: [Cell], around first: Int, in range: Range<Int>
    ) -> (Range<Int>, before: Bool, after: Bool) {
        var from = first
        var width = 0
        // A line that fits is shown whole; only then may there be more than `columnsBefore` before the span.
        let wholeWidth = cells.reduce(0) { $0 + $1.width }
        let whole = cells.isEmpty || cells[0].bytes.lowerBound == range.lowerBound
        let before = whole && wholeWidth <= columnsMax ? columnsMax : columnsBefore
        while from > 0, width + cells[from - 1].width <= before {
            from -= 1
            width += cells[from].width
        }
        var to = first
        while to < cells.count, width + cells[to].width <= columnsMax {
            width += cells[to].width
            to += 1
        }
        let shown = from < to ? cells[from].bytes.lowerBound..<cells[to - 1].bytes.upperBound : range
        return (from..<to, shown.lowerBound > range.lowerBound, shown.upperBound < range.upperBound)
    }

    private static func cells(
        of file: SourceFile, around start: Int, in range: Range<Int>
    ) -> [Cell] {
        let from = max(range.lowerBound, start - bytesAround)
        let to = min(range.upperBound, max(start, from) + 2 * bytesAround)
        guard from < to else { return [] }
        let (text, offsets) = decode(file.bytes, aligned(from, in: file, range)..<aligned(to, in: file, range))
        var cells: [Cell] = []
        var scalar = 0
        for character in text {
            let next = scalar + character.unicodeScalars.count
            cells.append(cell(character, at: offsets[scalar]..<offsets[next]))
            scalar = next
        }
        return cells
    }

    /// The beginning of the code point that `offset` is inside of.
    private static func aligned(_ offset: Int, in file: SourceFile, _ range: Range<Int>) -> Int {
        var start = offset
        while start > range.lowerBound, start < range.upperBound, offset - start < 3,
            file.bytes[start] & 0xC0 == 0x80
        { start -= 1 }
        return start
    }

    /// The text, and where each of its code points begins; the last offset is the end.
    private static func decode(_ bytes: [UInt8], _ range: Range<Int>) -> (String, [Int]) {
        bytes.withUnsafeBufferPointer { bytes in
            var scalars = String.UnicodeScalarView()
            var offsets: [Int] = []
            var offset = range.lowerBound
            while offset < range.upperBound {
                offsets.append(offset)
                let length = UTF8Check.length(at: offset, in: bytes)
                let scalar = String(decoding: bytes[offset..<offset + length], as: UTF8.self).unicodeScalars.first
                scalars.append(scalar ?? "\u{FFFD}")
                offset += max(length, 1)
            }
            offsets.append(offset)
            return (String(scalars), offsets)
        }
    }

    private static func cell(_ character: Character, at bytes: Range<Int>) -> Cell {
        if character == "\t" {
            return Cell(text: String(repeating: " ", count: tabWidth), width: tabWidth, bytes: bytes)
        }
        var text = String.UnicodeScalarView()
        var width = 0
        for (index, scalar) in character.unicodeScalars.prefix(marksMax).enumerated() {
            // Emoji are joined by an invisible character.
            let shown = index > 0 && scalar == "\u{200D}" ? scalar : DisplayText.visible(scalar)
            if index == 0 { width = DisplayText.width(Character(shown)) }
            text.append(shown)
        }
        return Cell(text: String(text), width: width, bytes: bytes)
    }
}
