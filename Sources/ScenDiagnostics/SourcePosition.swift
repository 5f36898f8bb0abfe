/// A place as editors name it: both count from 1, the column in characters.
package struct SourcePosition: Hashable, Sendable {
    package var line: Int
    package var column: Int
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

extension SourceFile {
    /// Beyond this many bytes, finding the boundaries of characters takes too long to be worth it; code points
    /// are counted instead.
    private static let exactColumnBytesMax = 1 << 16

    /// Any offset is allowed; one outside the file counts as its beginning or end.
    package func position(of offset: Int) -> SourcePosition {
        let offset = min(max(offset, 0), bytes.count)
        let line = lineIndex(of: offset)
        return SourcePosition(line: line + 1, column: characterCount(lineStarts[line]..<offset) + 1)
    }

    /// Counts lines from 0.
    func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a line (counted from 0) without its line break.
    package func lineRange(_ index: Int) -> Range<Int> {
        let start = lineStarts[index]
        var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    private func characterCount(_ range: Range<Int>) -> Int {
        let part = bytes[range]
        if part.allSatisfy({ $0 < 0x80 }) { return part.count }
        if part.count > Self.exactColumnBytesMax {
            return part.count { $0 & 0xC0 != 0x80 }
        }
        return String(decoding: part, as: UTF8.self).count
    }
}
