/// Parameters and the cases they make.
extension Diagnostic {
    package static func emptyParameter(_ name: String, from low: Int, to high: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .noCases, "the range of '\(name)' is empty", at: span,
            label: "a range starts at its lower bound: \(high)..\(low)")
    }

    package static func noValues(of name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.noCases, "'\(name)' has no value, so there is no case", at: span)
    }

    package static func nothingLeft(of cases: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .noCases, "no case is left", at: span,
            label: cases == 1 ? "the only combination does not satisfy this" : "none of \(cases) combinations satisfies this")
    }

    /// `count` nil: too many to be counted.
    package static func tooManyCases(_ count: Int?, max: Int, at span: SourceSpan, factors: [String]) -> Diagnostic {
        Diagnostic(
            .tooManyCases, "the parameters make \(count.map { "\($0)" } ?? "more than 2^63") cases", at: span,
            label: "at most \(max) are allowed",
            notes: factors.count > 1 ? [Note(factors.joined(separator: " times "))] : [])
    }

    package static func dependentParameter(_ name: String, on other: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .nameNotAllowedHere, "the values of '\(name)' cannot depend on '\(other)'", at: span,
            label: "only a single value can be computed from earlier parameters; 'where' leaves combinations out")
    }

    package static func notAParameterValue(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "a parameter cannot be this", at: span,
            label: "expected a number, percentage, duration, truth value or word")
    }

    package static func mixedParameter(
        _ name: String, _ value: String, is kind: String, at span: SourceSpan, first: String, isFirst: String,
        firstAt: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "the values of '\(name)' are of different types: '\(value)' is \(kind)", at: span,
            notes: [Note("'\(first)' is \(isFirst)", at: firstAt)])
    }

    package static func repeatedParameterValue(
        _ name: String, _ value: String, at span: SourceSpan, first: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .duplicateName, "'\(name)' has the value '\(value)' twice", at: span, notes: [Note("the first is here", at: first)])
    }

    // MARK: --set

    package static func unknownParameter(
        _ name: String, at span: SourceSpan, nearest: String?, known: [String]
    ) -> Diagnostic {
        let note = known.isEmpty ? "the scenario has no parameters" : "its parameters are \(known.joined(separator: ", "))"
        return Diagnostic(
            .unknownName, "no parameter is called '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" }, notes: [Note(note)])
    }

    package static func wrongOverride(
        _ name: String, _ value: String, is kind: String, expected: String, at span: SourceSpan, declared: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'\(value)' is \(kind), but '\(name)' is \(expected)", at: span,
            notes: [Note("'\(name)' is declared here", at: declared)])
    }

    // MARK: Names

    /// `what`: what `name` stands for otherwise.
    package static func parameterShadows(_ name: String, _ what: String, at span: SourceSpan, hint: String) -> Diagnostic {
        Diagnostic(.parameterShadows, "the parameter '\(name)' hides \(what)", at: span, label: hint)
    }
}
