package import ScenDiagnostics
package import ScenModel

/// Names and types: from syntax to the typed tree of one case.
package enum Analyzer {
    /// Which names are known where an expression stands.
    package enum Place: Sendable, Equatable {
        /// Parameters and constants only: the system model, `where`, `holds iff`, bounds. No nodes, no run.
        case parameters
        /// The same and nodes, `n`, `bound`.
        case model
        /// The same and `me`, `input`: initial values.
        case initial
        /// A run seen from outside: expectations and outcomes.
        case observer
    }

    /// An expression outside handlers. `expected` nil: whatever it is. Reports and gives nil if it is wrong.
    ///
    /// What its comprehensions bind are locals from slot 0.
    package static func expression(
        _ syntax: Expression, at place: Place, expecting expected: ValueType?, in scope: CaseScope,
        into bag: inout DiagnosticBag
    ) -> TypedExpression? {
        if let literal = literal(syntax, expected) { return literal }
        let at: Checker.Place =
            switch place {
            case .parameters: .parameters
            case .model: .model
            case .initial: .initial
            case .observer: .observer
            }
        let checker = Checker(scope: scope, place: at)
        let node = checker.settle(at: syntax.span) { checker in
            guard let expected else { return checker.checkValue(syntax).node }
            return checker.check(syntax, as: checker.tables.store.id(expected), for: "this place")
        }
        bag.report(contentsOf: checker.diagnostics)
        return checker.hasErrors ? nil : node
    }

    /// The most frequent expressions need no names.
    private static func literal(_ syntax: Expression, _ expected: ValueType?) -> TypedExpression? {
        let span = syntax.span
        switch (syntax.kind, expected) {
        case (.integer(let number), .int), (.integer(let number), nil):
            return TypedExpression(.constant(.int(number)), .int, at: span)
        case (.real(let number), .real), (.real(let number), nil), (.percentage(let number), .real),
            (.percentage(let number), nil):
            return TypedExpression(.constant(.real(number)), .real, at: span)
        case (.duration(let time), .duration), (.duration(let time), nil):
            return TypedExpression(.constant(.duration(time)), .duration, at: span)
        case (.bool(let truth), .bool), (.bool(let truth), nil):
            return TypedExpression(.constant(.bool(truth)), .bool, at: span)
        default: return nil
        }
    }

    /// Adds the types, constants, messages, timers of an algorithm to the scope, which holds none yet, and checks its whole
    /// text. One that is not what nodes run may be a layer below it. What it gives back may be incomplete if there are errors: it serves to check what refers to it, not to run.
    package static func algorithm(
        _ syntax: AlgorithmSyntax, isRun: Bool = true, in scope: inout CaseScope, into bag: inout DiagnosticBag
    ) -> TypedAlgorithm? {
        let isFirst = scope.types.messages.isEmpty && scope.types.records.isEmpty
        precondition(isFirst || scope.ownTypes != nil, "one algorithm in a scope")
        let checker = Checker(scope: scope, place: .handler)
        checker.tables.isLayer = !isRun && syntax.provides != nil
        checker.isPartial = bag.hasErrors
        let typed = checker.checkAlgorithm(syntax)
        let hasErrors = bag.hasErrors || checker.hasErrors
        // What a mistake keeps from being read may be what a handler waits for.
        bag.report(contentsOf: checker.diagnostics.filter { !hasErrors || $0.severity == .error })
        scope = checker.scope
        return typed
    }

    /// A condition over a run (`always: ..`, an outcome) as an observer routine of no parameters; functions that it calls
    /// are added to the algorithm.
    ///
    /// `refusesKnowledge`: why it may not speak of what nodes know; nil if it may.
    package static func observer(
        _ syntax: Expression, name: String, expecting expected: ValueType,
        algorithm: inout TypedAlgorithm, in scope: CaseScope, into bag: inout DiagnosticBag,
        refusesKnowledge: String? = "what nodes know takes every run: expectations such as 'always' and 'possible' ask it"
    ) -> TypedRoutine? {
        observing(syntax, name: name, result: expected, algorithm: &algorithm, in: scope, into: &bag) { checker in
            checker.refusesKnowledge = refusesKnowledge
            return checker.check(syntax, as: checker.tables.store.id(expected), for: "a condition on a run")
        }
    }

    /// An observer routine that gives what `check` makes of the text; its parameters are what is `given`. `result` nil: of
    /// whatever type that is.
    static func observing(
        _ syntax: Expression, name: String, given: [Checker.Bound] = [], result: ValueType?,
        algorithm: inout TypedAlgorithm, in scope: CaseScope, into bag: inout DiagnosticBag,
        _ check: (Checker) -> TypedExpression
    ) -> TypedRoutine? {
        // Taken out and put back, so that nothing is copied.
        var tables = AlgorithmTables()
        swap(&tables, &algorithm.tables)
        let checker = Checker(scope: scope, tables: tables, place: .observer)
        tables = AlgorithmTables()
        let node = checker.settle(at: syntax.span) { checker in
            for each in given { _ = checker.bindLocal(each.name, each.type) }
            return check(checker)
        }
        let routine = TypedRoutine(
            name: name, parameters: given.count, locals: checker.typesOfLocals,
            body: [TypedStatement(.returns(node), at: syntax.span)], result: result ?? node.type, span: syntax.span)
        checker.emitFunctions(checker.routine.calls, into: &algorithm)
        bag.report(contentsOf: checker.diagnostics)
        algorithm.tables = checker.tables
        return checker.hasErrors ? nil : routine
    }
}

