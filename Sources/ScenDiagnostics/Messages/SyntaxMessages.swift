/// What is wrong with the spelling of an expression, a statement, a type or a header.
extension Diagnostic {
    /// `expected` and `found` are phrases: "an expression", "'x'".
    package static func expected(
        _ expected: String, found: String, label: String?, at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(.syntax, "expected \(expected), found \(found)", at: span, label: label)
    }

    /// Known from other languages, and written differently here.
    package static func writtenOtherwise(_ found: String, advice: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.invalidToken, "'\(found)' is not part of the language", at: span, label: advice)
    }

    package static func nestedTooDeep(limit: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .expressionTooDeep, "brackets and operators are nested too deep", at: span,
            label: "at most about \(limit) levels; give a part a name with 'let' or a function")
    }

    package static func expressionTooHigh(limit: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .expressionTooDeep, "the expression has more than \(limit) levels", at: span,
            label: "begins here; give a part a name with 'let' or a function")
    }

    package static func blocksTooDeep(limit: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .expressionTooDeep, "blocks are nested more than \(limit) deep", at: span, label: "move it into a function")
    }

    // MARK: Characters

    package static func invalidCharacter(
        _ character: Unicode.Scalar, advice: String?, at span: SourceSpan
    ) -> Diagnostic {
        let digits = String(character.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let isVisible =
            character.value > 0x20 && character.properties.generalCategory != .format
            && character.properties.generalCategory != .control && !character.properties.isWhitespace
        let shown = isVisible ? "'\(character)'" : code
        return Diagnostic(.invalidToken, "the character \(shown) has no meaning here", at: span, label: advice)
    }

    /// `place`: "a quoted scalar".
    package static func commentNotAllowed(in place: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.invalidToken, "no comment can stand in \(place)", at: span, label: "it would hide what follows")
    }

    package static func codeInFoldedScalar(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "'>' joins the lines of the code", at: span, label: "write '|', which keeps them")
    }

    // MARK: Brackets and strings

    package static func closesNothing(_ bracket: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "'\(bracket)' closes nothing", at: span)
    }

    package static func closesAnother(
        _ bracket: String, expected: String, at span: SourceSpan, opened: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .syntax, "expected '\(expected)', found '\(bracket)'", at: span,
            notes: [.init("opened here", at: opened)])
    }

    package static func neverClosed(_ bracket: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "'\(bracket)' is never closed", at: span)
    }

    package static func unterminatedString(_ quote: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "the string does not end on its line", at: span, label: "expected another \(quote)")
    }

    package static func unknownEscape(_ escape: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidToken, "'\(escape)' is no escape", at: span,
            label: "expected \\n, \\t, \\\", \\' or \\\\, which is a backslash")
    }

    package static func loneBrace(_ brace: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .syntax, "a single '\(brace)' in a string", at: span,
            label: "braces hold an expression; '\(brace)\(brace)' is the brace itself")
    }

    package static func formatInString(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "an expression in a string takes no format", at: span, label: "expected '}'")
    }

    package static func stringPrefix(_ prefix: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidToken, "strings take no prefix", at: span,
            label: "leave out '\(prefix)'; every string may hold '{expression}'")
    }

    // MARK: Numbers

    package static func malformedNumber(_ reason: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.invalidToken, reason, at: span)
    }

    /// `write`: the number with the unit that was probably meant.
    package static func unknownUnit(
        _ unit: String, write: String?, number: String, isCount: Bool, at span: SourceSpan
    ) -> Diagnostic {
        let units = Note("units are ns, us, ms, s, m, h, d, y, % and ppm")
        let counts = Note("k, M and G are understood only in the limits of 'run'")
        return Diagnostic(
            .invalidUnit, "there is no unit '\(unit)'", at: span,
            label: write.map { "did you mean '\($0)'?" } ?? (isCount ? nil : "a product is '\(number) * \(unit)'"),
            notes: isCount ? [counts] : write == nil ? [units] : [])
    }

    package static func blankBeforeUnit(_ write: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.invalidUnit, "a unit follows its number without a blank", at: span, label: "write '\(write)'")
    }

    package static func notWhole(_ quantity: String, unit: String, at span: SourceSpan) -> Diagnostic {
        let isTime = !["k", "M", "G"].contains(unit)
        return Diagnostic(
            .invalidUnit, "'\(quantity)' is not a whole number" + (isTime ? " of nanoseconds" : ""), at: span)
    }

    package static func numberTooLarge(limit: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.numberTooLarge, "the number is too large", at: span, label: "at most \(limit)")
    }

    package static func numberTooSmall(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.numberTooLarge, "the number is too close to zero", at: span, label: "at least 5e-324")
    }

    // MARK: Lines

    package static func tabInIndentation(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.indentation, "a tab in the indentation", at: span, label: "indent with blanks")
    }

    package static func unmatchedDedent(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.indentation, "no line above is indented like this one", at: span)
    }

    package static func unexpectedIndent(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .indentation, "the line is indented deeper than the one above", at: span,
            label: "a block begins only after 'if', 'elif', 'else' and 'for'")
    }

    package static func missingBlock(below keyword: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .indentation, "'\(keyword)' has no statements below it", at: span, label: "expected an indented line")
    }

    package static func emptyBody(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "there is no statement", at: span, label: "write 'return' to do nothing")
    }
}
