package import ScenDiagnostics

/// What `timing` has beside model, latency and bound.
extension ScenarioSyntax {
    /// When a partially synchronous system is asynchronous.
    package struct Asynchronous: Sendable {
        package enum When: Sendable {
            case given([BadPeriod])
            case recurring(meanEvery: Expression?, meanLength: Expression?, latency: Expression?)
        }
        package var when: When
        package var span: SourceSpan
        package init(when: When, span: SourceSpan) {
            self.when = when
            self.span = span
        }
    }
    package struct BadPeriod: Sendable {
        package var from: Expression?
        package var length: Expression?
        package var latency: Expression?
        package var span: SourceSpan
        package init(span: SourceSpan) { self.span = span }
    }
    package struct Clock: Sendable {
        package var skew: Expression?
        package var drift: Expression?
        package init() {}
    }
    package struct Pauses: Sendable {
        package var every: Expression?
        package var length: Expression?
        package var span: SourceSpan
        package init(span: SourceSpan) { self.span = span }
    }
}
