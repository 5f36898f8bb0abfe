import ScenDiagnostics
import ScenModel

extension Checker {
    /// `hint`: the type that the place wants; heeded by literals and words only, so the term may have another type.
    /// `soft`: what cannot be told without a hint is not reported but has an open type; who asks asks again.
    ///
    /// What a case holds is taken out in the function that it goes to: a debug build gives every name a place of its own
    /// on the stack, and this function stands on it once for every level.
    func check(_ syntax: Expression, hint: TypeID? = nil, soft: Bool = false) -> Term {
        if let literal = checkLiteral(syntax) { return literal }
        guard enter(syntax.span) else { return .broken(syntax.span) }
        defer { leave() }
        switch syntax.kind {
        case .name, .string, .none, .emptyBraces: return checkAtom(syntax, hint, soft)
        case .list, .set, .map, .tuple, .range: return checkCollection(syntax, hint, soft)
        case .not: return checkNot(syntax)
        case .negate: return checkNegation(syntax)
        case .binary: return checkBinary(syntax, hint, soft)
        case .comparison: return checkComparison(syntax)
        case .conditional: return checkConditional(syntax, hint, soft)
        case .call: return checkCall(syntax, hint, soft)
        case .method: return checkMethod(syntax)
        case .member: return checkMember(syntax)
        case .index: return checkIndex(syntax)
        case .slice: return checkSlice(syntax)
        case .comprehension: return checkComprehension(syntax, hint, soft)
        default: return .broken(syntax.span)
        }
    }

    private func checkLiteral(_ syntax: Expression) -> Term? {
        switch syntax.kind {
        case .integer(let number): constant(.int(number), .int, syntax.span)
        case .real(let number), .percentage(let number): constant(.real(number), .real, syntax.span)
        case .duration(let duration): constant(.duration(duration), .duration, syntax.span)
        case .bool(let truth): constant(.bool(truth), .bool, syntax.span)
        default: nil
        }
    }

    private func checkAtom(_ syntax: Expression, _ hint: TypeID?, _ soft: Bool) -> Term {
        switch syntax.kind {
        case .name(let name): checkName(name, at: syntax.span, hint: hint, soft: soft)
        case .string(let parts): checkString(parts, syntax.span)
        case .none: checkNone(syntax.span, hint, soft)
        default: checkEmptyBraces(syntax.span, hint, soft)
        }
    }

    private func checkCollection(_ syntax: Expression, _ hint: TypeID?, _ soft: Bool) -> Term {
        switch syntax.kind {
        case .list(let elements): checkList(elements, syntax.span, hint, soft)
        case .set(let elements): checkSet(elements, syntax.span, hint, soft)
        case .map(let entries): checkMap(entries, syntax.span, hint, soft)
        case .tuple(let parts): checkTuple(parts, syntax.span, hint, soft)
        case .range(let low, let high): checkRange(low, high, syntax.span)
        default: .broken(syntax.span)
        }
    }

    private func checkNot(_ syntax: Expression) -> Term {
        guard case .not(let operand) = syntax.kind else { return .broken(syntax.span) }
        return term(.not(check(operand, as: .bool, for: "the operand of 'not'")), .bool, syntax.span)
    }

    private func checkString(_ parts: [Expression.StringPart], _ span: SourceSpan) -> Term {
        var text = ""
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .expression(let inner):
                report(.interpolationOutsideLog(at: inner.span))
                return .broken(span)
            }
        }
        return constant(.string(text), .string, span)
    }

    private func checkNone(_ span: SourceSpan, _ hint: TypeID?, _ soft: Bool) -> Term {
        if let hint, tables.store.isMaybe(hint), !tables.store.isOpen(hint) { return constant(.none, hint, span) }
        reportOpen(span, hint, soft, .noneOfUnknownType(at: span))
        return constant(.none, tables.store.maybe(.unknown), span)
    }

    private func checkEmptyBraces(_ span: SourceSpan, _ hint: TypeID?, _ soft: Bool) -> Term {
        if let hint, !tables.store.isOpen(hint) {
            let wanted = tables.store.withoutMaybe(hint)
            switch tables.store[wanted] {
            case .set: return constant(.set([]), wanted, span)
            case .map: return constant(.map([]), wanted, span)
            default: break
            }
        }
        reportOpen(span, hint, soft, .emptyOfUnknownType("{}", at: span))
        return constant(.set([]), .emptyBraces, span)
    }

    /// With a hint that is known, conversion says what is wrong.
    func isHintOpen(_ hint: TypeID?) -> Bool {
        guard let hint else { return true }
        return hint != .error && tables.store.isOpen(hint)
    }

    func reportOpen(
        _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool, _ diagnostic: @autoclosure () -> Diagnostic
    ) {
        if !soft, isHintOpen(hint) { report(diagnostic()) }
    }

    private func checkConditional(_ syntax: Expression, _ hint: TypeID?, _ soft: Bool) -> Term {
        guard case .conditional(let then, let condition, let otherwise) = syntax.kind else { return .broken(syntax.span) }
        let span = syntax.span
        let test = check(condition, as: .bool, for: "a condition")
        let (a, b) = checkPair(then, otherwise, hint: hint, soft: soft)
        guard let type = tables.store.join(a.type, b.type) else {
            report(
                .typesDiffer(
                    "the two values of a conditional", name(a.type), name(b.type), at: otherwise.span,
                    advice: advice(for: b, wanted: a.type) ?? advice(for: a, wanted: b.type)))
            return .broken(span)
        }
        let x = convert(a, to: type, for: "this value")
        let y = convert(b, to: type, for: "this value")
        return term(.conditional(condition: test, then: x, otherwise: y), type, span)
    }

    /// Two expressions that are to have one type: where only one of them can be told, it is the hint for the other.
    func checkPair(
        _ left: Expression, _ right: Expression, hint: TypeID?, soft: Bool
    ) -> (Term, Term) {
        if let hint, !tables.store.isOpen(hint) {
            return (check(left, hint: hint), check(right, hint: hint))
        }
        var a = check(left, hint: hint, soft: true)
        var b = check(right, hint: tables.store.isOpen(a.type) ? hint : a.type, soft: true)
        if tables.store.isOpen(a.type), !soft || !tables.store.isOpen(b.type) {
            a = check(left, hint: hintFor(a.type, b.type), soft: soft)
        }
        if tables.store.isOpen(b.type), !soft {
            // Where nothing tells either, one of them has been reported.
            b = check(right, hint: tables.store.isOpen(a.type) ? .error : hintFor(b.type, a.type))
        }
        return (a, b)
    }

    /// For what has an open type, beside something else. Beside a mistake nothing more is said.
    func hintFor(_ open: TypeID, _ other: TypeID) -> TypeID {
        other == .error ? .error : tables.store.join(open, other) ?? other
    }
}
