import ScenDiagnostics
import ScenModel

extension Checker {
    /// `all(c for x in s)` and its like.
    func checkQuantifier(
        _ builtin: Builtin, _ name: Identifier, _ element: Expression, _ clauses: [Expression.Clause],
        _ span: SourceSpan
    ) -> Term {
        let (depth, typed) = openClauses(clauses)
        defer { closeClauses(depth) }
        switch builtin {
        case .all, .any:
            let condition = check(element, as: .bool, for: "what '\(name.text)' asks")
            return comprehension(builtin == .all ? .all : .any, typed, condition, nil, .bool, span)
        case .count:
            _ = checkValue(element)
            if clauses.allSatisfy(\.conditions.isEmpty) { report(.countNeedsIf(at: span)) }
            let one = TypedExpression(.constant(.bool(true)), .bool, at: element.span)
            return comprehension(.count, typed, one, nil, .int, span)
        case .sum:
            let term = unwrapped(check(element))
            guard let type = checkSummand(term, name) else { return .broken(span) }
            return comprehension(type == .real ? .sumReal : .sum, typed, term.node, nil, type, span)
        default:
            let term = unwrapped(checkValue(element))
            guard checkOrderable(term) else { return .broken(span) }
            return comprehension(extremum(builtin, term.type), typed, term.node, nil, term.type, span)
        }
    }

    private func extremum(_ builtin: Builtin, _ type: TypeID) -> TypedComprehension.Result {
        switch (builtin, type) {
        case (.min, .real): .minimumReal
        case (.min, _): .minimum
        case (_, .real): .maximumReal
        default: .maximum
        }
    }

    private func extremumOperation(_ builtin: Builtin, _ type: TypeID) -> Operation {
        switch (builtin, type) {
        case (.min, .real): .minimumReal
        case (.min, _): .minimum
        case (_, .real): .maximumReal
        default: .maximum
        }
    }

    /// The type of a sum of such values; nil, after a report, if they cannot be added.
    private func checkSummand(_ term: Term, _ name: Identifier) -> TypeID? {
        switch tables.store[term.type] {
        case .int, .range: return .int
        case .real, .duration, .unknown, .error: return term.type
        case .bool:
            report(.cannotSum(self.name(term.type), advice: "'count(.. for .. if ..)' counts", at: term.node.span))
        default:
            report(.cannotSum(self.name(term.type), advice: nil, at: term.node.span))
        }
        return nil
    }

    private func checkOrderable(_ term: Term) -> Bool {
        switch tables.store[term.type] {
        case .set, .map, .message:
            report(.noOrder(name(term.type), at: term.node.span))
            return false
        default: return true
        }
    }

    /// The same functions of a collection, or of several values.
    func checkAggregate(
        _ builtin: Builtin, _ name: Identifier, _ values: [Expression], _ span: SourceSpan
    ) -> Term {
        if values.count > 1 {
            let (nodes, type) = checkElements(values, of: "the arguments of '\(name.text)'", hint: nil, soft: false)
            guard checkOrderable(Term(node: nodes[0], type: type)) else { return .broken(span) }
            return term(.operation(extremumOperation(builtin, type), nodes), type, span)
        }
        let (node, element) = iterate(check(values[0]), .wildcard(span))
        if element == .error { return .broken(span) }
        let sample = Term(node: TypedExpression(node.kind, node.type, at: values[0].span), type: element)
        switch builtin {
        case .all, .any:
            let slot = routine.temporary(element, span)
            let local = term(.local(slot), element, values[0].span)
            let condition = convert(local, to: .bool, for: "what '\(name.text)' asks")
            let clause = TypedComprehension.Clause(pattern: .local(slot), collection: node, conditions: [])
            return comprehension(builtin == .all ? .all : .any, [clause], condition, nil, .bool, span)
        case .count:
            report(.countNeedsIf(at: span))
            return .broken(span)
        case .sum:
            guard let type = checkSummand(sample, name) else { return .broken(span) }
            return term(.operation(type == .real ? .sumReal : .sum, [node]), type, span)
        default:
            guard checkOrderable(sample) else { return .broken(span) }
            return term(.operation(extremumOperation(builtin, element), [node]), element, span)
        }
    }
}
