import ScenModel

/// Nodes that run another algorithm.
extension World {
    func run(_ role: Program.Role, _ choice: Choice) -> Machine.Outcome {
        let node = Int(choice.node)
        switch choice.kind {
        case .deliver:
            let routine = role.onMessage[machine.shape(choice.word)]
            return machine.runHandler(routine, node: node, choice.word, Word(Int(choice.from)), then: role.afterHandler)
        case .fire:
            let routine = role.onTimer[machine.shape(choice.word)]
            return machine.runHandler(routine, node: node, choice.word, then: role.afterHandler)
        case .round: return machine.runHandler(role.onRound, node: node, Word(memory.round), then: role.afterHandler)
        case .start: return machine.runHandler(role.onStart, node: node, then: role.afterHandler)
        case .recover: return machine.runHandler(role.onRecover, node: node, then: role.afterHandler)
        case .crash: return .finished
        }
    }
}

extension Machine {
    func runHandler(
        _ routine: Program.RoutineID?, node: Int, _ first: Word = .none, _ second: Word = .none, then after: Program.RoutineID?
    ) -> Outcome {
        let usual = state.pointee.afterHandler
        state.pointee.afterHandler = after ?? -1
        defer { state.pointee.afterHandler = usual }
        return runHandler(routine, node: node, first, second)
    }
}
