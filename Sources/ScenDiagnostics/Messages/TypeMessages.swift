/// Types that do not fit.
extension Diagnostic {
    /// `purpose` says what wants the type: "a condition", "the field 'plan' of 'Order'".
    package static func typeMismatch(
        found: String, expected: String, purpose: String, at span: SourceSpan, advice: String?
    ) -> Diagnostic {
        let notes = purpose.isEmpty ? [] : [Note("\(expected) is needed for: \(purpose)")]
        return Diagnostic(
            .typeMismatch, "expected \(expected), found \(found)", at: span, label: advice, notes: notes)
    }

    /// `what`: "the elements of a list".
    package static func typesDiffer(
        _ what: String, _ first: String, _ second: String, at span: SourceSpan, advice: String?
    ) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "\(what) have one type: this is \(second), not \(first)", at: span, label: advice)
    }

    package static func localHasOtherType(
        _ name: String, _ known: String, _ found: String, declared: SourceSpan, at span: SourceSpan, advice: String?
    ) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'\(name)' is \(known), this is \(found)", at: span, label: advice,
            notes: [Note("it gets its type here", at: declared)])
    }

    package static func cannotCombine(
        _ symbol: String, _ left: String, _ right: String, at span: SourceSpan, advice: String?
    ) -> Diagnostic {
        Diagnostic(.typeMismatch, "'\(symbol)' does not take \(left) and \(right)", at: span, label: advice)
    }

    package static func cannotCompare(
        _ left: String, _ right: String, at span: SourceSpan, advice: String?
    ) -> Diagnostic {
        Diagnostic(.typeMismatch, "\(left) and \(right) cannot be compared", at: span, label: advice)
    }

    package static func cannotBeIn(
        _ element: String, _ collection: String, at span: SourceSpan, advice: String?
    ) -> Diagnostic {
        Diagnostic(.typeMismatch, "\(element) cannot be in \(collection)", at: span, label: advice)
    }

    package static func noOrder(_ type: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "values of type '\(type)' have no order", at: span)
    }

    package static func noNegative(_ type: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "'-' takes a number or a duration, not \(type)", at: span)
    }

    package static func notANumber(_ type: String, function: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "'\(function)' takes a number, not \(type)", at: span)
    }

    package static func cannotSum(_ type: String, advice: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "'sum' adds numbers or durations, not \(type)", at: span, label: advice)
    }

    package static func rangeOfWholeNumbers(_ type: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "a range goes over whole numbers, not \(type)", at: span)
    }

    package static func notACollection(_ type: String, at span: SourceSpan, advice: String? = nil) -> Diagnostic {
        Diagnostic(.typeMismatch, "expected a list, set or map, found \(type)", at: span, label: advice)
    }

    package static func notIndexable(_ type: String, _ advice: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "'[..]' takes a list or a map, not \(type)", at: span, label: advice)
    }

    package static func notSliceable(_ type: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "'[..:..]' takes a list, not \(type)", at: span)
    }

    package static func tupleIndexNotConstant(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "the parts of a tuple have types of their own, so the index must be a number", at: span)
    }

    package static func loopOverMapEntries(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "a loop over a map goes over its keys", at: span, label: "write '.items()' for pairs")
    }

    package static func tuplePattern(parts: Int, type: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "a pattern of \(parts) parts does not fit \(type)", at: span)
    }

    package static func patternIsValue(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.notAssignable, "only a name can be bound", at: span)
    }

    package static func noValue(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "this function gives no value", at: span, label: "it has no 'return ..'")
    }

    package static func outcomeComparison(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "an outcome is compared with the name of one", at: span,
            label: "write: outcome == \"the name\"")
    }

    package static func sentTakesMessage(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "'sent' takes the name of a message, or nothing", at: span, label: "as in 'sent(Order)'")
    }

    package static func notARecipient(_ type: String, at span: SourceSpan, advice: String?) -> Diagnostic {
        Diagnostic(.typeMismatch, "a message goes to a node or a set of nodes, not to \(type)", at: span, label: advice)
    }

    package static func wrongUpdate(_ word: String, _ type: String, _ advice: String?, at span: SourceSpan) -> Diagnostic {
        let wanted =
            switch word {
            case "append": "a list"
            case "add": "a set"
            default: "a set, list or map"
            }
        return Diagnostic(.typeMismatch, "'\(word)' changes \(wanted), not \(type)", at: span, label: advice)
    }

    package static func noFieldToAssign(_ name: String, _ type: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.notAssignable, "a value of type '\(type)' has no field '\(name)' to assign to", at: span)
    }

    package static func tupleNotAssignable(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.notAssignable, "the parts of a tuple cannot be assigned to", at: span, label: "assign a whole tuple")
    }

    package static func recursionWithOtherType(
        _ function: String, _ parameter: String, _ known: String, _ found: String, at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'\(function)' calls itself with another type: '\(parameter)' is \(known), this is \(found)",
            at: span)
    }

    // MARK: Types that cannot be told

    package static func emptyOfUnknownType(_ text: String, at span: SourceSpan) -> Diagnostic {
        let what = text == "{}" ? "whether this is a set or a map, and of what," : "what this is a list of"
        return Diagnostic(
            .unknownTypeOfValue, "\(what) cannot be told", at: span,
            label: text == "{}" ? "a state variable can say it: 'x: set of int'" : "a state variable can say it: 'x: list of int'")
    }

    package static func noneOfUnknownType(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .unknownTypeOfValue, "what is missing here cannot be told", at: span,
            label: "a state variable can say it: 'x: maybe int'")
    }

    package static func resultOfUnknownType(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .unknownTypeOfValue, "the type of what '\(name)' gives cannot be told", at: span,
            label: "every way through it calls it again")
    }

    package static func infiniteType(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .infiniteType, "the type '\(name)' holds itself", at: span,
            label: "a list or map of nodes or numbers can point instead")
    }

    package static func infiniteTypeOfFunction(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.infiniteType, "the types in '\(name)' grow with every call of itself", at: span)
    }

    package static func infiniteTypeOfLocal(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.infiniteType, "the type of a value here is nested without end", at: span)
    }

    package static func emptyRange(low: Int, high: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.outOfRange, "the range \(low)..\(high) is empty", at: span, label: "the lower bound comes first")
    }

    package static func outOfRange(_ value: Int, low: Int, high: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.outOfRange, "\(value) is outside \(low)..\(high)", at: span)
    }
}
