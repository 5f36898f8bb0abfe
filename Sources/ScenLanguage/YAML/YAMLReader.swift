package import ScenDiagnostics

/// Reads one YAML document from libyaml's events into nodes with places.
package enum YAMLReader {
    /// Nobody writes a scenario of this size; reading one would only be slow.
    static let bytesMax = 10_000_000
    /// Nodes of the document, those that aliases stand for included.
    static let nodesMax = 100_000
    static let depthMax = 64

    /// Reports every mistake that can be found; nil if there is no document to go on with.
    package static func read(_ source: SourceFile, into bag: inout DiagnosticBag) -> YAMLNode? {
        guard source.bytes.count <= bytesMax else {
            bag.report(.fileTooLarge(bytesMax: bytesMax, at: SourceSpan(source.id, 0, 0)))
            return nil
        }
        guard !source.bytes.isEmpty else {
            bag.report(.emptyFile(at: SourceSpan(source.id, 0, 0)))
            return nil
        }
        return source.bytes.withUnsafeBufferPointer { bytes in
            let text = YAMLText(bytes: bytes)
            if let unreadable = YAMLEncoding.check(text, source.id) {
                bag.report(unreadable)
                return nil
            }
            let start = YAMLEncoding.startOfText(text)
            if let directive = YAMLDirectives.check(text, from: start, source.id) {
                bag.report(directive)
                return nil
            }
            var builder = YAMLTreeBuilder(text, source.id)
            let root = builder.read(from: start)
            bag.report(contentsOf: builder.diagnostics)
            return root
        }
    }
}
