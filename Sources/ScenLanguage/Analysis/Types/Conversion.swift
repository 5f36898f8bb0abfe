import ScenDiagnostics
import ScenModel

extension Checker {
    /// The value as one of type `target`. Reports if that cannot be; `purpose` says what wants the type ("a condition").
    func convert(_ term: Term, to target: TypeID, for purpose: @autoclosure () -> String) -> TypedExpression {
        let from = term.type
        if from == target { return term.node }
        if tables.store.isVague(from) || tables.store.isVague(target) { return term.node }
        switch tables.store.fit(from, to: target) {
        case .same: return relabelled(term, target)
        case .converts: return converted(term.node, from, target)
        case .never:
            report(
                .typeMismatch(
                    found: name(from), expected: name(target), purpose: purpose(), at: term.node.span,
                    advice: advice(for: term, wanted: target)))
            return term.node
        }
    }

    /// Checks an expression that must have a certain type.
    func check(
        _ syntax: Expression, as target: TypeID, for purpose: @autoclosure () -> String
    ) -> TypedExpression {
        let found = check(syntax, hint: target)
        return convert(found, to: target, for: purpose())
    }

    private func relabelled(_ term: Term, _ target: TypeID) -> TypedExpression {
        var node = term.node
        if term.type == .emptyBraces, case .map = tables.store[tables.store.withoutMaybe(target)] {
            node.kind = .constant(.map([]))
        }
        if !tables.store.isOpen(target) { node.type = tables.store.value(target) }
        return node
    }

    /// `fit` has said that the types convert.
    private func converted(_ node: TypedExpression, _ from: TypeID, _ to: TypeID) -> TypedExpression {
        let type = tables.store.value(to)
        switch (tables.store[from], tables.store[to]) {
        case (.int, .real), (.range, .real):
            if case .constant(.int(let number)) = node.kind {
                return TypedExpression(.constant(.real(Double(number))), .real, at: node.span)
            }
            return TypedExpression(.toReal(node), .real, at: node.span)
        case (.int, .range(let low, let high)), (.range, .range(let low, let high)):
            return inRange(node, low, high, type)
        case (.maybe(let inner), .maybe(let wanted)):
            return perhaps(node, from, inner, wanted, type)
        case (_, .maybe(let wanted)):
            var result = converted(node, from, wanted)
            result.type = type
            return result
        case (.maybe(let inner), _):
            let value = TypedExpression(.unwrap(node), tables.store.value(inner), at: node.span)
            return tables.store.fit(inner, to: to) == .same ? value : converted(value, inner, to)
        case (.list(let a), .list(let b)): return elements(node, a, b, .list, type)
        case (.set(let a), .set(let b)): return elements(node, a, b, .set, type)
        case (.map(let k, let a), .map(let l, let b)): return entries(node, (k, a), (l, b), type)
        case (.tuple(let a), .tuple(let b)): return fields(node, from, a, b, type)
        default: return node
        }
    }

    /// As `converted`, for parts that may need nothing.
    private func fitted(_ node: TypedExpression, _ from: TypeID, _ to: TypeID) -> TypedExpression {
        tables.store.fit(from, to: to) == .converts ? converted(node, from, to) : node
    }

    private func inRange(
        _ node: TypedExpression, _ low: Int, _ high: Int, _ type: ValueType
    ) -> TypedExpression {
        if case .constant(.int(let number)) = node.kind {
            if number < low || number > high {
                report(.outOfRange(number, low: low, high: high, at: node.span))
            }
            return TypedExpression(node.kind, type, at: node.span)
        }
        return TypedExpression(.checkRange(node, low: low, high: high), type, at: node.span)
    }

    private func temporary(_ type: TypeID, _ span: SourceSpan) -> (slot: Int, node: TypedExpression) {
        let slot = routine.temporary(type, span)
        return (slot, TypedExpression(.local(slot), tables.store.value(type), at: span))
    }

    private func perhaps(
        _ node: TypedExpression, _ from: TypeID, _ inner: TypeID, _ wanted: TypeID, _ type: ValueType
    ) -> TypedExpression {
        let span = node.span
        let (slot, value) = temporary(from, span)
        let none = TypedExpression(.constant(.none), type, at: span)
        let isNone = TypedExpression(.operation(.equal, [value, none]), .bool, at: span)
        let known = TypedExpression(.unwrap(value), tables.store.value(inner), at: span)
        var some = fitted(known, inner, wanted)
        some.type = type
        let result = TypedExpression(
            .conditional(condition: isNone, then: none, otherwise: some), type, at: span)
        return TypedExpression(.binding(local: slot, node, in: result), type, at: span)
    }

