import ScenDiagnostics
import ScenModel

extension Checker {
    /// Operators that follow each other to the right, `a + b - c`, are gone through in a loop: there may be many.
    func checkBinary(_ syntax: Expression, _ hint: TypeID?, _ soft: Bool) -> Term {
        guard case .binary(let symbol, _, _) = syntax.kind else { return .broken(syntax.span) }
        let isLogical = symbol.isLogical
        var first = syntax
        var rest: [(symbol: BinaryOperator, operand: Expression, span: SourceSpan)] = []
        while case .binary(let symbol, let left, let right) = first.kind, symbol.isLogical == isLogical {
            rest.append((symbol, right, first.span))
            first = left
        }
        rest.reverse()
        guard !isLogical else {
            var result = check(first, as: .bool, for: "an operand of '\(rest[0].symbol.rawValue)'")
            for (symbol, operand, span) in rest {
                let other = check(operand, as: .bool, for: "an operand of '\(symbol.rawValue)'")
                result = TypedExpression(connect(symbol, result, other), .bool, at: span)
            }
            return Term(node: result, type: .bool)
        }
        let operands = checkOperands([first] + rest.map(\.operand), hint, soft)
        var result = operands[0]
        for (index, next) in rest.enumerated() {
            result = combine(next.symbol, result, operands[index + 1], next.span)
        }
        return result
    }

    private func connect(_ symbol: BinaryOperator, _ a: TypedExpression, _ b: TypedExpression) -> TypedExpression.Kind {
        switch symbol {
        case .and: .and(a, b)
        case .or: .or(a, b)
        default: .implies(a, b)
        }
    }

    /// Where the type of an operand cannot be told, that of another one is the hint.
    private func checkOperands(_ syntax: [Expression], _ hint: TypeID?, _ soft: Bool) -> [Term] {
        if let hint, !tables.store.isOpen(hint) { return syntax.map { checkValue($0, hint: hint) } }
        var known: TypeID?
        var terms: [Term] = []
        for operand in syntax {
            let term = checkValue(operand, hint: known ?? hint, soft: true)
            terms.append(term)
            if known == nil, !tables.store.isOpen(term.type) { known = term.type }
        }
        if known == nil, soft { return terms }
        for (index, term) in terms.enumerated() where tables.store.isOpen(term.type) {
            terms[index] = check(syntax[index], hint: known ?? hint)
        }
        return terms
    }

    func checkNegation(_ syntax: Expression) -> Term {
        guard case .negate(let operand) = syntax.kind else { return .broken(syntax.span) }
        let span = syntax.span
        let value = unwrapped(check(operand, soft: true))
        switch tables.store[value.type] {
        case .int, .range:
            if case .constant(.int(let number)) = value.node.kind, number > Word.smallest {
                return constant(.int(-number), .int, span)
            }
            return term(.operation(.negateInt, [value.node]), .int, span)
        case .duration:
            if case .constant(.duration(let time)) = value.node.kind, time > Word.smallest {
                return constant(.duration(-time), .duration, span)
            }
            return term(.operation(.negateInt, [value.node]), .duration, span)
        case .real:
            if case .constant(.real(let number)) = value.node.kind { return constant(.real(0 - number), .real, span) }
            return term(.operation(.negateReal, [value.node]), .real, span)
        case .unknown, .error: return .broken(span).vague(value.type)
        default:
            report(.noNegative(name(value.type), at: operand.span))
            return .broken(span)
        }
    }

    /// `a symbol b` for all but the logical operators.
    func combine(_ symbol: BinaryOperator, _ left: Term, _ right: Term, _ span: SourceSpan) -> Term {
        let a = unwrapped(left)
        let b = unwrapped(right)
        if a.type == .error || b.type == .error { return .broken(span) }
        let result: Term?
        switch symbol {
        case .union, .intersection: result = combineSets(symbol, a, b, span)
        case .plus: result = combineLists(a, b, span) ?? arithmetic(symbol, a, b, span)
        case .minus: result = combineSets(symbol, a, b, span) ?? arithmetic(symbol, a, b, span)
        default: result = arithmetic(symbol, a, b, span)
        }
        if let result { return result }
        if a.type == .unknown || b.type == .unknown { return .broken(span).vague(.unknown) }
        report(
            .cannotCombine(symbol.rawValue, name(a.type), name(b.type), at: span, advice: advice(symbol, a, b)))
        return .broken(span)
    }

    private func combineSets(_ symbol: BinaryOperator, _ a: Term, _ b: Term, _ span: SourceSpan) -> Term? {
        func isSet(_ type: TypeID) -> Bool {
            if type == .emptyBraces { return true }
            if case .set = tables.store[type] { return true }
            return false
        }
        guard isSet(a.type), isSet(b.type), let type = tables.store.join(a.type, b.type) else { return nil }
        let x = convert(a, to: type, for: "a set")
        let y = convert(b, to: type, for: "a set")
        let operation: Operation =
            switch symbol {
            case .union: .union
            case .intersection: .intersection
            default: .difference
            }
        return term(.operation(operation, [x, y]), type, span)
    }

