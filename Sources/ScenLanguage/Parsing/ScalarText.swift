import ScenDiagnostics

/// The bytes of one YAML scalar, with the way back to their places in the file.
struct ScalarText: Sendable {
    let scalar: YAMLScalar
    let bytes: [UInt8]
    /// Offset of the first byte of every line; the first is 0.
    private let lineStarts: [Int]

    init(_ scalar: YAMLScalar) {
        self.scalar = scalar
        bytes = Array(scalar.text.utf8)
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        lineStarts = starts
    }

    var end: Int { bytes.count }

    func place(_ start: Int, _ end: Int) -> SourceSpan {
        scalar.place(start, end)
    }

    func string(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }

    /// The byte, or 0 behind the end: no text that YAML lets through holds a 0.
    func byte(_ offset: Int) -> UInt8 {
        offset < bytes.count ? bytes[offset] : 0
    }

    /// The character that begins at an offset inside the text, and its length in bytes.
    func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let first = bytes[offset]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        let decoded = String(decoding: bytes[offset..<min(offset + length, bytes.count)], as: UTF8.self)
        return (decoded.unicodeScalars.first ?? "\u{FFFD}", length)
    }

    /// Number of the line, from 0, on which an offset lies.
    func line(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// Offset behind the last byte of a line, its line feed not counted.
    func endOfLine(_ line: Int) -> Int {
        line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    }
}

/// What is wrong in one text: the first mistake of each line, since the others on it mostly follow from that.
struct SyntaxProblems: Sendable {
    private(set) var all: [Diagnostic] = []
    private var lines: Set<Int> = []

    mutating func report(_ diagnostic: Diagnostic, line: Int) {
        if lines.insert(line).inserted { all.append(diagnostic) }
    }
}

/// A mistake was reported and what stands here cannot be understood: go on with the next line.
struct Skip: Error {}

extension YAMLScalar.Style {
    var described: String {
        switch self {
        case .plain: "a plain scalar"
        case .singleQuoted, .doubleQuoted: "a quoted scalar"
        case .literal: "a '|' block"
        case .folded: "a '>' block"
        }
    }
}
