/// What is wrong with expressions, statements, types and headers that are spelt right word by word.
extension Diagnostic {
    // MARK: Names

    package static func reservedWord(_ word: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.invalidName, "'\(word)' is a word of the language and cannot be a name", at: span)
    }

    package static func notAName(_ text: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidName, "'\(text)' is not a name", at: span,
            label: "a name is made of letters, digits and '_', and does not begin with a digit")
    }

    package static func wildcardAsName(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.invalidName, "'_' stands for what nobody needs and cannot be a name", at: span)
    }

    package static func wildcardAsValue(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "'_' stands for what nobody needs and has no value", at: span)
    }

    // MARK: Expressions

    package static func chainedRange(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "a range has two ends", at: span)
    }

    package static func notAFunction(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "only a function can be called, by its name", at: span)
    }

    package static func sliceStep(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "a slice has no step", at: span, label: "expected ']'")
    }

    package static func emptyTuple(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "a tuple has at least two parts", at: span)
    }

    package static func tupleOfOne(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "a tuple has at least two parts", at: span, label: "a comma too many?")
    }

    package static func tupleWithoutParentheses(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "unexpected ','", at: span, label: "several values are a tuple '(a, b)' or a set '{a, b}'")
    }

    package static func generatorInParentheses(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "'for' in plain parentheses", at: span, label: "write '[.. for ..]' or '{.. for ..}'")
    }

    package static func generatorNotAlone(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .syntax, "'.. for ..' must be the only argument", at: span, label: "put it in '[..]'")
    }

    package static func positionalAfterNamed(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "an argument without a name follows one with a name", at: span)
    }

    package static func namedArgument(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "arguments have no names here", at: span)
    }

    // MARK: Statements

    package static func unknownStatement(_ word: String, nearest: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .syntax, "no statement begins with '\(word)'", at: span, label: nearest.map { "did you mean '\($0)'?" })
    }

    package static func valueAlone(at span: SourceSpan, label: String?) -> Diagnostic {
        Diagnostic(.syntax, "a value alone is no statement", at: span, label: label)
    }

    package static func comparisonAlone(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "a comparison alone is no statement", at: span, label: "'=' assigns; 'assert' checks")
    }

    package static func branchWithoutIf(_ word: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "'\(word)' without an 'if' above it at the same indentation", at: span)
    }

    package static func blockOnOneLine(_ word: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "'\(word)' begins a line of its own", at: span, label: "write it below, indented")
    }

    /// `needsBlock`: YAML has joined the lines, because they do not stand in a `|` block.
    package static func severalStatements(needsBlock: Bool, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .syntax, "a second statement on the same line", at: span,
            label: needsBlock
                ? "write '|' after the key and each statement on its line" : "write it on a line of its own")
    }

    package static func logWantsString(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "'log' wants a string", at: span, label: "write 'log \"text {x}\"'")
    }

    package static func typeOfLocal(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .syntax, "locals and parameters are written without a type", at: span, label: "it is found out")
    }

    package static func tupleAssigned(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.notAssignable, "a tuple cannot be assigned to", at: span, label: "write 'let (a, b) = e'")
    }

    package static func notATarget(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notAssignable, "only a variable or a part of one can be changed", at: span,
            label: "expected 'x', 'x[i]' or 'x.field'")
    }

    // MARK: Types and headers

    package static func unknownTypeWord(_ word: String, nearest: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .syntax, "no type begins with '\(word) of'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "expected 'list of T', 'set of T' or 'map of K to V'")
    }

    package static func notAType(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .syntax, "expected a type, found a value", at: span,
            label: "expected a name, 'LOW..HIGH', 'list of T', 'set of T', 'map of K to V', 'maybe T' or '(A, B)'")
    }

    package static func foreignType(_ found: String, form: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "types are written without '\(found.suffix(1))'", at: span, label: "write '\(form)'")
    }

    package static func functionWithoutParentheses(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "a function's name is followed by its parameters", at: span, label: "write '\(name)()'")
    }

    /// `isMessage`: the word may be a message's name, which then needs parentheses.
    package static func unknownHeader(
        _ word: String, suggestion: String?, isMessage: Bool, at span: SourceSpan
    ) -> Diagnostic {
        let headers = Note(
            "headers are 'on start', 'on NAME(..) from p', 'on timer NAME(..)', 'on round r', 'on recover', "
                + "'on request NAME(..) as id' and 'when CONDITION'")
        let message = Note("for a message of that name write 'on \(word)()'")
        return Diagnostic(
            .syntax, "no handler has such a header", at: span, label: suggestion.map { "did you mean '\($0)'?" },
            notes: suggestion == nil ? [headers] : isMessage ? [message] : [])
    }

    package static func headerWantsMore(_ form: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "the header is not complete", at: span, label: "write '\(form)'")
    }

    package static func broadcastNeedsType(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .missingKey, "the algorithm does not say of what type its broadcasts are", at: span,
            label: "add 'delivers: TYPE' to it: what is broadcast is delivered")
    }

    package static func nothingBroadcast(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .warning, .unusedHandler, "this handler never runs: no node broadcasts anything", at: span,
            label: "a node does so with 'broadcast(..)'")
    }
}
