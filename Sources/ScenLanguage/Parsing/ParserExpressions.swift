import ScenDiagnostics

/// From loosest to tightest; `if else` is looser than all of them.
enum Precedence: Int {
    case implies, or, and, not, comparison, union, intersection, range, sum, product, sign, power

    /// What the right operand of an operator that groups to the left consists of.
    var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
}

extension Parser {
    func expression() throws(Skip) -> Expression {
        let start = self.start
        let first = try operation(.implies)
        return isAt(Keyword.if) ? try conditional(first, from: start) : first
    }

    /// `a if c else b if d else e` groups to the right. It is read in a loop: chains must not use up the stack.
    private func conditional(_ first: Expression, from start: Int) throws(Skip) -> Expression {
        try enter()
        defer { depth -= 1 }
        var choices: [(start: Int, then: Expression, condition: Expression)] = []
        var (last, lastStart) = (first, start)
        while accept(Keyword.if) {
            let condition = try operation(.implies)
            guard accept(Keyword.else) else { throw unexpected("'else'", near: ["else"], form: "a if c else b") }
            choices.append((lastStart, last, condition))
            lastStart = self.start
            last = try operation(.implies)
        }
        for choice in choices.reversed() {
            last = try make(
                .conditional(then: choice.then, condition: choice.condition, otherwise: last), from: choice.start,
                height: 1 + max(choice.then.height, choice.condition.height, last.height))
        }
        return last
    }

    // MARK: Infix operators

    private enum Infix {
        case implies, range
        case comparison(ComparisonOperator)
        case binary(BinaryOperator)
    }

    private var infix: (Precedence, Infix)? {
        switch kind {
        case .keyword(.implies): (.implies, .implies)
        case .keyword(.or): (.or, .binary(.or))
        case .keyword(.and): (.and, .binary(.and))
        case .keyword(.in): (.comparison, .comparison(.isIn))
        case .keyword(.not): nextKind == .keyword(.in) ? (.comparison, .comparison(.isNotIn)) : nil
        case .keyword(.div): (.product, .binary(.div))
        case .keyword(.mod): (.product, .binary(.mod))
        case .symbol(let symbol): Self.infix(symbol)
        default: nil
        }
    }

    private static func infix(_ symbol: Symbol) -> (Precedence, Infix)? {
        switch symbol {
        case .equal: (.comparison, .comparison(.equal))
        case .notEqual: (.comparison, .comparison(.notEqual))
        case .less: (.comparison, .comparison(.less))
        case .lessOrEqual: (.comparison, .comparison(.lessOrEqual))
        case .greater: (.comparison, .comparison(.greater))
        case .greaterOrEqual: (.comparison, .comparison(.greaterOrEqual))
        case .union: (.union, .binary(.union))
        case .intersection: (.intersection, .binary(.intersection))
        case .dots: (.range, .range)
        case .plus: (.sum, .binary(.plus))
        case .minus: (.sum, .binary(.minus))
        case .star: (.product, .binary(.times))
        case .slash: (.product, .binary(.divide))
        default: nil
        }
    }

    /// Operands and operators that bind at least as tightly as `loosest`. Recursion always goes to a tighter one.
    func operation(_ loosest: Precedence) throws(Skip) -> Expression {
        try enter()
        defer { depth -= 1 }
        let start = self.start
        var left = try prefixed(loosest)
        while let (precedence, infix) = infix, precedence.rawValue >= loosest.rawValue {
            switch infix {
            case .implies: left = try implication(left, from: start)
            case .range: left = try range(left, from: start)
            case .comparison: left = try comparison(left, from: start)
            case .binary(let symbol):
                advance()
                let right = try operation(precedence.tighter)
                left = try make(
                    .binary(symbol, left, right), from: start, height: 1 + max(left.height, right.height))
            }
        }
        return left
    }

    /// Groups to the right.
    private func implication(_ first: Expression, from start: Int) throws(Skip) -> Expression {
        var operands = [(start: start, value: first)]
        while accept(.implies) {
            let start = self.start
            operands.append((start, try operation(.or)))
        }
        var right = operands.removeLast().value
        for left in operands.reversed() {
            right = try make(
                .binary(.implies, left.value, right), from: left.start, height: 1 + max(left.value.height, right.height)
            )
        }
        return right
    }

    private func range(_ low: Expression, from start: Int) throws(Skip) -> Expression {
        advance()
        let high = try operation(.sum)
        if isAt(.dots) { throw fail { .chainedRange(at: $0) } }
        return try make(.range(low, high), from: start, height: 1 + max(low.height, high.height))
    }

    private func comparison(_ first: Expression, from start: Int) throws(Skip) -> Expression {
        var rest: [Expression.Comparison] = []
        var height = first.height
        while case (_, .comparison(let symbol))? = infix {
            let symbolStart = self.start
            advance()
            if symbol == .isNotIn { advance() }
            let place = text.place(symbolStart, previousEnd)
            let operand = try operation(.union)
            rest.append(.init(symbol: symbol, place: place, operand: operand))
            height = max(height, operand.height)
        }
        return try make(.comparison(first: first, rest: rest), from: start, height: 1 + height)
    }

    // MARK: Prefix operators and powers

    private func prefixed(_ loosest: Precedence) throws(Skip) -> Expression {
        isAt(.not) ? try negation(loosest) : try power()
    }

    private func negation(_ loosest: Precedence) throws(Skip) -> Expression {
        guard loosest.rawValue <= Precedence.not.rawValue else { throw unexpected("an expression") }
        var starts: [Int] = []
        while isAt(.not) {
            starts.append(start)
            advance()
        }
        var operand = try operation(.comparison)
        for start in starts.reversed() {
            operand = try make(.not(operand), from: start, height: operand.height + 1)
        }
        return operand
    }

    private struct Factor {
        /// Where the minus signs in front stand.
        var signs: [Int]
        var start: Int
        var base: Expression
    }

    /// `-a ** -b ** c` is `-(a ** (-(b ** c)))`.
    private func power() throws(Skip) -> Expression {
        if isAt(Symbol.minus) { return try powers(first: nil, from: start) }
        let start = self.start
        let base = try postfix()
        return isAt(.power) ? try powers(first: base, from: start) : base
    }

    private func powers(first: Expression?, from start: Int) throws(Skip) -> Expression {
        try enter()
        defer { depth -= 1 }
        var factors: [Factor] = []
        if let first { factors.append(Factor(signs: [], start: start, base: first)) }
        while factors.isEmpty || accept(.power) {
            var signs: [Int] = []
            while isAt(Symbol.minus) {
                signs.append(start)
                advance()
            }
            let start = self.start
            factors.append(Factor(signs: signs, start: start, base: try postfix()))
        }
        var result: Expression?
        for factor in factors.reversed() {
            var value = factor.base
            if let exponent = result {
                value = try make(
                    .binary(.power, value, exponent), from: factor.start, height: 1 + max(value.height, exponent.height)
                )
            }
            for sign in factor.signs.reversed() {
                value = try make(.negate(value), from: sign, height: value.height + 1)
            }
            result = value
        }
        guard let result else { throw unexpected("an expression") }
        return result
    }
}
