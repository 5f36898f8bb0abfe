import ScenDiagnostics
import ScenModel

extension Builtin {
    var knowledge: KnowledgeOperator.Kind? {
        switch self {
        case .knows: .knows
        case .everyoneKnows: .everyoneKnows
        case .commonKnowledge: .commonKnowledge
        default: nil
        }
    }
}

extension Checker {
    func checkKnowledge(
        _ kind: KnowledgeOperator.Kind, _ name: Identifier, _ arguments: [Expression.Argument], _ span: SourceSpan
    ) -> Term {
        guard place == .observer, refusesKnowledge == nil else {
            let observed = place == .observer ? refusesKnowledge : nil
            report(.nameNotAllowedHere(name.text, observed ?? "no node asks it: it is a question about all runs, for expectations", at: name.span))
            return .broken(span)
        }
        guard arguments.count == 2, arguments.allSatisfy({ $0.label == nil }) else {
            for argument in arguments { _ = check(argument.value, soft: true) }
            report(.knowledgeArguments(name.text, ofSet: kind != .knows, found: arguments.count, at: name.span))
            return .broken(span)
        }
        let who = checkWho(kind, name, arguments[0].value)
        let fact = check(arguments[1].value, as: .bool, for: "what is known")
        guard let who else { return .broken(span) }
        return term(.knowledge(TypedKnowledge(kind: kind, who: who, fact: fact)), .bool, span)
    }

    /// Nil after a report.
    private func checkWho(
        _ kind: KnowledgeOperator.Kind, _ name: Identifier, _ syntax: Expression
    ) -> TypedExpression? {
        let who = unwrapped(checkValue(syntax, hint: kind == .knows ? .node : tables.store.set(.node)))
        let isSet = tables.store.element(of: who.type) == .node
        switch (kind, tables.store[who.type]) {
        case (_, .error): return nil
        case (.knows, .node): return who.node
        case (.knows, _):
            report(.knowsWho(name.text, self.name(who.type), isSet: isSet, at: syntax.span))
        case (_, .set) where isSet: return who.node
        case (_, .list) where isSet:
            return TypedExpression(.operation(.listToSet, [who.node]), .set(.node), at: syntax.span)
        default:
            report(.knowledgeOf(name.text, self.name(who.type), isNode: tables.store[who.type] == .node, at: syntax.span))
        }
        return nil
    }
}
