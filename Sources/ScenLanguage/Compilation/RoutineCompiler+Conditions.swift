import ScenDiagnostics
import ScenModel

extension RoutineCompiler {
    /// Whether a condition is better jumped on than evaluated.
    func isCondition(_ expression: TypedExpression) -> Bool {
        switch expression.kind {
        case .and, .or, .implies: true
        case .not(let operand): isCondition(operand)
        default: false
        }
    }

    /// A condition as a value.
    mutating func truth(of expression: TypedExpression, into target: Int?) -> Int {
        let span = expression.span
        let result = target ?? temporary()
        let isFalse = builder.newLabel()
        let end = builder.newLabel()
        branch(expression, to: isFalse, when: false)
        emit(.loadSmall, result, wide: Word(true).bits, at: span)
        jump(to: end, at: span)
        builder.place(isFalse)
        emit(.loadSmall, result, wide: Word(false).bits, at: span)
        builder.place(end)
        return result
    }

    /// Jumps to `label` when the condition is `wanted`, else goes on.
    mutating func branch(_ expression: TypedExpression, to label: ProgramBuilder.Label, when wanted: Bool) {
        switch expression.kind {
        case .constant(.bool(let truth)):
            if truth == wanted { jump(to: label, at: expression.span) }
        case .not(let operand): branch(operand, to: label, when: !wanted)
        case .and(let a, let b): branch(a, b, endsAt: false, to: label, when: wanted)
        case .or(let a, let b): branch(a, b, endsAt: true, to: label, when: wanted)
        case .implies(let a, let b):
            let negated = TypedExpression(.not(a), .bool, at: a.span)
            branch(negated, b, endsAt: true, to: label, when: wanted)
        case .operation(let operation, let operands):
            if !fork(operation, operands, to: label, when: wanted, at: expression.span) {
                branchOnValue(expression, to: label, when: wanted)
            }
        default: branchOnValue(expression, to: label, when: wanted)
        }
    }

    /// `and` ends at the first false operand, `or` at the first true one.
    private mutating func branch(
        _ a: TypedExpression, _ b: TypedExpression, endsAt end: Bool, to label: ProgramBuilder.Label, when wanted: Bool
    ) {
        if wanted == end {
            branch(a, to: label, when: wanted)
            branch(b, to: label, when: wanted)
        } else {
            let skip = builder.newLabel()
            branch(a, to: skip, when: end)
            branch(b, to: label, when: wanted)
            builder.place(skip)
        }
    }

    private mutating func branchOnValue(
        _ expression: TypedExpression, to label: ProgramBuilder.Label, when wanted: Bool
    ) {
        scoped { compiler in
            let register = compiler.value(expression)
            compiler.jump(wanted ? .jumpIfTrue : .jumpIfFalse, register, to: label, at: expression.span)
        }
    }

    private enum Relation {
        case equal, notEqual, less, atMost, atLeast, greater

        /// The same with the operands exchanged.
        var mirrored: Relation {
            switch self {
            case .equal, .notEqual: self
            case .less: .greater
            case .atMost: .atLeast
            case .atLeast: .atMost
            case .greater: .less
            }
        }
        var negated: Relation {
            switch self {
            case .equal: .notEqual
            case .notEqual: .equal
            case .less: .atLeast
            case .atMost: .greater
            case .atLeast: .less
            case .greater: .atMost
            }
        }
    }

    /// A comparison that is one fork; false if there is none for it.
    private mutating func fork(
        _ operation: Operation, _ operands: [TypedExpression], to label: ProgramBuilder.Label, when wanted: Bool,
        at span: SourceSpan
    ) -> Bool {
        var relation: Relation
        switch operation {
        case .equal: relation = .equal
        case .notEqual: relation = .notEqual
        case .less: relation = .less
        case .lessOrEqual: relation = .atMost
        default: return false
        }
        if relation == .less || relation == .atMost, !operands.allSatisfy(\.type.isNumber) { return false }
        if !wanted { relation = relation.negated }
        if let bits = smallConstant(operands[1]) {
            forkSmall(relation, operands[0], bits, to: label, at: span)
        } else if let bits = smallConstant(operands[0]) {
            forkSmall(relation.mirrored, operands[1], bits, to: label, at: span)
        } else {
            scoped { compiler in
                let x = compiler.value(operands[0])
                let y = compiler.value(operands[1])
                compiler.forkRegisters(relation, x, y, to: label, at: span)
            }
        }
        return true
    }

    private func smallConstant(_ expression: TypedExpression) -> Int? {
        guard case .constant(let value) = expression.kind else { return nil }
        builder.noteDurations(in: value)
        return value.smallBits
    }

    private func forkRegisters(
        _ relation: Relation, _ x: Int, _ y: Int, to label: ProgramBuilder.Label, at span: SourceSpan
    ) {
        switch relation {
        case .equal: fork(.forkIfEqual, x, y, to: label, at: span)
        case .notEqual: fork(.forkIfNotEqual, x, y, to: label, at: span)
        case .less: fork(.forkIfLess, x, y, to: label, at: span)
        case .atMost: fork(.forkIfAtMost, x, y, to: label, at: span)
        case .atLeast: fork(.forkIfAtMost, y, x, to: label, at: span)
        case .greater: fork(.forkIfLess, y, x, to: label, at: span)
        }
    }

    /// With a small constant; variables need no register.
    private mutating func forkSmall(
        _ relation: Relation, _ operand: TypedExpression, _ bits: Int, to label: ProgramBuilder.Label,
        at span: SourceSpan
    ) {
        // Of whole numbers, to be at most x is to be less than x + 1. Words go in steps of two.
        let (kind, bits) =
            switch relation {
            case .equal: (0, bits)
            case .notEqual: (1, bits)
            case .less: (2, bits)
            case .atMost: (2, bits + 2)
            case .atLeast: (3, bits)
            case .greater: (3, bits + 2)
            }
        if case .variable(let index) = operand.kind {
            let opcodes: [Opcode] = [.forkIfStateEqual, .forkIfStateNotEqual, .forkIfStateLess, .forkIfStateAtLeast]
            emit(opcodes[kind], place(ofVariable: index), wide: bits, at: span)
        } else {
            let opcodes: [Opcode] = [.forkIfEqualSmall, .forkIfNotEqualSmall, .forkIfLessSmall, .forkIfAtLeastSmall]
            scoped { $0.emit(opcodes[kind], $0.value(operand), wide: bits, at: span) }
        }
        jump(to: label, at: span)
    }
}
