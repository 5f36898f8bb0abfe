import ScenDiagnostics
import ScenModel

/// All handlers of one event in one routine: the first, in file order, whose patterns match runs.
struct HandlerCompiler {
    let builder: ProgramBuilder
    let algorithm: TypedAlgorithm

    /// Nil if nothing handles the event.
    func compile(_ event: TypedHandler.Event, name: String) -> Program.RoutineID? {
        let handlers = algorithm.handlers.filter { $0.event == event }
        guard let first = handlers.first else { return nil }
        let id = builder.reserveRoutine()
        let arguments = Self.arguments(of: event)
        RoutineCompiler.define(
            id, name, parameters: arguments, at: first.routine.span, builder: builder, algorithm: algorithm
        ) { compiler in
            let base = compiler.temporaries(arguments)
            let end = builder.newLabel()
            compiler.returning = .jump(end)
            for handler in handlers {
                compiler.scoped { emit(handler, base, end: end, with: &$0) }
            }
            builder.place(end)
            compiler.emit(.finish, at: first.routine.span)
        }
        return id
    }

    /// What the machine hands over: a message and its sender, a timer, a round.
    private static func arguments(of event: TypedHandler.Event) -> Int {
        switch event {
        case .message: 2
        case .timer, .round: 1
        case .start, .recover: 0
        }
    }

    private func emit(
        _ handler: TypedHandler, _ base: Int, end: ProgramBuilder.Label, with compiler: inout RoutineCompiler
    ) {
        let routine = handler.routine
        // Which locals are read is known once the body has been compiled; then it is compiled once more.
        let mark = builder.mark()
        var trial = compiler
        trial.allocateLocals(routine.locals.count)
        self.body(handler, base, loading: nil, end: end, with: &trial)
        builder.cut(to: mark)
        compiler.allocateLocals(routine.locals.count)
        self.body(handler, base, loading: trial.usedLocals, end: end, with: &compiler)
    }

    /// Matches the header and runs the body. Of what the event carries, only what is used is loaded: `loading` has the locals
    /// that are.
    private func body(
        _ handler: TypedHandler, _ base: Int, loading: Set<Int>?, end: ProgramBuilder.Label,
        with compiler: inout RoutineCompiler
    ) {
        let routine = handler.routine
        let next = builder.newLabel()
        for index in 0..<routine.parameters {
            let pattern = index < handler.patterns.count ? handler.patterns[index] : .wildcard
            compiler.scoped { compiler in
                bind(pattern, to: index, of: handler, base, loading, otherwise: next, with: &compiler)
            }
        }
        compiler.statements(routine.body)
        compiler.jump(to: end, at: routine.span)
        builder.place(next)
    }

    private func bind(
        _ pattern: TypedPattern, to parameter: Int, of handler: TypedHandler, _ base: Int, _ loading: Set<Int>?,
        otherwise: ProgramBuilder.Label, with compiler: inout RoutineCompiler
    ) {
        let span = handler.routine.span
        // While it is not known yet, whatever the header binds must not count as used.
        guard let loading else {
            if case .tuple = pattern { compiler.match(pattern, base, otherwise: otherwise, at: span) }
            if case .equals = pattern { compiler.match(pattern, base, otherwise: otherwise, at: span) }
            return
        }
        var register: Int?
        if loading.contains(parameter) {
            register = compiler.register(ofLocal: parameter)
            load(parameter, of: handler, base, into: register!, with: compiler)
        }
        switch pattern {
        case .wildcard: break
        case .local(let slot):
            guard slot != parameter, loading.contains(slot) else { break }
            let target = compiler.register(ofLocal: slot)
            if let register {
                _ = compiler.moved(register, to: target, at: span)
            } else {
                load(parameter, of: handler, base, into: target, with: compiler)
            }
        case .tuple, .equals:
            let source = register ?? compiler.temporary()
            if register == nil { load(parameter, of: handler, base, into: source, with: compiler) }
            compiler.match(pattern, source, otherwise: otherwise, at: span)
        }
    }

