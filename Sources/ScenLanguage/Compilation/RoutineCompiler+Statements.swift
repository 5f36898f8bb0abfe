import ScenDiagnostics
import ScenModel

extension RoutineCompiler {
    mutating func statements(_ statements: [TypedStatement]) {
        for each in statements {
            scoped { $0.statement(each) }
        }
    }

    private mutating func statement(_ statement: TypedStatement) {
        let span = statement.span
        switch statement.kind {
        case .assignVariable(let index, let expression): assign(index, expression, at: span)
        case .assignLocal(let slot, let expression): _ = value(expression, into: register(ofLocal: slot))
        case .bind(let pattern, let expression): bind(pattern, expression, at: span)
        case .send(let message, let recipients, let many):
            let message = value(message)
            let place = recipients.span
            let recipients = value(recipients)
            if builder.checksLinks { emit(many ? .checkLinks : .checkLink, recipients, at: place) }
            emit(many ? .sendMany : .send, message, recipients, at: span)
        case .setTimer(let timer, let arguments, let delay): setTimer(timer, arguments, delay, at: span)
        case .cancelTimer(let timer, let arguments):
            emit(.cancelTimer, self.timer(timer, arguments, at: span), at: span)
        case .decide(let expression): emit(.decide, value(expression), at: span)
        case .deliver(let expression, let sender):
            let delivered = value(expression)
            let sender = sender.map { value($0) }
            emit(.deliver, delivered, sender ?? 0, sender == nil ? 0 : 1, at: span)
        case .broadcast(let expression): emit(.broadcast, value(expression), at: span)
        case .branch(let branches, let otherwise): self.branch(branches, otherwise, at: span)
        case .loop(let pattern, let collection, let body):
            loop(pattern, in: collection, at: span) { $0.statements(body) }
        case .returns(let expression): self.returns(expression, at: span)
        case .assert(let condition):
            let holds = builder.newLabel()
            branch(condition, to: holds, when: true)
            emit(.failAssertion, at: condition.span)
            builder.place(holds)
        case .log(let parts): log(parts, at: span)
        case .choose(let pattern, let collection): choose(pattern, collection, at: span)
        case .call(let expression): effect(of: expression)
        }
    }

    // MARK: Assignment

    private mutating func assign(_ index: Int, _ expression: TypedExpression, at span: SourceSpan) {
        let variable = algorithm.variables[index]
        if !variable.stable, assignInPlace(index, expression) { return }
        let register: Int
        if case .checkRange(let operand, let low, let high) = expression.kind {
            register = checkedRange(operand, low, high, subject: variable.name, into: nil, at: expression.span)
        } else {
            register = value(expression)
        }
        emit(variable.stable ? .storeStable : .storeState, place(ofVariable: index), register, at: span)
    }

    /// What handlers do most: set to a constant, count up, add to a set.
    private mutating func assignInPlace(_ index: Int, _ expression: TypedExpression) -> Bool {
        let span = expression.span
        switch expression.kind {
        case .constant(let value):
            guard let bits = value.smallBits else { return false }
            builder.noteDurations(in: value)
            emit(.setState, place(ofVariable: index), wide: bits, at: span)
            return true
        case .operation(let operation, let operands):
            guard case .variable(index) = operands.first?.kind else { return false }
            switch operation {
            case .addInt, .subtractInt:
                guard let bits = smallSummand(operation, operands) else { return false }
                emit(
                    .addState, place(ofVariable: index), wide: bits, at: span, note: Program.Note(types: operands.map(\.type)))
                return true
            case .adding:
                // A call could change the variable, which must be read before.
                guard operands[1].isSimple else { return false }
                emit(.insertIntoState, place(ofVariable: index), value(operands[1]), at: span)
                return true
            default: return false
            }
        default: return false
        }
    }

    private mutating func bind(_ pattern: TypedPattern, _ expression: TypedExpression, at span: SourceSpan) {
        let register = self.register(for: pattern)
        _ = value(expression, into: register)
        bind(pattern, register, at: span)
    }

