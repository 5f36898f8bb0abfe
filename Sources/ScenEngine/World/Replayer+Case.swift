import ScenModel

/// Whether a trace belongs to the case: what is fixed before anything happens.
extension Replayer {
    func checkCase() throws(Misfit) {
        guard trace.nodes == names else {
            throw Misfit("the trace has the nodes \(Self.list(trace.nodes)), and this case \(Self.list(names))")
        }
        if case .expectation(let name, _, _) = trace.shown, !compiled.expectations.contains(where: { $0.name == name }) {
            throw Misfit("nothing is expected under the name '\(name)' in this case")
        }
        try checkFaulty()
    }

    /// Those that are drawn or given, and those that the timeline crashes.
    private func checkFaulty() throws(Misfit) {
        let timeline = compiled.system.timeline
        let crashing = timeline.crashing
        let problem = Misfit("these nodes cannot be faulty together in this case")
        guard crashing.allSatisfy({ isFaulty[$0] }) else { throw problem }
        // Who crashes is known in the run only, and may be anybody.
        if timeline.crashesComputed { return }
        let drawn = trace.faulty.filter { !crashing.contains($0) }
        switch compiled.system.faults.who {
        case .nobody:
            if !drawn.isEmpty { throw problem }
        case .these(let nodes):
            guard drawn.allSatisfy(nodes.contains), nodes.allSatisfy({ isFaulty[$0] }) else { throw problem }
        case .some(let count, let exactly, let candidates):
            let possible = candidates.count { isFaulty[$0] }
            guard drawn.allSatisfy(candidates.contains), drawn.count <= count, !exactly || possible >= count else {
                throw problem
            }
        }
    }

    private static func list(_ names: [String]) -> String {
        names.count <= 8 ? names.joined(separator: ", ") : "\(names[0]) to \(names[names.count - 1])"
    }

    /// Each node's input is one of those that the case allows.
    func setInputs() throws(Misfit) {
        let sources = compiled.system.inputs.sources
        guard trace.inputs.count == sources.count else {
            throw Misfit(sources.isEmpty ? "nodes have no input in this case" : "nodes have inputs in this case, and none in the trace")
        }
        let printer = ValuePrinter(compiled.program.types)
        for (node, source) in sources.enumerated() {
            let values: [Value] =
                switch source {
                case .given(let value): [value]
                case .any(let values): values
                }
            guard let value = values.first(where: { printer.text($0) == trace.inputs[node] }) else {
                throw Misfit("\(names[node]) cannot have the input \(trace.inputs[node]) in this case")
            }
            memory.inputs[node] = machine.word(value)
        }
    }

    func setFaulty() {
        let correct = names.indices.filter { !isFaulty[$0] }
        memory.faulty = machine.word(.set(trace.faulty.map { .node($0) }))
        memory.correct = machine.word(.set(correct.map { .node($0) }))
    }
}
