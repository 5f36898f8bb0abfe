package enum Severity: String, Sendable {
    case error, warning
}

/// One mistake, or one doubt, with its place: data only. Wording lives in `Messages/`, layout in
/// `DiagnosticRenderer`, the long explanation in `Explanations/`.
package struct Diagnostic: Sendable, Hashable {
    /// Something that explains the mistake, with a place of its own where it has one.
    package struct Note: Sendable, Hashable {
        package var text: String
        package var span: SourceSpan?
        package init(_ text: String, at span: SourceSpan? = nil) {
            self.text = text
            self.span = span
        }
    }

    package var severity: Severity
    package var code: DiagnosticCode
    /// One terse line: what is wrong, without a full stop.
    package var message: String
    /// The most specific place.
    package var span: SourceSpan
    /// Stands beside the carets: what was expected, or "did you mean 'general1'?".
    package var label: String?
    package var notes: [Note]

    package init(
        _ severity: Severity, _ code: DiagnosticCode, _ message: String,
        at span: SourceSpan, label: String? = nil, notes: [Note] = []
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.span = span
        self.label = label
        self.notes = notes
    }

    /// An error.
    package init(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan, label: String? = nil,
        notes: [Note] = []
    ) {
        self.init(.error, code, message, at: span, label: label, notes: notes)
    }
}

/// Collects what is found, so that one run shows as many mistakes as can be found in one go.
package struct DiagnosticBag: Sendable {
    package private(set) var all: [Diagnostic] = []
    private var seen: Set<Diagnostic> = []

    package init() {}

    /// Adds it unless the very same one is there: cases of one scenario find the same mistakes.
    package mutating func report(_ diagnostic: Diagnostic) {
        if seen.insert(diagnostic).inserted { all.append(diagnostic) }
    }

    package mutating func report(contentsOf others: [Diagnostic]) {
        for each in others { report(each) }
    }

    package var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// By place, then by code: the order in which they are shown.
    package var sorted: [Diagnostic] {
        all.enumerated().sorted { a, b in
            let x = a.element, y = b.element
            if x.span.source != y.span.source { return x.span.source < y.span.source }
            if x.span.start != y.span.start { return x.span.start < y.span.start }
            if x.span.end != y.span.end { return x.span.end < y.span.end }
            if x.code != y.code { return x.code.rawValue < y.code.rawValue }
            return a.offset < b.offset
        }.map(\.element)
    }
}
