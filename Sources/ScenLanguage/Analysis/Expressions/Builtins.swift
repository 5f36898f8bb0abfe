import ScenDiagnostics
import ScenModel

/// Functions of the language.
enum Builtin: String, CaseIterable {
    case len, first, last, sorted, reversed, set, list
    case majority, min, max, sum, all, any, count
    case abs, floor, ceil, round
    case sent, received
    case sign, seal, open
    case knows
    case everyoneKnows = "everyone_knows"
    case commonKnowledge = "common_knowledge"

    /// How many arguments they take.
    var counts: ClosedRange<Int> {
        switch self {
        case .majority, .knows, .everyoneKnows, .commonKnowledge: 2...2
        case .min, .max: 1...1_000
        case .set, .list, .sent: 0...1
        default: 1...1
        }
    }
}

extension Checker {
    func checkBuiltin(
        _ builtin: Builtin, _ name: Identifier, _ arguments: [Expression.Argument], _ span: SourceSpan,
        _ hint: TypeID?, _ soft: Bool
    ) -> Term {
        if builtin == .seal { return checkSeal(name, arguments, span, hint, soft) }
        if let kind = builtin.knowledge { return checkKnowledge(kind, name, arguments, span) }
        guard checkCount(name, arguments, builtin.counts) else { return .broken(span) }
        let values = arguments.map(\.value)
        switch builtin {
        case .all, .any, .count, .sum, .min, .max:
            if values.count == 1, case .comprehension(.generator, let element, _, let clauses) = values[0].kind {
                return checkQuantifier(builtin, name, element, clauses, span)
            }
            return checkAggregate(builtin, name, values, span)
        case .len: return checkLength(values[0], span)
        case .first, .last, .sorted, .reversed: return checkOrdered(builtin, values[0], span, hint, soft)
        case .set, .list: return checkConversion(builtin, values.first, span, hint, soft)
        case .majority: return checkMajority(values, span, hint)
        case .abs, .floor, .ceil, .round: return checkRounding(builtin, values[0], span)
        case .sent, .received: return checkTraffic(builtin, name, values.first, span)
        case .sign: return checkSign(name, values[0], span, hint, soft)
        case .open: return checkOpen(name, values[0], span)
        case .seal: return .broken(span)
        case .knows, .everyoneKnows, .commonKnowledge: return .broken(span)
        }
    }

    private func checkLength(_ value: Expression, _ span: SourceSpan) -> Term {
        let collection = unwrapped(check(value))
        if collection.type != .string, tables.store.element(of: collection.type) == nil {
            report(.notACollection(name(collection.type), at: value.span, advice: nil))
        }
        return term(.operation(.length, [collection.node]), .int, span)
    }

    /// A list or set with the type of its elements; reports anything else.
    private func checkSequence(
        _ value: Expression, hint: TypeID? = nil, soft: Bool = false
    ) -> (node: TypedExpression, element: TypeID, isSet: Bool) {
        let collection = unwrapped(check(value, hint: hint, soft: soft))
        switch tables.store[collection.type] {
        case .list(let element): return (collection.node, element, false)
        case .set(let element): return (collection.node, element, true)
        case .map(let key, _):
            let keys = TypedExpression(
                .operation(.keys, [collection.node]), .set(tables.store.value(key)), at: value.span)
            return (keys, key, true)
        case .unknown, .emptyBraces: return (collection.node, .unknown, true)
        case .error: return (collection.node, .error, false)
        default:
            report(.notACollection(name(collection.type), at: value.span, advice: nil))
            return (collection.node, .error, false)
        }
    }

    private func checkOrdered(
        _ builtin: Builtin, _ value: Expression, _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool
    ) -> Term {
        let isElement = builtin == .first || builtin == .last
        let (node, element, isSet) = checkSequence(value, hint: isElement ? nil : hint, soft: !isElement && soft)
        switch builtin {
        case .first: return term(.operation(.first, [node]), element, span)
        case .last: return term(.operation(.last, [node]), element, span)
        case .sorted: return term(.operation(.sorted, [node]), tables.store.list(element), span)
        default:
            let type = tables.store.list(element)
            let list = isSet ? TypedExpression(.operation(.setToList, [node]), tables.store.value(type), at: node.span) : node
            return term(.operation(.reversed, [list]), type, span)
        }
    }

