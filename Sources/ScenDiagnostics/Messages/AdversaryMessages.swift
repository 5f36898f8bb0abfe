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

    // MARK: Arbitrary links

    package static func adversaryWithoutLinks(at span: SourceSpan, network: SourceSpan?) -> Diagnostic {
        Diagnostic(
            .adversaryMismatch, "only arbitrary links have an adversary", at: span,
            label: "'links: arbitrary' gives them one", notes: network.map { [Note("links are of another kind here", at: $0)] } ?? [])
    }

    package static func replayNeedsEavesdrop(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .adversaryMismatch, "an adversary that sees no messages has none to replay", at: span,
            label: "add 'eavesdrop'")
    }

    /// `power`: what the adversary may do in place of chance.
    package static func chanceOnArbitraryLinks(
        _ key: String, power: String, at span: SourceSpan, network: SourceSpan?
    ) -> Diagnostic {
        Diagnostic(
            .adversaryMismatch, "arbitrary links have no chance of '\(key)': their adversary decides", at: span,
            label: "it may, with '\(power)' in 'adversary'", notes: network.map { [Note("links are arbitrary here", at: $0)] } ?? [])
    }

    package static func unknownMethodOfAdversary(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.unknownFunction, "the adversary has no '\(name)(..)'", at: span, label: "it can be asked 'adversary.knows(x)'")
    }

    package static func everybodyKnows(_ type: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .adversaryMismatch, "everybody can name every value of type '\(type)'", at: span,
            label: "ask about a value of a type without end, such as 'int', or about one that is signed or sealed")
    }
}
