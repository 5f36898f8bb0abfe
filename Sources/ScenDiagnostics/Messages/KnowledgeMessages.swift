extension Diagnostic {
    /// `ofSet`: its first operand is a set of nodes.
    package static func knowledgeArguments(_ name: String, ofSet: Bool, found: Int, at span: SourceSpan) -> Diagnostic {
        let form = ofSet ? "\(name)(S, e)" : "\(name)(p, e)"
        let operands = ofSet ? "a set of nodes and what they know" : "a node and what it knows"
        let problem =
            found == 2 ? "'\(name)' takes its arguments by place, not by name" : "'\(name)' takes 2 arguments, here are \(found)"
        return Diagnostic(.wrongArguments, problem, at: span, label: "'\(form)': \(operands)")
    }

    package static func knowsWho(_ name: String, _ type: String, isSet: Bool, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'\(name)' asks about one node, and this is a \(type)", at: span,
            label: isSet ? "'everyone_knows' and 'common_knowledge' are about sets" : "expected a node")
    }

    package static func knowledgeOf(_ name: String, _ type: String, isNode: Bool, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "'\(name)' asks about a set of nodes, and this is a \(type)", at: span,
            label: isNode ? "'knows' asks about one node; a set of nodes is written '{a, b}'" : "expected a set of nodes, as 'nodes' or '{a, b}'")
    }

    /// `what`: 'Box' carries
    package static func knowledgeOfSealsInSets(_ what: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notSupported, "what nodes know where sealed values stand in a set, or are keys of a map, cannot be judged by this version yet",
            at: span, label: "\(what) some, in an order that depends on what nobody can read; a list keeps an order of its own")
    }

    package static func knowledgeOfForgedSeals(message: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notSupported, "what nodes know where liars make up messages with sealed values cannot be judged by this version yet", at: span,
            label: "'\(message)' carries a sealed value; with 'behaviour: silent', 'omit' or 'runs' it can")
    }

    package static func knowledgeWithinSteps(at span: SourceSpan, asked: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notSupported, "'steps' would cut runs off at different moments, and nodes that have clocks would know of that", at: span,
            label: "'for' cuts all of them off at the same moment", notes: [Note("what nodes know is asked here", at: asked)])
    }

    package static func needsExploration(_ what: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .needsExploration, "\(what) takes every run, and this scenario draws samples", at: span,
            label: "'run: exhaustive' visits every run",
            notes: [Note("a node knows what holds in all runs that look the same to it; a run that was not drawn may be one of them")])
    }
}
