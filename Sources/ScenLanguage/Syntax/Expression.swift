package import ScenDiagnostics

/// An expression as it was written. Section 5 of the language page; `grammar/` has the EBNF.
package struct Expression: Sendable {
    package indirect enum Kind: Sendable {
        /// Never negative: a sign is a unary operator.
        case integer(Int)
        case real(Double)
        /// `20%` is the real number 0.2; `ppm` likewise.
        case percentage(Double)
        /// ns
        case duration(Int)
        /// Text and, in `log`, the expressions in braces.
        case string([StringPart])
        case bool(Bool)
        case none
        case name(String)
        case list([Expression])
        /// `{}` is empty: a set or a map, whichever is expected.
        case emptyBraces
        case set([Expression])
        case map([MapEntry])
        case tuple([Expression])
        /// `low..high`, both included.
        case range(Expression, Expression)
        case not(Expression)
        case negate(Expression)
        case binary(BinaryOperator, Expression, Expression)
        /// `a < b <= c`: each pair must hold, each operand stands once.
        case comparison(first: Expression, rest: [Comparison])
        case conditional(then: Expression, condition: Expression, otherwise: Expression)
        case call(Identifier, [Argument])
        /// `m.get(k, d)`, `fd.start()`, `adversary.knows(x)`
        case method(receiver: Expression, name: Identifier, [Argument])
        case member(receiver: Expression, name: Identifier)
        case index(receiver: Expression, Expression)
        case slice(receiver: Expression, from: Expression?, to: Expression?)
        case comprehension(ComprehensionKind, element: Expression, value: Expression?, [Clause])
    }

    package struct MapEntry: Sendable {
        package var key: Expression
        package var value: Expression
        package init(key: Expression, value: Expression) {
            self.key = key
            self.value = value
        }
    }
    package enum StringPart: Sendable {
        case text(String)
        case expression(Expression)
    }
    package struct Comparison: Sendable {
        package var symbol: ComparisonOperator
        package var place: SourceSpan
        package var operand: Expression
        package init(symbol: ComparisonOperator, place: SourceSpan, operand: Expression) {
            self.symbol = symbol
            self.place = place
            self.operand = operand
        }
    }
    package struct Argument: Sendable {
        package var label: Identifier?
        package var value: Expression
        package init(label: Identifier? = nil, value: Expression) {
            self.label = label
            self.value = value
        }
    }
    /// One `for pattern in e` with the `if`s that follow it.
    package struct Clause: Sendable {
        package var pattern: Pattern
        package var collection: Expression
        package var conditions: [Expression]
        package init(pattern: Pattern, collection: Expression, conditions: [Expression]) {
            self.pattern = pattern
            self.collection = collection
            self.conditions = conditions
        }
    }
    package enum ComprehensionKind: Sendable {
        case list, set
        /// `{k: v for ..}`; the value stands in `value`.
        case map
        /// The argument of `all`, `any`, `count`, `sum`, `min`, `max` and other calls.
        case generator
    }

    package var kind: Kind
    package var span: SourceSpan
    /// Height of the tree, which the parser keeps within bounds so that nothing that recurses over it can
    /// run out of stack.
    package var height: Int

    package init(_ kind: Kind, at span: SourceSpan, height: Int) {
        self.kind = kind
        self.span = span
        self.height = height
    }
}

package struct Identifier: Sendable, Hashable {
    package var text: String
    package var span: SourceSpan
    package init(_ text: String, at span: SourceSpan) {
        self.text = text
        self.span = span
    }
}

package enum BinaryOperator: String, Sendable, CaseIterable {
    case or, and, implies
    case union = "|"
    case intersection = "&"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case div, mod
    case power = "**"
}

package enum ComparisonOperator: String, Sendable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    case isNotIn = "not in"
}

/// What stands left of `=` in `let`, after `for`, and in a handler's header.
package indirect enum Pattern: Sendable {
    case name(Identifier)
    case wildcard(SourceSpan)
    case tuple([Pattern], SourceSpan)
    /// Headers only: `on round f + 2`, `on Order(1, plan)`: the value must be equal.
    case value(Expression)

    package var span: SourceSpan {
        switch self {
        case .name(let name): name.span
        case .wildcard(let span): span
        case .tuple(_, let span): span
        case .value(let expression): expression.span
        }
    }
}
