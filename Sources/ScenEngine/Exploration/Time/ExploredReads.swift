import ScenDiagnostics
import ScenModel

/// Which clocks handlers and explored conditions read.
struct ExploredReads {
    private(set) var now = false
    private(set) var time = false

    init(_ compiled: CompiledCase) {
        let program = compiled.program
        // Only handlers have this instruction.
        now = program.code.contains { $0.opcode == .loadNow }
        var conditions = compiled.outcomes.map(\.condition)
        for expectation in compiled.expectations {
            switch expectation.form {
            case .always(let routine), .never(let routine), .finally(let routine), .possible(let routine),
                .eventually(let routine, _), .eventuallyAlways(let routine, _), .lasting(let routine, _, _),
                .alwaysSome(let routine), .lastingSome(let routine):
                conditions.append(routine)
            case .indistinguishable(_, let routines, _): conditions += routines
            case .leadsTo(let leadsTo): conditions += [leadsTo.from, leadsTo.to]
            // Judged by simulation.
            case .probability, .fractionOfTime, .mean, .quantile: break
            }
        }
        time = conditions.contains { ReadSet.opcodes(of: $0, in: program).contains(.loadTime) } || Self.readsMoments(program)
    }

    /// Broadcasts have their moment with them; no library property but `reliable-delivery` looks at it, which is judged otherwise.
    private static func readsMoments(_ program: Program) -> Bool {
        zip(program.code, program.places).contains { instruction, place in
            instruction.opcode == .loadHistory && Int(instruction.c) == History.broadcasts.rawValue && place.source == .scenario
        }
    }
}
