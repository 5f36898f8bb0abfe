import ScenDiagnostics
import ScenModel

/// What nodes run: the algorithm, and what faulty ones run in its place.
extension Compiler {
    /// Each with its place behind those before it.
    static func based(_ alternatives: [TypedAlgorithm], after algorithm: TypedAlgorithm) -> [TypedAlgorithm] {
        var last = algorithm
        return alternatives.map { alternative in
            var alternative = alternative
            alternative.base.variables = last.base.variables + last.variables.count
            alternative.base.functions = last.base.functions + last.functions.count
            alternative.base.timers = last.base.timers + last.tables.timers.count
            alternative.base.whens = last.base.whens + last.whens.count
            last = alternative
            return alternative
        }
    }

    static func role(_ algorithm: TypedAlgorithm, _ builder: ProgramBuilder) -> Program.Role {
        let initialise = initial(algorithm, stable: false, builder)
        let initialiseStable = initial(algorithm, stable: true, builder)
        let handlers = HandlerCompiler(builder: builder, algorithm: algorithm)
        let types = builder.program.types
        let onStart = handlers.compile(.start, name: "on start")
        let onRecover = handlers.compile(.recover, name: "on recover")
        let onRound = handlers.compile(.round, name: "on round")
        let onMessage = types.messages.enumerated().map {
            handlers.compile(.message($0.offset), name: "on \($0.element.name)")
        }
        let onTimer = types.timers.enumerated().map {
            handlers.compile(.timer($0.offset - algorithm.base.timers), name: "on timer \($0.element.name)")
        }
        return Program.Role(
            initialise: initialise, initialiseStable: initialiseStable, onStart: onStart, onRecover: onRecover,
            onMessage: onMessage, onTimer: onTimer, onRound: onRound, afterHandler: handlers.compileWhens())
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
}

extension RoutineCompiler {
    fileprivate mutating func initialise(_ index: Int, _ variable: TypedVariable) {
        scoped { compiler in
            compiler.allocateLocals(variable.locals.count)
            let register = compiler.value(variable.initial)
            compiler.emit(.storeState, compiler.place(ofVariable: index), register, at: variable.initial.span)
        }
    }
}
