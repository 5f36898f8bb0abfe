/// What libyaml cannot read.
extension Diagnostic {
    package static func tabIndentation(indents: Bool, moreLines: Int, at span: SourceSpan) -> Diagnostic {
        let notes: [Note] =
            switch moreLines {
            case 0: []
            case 1: [Note("1 more line is indented by tabs")]
            default: [Note("\(moreLines) more lines are indented by tabs")]
            }
        return Diagnostic(
            .tabIndentation, indents ? "a tab cannot indent a line in YAML" : "a tab cannot stand here", at: span,
            label: "use spaces", notes: notes)
    }

    package static func severalDocuments(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .severalDocuments, "a second document begins here", at: span,
            label: "a file holds one scenario; put the next one into a file of its own")
    }

    /// A character with a meaning in YAML, where a text was meant to begin.
    package static func yamlIndicator(_ indicator: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "a text cannot begin with '\(indicator)'", at: span,
            label: "YAML keeps it for itself; put the text in quotes")
    }

    package static func yamlBlockInFlow(_ indicator: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "a text inside of brackets cannot begin with '\(indicator)'", at: span,
            label: "put it in quotes; for a '\(indicator)' block write the keys on lines of their own, without brackets")
    }

    package static func yamlItemBehindKey(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "a list cannot begin on the line of its key", at: span,
            label: "begin it on the next line; put text that begins with '- ' in quotes")
    }

    package static func yamlUnclosedQuote(_ quote: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "this quote is never closed", at: span, label: "no \(quote) follows that closes it")
    }

    package static func yamlEscape(_ escape: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "'\(escape)' is no escape that YAML knows", at: span,
            label: "in double quotes write '\\\\' for a backslash; in single quotes '\\' has no meaning")
    }

    package static func yamlBlockHeader(_ indicator: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "nothing can follow '\(indicator)' on its line", at: span,
            label: "begin the block on the next line; put text that begins with '\(indicator)' in quotes")
    }

    package static func yamlColonInValue(at span: SourceSpan, inBrackets: Bool) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "a ': ' cannot stand in a value without quotes", at: span,
            label: inBrackets
                ? "put the whole value in quotes; another key needs a ',' before it"
                : "put the whole value in quotes, or in a '|' block")
    }

    package static func yamlKeyBelowValue(at span: SourceSpan, above: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "this key is indented as if it belonged to the line above, which has a value", at: span,
            label: "indent it like the other keys",
            notes: [Note("this line has its value already", at: above)])
    }

    package static func yamlMissingSpace(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.yamlSyntax, "a space is missing behind ':'", at: span, label: "write ': '")
    }

    package static func yamlMissingColon(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "a key and ':' are expected", at: span,
            label: "write 'KEY: VALUE'; if this goes on with the line above, indent it deeper")
    }

    package static func yamlLeftBlock(at span: SourceSpan, header: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "this line is indented less than the block above and ends it", at: span,
            label: "indent it like the first line of the block",
            notes: [Note("the block belongs to this key", at: header)])
    }

    package static func yamlClosesNothing(_ bracket: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.yamlSyntax, "this '\(bracket)' closes nothing", at: span, label: "remove it")
    }

    package static func yamlItemAmongKeys(at span: SourceSpan, first: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "a list item stands where a key is expected", at: span,
            label: "write 'KEY: VALUE', or put the list below a key",
            notes: [Note("the keys begin here", at: first)])
    }

    package static func yamlKeyAmongItems(at span: SourceSpan, first: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "a list item is expected here", at: span, label: "begin the line with '- '",
            notes: [Note("the list begins here", at: first)])
    }

    package static func yamlIndentation(_ column: Int, near: [Int], at span: SourceSpan) -> Diagnostic {
        let wanted = near.map(String.init).joined(separator: " or ")
        return Diagnostic(
            .yamlSyntax, "the indentation of this line fits none of the lines above", at: span,
            label: near.isEmpty
                ? "it is indented by \(column)" : "it is indented by \(column), the lines above by \(wanted)")
    }

    package static func yamlBehindValue(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "the value has ended before this", at: span,
            label: "remove it, or put the whole value in quotes")
    }

    package static func yamlBehindQuote(_ quote: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "the value has ended at the quote before this", at: span,
            label: "put the whole value in quotes; a \(quote) within it is written \(quote == "'" ? "''" : "\\\"")")
    }

    /// A text of several lines that ended at the quote that was to begin another one.
    package static func yamlQuoteClosedLate(
        _ quote: String, at span: SourceSpan, behind: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "the closing quote of this text seems to be missing", at: span,
            label: "no \(quote) follows on this line",
            notes: [Note("the text ended at the next quote, so that this stands behind it", at: behind)])
    }

    package static func yamlUnclosedBracket(
        _ opening: String, closing: String, at span: SourceSpan, next: SourceSpan?
    ) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "this '\(opening)' is never closed", at: span, label: "'\(closing)' is missing",
            notes: next.map { [Note("it must be closed before this", at: $0)] } ?? [])
    }

    package static func yamlWrongBracket(
        _ found: String, closing: String, at span: SourceSpan, opening: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "'\(found)' cannot close what another kind of bracket opened", at: span,
            label: "'\(closing)' is expected", notes: [Note("opened here", at: opening)])
    }

    package static func yamlMissingComma(closing: String, at span: SourceSpan, opening: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, "',' or '\(closing)' is expected here", at: span,
            label: "separate items by ','; put a text with brackets or quotes inside in quotes as a whole",
            notes: [Note("the bracket was opened here", at: opening)])
    }

    package static func yamlMissingValue(before: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, before.map { "a value is missing before this '\($0)'" } ?? "a value is expected here",
            at: span, label: before == nil ? nil : "remove it, or write a value before it")
    }

    package static func yamlOther(_ problem: String, at span: SourceSpan, notes: [Note]) -> Diagnostic {
        Diagnostic(.yamlSyntax, "this is not YAML", at: span, label: problem, notes: notes)
    }

    /// `whole` is what was meant; `span` the comma and the blanks behind it.
    package static func flowSplit(_ whole: String, inMapping: Bool, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .flowSplit, "YAML splits '\(whole)' at this comma", at: span,
            label: "inside of \(inMapping ? "{ }" : "[ ]") every comma begins \(inMapping ? "another key" : "another item")",
            notes: [Note("put the text in quotes, or write it on a line of its own:\n\(inMapping ? "" : "- ")\(whole)")])
    }

    /// `latency: f([x, y])` inside of brackets; `whole` is what was meant, if that can be seen.
    package static func bracketInFlow(_ bracket: String, whole: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .flowSplit, "inside of brackets YAML ends a text at '\(bracket)'", at: span,
            label: "put the whole text in quotes, or write it on a line of its own",
            notes: whole.map { [Note("on a line of its own:\n\($0)")] } ?? [])
    }
}
