package import ScenDiagnostics

/// From YAML nodes to the scenario as written: every key and the kind of every value is checked against the one
/// table of keys, and every text is parsed.
package enum ScenarioReader {
    /// Nil if so much is wrong that there is nothing to analyse.
    package static func read(_ root: YAMLNode, into bag: inout DiagnosticBag) -> ScenarioSyntax? {
        nil
    }
}