extension Checker {
    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    func checkAlgorithm(_ syntax: AlgorithmSyntax) -> TypedAlgorithm {
        declare(syntax)
        place = .handler
        let handlers = checkHandlers(syntax.handlers)
        var typed = TypedAlgorithm()
        let called = emitFunctions(handlers.roots, into: &typed)
        checkUncalled(called)
        warnAboutBroadcast(called)
        checkTimerNames()
        warn(syntax, handlers)
        typed.variables = typedVariables
        typed.input = tables.input.flatMap { $0 == .error ? nil : tables.store.value($0) }
        typed.decides = tables.decides.map { tables.store.value($0) }
        typed.delivers = tables.delivers.map { tables.store.value($0) }
        // A timer that is never set never fires, and nobody knows the types of its arguments.
        typed.handlers = handlers.typed.map(\.handler).filter { handler in
            guard case .timer(let index) = handler.event else { return true }
            return tables.timers[index].isSet
        }
        typed.whens = handlers.whens
        typed.broadcast = tables.broadcast.map { tables.functions[$0].name.span }
        typed.lastNamedRound = handlers.lastNamedRound
        typed.lastRoundRead = max(handlers.lastNamedRound, handlers.lastRoundRead)
        scope.types.timers = tables.timers.map { timer in
            let fields = timer.arguments.enumerated().map { place, type in
                TypeTable.Field(name: "\(place + 1)", type: tables.store.value(type))
            }
            return TypeTable.Shape(name: timer.name.text, fields: fields)
        }
        typed.tables = tables
        return typed
    }

    /// Puts the instances that `roots` reach where `call` finds them, and reports what is wrong in them. Gives back the
    /// functions that they belong to.
    @discardableResult
    func emitFunctions(_ roots: [Int], into algorithm: inout TypedAlgorithm) -> Set<Int> {
        while algorithm.functions.count < tables.instances.count {
            let span = tables.instances[algorithm.functions.count].routine.span
            algorithm.functions.append(
                TypedRoutine(name: "", parameters: 0, locals: [], body: [], result: .nothing, span: span))
        }
        var called: Set<Int> = []
        for index in reachable(from: roots) {
            algorithm.functions[index] = tables.instances[index].routine
            diagnostics += tables.instances[index].diagnostics
            called.insert(tables.instances[index].function)
        }
        return called
    }
}
