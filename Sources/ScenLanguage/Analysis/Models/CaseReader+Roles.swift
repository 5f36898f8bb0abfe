import ScenDiagnostics
import ScenModel

/// Faulty nodes that run another algorithm.
extension CaseReader {
    mutating func readRoles(_ each: [ScenarioSyntax.Named<ScenarioSyntax.Fault>], into faults: inout FaultModel) {
        for item in each {
            guard let runs = item.content.runs, let algorithm = algorithm(runs) else { continue }
            guard let nodes = nodes.members(item.name.text) ?? parameterNode(item.name.text) else { continue }
            guard algorithm.content.span != syntax.algorithm.span else {
                bag.report(.runsTheAlgorithm(algorithm.name.text, at: runs.span))
                continue
            }
            let known = alternatives.firstIndex { $0.span == algorithm.content.span }
            if known == nil { alternatives.append(algorithm.content) }
            if faults.roles.isEmpty { faults.roles = Array(repeating: 0, count: self.nodes.count) }
            for node in nodes { faults.roles[node] = (known ?? alternatives.count - 1) + 1 }
        }
    }

    /// Before faults are read.
    var namedAlternatives: [AlgorithmSyntax] {
        guard case .each(let each) = syntax.faulty else { return [] }
        return each.compactMap(\.content.runs).compactMap { name in
            let text = parameter(name.text)?.value.text ?? name.text
            return syntax.algorithms.first { $0.name.text == text }?.content
        }
    }

    private func parameterNode(_ name: String) -> [Int]? { parameter(name).flatMap { nodes.members($0.value.text) } }

    /// By its name, or that which a parameter holds.
    private mutating func algorithm(_ name: Identifier) -> ScenarioSyntax.Named<AlgorithmSyntax>? {
        if scope.broken.contains(name.text) { return nil }
        let text = parameter(name.text)?.value.text ?? name.text
        if let found = syntax.algorithms.first(where: { $0.name.text == text }) { return found }
        let nearest = Suggestion.nearest(text, among: syntax.algorithms.map(\.name.text))
        bag.report(.unknownAlgorithm(text, at: parameter(name.text)?.value.span ?? name.span, nearest: nearest))
        return nil
    }

    /// After the algorithm that correct nodes run, with which they share their messages. `own`: how many enumerations are no algorithm's.
    mutating func readAlternatives(_ algorithm: TypedAlgorithm?, own: Int) -> [TypedAlgorithm] {
        alternatives.compactMap { alternative in
            var scope = scope
            let timers = scope.types.timers
            scope.constants = []
            scope.ownTypes = own
            let analysed = Analyzer.algorithm(alternative, in: &scope, into: &bag)
            self.scope.types = scope.types
            self.scope.types.timers = timers + scope.types.timers
            guard let analysed, let algorithm else { return nil }
            compare(analysed.input, algorithm.input, "the input", at: alternative.input?.span)
            compare(analysed.decides, algorithm.decides, "the type of the decision", at: alternative.decides?.span)
            compare(analysed.delivers, algorithm.delivers, "the type of what is delivered", at: alternative.delivers?.span)
            if let broadcast = analysed.broadcast, algorithm.broadcast == nil { bag.report(.broadcastInAlternative(at: broadcast)) }
            return analysed
        }
    }

    private mutating func compare(_ one: ValueType?, _ other: ValueType?, _ what: String, at span: SourceSpan?) {
        guard let span, let one, one != other else { return }
        bag.report(.algorithmsDiffer(what, there: other.map { "'\($0.described(in: scope.types))'" }, at: span))
    }
}
