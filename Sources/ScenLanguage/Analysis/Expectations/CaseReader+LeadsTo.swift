import ScenDiagnostics
import ScenModel

/// `leads-to: {from, to, for-all}`.
extension CaseReader {
    mutating func leadsTo(
        _ expectation: ScenarioSyntax.Expectation, _ algorithm: inout TypedAlgorithm
    ) -> Condition? {
        guard let syntax = expectation.leadsTo else { return nil }
        let name = expectation.name.text
        let within = expectation.within.map { duration($0, "'within'") }
        var bound: [Checker.Bound] = []
        var variables: [TypedCase.Expectation.LeadsTo.Variable] = []
        for variable in syntax.variables {
            let read = self.variable(variable, bound, &algorithm)
            // A name whose values are wrong fits everywhere.
            bound.append(Checker.Bound(name: variable.name, type: read?.type ?? .error))
            if let read { variables.append(read.variable) }
        }
        let isComplete = variables.count == syntax.variables.count
        let from = condition(syntax.from, name, bound, &algorithm)
        let to = condition(syntax.to, name, bound, &algorithm)
        guard isComplete, let from, let to, within == nil || within.flatMap({ $0 }) != nil else { return nil }
        let form = TypedCase.Expectation.LeadsTo(variables: variables, to: to, within: within ?? nil)
        return Condition(formName: "leads-to", text: text(syntax), form: .leadsTo(form), routine: from)
    }

    /// As reports show it: `p.crashed -> p in q.suspected for all p in faulty, q in correct`.
    private func text(_ syntax: ScenarioSyntax.Expectation.LeadsTo) -> String {
        let variables = syntax.variables.map { "\($0.name.text) in \(source.text(at: $0.content.span))" }
        return "\(source.text(at: syntax.from.span)) -> \(source.text(at: syntax.to.span))"
            + (variables.isEmpty ? "" : " for all " + variables.joined(separator: ", "))
    }

    private mutating func condition(
        _ expression: Expression, _ name: String, _ bound: [Checker.Bound], _ algorithm: inout TypedAlgorithm
    ) -> TypedRoutine? {
        Analyzer.observing(
            expression, name: name, given: bound, result: .bool, algorithm: &algorithm, in: scope, into: &bag
        ) {
            $0.refusesKnowledge = nil
            return $0.check(expression, as: .bool, for: "a condition on a run")
        }
    }

    /// A name with the set of its values, which must be the same throughout a run.
    private mutating func variable(
        _ variable: ScenarioSyntax.Named<Expression>, _ bound: [Checker.Bound], _ algorithm: inout TypedAlgorithm
    ) -> (variable: TypedCase.Expectation.LeadsTo.Variable, type: TypeID)? {
        var type = TypeID.error
        let syntax = variable.content
        let domain = Analyzer.observing(
            syntax, name: variable.name.text, given: bound, result: nil, algorithm: &algorithm, in: scope, into: &bag
        ) { checker in
            let (node, element) = checker.iterate(checker.checkValue(syntax), .wildcard(syntax.span))
            if checker.tables.store.isOpen(element), !checker.hasErrors {
                checker.report(.nothingToRangeOver(variable.name.text, at: syntax.span))
            } else if let changing = node.firstChanging {
                checker.report(.rangesOverChanging(variable.name.text, at: changing.span))
            }
            // The name must not hide another.
            _ = checker.declare(variable.name, element)
            type = element
            return node
        }
        guard let domain, type != .error else { return nil }
        let value = algorithm.tables.store.value(type)
        return (TypedCase.Expectation.LeadsTo.Variable(name: variable.name.text, type: value, domain: domain), type)
    }
}
