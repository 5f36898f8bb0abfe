/// Wording of what is wrong with keys and with the kinds of their values.
///
/// `place` completes "in …" and "under …": "'network'", "an expectation", or is "at the top level".
extension Diagnostic {
    package static func unknownKey(
        _ key: String, in place: String, at span: SourceSpan, nearest: String?, notes: [String]
    ) -> Diagnostic {
        Diagnostic(
            .unknownKey, "no key is called '\(key)' \(within(place))", at: span,
            label: nearest.map { "did you mean '\($0)'?" }, notes: notes.map { Note($0) })
    }

    package static func missingKey(
        _ keys: [String], in place: String, at span: SourceSpan, example: String?
    ) -> Diagnostic {
        let what = keys.count == 1 ? "the key '\(keys[0])'" : "one of the keys \(quoted(keys, "and"))"
        return Diagnostic(
            .missingKey, "\(what) is missing \(within(place))", at: span,
            notes: example.map { [Note("for example: \($0)")] } ?? [])
    }

    /// `needed` by the key at `span`, which stands beside none of them.
    package static func missingCompanion(_ needed: [String], for key: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .missingKey, "'\(key)' needs \(quoted(needed, "or")) beside it", at: span)
    }

    package static func missingComparison(_ comparisons: [String], for form: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .missingComparison, "'\(form)' is compared with nothing", at: span,
            label: "needs \(quoted(comparisons, "or")) beside it")
    }

    package static func misplacedKey(_ key: String, goesWith: [String], at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .conflictingKeys, "'\(key)' makes no sense here", at: span,
            label: "it goes with \(quoted(goesWith, "or"))")
    }

    package static func conflictingKeys(_ key: String, _ other: String, at span: SourceSpan, otherAt: SourceSpan)
        -> Diagnostic
    {
        Diagnostic(
            .conflictingKeys, "'\(key)' and '\(other)' exclude each other", at: span,
            notes: [Note("'\(other)' is here", at: otherAt)])
    }

    /// `name` is quoted.
    package static func noForm(_ name: String, at span: SourceSpan, forms: String?) -> Diagnostic {
        Diagnostic(
            .noForm, "\(name) does not say what is expected", at: span, label: "needs a form",
            notes: forms.map { [Note($0)] } ?? [])
    }

    package static func severalForms(_ form: String, _ other: String, at span: SourceSpan, otherAt: SourceSpan)
        -> Diagnostic
    {
        Diagnostic(
            .severalForms, "an expectation has one form, not '\(other)' and '\(form)'", at: span,
            label: "give it a name of its own", notes: [Note("'\(other)' is here", at: otherAt)])
    }

    /// `what`: "'network'", or "an item of 'tags'". `found`: "a list".
    package static func wrongKind(
        _ what: String, is found: String, expected: String, at span: SourceSpan, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            .wrongKind, "\(what) is \(found)", at: span, label: "expected \(expected)",
            notes: hint.map { [Note($0)] } ?? [])
    }

    package static func wrongCount(_ what: String, has count: Int, expected: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .wrongKind, "\(what) has \(count == 1 ? "one item" : "\(count) items")", at: span,
            label: "expected \(expected)")
    }

    package static func wrongWord(
        _ word: String, for what: String, expected: String, nearest: String?, at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .wrongWord, "\(what) cannot be '\(word)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "expected \(expected)")
    }

    package static func invalidName(_ name: String, what: String, why: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.invalidName, "'\(name)' cannot be \(what)", at: span, label: why)
    }

    package static func duplicateName(_ name: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
        Diagnostic(
            .duplicateName, "'\(name)' stands here twice", at: span, notes: [Note("the first is here", at: first)])
    }

    /// Two kinds of things that share a name space.
    package static func nameTaken(
        _ name: String, as what: String, already other: String, at span: SourceSpan, first: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .duplicateName, "'\(name)' is \(what) and \(other)", at: span,
            label: "give one of them another name", notes: [Note("the other is here", at: first)])
    }

    /// `what`: "'topology'", "the word 'byzantine'".
    package static func notSupported(_ what: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notSupported, "\(what) is part of the language, but this version does not carry it out yet", at: span)
    }

    package static func unknownProperty(_ name: String, at span: SourceSpan, nearest: String?) -> Diagnostic {
        Diagnostic(
            .unknownProperty, "the library has no property called '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" },
            notes: [Note("an expectation of your own is a mapping: {always: CONDITION}")])
    }

    package static func unknownAlgorithm(_ name: String, at span: SourceSpan, nearest: String?) -> Diagnostic {
        Diagnostic(
            .unknownAlgorithm, "no algorithm is called '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "expected a name in 'algorithms'")
    }

    private static func within(_ place: String) -> String { place.hasPrefix("at ") ? place : "in \(place)" }

    private static func quoted(_ words: [String], _ conjunction: String) -> String {
        joined(words.map { "'\($0)'" }, conjunction)
    }

    private static func joined(_ words: [String], _ conjunction: String) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}
