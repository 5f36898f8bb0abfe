import ScenDiagnostics
import ScenModel

extension Checker {
    func checkList(_ elements: [Expression], _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool) -> Term {
        var wanted: TypeID?
        if let hint, case .list(let element) = tables.store[tables.store.withoutMaybe(hint)] { wanted = element }
        if elements.isEmpty {
            if let wanted, !tables.store.isOpen(wanted) {
                return constant(.list([]), tables.store.list(wanted), span)
            }
            reportOpen(span, hint, soft, .emptyOfUnknownType("[]", at: span))
            return constant(.list([]), tables.store.list(.unknown), span)
        }
        let (nodes, type) = checkElements(elements, of: "the elements of a list", hint: wanted, soft: soft)
        return term(.make(.list, nodes), tables.store.list(type), span)
    }

    func checkSet(_ elements: [Expression], _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool) -> Term {
        var wanted: TypeID?
        if let hint, case .set(let element) = tables.store[tables.store.withoutMaybe(hint)] { wanted = element }
        let (nodes, type) = checkElements(elements, of: "the elements of a set", hint: wanted, soft: soft)
        return term(.make(.set, nodes), tables.store.set(type), span)
    }

    func checkMap(
        _ entries: [Expression.MapEntry], _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool
    ) -> Term {
        var wanted: (key: TypeID?, value: TypeID?) = (nil, nil)
        if let hint, case .map(let key, let value) = tables.store[tables.store.withoutMaybe(hint)] {
            wanted = (key, value)
        }
        let (keys, key) = checkElements(entries.map(\.key), of: "the keys of a map", hint: wanted.key, soft: soft)
        let (values, value) = checkElements(
            entries.map(\.value), of: "the values of a map", hint: wanted.value, soft: soft)
        let nodes = zip(keys, values).flatMap { [$0, $1] }
        return term(.make(.map, nodes), tables.store.map(key, value), span)
    }

    func checkTuple(_ parts: [Expression], _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool) -> Term {
        var wanted: [TypeID] = []
        if let hint, case .tuple(let types) = tables.store[tables.store.withoutMaybe(hint)],
            types.count == parts.count
        {
            wanted = types
        }
        var nodes: [TypedExpression] = []
        var types: [TypeID] = []
        for (index, part) in parts.enumerated() {
            let hint = wanted.isEmpty ? nil : wanted[index]
            let isKnown = hint.map { !tables.store.isOpen($0) } ?? false
            let term = checkPart(part, hint: hint, isKnown: isKnown, soft: soft && !isKnown)
            nodes.append(term.node)
            types.append(term.type)
        }
        return term(.make(.tuple, nodes), tables.store.tuple(types), span)
    }

    /// As `check`, for a place that takes any value, but not nothing.
    func checkValue(_ syntax: Expression, hint: TypeID? = nil, soft: Bool = false) -> Term {
        let term = check(syntax, hint: hint, soft: soft)
        guard term.type == .nothing else { return term }
        report(.noValue(at: syntax.span))
        return .broken(syntax.span)
    }

    /// A part of a literal. One that cannot have the type that is wanted is reported itself, not the whole literal.
    private func checkPart(_ syntax: Expression, hint: TypeID?, isKnown: Bool, soft: Bool) -> Term {
        let term = checkValue(syntax, hint: hint, soft: soft)
        guard isKnown, let hint, tables.store.join(hint, term.type) == nil else { return term }
        _ = convert(term, to: hint, for: "a part of this value")
        return Term(node: term.node, type: .error)
    }

    /// Expressions that are to have one type, converted to it.
    func checkElements(
        _ elements: [Expression], of what: String, hint: TypeID?, soft: Bool
    ) -> ([TypedExpression], TypeID) {
        let isKnown = hint.map { !tables.store.isOpen($0) } ?? false
        var terms: [Term] = []
        terms.reserveCapacity(elements.count)
        var type = TypeID.unknown
        for element in elements {
            let wanted = isKnown || tables.store.isOpen(type) ? hint : type
            let term = checkPart(element, hint: wanted, isKnown: isKnown, soft: !isKnown)
            terms.append(term)
            if let joined = tables.store.join(type, term.type) {
                type = joined
            } else {
                report(
                    .typesDiffer(
                        what, name(type), name(term.type), at: element.span,
                        advice: advice(for: term, wanted: type)))
            }
        }
        if !isKnown, !soft {
            let isBroken = terms.contains { $0.type == .error }
            for (index, term) in terms.enumerated() where tables.store.isOpen(term.type) {
                terms[index] = check(elements[index], hint: isBroken ? .error : type == .unknown ? hint : type)
                type = tables.store.join(type, terms[index].type) ?? type
            }
        }
        let nodes = terms.map { term in
            tables.store.fit(term.type, to: type) == .never ? term.node : convert(term, to: type, for: "an element")
        }
        return (nodes, type)
    }

