package import ScenDiagnostics

/// The one entrance to this target: a scenario's text, checked, with its cases ready to be compiled.
package struct LoadedScenario: Sendable {
    /// Nil if the file is too broken to have one.
    package let title: String?
    package let tags: [String]
    /// Everything that was found, sorted. With an error among it nothing is run.
    package let diagnostics: [Diagnostic]
    /// What places refer to.
    package let sources: [SourceFile]
    /// Cases that satisfy `where`, in order: the last parameter varies fastest. Empty if there are errors.
    package let cases: [TypedCase]

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    package init(
        title: String?, tags: [String], diagnostics: [Diagnostic], sources: [SourceFile],
        cases: [TypedCase]
    ) {
        self.title = title
        self.tags = tags
        self.diagnostics = diagnostics
        self.sources = sources
        self.cases = cases
    }
}