    private func checkConversion(
        _ builtin: Builtin, _ value: Expression?, _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool
    ) -> Term {
        guard let value else {
            let kind: Expression.Kind = builtin == .set ? .emptyBraces : .list([])
            return check(Expression(kind, at: span, height: 1), hint: hint, soft: soft)
        }
        let inner = hint.flatMap { tables.store.element(of: tables.store.withoutMaybe($0)) }
        let (node, element, isSet) = checkSequence(value, hint: inner.map { tables.store.list($0) }, soft: soft)
        if builtin == .set {
            let type = tables.store.set(element)
            return isSet ? Term(node: node, type: type) : term(.operation(.listToSet, [node]), type, span)
        }
        let type = tables.store.list(element)
        return isSet ? term(.operation(.setToList, [node]), type, span) : Term(node: node, type: type)
    }

    private func checkMajority(_ values: [Expression], _ span: SourceSpan, _ hint: TypeID?) -> Term {
        var wanted = hint
        let votes = checkSequence(values[0], hint: hint.map { tables.store.list($0) }, soft: true)
        if !tables.store.isVague(votes.element) { wanted = votes.element }
        let otherwise = checkValue(values[1], hint: wanted, soft: true)
        guard let type = tables.store.join(votes.element, otherwise.type) else {
            report(
                .typesDiffer(
                    "the values and the default of 'majority'", name(votes.element), name(otherwise.type),
                    at: values[1].span, advice: advice(for: otherwise, wanted: votes.element)))
            return .broken(span)
        }
        // What was open the first time is known now, or reported.
        let list = tables.store.list(type)
        var sequence = checkSequence(values[0], hint: list)
        if sequence.isSet {
            sequence.node = TypedExpression(
                .operation(.setToList, [sequence.node]), .list(tables.store.value(sequence.element)),
                at: sequence.node.span)
        }
        let from = Term(node: sequence.node, type: tables.store.list(sequence.element))
        let node = convert(from, to: list, for: "the values of 'majority'")
        let last = check(values[1], as: type, for: "the default of 'majority'")
        return term(.operation(.majority, [node, last]), type, span)
    }

    private func checkRounding(_ builtin: Builtin, _ value: Expression, _ span: SourceSpan) -> Term {
        let number = unwrapped(check(value))
        switch (builtin, tables.store[number.type]) {
        case (.abs, .int), (.abs, .range): return term(.operation(.absInt, [number.node]), .int, span)
        case (.abs, .duration): return term(.operation(.absInt, [number.node]), .duration, span)
        case (.abs, .real): return term(.operation(.absReal, [number.node]), .real, span)
        case (.floor, .real): return term(.operation(.floorReal, [number.node]), .int, span)
        case (.ceil, .real): return term(.operation(.ceilReal, [number.node]), .int, span)
        case (.round, .real): return term(.operation(.roundReal, [number.node]), .int, span)
        case (_, .int), (_, .range): return Term(node: number.node, type: number.type)
        case (_, .unknown), (_, .error): return .broken(span).vague(number.type)
        default:
            report(.notANumber(name(number.type), function: builtin.rawValue, at: value.span))
            return .broken(span)
        }
    }

    /// `sent(M)`, `sent()`, `received(p)`.
    private func checkTraffic(
        _ builtin: Builtin, _ name: Identifier, _ value: Expression?, _ span: SourceSpan
    ) -> Term {
        guard place == .observer else {
            let why = "no node sees all messages; it can stand in expectations"
            report(.nameNotAllowedHere(name.text, why, at: name.span))
            return .broken(span)
        }
        if builtin == .received, let value {
            let node = check(value, as: .node, for: "'received' asks about one node")
            return term(.receivedCount(node), .int, span)
        }
        guard let value else { return term(.sentCount(message: nil), .int, span) }
        guard case .name(let message) = value.kind else {
            report(.sentTakesMessage(at: value.span))
            return .broken(span)
        }
        guard let index = tables.messageNames[message] else {
            report(unknownMessage(Identifier(message, at: value.span)))
            return .broken(span)
        }
        return term(.sentCount(message: index), .int, span)
    }

    func unknownMessage(_ name: Identifier) -> Diagnostic {
        let known = suggested(scope.types.messages.map(\.name))
        return .unknownMessage(name.text, at: name.span, known: known)
    }
}
