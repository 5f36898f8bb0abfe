import ScenDiagnostics
import ScenModel

extension Checker {
    /// `a < b <= c`: an operand that stands in two comparisons is evaluated once.
    func checkComparison(_ syntax: Expression) -> Term {
        guard case .comparison(let first, let rest) = syntax.kind else { return .broken(syntax.span) }
        let span = syntax.span
        if rest.count == 1 { return compare(first, rest[0].symbol, rest[0].operand, span) }
        var bindings: [(slot: Int, node: TypedExpression)] = []
        var result: TypedExpression?
        var left = first
        var leftTerm: Term?
        for (index, comparison) in rest.enumerated() {
            var (a, b) = checkOperands(left, comparison.symbol, comparison.operand)
            if let leftTerm { a = leftTerm }
            if index < rest.count - 1, !isSimple(b.node) {
                let slot = routine.temporary(b.type, b.node.span)
                bindings.append((slot, b.node))
                b = term(.local(slot), b.type, b.node.span)
            }
            let place = a.node.span.union(b.node.span)
            let node = compare(a, comparison.symbol, b, place).node
            result = result.map { TypedExpression(.and($0, node), .bool, at: span) } ?? node
            left = comparison.operand
            leftTerm = b
        }
        guard var node = result else { return .broken(span) }
        for binding in bindings.reversed() {
            node = TypedExpression(.binding(local: binding.slot, binding.node, in: node), .bool, at: span)
        }
        node.span = span
        return Term(node: node, type: .bool)
    }

    private func isSimple(_ node: TypedExpression) -> Bool {
        switch node.kind {
        case .constant, .local, .variable, .own: true
        default: false
        }
    }

    private func compare(
        _ left: Expression, _ symbol: ComparisonOperator, _ right: Expression, _ span: SourceSpan
    ) -> Term {
        let (a, b) = checkOperands(left, symbol, right)
        return compare(a, symbol, b, span)
    }

    private func checkOperands(
        _ left: Expression, _ symbol: ComparisonOperator, _ right: Expression
    ) -> (Term, Term) {
        guard symbol == .isIn || symbol == .isNotIn else { return checkPair(left, right, hint: nil, soft: false) }
        var a = check(left, soft: true)
        if a.type == .outcome { return (a, check(right, hint: .outcome)) }
        // What collection it is is not known; the hint serves for words and empty collections alone.
        let closed = !tables.store.isOpen(a.type)
        var b = check(right, hint: closed ? tables.store.set(a.type) : nil, soft: true)
        if closed, tables.store.isOpen(b.type) || b.type == .error {
            b = check(right, hint: collectionHint(right, a.type))
        }
        if !closed {
            let element = tables.store.element(of: unwrapped(b).type) ?? .unknown
            a = check(left, hint: element)
        }
        if tables.store.isOpen(b.type) { b = check(right, hint: collectionHint(right, a.type)) }
        return (a, b)
    }

    private func collectionHint(_ syntax: Expression, _ element: TypeID) -> TypeID {
        if case .list = syntax.kind { return tables.store.list(element) }
        return tables.store.set(element)
    }

    /// The comparison of two terms, as a bool.
    func compare(_ a: Term, _ symbol: ComparisonOperator, _ b: Term, _ span: SourceSpan) -> Term {
        if a.type == .outcome || b.type == .outcome { return compareOutcome(a, symbol, b, span) }
        switch symbol {
        case .equal: return equality(a, b, .equal, span)
        case .notEqual: return equality(a, b, .notEqual, span)
        case .less: return order(a, b, strict: true, span)
        case .lessOrEqual: return order(a, b, strict: false, span)
        case .greater: return order(b, a, strict: true, span)
        case .greaterOrEqual: return order(b, a, strict: false, span)
        case .isIn: return membership(a, b, span)
        case .isNotIn:
            var result = membership(a, b, span)
            result.node = TypedExpression(.not(result.node), .bool, at: span)
            return result
        }
    }

    private func equality(_ a: Term, _ b: Term, _ operation: Operation, _ span: SourceSpan) -> Term {
        guard let type = commonType(a, b, span) else { return brokenBool(span) }
        let x = convert(a, to: type, for: "")
        let y = convert(b, to: type, for: "")
        return term(.operation(operation, [x, y]), .bool, span)
    }

    private func brokenBool(_ span: SourceSpan) -> Term { term(.constant(.bool(false)), .bool, span) }

    private func commonType(_ a: Term, _ b: Term, _ span: SourceSpan) -> TypeID? {
        if let type = tables.store.join(a.type, b.type), type != .nothing { return type }
        if a.type == .nothing || b.type == .nothing {
            report(.noValue(at: a.type == .nothing ? a.node.span : b.node.span))
            return nil
        }
        report(
            .cannotCompare(
                name(a.type), name(b.type), at: span,
                advice: advice(for: b, wanted: a.type) ?? advice(for: a, wanted: b.type)))
        return nil
    }

    private func order(_ left: Term, _ right: Term, strict: Bool, _ span: SourceSpan) -> Term {
        let a = unwrapped(left)
        let b = unwrapped(right)
        guard let type = commonType(a, b, span) else { return brokenBool(span) }
        let x = convert(a, to: type, for: "")
        let y = convert(b, to: type, for: "")
        switch tables.store[type] {
        case .real: return term(.operation(strict ? .lessReal : .lessOrEqualReal, [x, y]), .bool, span)
        case .set, .emptyBraces: return subset(x, y, type, strict: strict, span)
        case .map, .message:
            report(.noOrder(name(type), at: span))
            return brokenBool(span)
        default: return term(.operation(strict ? .less : .lessOrEqual, [x, y]), .bool, span)
        }
    }

