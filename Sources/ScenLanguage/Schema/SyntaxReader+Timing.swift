import ScenDiagnostics

/// Faults of timing.
extension SyntaxReader {
    mutating func pauses(_ entry: YAMLEntry?) -> ScenarioSyntax.Pauses? {
        guard let entry, entry.value.entries != nil else { return nil }
        var pauses = ScenarioSyntax.Pauses(span: entry.key.span)
        pauses.every = expression(entry.value["every"])
        pauses.length = expression(entry.value["for"])
        return pauses
    }
}
