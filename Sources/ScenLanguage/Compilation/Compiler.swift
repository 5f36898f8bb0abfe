import ScenDiagnostics
package import ScenModel

/// From the typed tree of one case to its flat program.
package enum Compiler {
    package static func compile(_ typed: TypedCase) -> CompiledCase {
        let builder = ProgramBuilder(types: typed.types, checksLinks: typed.system.network.topology != nil)
        let algorithm = typed.algorithm
        builder.edit { program in
            program.variables = algorithm.variables.map {
                Program.Variable(name: $0.name, type: $0.type, stable: $0.stable)
            }
            program.layout = Program.Layout(variables: algorithm.variables.count, whens: algorithm.whens.count)
            program.inputType = algorithm.input
            program.decisionType = algorithm.decides
            program.deliveredType = algorithm.delivers
            program.lastNamedRound = algorithm.lastNamedRound
        }
        // A function's routine has the function's index, so that calls need not look it up.
        let functions = algorithm.functions.map { ($0, builder.reserveRoutine()) }
        for (function, id) in functions {
            RoutineCompiler.compile(function, as: id, builder: builder, algorithm: algorithm)
        }
        let initialise = initial(algorithm, stable: false, builder)
        let initialiseStable = initial(algorithm, stable: true, builder)
        compileHandlers(algorithm, builder)
        let outcomes = typed.outcomes.map {
            CompiledCase.Outcome(name: $0.name, condition: observer($0.condition, algorithm, builder))
        }
        let expectations = typed.expectations.map { expectation($0, algorithm, builder) }
        var system = typed.system
        system.timeline.observers = typed.timelineObservers.map { observer($0, algorithm, builder) }
        builder.edit {
            $0.initialise = initialise
            $0.initialiseStable = initialiseStable
        }
        return CompiledCase(
            parameters: typed.parameters, system: system, program: builder.program, outcomes: outcomes,
            expectations: expectations, plan: typed.plan)
    }

    private static func initial(
        _ algorithm: TypedAlgorithm, stable: Bool, _ builder: ProgramBuilder
    ) -> Program.RoutineID {
        let id = builder.reserveRoutine()
        let span = algorithm.variables.first?.initial.span ?? SourceSpan(.scenario, 0, 0)
        RoutineCompiler.define(
            id, "state", parameters: 0, at: span, builder: builder, algorithm: algorithm
        ) { compiler in
            for (index, variable) in algorithm.variables.enumerated() where variable.stable == stable {
                compiler.initialise(index, variable)
            }
            compiler.emit(.finish, at: span)
        }
        return id
    }

    private static func compileHandlers(_ algorithm: TypedAlgorithm, _ builder: ProgramBuilder) {
        let handlers = HandlerCompiler(builder: builder, algorithm: algorithm)
        let types = builder.program.types
        let onStart = handlers.compile(.start, name: "on start")
        let onRecover = handlers.compile(.recover, name: "on recover")
        let onRound = handlers.compile(.round, name: "on round")
        let onMessage = types.messages.enumerated().map {
            handlers.compile(.message($0.offset), name: "on \($0.element.name)")
        }
        let onTimer = types.timers.enumerated().map {
            handlers.compile(.timer($0.offset), name: "on timer \($0.element.name)")
        }
        let afterHandler = handlers.compileWhens()
        builder.edit { program in
            program.onStart = onStart
            program.onRecover = onRecover
            program.onRound = onRound
            program.onMessage = onMessage
            program.onTimer = onTimer
            program.afterHandler = afterHandler
        }
    }

    private static func observer(
        _ routine: TypedRoutine, _ algorithm: TypedAlgorithm, _ builder: ProgramBuilder
    ) -> Program.RoutineID {
        let id = builder.reserveRoutine()
        RoutineCompiler.compile(routine, as: id, builder: builder, algorithm: algorithm)
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
            case .probability(let comparison): .probability(condition, comparison)
            case .fractionOfTime(let comparison): .fractionOfTime(condition, comparison)
            case .mean(let unit, let comparison): .mean(condition, unit, comparison)
            case .quantile(let q, let unit, let comparison): .quantile(condition, q: q, unit, comparison)
            }
        return CompiledExpectation(
            name: typed.name, formName: typed.formName, text: typed.text, form: form,
            expectsHolds: typed.expectsHolds, span: typed.span)
    }
}

extension RoutineCompiler {
    fileprivate mutating func initialise(_ index: Int, _ variable: TypedVariable) {
        scoped { compiler in
            compiler.allocateLocals(variable.locals.count)
            let register = compiler.value(variable.initial)
            compiler.emit(.storeState, index, register, at: variable.initial.span)
        }
    }
}