    /// Parameter number `parameter` of the handler, from what the machine handed over.
    private func load(
        _ parameter: Int, of handler: TypedHandler, _ base: Int, into target: Int, with compiler: RoutineCompiler
    ) {
        let span = handler.routine.span
        switch handler.event {
        // The sender, then the message's fields behind its kind.
        case .message where parameter == 0: compiler.emit(.move, target, base + 1, at: span)
        case .message: compiler.emit(.loadField, target, base, parameter, at: span)
        case .timer: compiler.emit(.loadField, target, base, parameter + 1, at: span)
        case .round: compiler.emit(.move, target, base, at: span)
        case .start, .recover: break
        }
    }

    // MARK: When

    /// Where every handler ends: all conditions are evaluated, the first `when` runs whose condition has become true, and so
    /// on until there is none. Of two that become true at once, the second must still hold after the first has run.
    func compileWhens() -> Program.RoutineID? {
        guard let first = algorithm.whens.first else { return nil }
        let id = builder.reserveRoutine()
        // Conditions that are more than an expression are called.
        let conditions = algorithm.whens.map { when -> Program.RoutineID? in
            if Self.expression(of: when.condition) != nil { return nil }
            let id = builder.reserveRoutine()
            RoutineCompiler.compile(when.condition, as: id, builder: builder, algorithm: algorithm)
            return id
        }
        let span = first.body.span
        RoutineCompiler.define(
            id, "when", parameters: 0, at: span, builder: builder, algorithm: algorithm
        ) { compiler in
            let again = builder.newLabel()
            let end = builder.newLabel()
            builder.place(again)
            let chosen = compiler.temporary()
            compiler.emit(.loadSmall, chosen, wide: Word.none.bits, at: span)
            for (index, when) in algorithm.whens.enumerated() {
                emitCondition(when, index, conditions[index], chosen, with: &compiler)
            }
            compiler.emit(.forkIfEqualSmall, chosen, wide: Word.none.bits, at: span)
            compiler.jump(to: end, at: span)
            for (index, when) in algorithm.whens.enumerated() {
                compiler.scoped { emitBody(when, index, chosen, again: again, with: &$0) }
            }
            builder.place(end)
            compiler.emit(.finish, at: span)
        }
        return id
    }

    private func emitCondition(
        _ when: TypedAlgorithm.When, _ index: Int, _ called: Program.RoutineID?, _ chosen: Int,
        with compiler: inout RoutineCompiler
    ) {
        let flag = builder.program.layout.firstWhen + algorithm.base.whens + index
        let span = when.condition.span
        let isFalse = builder.newLabel()
        let next = builder.newLabel()
        compiler.scoped { compiler in
            if let called {
                let base = compiler.temporary()
                compiler.emit(.call, base, wide: called, at: span)
                compiler.jump(.jumpIfFalse, base, to: isFalse, at: span)
            } else if let condition = Self.expression(of: when.condition) {
                compiler.allocateLocals(when.condition.locals.count)
                compiler.branch(condition, to: isFalse, when: false)
            }
        }
        // It was true before, or an earlier one has its turn first.
        compiler.emit(.forkIfStateNotEqual, flag, wide: Word(false).bits, at: span)
        compiler.jump(to: next, at: span)
        compiler.emit(.forkIfNotEqualSmall, chosen, wide: Word.none.bits, at: span)
        compiler.jump(to: next, at: span)
        compiler.emit(.loadSmall, chosen, wide: Word(index).bits, at: span)
        compiler.jump(to: next, at: span)
        builder.place(isFalse)
        compiler.emit(.setState, flag, wide: Word(false).bits, at: span)
        builder.place(next)
    }

    private func emitBody(
        _ when: TypedAlgorithm.When, _ index: Int, _ chosen: Int, again: ProgramBuilder.Label,
        with compiler: inout RoutineCompiler
    ) {
        let span = when.body.span
        let end = builder.newLabel()
        let next = builder.newLabel()
        compiler.emit(.forkIfNotEqualSmall, chosen, wide: Word(index).bits, at: span)
        compiler.jump(to: next, at: span)
        compiler.emit(.setState, builder.program.layout.firstWhen + algorithm.base.whens + index, wide: Word(true).bits, at: span)
        compiler.returning = .jump(end)
        compiler.allocateLocals(when.body.locals.count)
        compiler.statements(when.body.body)
        builder.place(end)
        compiler.jump(.loop, to: again, at: span)
        builder.place(next)
    }

    private static func expression(of routine: TypedRoutine) -> TypedExpression? {
        guard routine.body.count == 1, case .returns(let expression?) = routine.body[0].kind else { return nil }
        return expression
    }
}