    private mutating func bind(_ pattern: TypedPattern, _ register: Int, at span: SourceSpan) {
        let end = builder.newLabel()
        match(pattern, register, otherwise: end, at: span)
        builder.place(end)
    }

    // MARK: Timers, choices, logs

    private mutating func timer(_ timer: Int, _ arguments: [TypedExpression], at span: SourceSpan) -> Int {
        let result = temporary()
        scoped { compiler in
            let first = compiler.row(arguments)
            compiler.emit(.makeTimer, result, first, compiler.algorithm.base.timers + timer, at: span)
        }
        return result
    }

    private mutating func setTimer(
        _ timer: Int, _ arguments: [TypedExpression], _ delay: TypedExpression, at span: SourceSpan
    ) {
        let register = self.timer(timer, arguments, at: span)
        let after = value(delay)
        if !delay.isNotNegative {
            let note = Program.Note(subject: builder.program.types.timers[algorithm.base.timers + timer].name, types: [.duration])
            emit(.checkDelay, after, at: delay.span, note: note)
        }
        emit(.setTimer, register, after, at: span)
    }

    private mutating func choose(_ pattern: TypedPattern, _ collection: TypedExpression, at span: SourceSpan) {
        let chosen = register(for: pattern)
        scoped { compiler in
            if case .range(let low, let high) = collection.kind {
                let low = compiler.value(low)
                let high = compiler.value(high)
                compiler.emit(.chooseInRange, chosen, low, high, at: span)
            } else {
                let register = compiler.value(collection)
                let type = compiler.builder.shownType(Self.element(of: collection.type))
                compiler.emit(collection.type.isMap ? .chooseKey : .choose, chosen, register, type, at: span)
            }
        }
        bind(pattern, chosen, at: span)
    }

    private static func element(of collection: ValueType) -> ValueType {
        switch collection {
        case .list(let element), .set(let element), .map(let element, _): element
        default: collection
        }
    }

    /// Values are evaluated whether or not anybody reads the log: a run must not depend on that.
    private mutating func log(_ parts: [TypedStatement.LogPart], at span: SourceSpan) {
        let values = parts.map { part -> Int? in
            if case .value(let expression) = part { value(expression) } else { nil }
        }
        emit(.beginLog, at: span)
        for (part, register) in zip(parts, values) {
            switch part {
            case .text(let text): emit(.logText, 0, wide: builder.constant(.string(text)), at: span)
            case .value(let expression):
                emit(.logValue, register ?? 0, wide: builder.shownType(expression.type), at: expression.span)
            }
        }
        emit(.endLog, at: span)
    }

    // MARK: Flow

    private mutating func branch(
        _ branches: [TypedStatement.Branch], _ otherwise: [TypedStatement], at span: SourceSpan
    ) {
        let end = builder.newLabel()
        for (index, branch) in branches.enumerated() {
            let next = builder.newLabel()
            self.branch(branch.condition, to: next, when: false)
            statements(branch.body)
            if index < branches.count - 1 || !otherwise.isEmpty { jump(to: end, at: span) }
            builder.place(next)
        }
        statements(otherwise)
        builder.place(end)
    }

    private mutating func returns(_ expression: TypedExpression?, at span: SourceSpan) {
        switch returning {
        case .jump(let label):
            if let expression { effect(of: expression) }
            jump(to: label, at: span)
        case .function:
            guard let expression else { return emit(.finish, at: span) }
            emit(.returns, value(expression), at: span)
        }
    }
}

extension TypedExpression {
    /// Reads a local, a constant, a field of a local: nothing that could change a variable.
    fileprivate var isSimple: Bool {
        switch kind {
        case .constant, .local, .variable, .own: true
        case .field(let composite, _): composite.isSimple
        default: false
        }
    }

    fileprivate var isNotNegative: Bool {
        switch kind {
        case .constant(.duration(let delay)), .constant(.int(let delay)): delay >= 0
        default: false
        }
    }
}
