import ScenDiagnostics
import ScenModel

extension Checker {
    /// `hint`: the type that the place wants; heeded by literals and words only, so the term may have another type.
    /// `soft`: what cannot be told without a hint is not reported but has an open type; who asks asks again.
    mutating func check(_ syntax: Expression, hint: TypeID? = nil, soft: Bool = false) -> Term {
        let span = syntax.span
        switch syntax.kind {
        case .integer(let number): return constant(.int(number), .int, span)
        case .real(let number), .percentage(let number): return constant(.real(number), .real, span)
        case .duration(let duration): return constant(.duration(duration), .duration, span)
        case .bool(let truth): return constant(.bool(truth), .bool, span)
        case .name(let name): return checkName(name, at: span, hint: hint, soft: soft)
        case .string(let parts): return checkString(parts, span)
        case .none: return checkNone(span, hint, soft)
        case .emptyBraces: return checkEmptyBraces(span, hint, soft)
        default: break
        }
        guard enter(span) else { return .broken(span) }
        defer { leave() }
        switch syntax.kind {
        case .list(let elements): return checkList(elements, span, hint, soft)
        case .set(let elements): return checkSet(elements, span, hint, soft)
        case .map(let entries): return checkMap(entries, span, hint, soft)
        case .tuple(let parts): return checkTuple(parts, span, hint, soft)
        case .range(let low, let high): return checkRange(low, high, span)
        case .not(let operand):
            return term(.not(check(operand, as: .bool, for: "the operand of 'not'")), .bool, span)
        case .negate(let operand): return checkNegation(operand, span)
        case .binary(let symbol, let left, let right):
            return checkBinary(symbol, left, right, span, hint, soft)
        case .comparison(let first, let rest): return checkComparison(first, rest, span)
        case .conditional(let then, let condition, let otherwise):
            return checkConditional(then, condition, otherwise, span, hint, soft)
        case .call(let name, let arguments): return checkCall(name, arguments, span, hint, soft)
        case .method(let receiver, let name, let arguments):
            return checkMethod(receiver, name, arguments, span, hint)
        case .member(let receiver, let name): return checkMember(receiver, name, span)
        case .index(let receiver, let index): return checkIndex(receiver, index, span)
        case .slice(let receiver, let from, let to): return checkSlice(receiver, from, to, span)
        case .comprehension(let kind, let element, let value, let clauses):
            return checkComprehension(kind, element, value, clauses, span, hint, soft)
        default: return .broken(span)
        }
    }

    private mutating func checkString(_ parts: [Expression.StringPart], _ span: SourceSpan) -> Term {
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

    private mutating func checkNone(_ span: SourceSpan, _ hint: TypeID?, _ soft: Bool) -> Term {
        if let hint, tables.store.isMaybe(hint), !tables.store.isOpen(hint) { return constant(.none, hint, span) }
        reportOpen(span, hint, soft, .noneOfUnknownType(at: span))
        return constant(.none, tables.store.maybe(.unknown), span)
    }

    private mutating func checkEmptyBraces(_ span: SourceSpan, _ hint: TypeID?, _ soft: Bool) -> Term {
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

    mutating func reportOpen(
        _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool, _ diagnostic: @autoclosure () -> Diagnostic
    ) {
        if !soft, isHintOpen(hint) { report(diagnostic()) }
    }

    private mutating func checkConditional(
        _ then: Expression, _ condition: Expression, _ otherwise: Expression, _ span: SourceSpan, _ hint: TypeID?,
        _ soft: Bool
    ) -> Term {
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
    mutating func checkPair(
        _ left: Expression, _ right: Expression, hint: TypeID?, soft: Bool
    ) -> (Term, Term) {
        if let hint, !tables.store.isOpen(hint) {
            return (check(left, hint: hint), check(right, hint: hint))
        }
        var a = check(left, hint: hint, soft: true)
        var b = check(right, hint: tables.store.isOpen(a.type) ? hint : a.type, soft: true)
        if tables.store.isOpen(a.type), !soft || !tables.store.isOpen(b.type) {
            a = check(left, hint: tables.store.join(a.type, b.type) ?? b.type, soft: soft)
        }
        if tables.store.isOpen(b.type), !soft {
            b = check(right, hint: tables.store.join(a.type, b.type) ?? a.type)
        }
        return (a, b)
    }
}
