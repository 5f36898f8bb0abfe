/// What is signed or sealed, and who holds the links.
extension Diagnostic {
    package static func sealTakesReader(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .wrongArguments, "'seal' takes what is sealed, and for whom", at: span, label: "write 'seal(v, for=q)'")
    }

    package static func notSealed(_ type: String, at span: SourceSpan) -> Diagnostic {
        let isSigned = type.hasPrefix("signed ")
        return Diagnostic(
            .typeMismatch, "'open' takes a sealed value, and this is of type '\(type)'", at: span,
            label: isSigned ? "everybody can read what is signed: '.value', '.signer'" : nil)
    }

    /// `function`: `sign` or `open`.
    package static func nobodySigns(_ function: String, observer: Bool, at span: SourceSpan) -> Diagnostic {
        let label =
            switch (observer, function) {
            case (true, "sign"): "an expectation is no node; it can ask 's.signer == p' and 's.value == v'"
            case (true, _): "an expectation is no node; a node can keep in its state what it has opened"
            default: "it is done in handlers"
            }
        return Diagnostic(.nameNotAllowedHere, "only a node can '\(function)'", at: span, label: label)
    }
}
