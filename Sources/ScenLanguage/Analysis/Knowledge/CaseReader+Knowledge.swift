import ScenDiagnostics
import ScenModel

/// What nodes know, and what they cannot tell apart.
extension CaseReader {
    /// Forms that are judged by all runs; the others have samples, from which nobody's knowledge can be told.
    static let knowingForms: Set<String> = [
        "always", "never", "finally", "possible", "eventually", "eventually-always", "leads-to", "indistinguishable-to",
    ]

    static func refusesKnowledge(_ form: String) -> String? {
        knowingForms.contains(form) ? nil : "'\(form)' is judged by samples, and what nodes know takes every run"
    }

    mutating func indistinguishable(
        _ form: ScenarioSyntax.Expectation.Form, of expectation: ScenarioSyntax.Expectation,
        _ algorithm: inout TypedAlgorithm
    ) -> Condition? {
        let node = value(form.expression, expecting: .node)
        var routines: [TypedRoutine] = []
        for execution in expectation.executions {
            let routine = Analyzer.observer(
                execution, name: expectation.name.text, expecting: .bool, algorithm: &algorithm, in: scope, into: &bag,
                refusesKnowledge: nil)
            if let routine { routines.append(routine) }
        }
        guard case .node(let number)? = node, let first = routines.first, routines.count == expectation.executions.count
        else { return nil }
        var condition = Condition(
            formName: form.key.text, text: source.text(at: form.expression.span),
            form: .indistinguishable(node: number, Array(routines.dropFirst()), atAnyState: expectation.atAnyState),
            routine: first)
        condition.executions = expectation.executions.map { source.text(at: $0.span) }
        return condition
    }

    /// Knowledge is about all runs, so that samples say nothing about it.
    mutating func checkKnowledge(_ expectations: [TypedCase.Expectation], _ timing: TimingModel, _ plan: RunPlan) {
        guard plan.exploration == nil else { return checkViews(expectations, timing) }
        for expectation in expectations {
            if case .indistinguishable = expectation.form {
                let written = syntax.expectations.first { $0.name.span == expectation.span }
                bag.report(.needsExploration("'\(expectation.formName)'", at: written?.form?.key.span ?? expectation.span))
            } else if let (knowledge, at) = expectation.knowledge.first {
                bag.report(.needsExploration("'\(knowledge.kind.rawValue)'", at: at.span))
            }
        }
    }

    /// What views do not hold yet: what a node can read of what is sealed.
    private mutating func checkViews(_ expectations: [TypedCase.Expectation], _ timing: TimingModel) {
        let steps = timing.kind == .synchronous && !timing.lockstep ? syntax.run.exhaustive?.bounds.first { $0.name.text == "steps" } : nil
        let sealing = scope.types.messages.first { $0.fields.contains { scope.types.seals($0.type) } }
        guard sealing != nil || steps != nil else { return }
        for expectation in expectations {
            var place = expectation.knowledge.first?.at.span
            if case .indistinguishable = expectation.form { place = expectation.span }
            guard let place else { continue }
            if let steps { bag.report(.knowledgeWithinSteps(at: steps.name.span, asked: place)) }
            if let sealing { bag.report(.knowledgeOfSeals(message: sealing.name, at: place)) }
        }
    }

    /// As reports quote them.
    func knowledgeTexts(_ expectations: [TypedCase.Expectation]) -> [SourceSpan: String] {
        var texts: [SourceSpan: String] = [:]
        for expectation in expectations {
            for (knowledge, _) in expectation.knowledge {
                for part in [knowledge.who, knowledge.fact] { texts[part.span] = source.text(at: part.span) }
            }
        }
        return texts
    }
}

extension TypedCase.Expectation {
    /// What its conditions say about what nodes know.
    var knowledge: [(TypedKnowledge, at: TypedExpression)] {
        var routines = [condition]
        switch form {
        case .leadsTo(let leadsTo): routines.append(leadsTo.to)
        case .indistinguishable(_, let others, _): routines += others
        default: break
        }
        var found: [(TypedKnowledge, at: TypedExpression)] = []
        for statement in routines.flatMap(\.body) {
            if case .returns(let expression?) = statement.kind { found += expression.knowledge }
        }
        return found
    }
}

extension TypeTable {
    /// Whether a value of the type may hold something sealed.
    fileprivate func seals(_ type: ValueType) -> Bool {
        var seen: Set<Int> = []
        return seals(type, &seen)
    }

    private func seals(_ type: ValueType, _ seen: inout Set<Int>) -> Bool {
        switch type {
        case .sealed: return true
        case .maybe(let part), .list(let part), .set(let part), .signed(let part): return seals(part, &seen)
        case .map(let key, let value): return seals(key, &seen) || seals(value, &seen)
        case .tuple(let parts): return parts.contains { seals($0, &seen) }
        case .record(let index):
            return seen.insert(index).inserted && records[index].fields.contains { seals($0.type, &seen) }
        default: return false
        }
    }
}