    func checkRange(_ low: Expression, _ high: Expression, _ span: SourceSpan) -> Term {
        let from = checkBound(low)
        let to = checkBound(high)
        return term(.range(from, to), tables.store.list(.int), span)
    }

    private func checkBound(_ syntax: Expression) -> TypedExpression {
        let bound = check(syntax, hint: .int)
        if tables.store.withoutMaybe(bound.type) == .duration || tables.store.withoutMaybe(bound.type) == .real {
            report(.rangeOfWholeNumbers(name(bound.type), at: syntax.span))
            return bound.node
        }
        return convert(bound, to: .int, for: "a bound of a range")
    }

    func checkIndex(_ syntax: Expression) -> Term {
        guard case .index(let receiver, let index) = syntax.kind else { return .broken(syntax.span) }
        let span = syntax.span
        let collection = unwrapped(check(receiver))
        switch tables.store[collection.type] {
        case .list(let element):
            let node = check(index, as: .int, for: "an index of a list")
            return term(.operation(.elementAt, [collection.node, node]), element, span)
        case .map(let key, let value):
            let node = check(index, as: key, for: "a key of this map")
            return term(.operation(.lookUp, [collection.node, node]), value, span)
        case .tuple(let parts):
            return checkTupleIndex(collection.node, parts, index, span)
        case .unknown, .error, .emptyBraces:
            _ = check(index, soft: true)
            return .broken(span).vague(collection.type)
        case .set:
            report(.notIndexable(name(collection.type), "a set has no order: 'first(..)', 'sorted(..)[i]' or a loop", at: receiver.span))
        case .string:
            report(.notIndexable("string", "texts are compared and shown, not taken apart", at: receiver.span))
        default:
            report(.notIndexable(name(collection.type), nil, at: receiver.span))
        }
        _ = check(index, soft: true)
        return .broken(span)
    }

    private func checkTupleIndex(
        _ tuple: TypedExpression, _ parts: [TypeID], _ index: Expression, _ span: SourceSpan
    ) -> Term {
        let node = check(index, as: .int, for: "an index of a tuple")
        guard case .constant(.int(let number)) = node.kind else {
            report(.tupleIndexNotConstant(at: index.span))
            return .broken(span)
        }
        let place = number < 0 ? number + parts.count : number
        guard parts.indices.contains(place) else {
            report(.outOfRange(number, low: 0, high: parts.count - 1, at: index.span))
            return .broken(span)
        }
        return term(.field(tuple, place), parts[place], span)
    }

    func checkSlice(_ syntax: Expression) -> Term {
        guard case .slice(let receiver, let from, let to) = syntax.kind else { return .broken(syntax.span) }
        let span = syntax.span
        let list = unwrapped(check(receiver))
        let zero = TypedExpression(.constant(.int(0)), .int, at: span)
        let end = TypedExpression(.constant(.int(Word.largest)), .int, at: span)
        let low = from.map { check($0, as: .int, for: "an index of a list") } ?? zero
        let high = to.map { check($0, as: .int, for: "an index of a list") } ?? end
        switch tables.store[list.type] {
        case .list: return term(.operation(.slice, [list.node, low, high]), list.type, span)
        case .unknown, .error, .emptyBraces: return .broken(span).vague(list.type)
        default:
            report(.notSliceable(name(list.type), at: receiver.span))
            return .broken(span)
        }
    }

    /// A `maybe T` as a T, where a value is needed: `none` is then a run-time error.
    func unwrapped(_ term: Term) -> Term {
        guard case .maybe(let inner) = tables.store[term.type] else { return term }
        if inner == .unknown { return term }
        return self.term(.unwrap(term.node), inner, term.node.span)
    }
}

extension Term {
    /// The same, of unknown type where that comes from something not known yet.
    func vague(_ cause: TypeID) -> Term {
        Term(node: node, type: cause == .error ? .error : .unknown)
    }
}
