package import ScenDiagnostics

/// What `timing` has beside model, latency and bound.
extension ScenarioSyntax {
    package struct Pauses: Sendable {
        package var every: Expression?
        package var length: Expression?
        package var span: SourceSpan
        package init(span: SourceSpan) { self.span = span }
    }
}