    /// Sets are compared as in Python: `<=` is 'is a subset of'.
    private func subset(
        _ a: TypedExpression, _ b: TypedExpression, _ type: TypeID, strict: Bool, _ span: SourceSpan
    ) -> Term {
        guard strict else { return term(.operation(.isSubset, [a, b]), .bool, span) }
        let first = routine.temporary(type, a.span)
        let second = routine.temporary(type, b.span)
        let value = tables.store.value(type)
        let x = TypedExpression(.local(first), value, at: a.span)
        let y = TypedExpression(.local(second), value, at: b.span)
        let inside = TypedExpression(.operation(.isSubset, [x, y]), .bool, at: span)
        let differs = TypedExpression(.operation(.notEqual, [x, y]), .bool, at: span)
        let both = TypedExpression(.and(inside, differs), .bool, at: span)
        let inner = TypedExpression(.binding(local: second, b, in: both), .bool, at: span)
        return term(.binding(local: first, a, in: inner), .bool, span)
    }

    private func membership(_ element: Term, _ right: Term, _ span: SourceSpan) -> Term {
        let collection = unwrapped(right)
        let operation: Operation
        let wanted: TypeID
        switch tables.store[collection.type] {
        case .list(let type): (operation, wanted) = (.containsList, type)
        case .set(let type): (operation, wanted) = (.containsSet, type)
        case .map(let key, _): (operation, wanted) = (.containsMap, key)
        case .string: (operation, wanted) = (.containsString, .string)
        case .unknown, .error, .emptyBraces: return brokenBool(span)
        default:
            report(.notACollection(name(collection.type), at: collection.node.span))
            return brokenBool(span)
        }
        guard let type = tables.store.join(element.type, wanted) else {
            report(
                .cannotBeIn(
                    name(element.type), name(collection.type), at: span,
                    advice: advice(for: element, wanted: wanted)))
            return brokenBool(span)
        }
        // `1 in reals` and `none in nodes` ask for a value of the collection's type; `0.5 in ints` never holds in it.
        let widened = widen(collection, wanted, to: type)
        let x = convert(element, to: type, for: "")
        return term(.operation(operation, [widened, x]), .bool, span)
    }

    /// The collection with elements of `type`, where its own are of another representation.
    private func widen(_ collection: Term, _ element: TypeID, to type: TypeID) -> TypedExpression {
        guard tables.store.fit(element, to: type) == .converts else { return collection.node }
        switch tables.store[collection.type] {
        case .list: return convert(collection, to: tables.store.list(type), for: "")
        case .set: return convert(collection, to: tables.store.set(type), for: "")
        case .map(_, let value): return convert(collection, to: tables.store.map(type, value), for: "")
        default: return collection.node
        }
    }

    /// Outcomes are compared with their names.
    private func compareOutcome(
        _ a: Term, _ symbol: ComparisonOperator, _ b: Term, _ span: SourceSpan
    ) -> Term {
        func raw(_ term: Term) -> TypedExpression {
            TypedExpression(term.node.kind, .maybe(.int), at: term.node.span)
        }
        if a.type == .outcome, symbol == .isIn || symbol == .isNotIn {
            return outcomeIsIn(raw(a), b, negated: symbol == .isNotIn, span)
        }
        let (outcome, other) = a.type == .outcome ? (a, b) : (b, a)
        guard symbol == .equal || symbol == .notEqual else {
            report(.outcomeComparison(at: span))
            return brokenBool(span)
        }
        let value: TypedExpression
        if other.type == .outcome || tables.store.isMaybe(other.type) {
            value = raw(other)
        } else if let named = namedOutcome(other) {
            value = named
        } else {
            return brokenBool(span)
        }
        let operation: Operation = symbol == .equal ? .equal : .notEqual
        return term(.operation(operation, [raw(outcome), value]), .bool, span)
    }

    private func namedOutcome(_ term: Term) -> TypedExpression? {
        if term.type == .error { return nil }
        guard case .constant(.string(let text)) = term.node.kind else {
            report(.outcomeComparison(at: term.node.span))
            return nil
        }
        guard let index = scope.outcomes.firstIndex(of: text) else {
            report(.unknownOutcome(text, declared: scope.outcomes, at: term.node.span))
            return nil
        }
        return TypedExpression(.constant(.int(index)), .maybe(.int), at: term.node.span)
    }

    private func outcomeIsIn(
        _ outcome: TypedExpression, _ collection: Term, negated: Bool, _ span: SourceSpan
    ) -> Term {
        guard case .make(let constructor, let parts) = collection.node.kind, constructor == .list || constructor == .set
        else {
            if collection.type != .error { report(.outcomeComparison(at: span)) }
            return brokenBool(span)
        }
        let names = parts.compactMap { namedOutcome(Term(node: $0, type: .string)) }
        let list = TypedExpression(.make(.list, names), .list(.maybe(.int)), at: collection.node.span)
        var node = TypedExpression(.operation(.containsList, [list, outcome]), .bool, at: span)
        if negated { node = TypedExpression(.not(node), .bool, at: span) }
        return Term(node: node, type: .bool)
    }
}