    private func elements(
        _ node: TypedExpression, _ from: TypeID, _ to: TypeID, _ kind: TypedComprehension.Result, _ type: ValueType
    ) -> TypedExpression {
        if case .make(let constructor, let parts) = node.kind {
            let parts = parts.map { fitted($0, from, to) }
            return TypedExpression(.make(constructor, parts), type, at: node.span)
        }
        let (slot, value) = temporary(from, node.span)
        let comprehension = TypedComprehension(
            result: kind,
            clauses: [.init(pattern: .local(slot), collection: node, conditions: [])],
            element: fitted(value, from, to))
        return TypedExpression(.comprehension(comprehension), type, at: node.span)
    }

    private func entries(
        _ node: TypedExpression, _ from: (TypeID, TypeID), _ to: (TypeID, TypeID), _ type: ValueType
    ) -> TypedExpression {
        let span = node.span
        let (key, keyNode) = temporary(from.0, span)
        let (slot, value) = temporary(from.1, span)
        let pair = tables.store.tuple([from.0, from.1])
        let pairs = ValueType.list(tables.store.value(pair))
        let items = TypedExpression(.operation(.items, [node]), pairs, at: span)
        let comprehension = TypedComprehension(
            result: .map,
            clauses: [.init(pattern: .tuple([.local(key), .local(slot)]), collection: items, conditions: [])],
            element: fitted(keyNode, from.0, to.0), value: fitted(value, from.1, to.1))
        return TypedExpression(.comprehension(comprehension), type, at: span)
    }

    private func fields(
        _ node: TypedExpression, _ from: TypeID, _ parts: [TypeID], _ wanted: [TypeID], _ type: ValueType
    ) -> TypedExpression {
        if case .make(.tuple, let values) = node.kind {
            let values = values.indices.map { fitted(values[$0], parts[$0], wanted[$0]) }
            return TypedExpression(.make(.tuple, values), type, at: node.span)
        }
        let (slot, value) = temporary(from, node.span)
        let values = parts.indices.map { index in
            let part = TypedExpression(.field(value, index), tables.store.value(parts[index]), at: node.span)
            return fitted(part, parts[index], wanted[index])
        }
        let tuple = TypedExpression(.make(.tuple, values), type, at: node.span)
        return TypedExpression(.binding(local: slot, node, in: tuple), type, at: node.span)
    }

    /// How the mistake is mended, where experience tells.
    func advice(for term: Term, wanted: TypeID) -> String? {
        let target = tables.store.withoutMaybe(wanted)
        if target == .bool {
            if tables.store.isMaybe(term.type) { return "write '.. != none'" }
            if tables.store.element(of: term.type) != nil { return "write 'len(..) > 0'" }
        }
        let found = tables.store.withoutMaybe(term.type)
        switch (tables.store[found], tables.store[target]) {
        case (.unknown, _): return "only a 'maybe \(name(target))' can be 'none'"
        case (.int, .duration):
            if case .constant(.int(let number)) = term.node.kind, number != 0 {
                return "a duration has a unit: '\(number)ms', '\(number)s'"
            }
            return "a duration has a unit: multiply by '1ms' or '1s'"
        case (.range, .duration): return "a duration has a unit: multiply by '1ms' or '1s'"
        case (.duration, .int), (.duration, .range): return "divide by a duration: 'd div 1ms' is a whole number"
        case (.real, .int), (.real, .range): return "'floor', 'ceil' and 'round' give whole numbers, and so does 'div'"
        case (.int, .bool), (.range, .bool): return "truth values are 'true' and 'false'; compare the number: '!= 0'"
        case (.bool, .int), (.bool, .range): return "write '1 if .. else 0'"
        case (.emptyBraces, .list): return "an empty list is '[]'"
        case (.list(.unknown), .set), (.list(.unknown), .map): return "an empty set or map is '{}'"
        case (.list(let a), .set(let b)) where a == b: return "'set(..)' makes a set of a list"
        case (.set(let a), .list(let b)) where a == b: return "'list(..)' makes a list of a set"
        case (.set(.node), .node), (.list(.node), .node): return "one node is needed: take 'first(..)', or loop"
        case (.node, .set(.node)): return "write it in braces: '{p}'"
        case (.string, _): return unquoted(term, target)
        case (_, .string): return "text is built in 'log' only: log \"..{x}\""
        default: return nil
        }
    }

    private func unquoted(_ term: Term, _ target: TypeID) -> String? {
        guard case .constant(.string(let text)) = term.node.kind else { return nil }
        switch tables.store[target] {
        case .enumeration(let number) where scope.types.enumerations[number].words.contains(text):
            return "write \(text) without quotes"
        case .node where scope.types.nodeNames.contains(text): return "write \(text) without quotes"
        default: return nil
        }
    }
}
