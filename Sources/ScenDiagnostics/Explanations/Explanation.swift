/// What `scen explain CODE` prints.
package struct Explanation: Sendable, Hashable {
    /// One paragraph: what is wrong, and why it is not allowed.
    package var meaning: String
    /// A piece of a scenario that has the mistake; nil where no text shows it.
    package var wrong: String?
    /// The same piece mended, or what to do.
    package var right: String

    init(_ meaning: String, wrong: String? = nil, right: String) {
        self.meaning = meaning
        self.wrong = wrong
        self.right = right
    }
}

extension DiagnosticCode {
    /// Nil for none: a test demands that every code has one.
    package var explanation: Explanation? {
        for table in [
            Explanation.reading, Explanation.keys, Explanation.syntax, Explanation.names, Explanation.types,
            Explanation.models, Explanation.running, Explanation.traces,
        ] {
            if let found = table[self] { return found }
        }
        return nil
    }
}
