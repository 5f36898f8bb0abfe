import ScenModel

extension TypedExpression {
    /// The first part that may change during a run: what a node holds or has received, what was sent, the time, the outcome.
    var firstChanging: TypedExpression? {
        switch kind {
        case .variableOf, .sentCount, .receivedCount, .knownToAdversary, .global(.time), .global(.outcome), .knowledge:
            return self
        case .factOf(_, .input), .factOf(_, .neighbours): break
        case .factOf: return self
        default: break
        }
        for part in parts {
            if let found = part.firstChanging { return found }
        }
        return nil
    }

    /// The expressions of which it is made.
    var parts: [TypedExpression] {
        switch kind {
        case .constant, .local, .variable, .own, .global, .sentCount: []
        case .variableOf(let part, _), .factOf(let part, _), .receivedCount(let part), .knownToAdversary(let part), .not(let part),
            .field(let part, _), .checkRange(let part, _, _), .toReal(let part), .unwrap(let part):
            [part]
        case .and(let a, let b), .or(let a, let b), .implies(let a, let b), .range(let a, let b),
            .binding(_, let a, let b):
            [a, b]
        case .knowledge(let knowledge): [knowledge.who, knowledge.fact]
        case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
        case .operation(_, let parts), .call(_, let parts), .make(_, let parts): parts
        case .comprehension(let comprehension):
            comprehension.clauses.flatMap { [$0.collection] + $0.conditions } + [comprehension.element]
                + [comprehension.value].compactMap { $0 }
        }
    }
}
