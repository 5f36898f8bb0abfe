/// Calls, assignments, statements and declarations that name the right things in the wrong way.
extension Diagnostic {
    // MARK: Calls

    package static func namedArgument(_ label: String, of function: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.wrongArguments, "'\(function)' takes its arguments by place, not by name", at: span)
    }

    package static func wrongArgumentCount(
        _ function: String, expected: ClosedRange<Int>, found: Int, at span: SourceSpan
    ) -> Diagnostic {
        let (low, high) = (expected.lowerBound, expected.upperBound)
        let wanted = low == high ? "\(low)" : high > 10 ? "at least \(low)" : "\(low) to \(high)"
        let noun = low == 1 && high == 1 ? "argument" : "arguments"
        return Diagnostic(.wrongArguments, "'\(function)' takes \(wanted) \(noun), here are \(found)", at: span)
    }

    package static func wrongFunctionArguments(
        _ function: String, parameters: [String], found: Int, at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .wrongArguments, "'\(function)(\(parameters.joined(separator: ", ")))' is called with \(counted(found, "argument"))",
            at: span)
    }

    package static func timerArguments(
        _ timer: String, expected: Int, found: Int, first: SourceSpan, at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .wrongArguments, "the timer '\(timer)' has \(counted(expected, "argument")), here are \(found)", at: span,
            notes: [Note("as it stands here", at: first)])
    }

    /// `kind`: message or record.
    package static func wrongFields(
        _ name: String, kind: String, fields: [String], found: Int, at span: SourceSpan
    ) -> Diagnostic {
        let declared = fields.isEmpty ? "it has no fields" : "it has \(listed(fields))"
        return Diagnostic(
            .wrongFields, "the \(kind) '\(name)' has \(counted(fields.count, "field")), here are \(found)", at: span,
            label: declared)
    }

    package static func unknownField(
        _ field: String, of name: String, kind: String, fields: [String], at span: SourceSpan
    ) -> Diagnostic {
        let nearest = Suggestion.nearest(field, among: fields)
        return Diagnostic(
            .wrongFields, "the \(kind) '\(name)' has no field '\(field)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "it has \(listed(fields))")
    }

    package static func fieldTwice(_ field: String, of name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.wrongFields, "the field '\(field)' of '\(name)' is given twice", at: span)
    }

    package static func countNeedsIf(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .wrongArguments, "'count' needs a condition", at: span,
            label: "as in 'count(x for x in s if ..)'; all of them are 'len(s)'")
    }

    // MARK: Statements

    package static func messageNotSent(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "this message goes nowhere", at: span, label: "write 'send .. to p'")
    }

    package static func valueNotUsed(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "nothing uses this value", at: span, label: "a statement does something")
    }

    package static func interpolationOutsideLog(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "only 'log' shows values in a text", at: span, label: "elsewhere a text is fixed")
    }

    package static func notAssignable(_ name: String, what: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.notAssignable, "'\(name)' is \(what) and cannot be changed", at: span)
    }

    package static func notAssignableFact(_ name: String, at span: SourceSpan) -> Diagnostic {
        let label =
            switch name {
            case "decision": "write 'decide v'"
            case "delivered": "write 'deliver m'"
            default: "copy it to a state variable"
            }
        return Diagnostic(.notAssignable, "'\(name)' cannot be assigned to", at: span, label: label)
    }

    package static func missingReturn(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .missingReturn, "'\(name)' gives a value on some ways through it, but not on all", at: span,
            label: "end every way with 'return ..'")
    }

    package static func returnWithoutValue(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.missingReturn, "the function gives a value elsewhere, but not here", at: span)
    }

    package static func handlerReturnsValue(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.wrongArguments, "a handler gives no value back", at: span, label: "only functions do")
    }

    package static func negativeDelay(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.outOfRange, "a timer cannot fire in the past", at: span)
    }

    package static func nestedTooDeeply(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .expressionTooDeep, "this is too involved to be checked", at: span,
            label: "name parts of it, or write functions that call fewer others")
    }

    // MARK: Declarations

    package static func needsInitialValue(_ name: String, _ type: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .needsInitialValue, "'\(name)' needs an initial value", at: span,
            label: "write '\(type) = ..', or 'maybe \(type)' if it may have none")
    }

    package static func roundBeforeFirst(_ round: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.outOfRange, "there is no round \(round)", at: span, label: "the first round is 1")
    }

    static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
