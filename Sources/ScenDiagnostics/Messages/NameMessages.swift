/// Names of values, fields and functions: unknown, not known here, taken.
extension Diagnostic {
    // MARK: Unknown

    /// `known`: what could have the name here, "node, parameter or state".
    package static func unknownName(
        _ name: String, known: String, at span: SourceSpan, label: String?
    ) -> Diagnostic {
        Diagnostic(.unknownName, "no \(known) is called '\(name)'", at: span, label: label)
    }

    package static func neverRead(_ name: String, nearest: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .unknownName, "no state variable is called '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" },
            notes: [Note("without one, this makes a local variable, and nothing reads it")])
    }

    package static func perhapsUnassigned(
        _ name: String, declared: SourceSpan, at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .unknownName, "'\(name)' may have no value here", at: span,
            label: "give it one before, on every way to this place",
            notes: [Note("this may not have run", at: declared)])
    }

    package static func unknownMember(
        _ name: String, of what: String, at span: SourceSpan, known: [String]
    ) -> Diagnostic {
        let nearest = Suggestion.nearest(name, among: known)
        return Diagnostic(
            .unknownMember, "\(what) has no '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "it has \(listed(known))")
    }

    package static func noMembers(_ name: String, of type: String, advice: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.unknownMember, "a value of type '\(type)' has no '\(name)'", at: span, label: advice)
    }

    package static func unknownMethod(_ name: String, of type: String, advice: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.unknownFunction, "a value of type '\(type)' has no '\(name)(..)'", at: span, label: advice)
    }

    package static func unknownFunction(_ name: String, at span: SourceSpan, label: String?) -> Diagnostic {
        Diagnostic(.unknownFunction, "no function, message or record is called '\(name)'", at: span, label: label)
    }

    package static func unknownMessage(_ name: String, at span: SourceSpan, known: [String]) -> Diagnostic {
        let nearest = Suggestion.nearest(name, among: known)
        return Diagnostic(
            .unknownMessage, "no message is called '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "declare it under 'messages'")
    }

    package static func unknownTimer(_ name: String, at span: SourceSpan, known: [String]) -> Diagnostic {
        let nearest = Suggestion.nearest(name, among: known)
        return Diagnostic(
            .unknownTimer, "no timer is called '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "nothing sets it")
    }

    package static func unknownType(
        _ name: String, at span: SourceSpan, known: [String], advice: String?
    ) -> Diagnostic {
        let nearest = Suggestion.nearest(name, among: known)
        return Diagnostic(
            .unknownType, "no type is called '\(name)'", at: span,
            label: advice ?? nearest.map { "did you mean '\($0)'?" })
    }

    package static func unknownOutcome(_ name: String, declared: [String], at span: SourceSpan) -> Diagnostic {
        let nearest = Suggestion.nearest(name, among: declared)
        let known = declared.isEmpty ? "declare it under 'outcomes'" : "there are \(listed(declared))"
        return Diagnostic(
            .unknownOutcome, "no outcome is called '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? known)
    }

    package static func ambiguousWord(
        _ name: String, types: [String], isNode: Bool, at span: SourceSpan
    ) -> Diagnostic {
        let types = types.map { "a value of '\($0)'" } + (isNode ? ["a node"] : [])
        return Diagnostic(
            .ambiguousName, "'\(name)' may be \(listed(types, "or", quoted: false))", at: span,
            label: "nothing here tells which is meant")
    }

    // MARK: Not known here

    package static func nameNotAllowedHere(_ name: String, _ why: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.nameNotAllowedHere, "'\(name)' is not known here", at: span, label: why)
    }

    package static func stateOutsideHandlers(_ name: String, observer: Bool, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .nameNotAllowedHere, "every node has its own '\(name)'", at: span,
            label: observer
                ? "say whose: 'p.\(name)', or 'all(p.\(name) .. for p in nodes)'"
                : "state is known in handlers and expectations only")
    }

    package static func ownFactInObserver(_ name: String, at span: SourceSpan) -> Diagnostic {
        let label =
            switch name {
            case "me", "others": "an expectation sees all nodes: name one, or 'for p in nodes'"
            case "now": "the time since the start is 'time'"
            default: "say whose: 'p.\(name)'"
            }
        return Diagnostic(.nameNotAllowedHere, "'\(name)' is what one node knows", at: span, label: label)
    }

    package static func memberOfOtherNode(
        _ name: String, isMe: Bool, inHandler: Bool, at span: SourceSpan
    ) -> Diagnostic {
        if isMe && (name == "up" || name == "crashed") {
            return Diagnostic(
                .nameNotAllowedHere, "no node asks whether it is '\(name)' itself", at: span,
                label: "a handler runs while its node is up")
        }
        if isMe {
            return Diagnostic(
                .nameNotAllowedHere, "a node's own '\(name)' is written without 'me'", at: span,
                label: "write '\(name)'")
        }
        return Diagnostic(
            .nameNotAllowedHere, "no node sees the '\(name)' of another", at: span,
            label: inHandler ? "it can be told in a message" : "it is known in expectations only")
    }

    package static func notOverParameters(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notOverParameters, "'\(name)' is not known before the run", at: span,
            label: "only parameters may stand here")
    }

    package static func noBound(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .nameNotAllowedHere, "there is no 'bound' on latency in this timing model", at: span,
            label: "'timing: {model: synchronous, bound: 10ms}' has one")
    }

    package static func notDeclared(_ what: String, key: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .nameNotAllowedHere, "the algorithm declares no '\(what)'", at: span,
            label: "add '\(key): TYPE' to it")
    }

    package static func functionNeedsNode(
        _ name: String, _ what: String, used: SourceSpan, observer: Bool, at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .nameNotAllowedHere, "'\(name)' can be called by a node only", at: span,
            label: observer ? "an expectation is no node" : nil,
            notes: [Note("it uses \(what)", at: used)])
    }

    package static func definedByItself(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.notConstant, "the constant '\(name)' is defined by itself", at: span)
    }

    // MARK: Taken

    package static func duplicateName(_ name: String, what: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.duplicateName, "'\(name)' is \(what) already", at: span, label: "choose another name")
    }

    package static func hidesName(_ name: String, what: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .duplicateName, "'\(name)' is \(what)", at: span, label: "what is bound here needs another name")
    }

    package static func boundAgain(_ name: String, first: SourceSpan, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .duplicateName, "'\(name)' has a value here already", at: span,
            label: "to change it, write '\(name) = ..'; else choose another name",
            notes: [Note("it gets it here", at: first)])
    }

    // MARK: Handlers

    package static func unhandledMessage(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .warning, .unhandledMessage, "no handler receives '\(name)'", at: span,
            label: "it arrives and nothing happens")
    }

    package static func messageNeverSent(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.warning, .unusedHandler, "this handler never runs: nothing sends '\(name)'", at: span)
    }

    package static func timerNeverSet(_ name: String, nearest: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .warning, .unusedHandler, "this handler never runs: nothing sets the timer '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" })
    }

    package static func unhandledTimer(_ name: String, nearest: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .warning, .unhandledMessage, "no handler waits for the timer '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "it fires and nothing happens")
    }

    package static func handlerHidden(first: SourceSpan, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .warning, .unusedHandler, "this handler never runs", at: span,
            notes: [Note("this one takes every such event before it", at: first)])
    }

    /// 'a', 'b' and 'c'.
    static func listed(_ words: [String], _ conjunction: String = "and", quoted: Bool = true) -> String {
        let most = 12
        var words = words.map { quoted ? "'\($0)'" : $0 }
        if words.count > most { words = words.prefix(most - 1) + ["\(words.count - most + 1) others"] }
        guard let last = words.last else { return "nothing" }
        if words.count == 1 { return last }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}
