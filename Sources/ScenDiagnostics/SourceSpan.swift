/// Which of the files of one compilation a place belongs to: 0 is the scenario itself, the others are
/// algorithm files it names and the built-in library, in the order in which they were read.
package struct SourceID: Hashable, Sendable, Comparable {
    package let index: UInt16
    package init(_ index: UInt16) { self.index = index }
    package static let scenario = SourceID(0)
    package static func < (a: SourceID, b: SourceID) -> Bool { a.index < b.index }
}

/// A half-open range of UTF-8 byte offsets in one source file.
///
/// Lines and columns are computed only when something is rendered, in characters, not bytes.
package struct SourceSpan: Hashable, Sendable {
    package var source: SourceID
    package var start: Int
    package var end: Int

    package init(_ source: SourceID, _ start: Int, _ end: Int) {
        self.source = source
        self.start = start
        self.end = max(start, end)
    }

    /// The smallest span that covers both; both must lie in the same source.
    package func union(_ other: SourceSpan) -> SourceSpan {
        guard source == other.source else { return self }
        return SourceSpan(source, min(start, other.start), max(end, other.end))
    }
}
