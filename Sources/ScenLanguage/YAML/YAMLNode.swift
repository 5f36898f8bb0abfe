package import ScenDiagnostics

/// A node of the YAML document with its place. Tags and anchors are gone: aliases are expanded.
package struct YAMLNode: Sendable {
    package enum Kind: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode], flow: Bool)
        case mapping([YAMLEntry], flow: Bool)
    }
    package var kind: Kind
    package var span: SourceSpan

    package init(_ kind: Kind, at span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

package struct YAMLEntry: Sendable {
    /// Keys are scalars; anything else is refused by the reader.
    package var key: YAMLScalar
    package var value: YAMLNode
    package init(key: YAMLScalar, value: YAMLNode) {
        self.key = key
        self.value = value
    }
}

/// A scalar's text, and where in the file every byte of it came from: escapes, folded lines and the indentation
/// of a `|` block all move text.
package struct YAMLScalar: Sendable {
    package enum Style: Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

    /// Content bytes from `content` on stand in the file from `file` on, up to the next piece.
    package struct Piece: Sendable, Hashable {
        package var content: Int
        package var file: Int
        package init(content: Int, file: Int) {
            self.content = content
            self.file = file
        }
    }

    package var text: String
    package var style: Style
    /// The whole scalar in the file, quotes and block header included.
    package var span: SourceSpan
    /// Sorted by `content`; the first has `content` 0. Empty for an empty scalar.
    ///
    /// Every content byte stands at its place, but for folded line breaks (a space stands for the break) and escapes
    /// (all bytes of the character stand for the beginning of the escape).
    package var pieces: [Piece]

    package init(text: String, style: Style, span: SourceSpan, pieces: [Piece]) {
        self.text = text
        self.style = style
        self.span = span
        self.pieces = pieces
    }

    /// The offset in the file of a byte offset in `text`; the end of the text is allowed.
    package func fileOffset(_ offset: Int) -> Int {
        guard let first = pieces.first else { return span.start }
        var low = 0
        var high = pieces.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if pieces[middle].content <= offset { low = middle } else { high = middle }
        }
        let piece = low == 0 ? first : pieces[low]
        return min(piece.file + (offset - piece.content), max(span.end, piece.file))
    }

    /// The place in the file of the bytes `start ..< end` of `text`.
    package func place(_ start: Int, _ end: Int) -> SourceSpan {
        if start >= end {
            let at = fileOffset(start)
            return SourceSpan(span.source, at, at)
        }
        return SourceSpan(span.source, fileOffset(start), fileOffset(end - 1) + 1)
    }
}
