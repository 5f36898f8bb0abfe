import ScenDiagnostics
import ScenModel

extension RoutineCompiler {
    /// The node or nodes, and behind them what the fact needs from outside, in a row of registers.
    mutating func known(_ knowledge: TypedKnowledge, into target: Int?, at span: SourceSpan) -> Int {
        let slots = Set(knowledge.fact.freeLocals).union(knowledge.kind == .knows ? [] : knowledge.who.freeLocals).sorted()
        let index = builder.addKnowledge(knowledge, given: slots, locals: localRegisters.count, at: span)
        let result = target ?? temporary()
        guard index <= Int(UInt16.max) else {
            emit(.failTooLarge, at: span)
            return result
        }
        scoped { compiler in
            let first = compiler.temporaries(1 + slots.count)
            compiler.scoped { _ = $0.value(knowledge.who, into: first) }
            for (place, slot) in slots.enumerated() {
                _ = compiler.moved(compiler.register(ofLocal: slot), to: first + 1 + place, at: span)
            }
            compiler.emit(.loadKnown, result, first, index, at: span)
        }
        return result
    }
}

extension Compiler {
    /// Facts stand in routines of their own, behind the observer that speaks of them.
    static func compileFacts(_ name: String, _ algorithm: TypedAlgorithm, _ builder: ProgramBuilder) {
        while let pending = builder.nextFact() {
            func routine(_ expression: TypedExpression) -> Program.RoutineID {
                let id = builder.reserveRoutine()
                RoutineCompiler.define(
                    id, name, parameters: pending.slots.count, at: expression.span, builder: builder, algorithm: algorithm
                ) { compiler in
                    compiler.allocateLocals(pending.locals, passed: pending.slots)
                    compiler.emit(.returns, compiler.value(expression), at: expression.span)
                }
                return id
            }
            let fact = routine(pending.knowledge.fact)
            let members = pending.knowledge.kind == .knows ? nil : routine(pending.knowledge.who)
            builder.edit {
                $0.knowledge[pending.index].fact = fact
                $0.knowledge[pending.index].members = members
            }
        }
    }
}
