import ScenDiagnostics
package import ScenModel

/// From the typed tree of one case to its flat program.
package enum Compiler {
    package static func compile(_ typed: TypedCase) -> CompiledCase {
        let builder = ProgramBuilder(types: typed.types, checksLinks: typed.system.network.topology != nil, texts: typed.knowledgeTexts)
        let algorithm = typed.algorithm
        let alternatives = based(typed.alternatives, after: algorithm)
        let all = [algorithm] + alternatives
        builder.edit { program in
            program.variables = all.flatMap(\.variables).map {
                Program.Variable(name: $0.name, type: $0.type, stable: $0.stable)
            }
            program.layout = Program.Layout(
                variables: program.variables.count, whens: all.reduce(0) { $0 + $1.whens.count },
                keepsSeen: typed.system.faults.behaviours.contains(where: \.canLie)
                    && typed.types.messages.contains { $0.fields.contains { $0.type.isSigned } })
            program.inputType = algorithm.input
            program.decisionType = algorithm.decides
            program.deliveredType = algorithm.delivers
            program.broadcast = algorithm.broadcast
            program.lastNamedRound = all.map(\.lastNamedRound).max() ?? 0
            program.lastRoundRead = all.map(\.lastRoundRead).max() ?? 0
            program.roles = typed.system.faults.roles
        }
        // A function's routine has the function's index, so that calls need not look it up.
        let functions = all.flatMap { algorithm in algorithm.functions.map { ($0, algorithm, builder.reserveRoutine()) } }
        for (function, algorithm, id) in functions {
            RoutineCompiler.compile(function, as: id, builder: builder, algorithm: algorithm)
        }
        let role = self.role(algorithm, builder)
        let otherRoles = alternatives.map { self.role($0, builder) }
        let outcomes = typed.outcomes.map {
            CompiledCase.Outcome(name: $0.name, condition: observer($0.condition, algorithm, builder))
        }
        let expectations = typed.expectations.map { expectation($0, algorithm, builder) }
        var system = typed.system
        system.timeline.observers = typed.timelineObservers.map { observer($0, algorithm, builder) }
        builder.edit { program in
            program.initialise = role.initialise
            program.initialiseStable = role.initialiseStable
            program.onStart = role.onStart
            program.onRecover = role.onRecover
            program.onRound = role.onRound
            program.onMessage = role.onMessage
            program.onTimer = role.onTimer
            program.afterHandler = role.afterHandler
            program.otherRoles = otherRoles
        }
        return CompiledCase(
            parameters: typed.parameters, system: system, program: builder.program, outcomes: outcomes,
            expectations: expectations, plan: typed.plan)
    }

    private static func observer(
        _ routine: TypedRoutine, _ algorithm: TypedAlgorithm, _ builder: ProgramBuilder
    ) -> Program.RoutineID {
        let id = builder.reserveRoutine()
        RoutineCompiler.compile(routine, as: id, builder: builder, algorithm: algorithm)
        compileFacts(routine.name, algorithm, builder)
        return id
    }

    private static func expectation(
        _ typed: TypedCase.Expectation, _ algorithm: TypedAlgorithm, _ builder: ProgramBuilder
    ) -> CompiledExpectation {
        let condition = observer(typed.condition, algorithm, builder)
        let form: CompiledExpectation.Form =
            switch typed.form {
            case .always: .always(condition)
            case .never: .never(condition)
            case .finally: .finally(condition)
            case .possible: .possible(condition)
            case .eventually(let within): .eventually(condition, within: within)
            case .eventuallyAlways(let within): .eventuallyAlways(condition, within: within)
            case .alwaysSome: .alwaysSome(condition)
            case .lastingSome: .lastingSome(condition)
            case .lasting(let settled, let half):
                .lasting(condition, settled: observer(settled, algorithm, builder), half: half)
            case .probability(let comparison): .probability(condition, comparison)
            case .fractionOfTime(let comparison): .fractionOfTime(condition, comparison)
            case .mean(let unit, let comparison): .mean(condition, unit, comparison)
            case .quantile(let q, let unit, let comparison): .quantile(condition, q: q, unit, comparison)
            case .indistinguishable(let node, let others, let atAnyState):
                .indistinguishable(
                    node: node, [condition] + others.map { observer($0, algorithm, builder) }, atAnyState: atAnyState)
            case .leadsTo(let leadsTo): .leadsTo(self.leadsTo(leadsTo, from: condition, algorithm, builder))
            }
        // What is asked once in a run needs no parts.
        switch typed.form {
        case .always, .never, .possible, .eventually, .eventuallyAlways, .lasting, .fractionOfTime:
            quantify(typed.condition, as: condition, algorithm, builder)
        case .finally, .probability, .mean, .quantile, .leadsTo, .alwaysSome, .lastingSome, .indistinguishable: break
        }
        var compiled = CompiledExpectation(
            name: typed.name, formName: typed.formName, text: typed.text, form: form,
            expectsHolds: typed.expectsHolds, span: typed.span)
        compiled.usesKnowledge = !typed.knowledge.isEmpty
        compiled.executions = typed.executions
        return compiled
    }
}

extension Compiler {
    private static func leadsTo(
        _ typed: TypedCase.Expectation.LeadsTo, from: Program.RoutineID, _ algorithm: TypedAlgorithm,
        _ builder: ProgramBuilder
    ) -> CompiledExpectation.LeadsTo {
        let variables = typed.variables.map {
            CompiledExpectation.LeadsTo.Variable(
                name: $0.name, type: $0.type, domain: observer($0.domain, algorithm, builder))
        }
        return CompiledExpectation.LeadsTo(
            variables: variables, from: from, to: observer(typed.to, algorithm, builder), within: typed.within)
    }

    /// If an observer asks whether something holds for all, or any, elements of sets that stay the same throughout a run, the
    /// question is compiled in parts as well.
    private static func quantify(
        _ routine: TypedRoutine, as id: Program.RoutineID, _ algorithm: TypedAlgorithm, _ builder: ProgramBuilder
    ) {
        // Only simulation asks in parts, and never what nodes know.
        guard routine.body.count == 1, case .returns(let expression?) = routine.body[0].kind, expression.knowledge.isEmpty,
            case .comprehension(let comprehension) = expression.kind, [.all, .any].contains(comprehension.result)
        else { return }
        var slots: [Int] = []
        for clause in comprehension.clauses {
            guard case .local(let slot) = clause.pattern, clause.collection.firstChanging == nil else { return }
            slots.append(slot)
        }
        func part(_ expression: TypedExpression, given slots: [Int]) -> Program.RoutineID {
            let part = builder.reserveRoutine()
            RoutineCompiler.define(
                part, routine.name, parameters: slots.count, at: routine.span, builder: builder, algorithm: algorithm
            ) { compiler in
                compiler.allocateLocals(routine.locals.count, passed: slots)
                compiler.emit(.returns, compiler.value(expression), at: expression.span)
            }
            return part
        }
        let domains = comprehension.clauses.enumerated().map { index, clause in
            part(clause.collection, given: Array(slots[..<index]))
        }
        let element = comprehension.element
        let ofAll = comprehension.result == .all
        let asked = comprehension.clauses.flatMap(\.conditions).reversed().reduce(element) { rest, condition in
            TypedExpression(ofAll ? .implies(condition, rest) : .and(condition, rest), .bool, at: element.span)
        }
        let quantified = Program.Quantified(ofAll: ofAll, domains: domains, part: part(asked, given: slots))
        builder.edit { $0.quantified[id] = quantified }
    }
}
