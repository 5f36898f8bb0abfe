package import ScenDiagnostics

/// Reads one YAML document from libyaml's events into nodes with places.
package enum YAMLReader {
    /// Reports every mistake that can be found; nil if there is no document to go on with.
    package static func read(_ source: SourceFile, into bag: inout DiagnosticBag) -> YAMLNode? {
        nil
    }
}