    private func combineLists(_ a: Term, _ b: Term, _ span: SourceSpan) -> Term? {
        if a.type == .string, b.type == .string {
            return term(.operation(.concatenateStrings, [a.node, b.node]), .string, span)
        }
        guard case .list = tables.store[a.type], case .list = tables.store[b.type],
            let type = tables.store.join(a.type, b.type)
        else { return nil }
        let x = convert(a, to: type, for: "a list")
        let y = convert(b, to: type, for: "a list")
        return term(.operation(.concatenateLists, [x, y]), type, span)
    }

    private enum Number { case whole, real, duration }

    private func number(_ type: TypeID) -> Number? {
        switch tables.store[type] {
        case .int, .range: .whole
        case .real: .real
        case .duration: .duration
        default: nil
        }
    }

    private func arithmetic(_ symbol: BinaryOperator, _ a: Term, _ b: Term, _ span: SourceSpan) -> Term? {
        guard let x = number(a.type), let y = number(b.type) else { return nil }
        func whole(_ operation: Operation, _ type: TypeID = .int) -> Term {
            let value: ValueType = type == .duration ? .duration : .int
            return Term(node: TypedExpression(.operation(operation, [a.node, b.node]), value, at: span), type: type)
        }
        func real(_ operation: Operation) -> Term {
            let operands = [asReal(a.node), asReal(b.node)]
            return Term(node: TypedExpression(.operation(operation, operands), .real, at: span), type: .real)
        }
        switch (symbol, x, y) {
        case (.plus, .whole, .whole): return whole(.addInt)
        case (.minus, .whole, .whole): return whole(.subtractInt)
        case (.times, .whole, .whole): return whole(.multiplyInt)
        case (.div, .whole, .whole): return whole(.divInt)
        case (.mod, .whole, .whole): return whole(.modInt)
        case (.power, .whole, .whole): return whole(.powerInt)
        case (.plus, .duration, .duration): return whole(.addInt, .duration)
        case (.minus, .duration, .duration): return whole(.subtractInt, .duration)
        case (.mod, .duration, .duration): return whole(.modInt, .duration)
        case (.div, .duration, .duration): return whole(.divInt)
        case (.div, .duration, .whole): return whole(.divInt, .duration)
        case (.times, .whole, .duration), (.times, .duration, .whole): return whole(.multiplyInt, .duration)
        case (.times, .duration, .real): return whole(.scaleDuration, .duration)
        case (.times, .real, .duration):
            return scaled(b.node, by: a.node, span)
        case (.divide, .duration, .duration): return real(.divideReal)
        case (.divide, .duration, _): return divided(a.node, by: b.node, span)
        case (.plus, .duration, _), (.plus, _, .duration), (.minus, .duration, _), (.minus, _, .duration),
            (.div, _, _), (.mod, _, _), (.power, .duration, _), (.power, _, .duration), (.divide, _, .duration),
            (.times, .duration, .duration):
            return nil
        case (.plus, _, _): return real(.addReal)
        case (.minus, _, _): return real(.subtractReal)
        case (.times, _, _): return real(.multiplyReal)
        case (.divide, _, _): return real(.divideReal)
        case (.power, _, _): return real(.powerReal)
        default: return nil
        }
    }

    /// A duration divided by a number: the duration times one by it.
    private func divided(_ duration: TypedExpression, by number: TypedExpression, _ span: SourceSpan) -> Term {
        let one = TypedExpression(.constant(.real(1)), .real, at: span)
        let factor = TypedExpression(.operation(.divideReal, [one, asReal(number)]), .real, at: span)
        return scaled(duration, by: factor, span)
    }

    private func scaled(_ duration: TypedExpression, by factor: TypedExpression, _ span: SourceSpan) -> Term {
        let node = TypedExpression(.operation(.scaleDuration, [duration, factor]), .duration, at: span)
        return Term(node: node, type: .duration)
    }

    /// Of a whole number, a duration or a real number.
    func asReal(_ node: TypedExpression) -> TypedExpression {
        if node.type == .real { return node }
        if case .constant(.int(let number)) = node.kind {
            return TypedExpression(.constant(.real(Double(number))), .real, at: node.span)
        }
        return TypedExpression(.toReal(node), .real, at: node.span)
    }

    private func advice(_ symbol: BinaryOperator, _ a: Term, _ b: Term) -> String? {
        if symbol == .plus, case .set = tables.store[a.type], case .set = tables.store[b.type] {
            return "sets are united with '|'"
        }
        if symbol == .plus, case .list(let element) = tables.store[a.type], tables.store.fit(b.type, to: element) != .never {
            return "a list of one element is written in brackets: '[..]'"
        }
        if case .set(let element) = tables.store[a.type], tables.store.fit(b.type, to: element) != .never {
            return "a set of one element is written in braces: '{..}'"
        }
        if symbol == .div || symbol == .mod, number(a.type) == .real || number(b.type) == .real {
            return "'\(symbol.rawValue)' is for whole numbers; divide with '/' and round with 'floor(..)'"
        }
        if a.type == .string || b.type == .string { return "text is built in 'log' only: log \"..{x}\"" }
        if a.type == .bool || b.type == .bool { return "write '1 if .. else 0' to count a truth value" }
        if symbol == .plus || symbol == .minus {
            if a.type == .duration { return advice(for: b, wanted: .duration) }
            if b.type == .duration { return advice(for: a, wanted: .duration) }
        }
        return nil
    }
}

extension BinaryOperator {
    fileprivate var isLogical: Bool { self == .and || self == .or || self == .implies }
}
