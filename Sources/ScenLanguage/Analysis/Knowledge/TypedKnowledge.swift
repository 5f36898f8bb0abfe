package import ScenModel

/// `knows(p, e)`, `everyone_knows(S, e)`, `common_knowledge(S, e)`.
package struct TypedKnowledge: Sendable {
    package var kind: KnowledgeOperator.Kind
    /// A node; a set of nodes where it is about several.
    package var who: TypedExpression
    package var fact: TypedExpression
    package init(kind: KnowledgeOperator.Kind, who: TypedExpression, fact: TypedExpression) {
        self.kind = kind
        self.who = who
        self.fact = fact
    }
}

extension TypedExpression {
    /// What is said in it about what nodes know, outermost first.
    var knowledge: [(TypedKnowledge, at: TypedExpression)] {
        var found: [(TypedKnowledge, at: TypedExpression)] = []
        if case .knowledge(let knowledge) = kind { found.append((knowledge, self)) }
        for part in parts { found += part.knowledge }
        return found
    }

    /// Locals that are bound outside of it, ascending.
    var freeLocals: [Int] {
        var (used, bound): (Set<Int>, Set<Int>) = ([], [])
        collectLocals(&used, &bound)
        return used.subtracting(bound).sorted()
    }

    private func collectLocals(_ used: inout Set<Int>, _ bound: inout Set<Int>) {
        switch kind {
        case .local(let slot): used.insert(slot)
        case .binding(let slot, _, _): bound.insert(slot)
        case .comprehension(let comprehension):
            for clause in comprehension.clauses { clause.pattern.collectLocals(&bound) }
        default: break
        }
        for part in parts { part.collectLocals(&used, &bound) }
    }
}

extension TypedPattern {
    fileprivate func collectLocals(_ bound: inout Set<Int>) {
        switch self {
        case .local(let slot): bound.insert(slot)
        case .tuple(let parts): for part in parts { part.collectLocals(&bound) }
        case .wildcard, .equals: break
        }
    }
}
