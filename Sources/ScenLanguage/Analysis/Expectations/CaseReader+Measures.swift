import ScenDiagnostics
import ScenModel

/// `mean` and `quantile`: values over runs.
extension CaseReader {
    mutating func measure(
        _ form: ScenarioSyntax.Expectation.Form, of expectation: ScenarioSyntax.Expectation,
        _ algorithm: inout TypedAlgorithm
    ) -> Condition? {
        let q = expectation.quantile.map { quantile($0) }
        guard
            let (routine, unit) = Analyzer.measure(
                form.expression, name: expectation.name.text, of: form.key.text, algorithm: &algorithm, in: scope,
                into: &bag),
            let comparison = comparison(expectation, of: form.key, unit)
        else { return nil }
        let kind: TypedCase.Expectation.Form
        if let q {
            guard let q else { return nil }
            kind = .quantile(q: q, unit, comparison)
        } else {
            kind = .mean(unit, comparison)
        }
        return Condition(
            formName: form.key.text, text: source.text(at: form.expression.span), form: kind, routine: routine)
    }

    private mutating func quantile(_ expression: Expression) -> Double? {
        guard let q = probability(expression, "'q'") else { return nil }
        guard q > 0, q < 1 else {
            bag.report(
                .outOfRange(
                    "'q'", is: source.text(at: expression.span), expected: "a share above 0% and below 100%",
                    at: expression.span, hint: "no sample shows the least or the greatest value"))
            return nil
        }
        return q
    }
}

extension Analyzer {
    /// What a mean or a quantile measures, as an observer that gives a real.
    static func measure(
        _ syntax: Expression, name: String, of form: String, algorithm: inout TypedAlgorithm, in scope: CaseScope,
        into bag: inout DiagnosticBag
    ) -> (TypedRoutine, CompiledExpectation.Unit)? {
        var unit: CompiledExpectation.Unit?
        let routine = observing(syntax, name: name, result: .real, algorithm: &algorithm, in: scope, into: &bag) {
            checker in
            let term = checker.unwrapped(checker.checkValue(syntax))
            unit = checker.unit(of: term, for: form)
            return term.type == .real ? term.node : TypedExpression(.toReal(term.node), .real, at: syntax.span)
        }
        guard let routine, let unit else { return nil }
        return (routine, unit)
    }
}

extension Checker {
    /// Nil, after a report unless there has been one, for what cannot be measured.
    fileprivate func unit(of term: Term, for form: String) -> CompiledExpectation.Unit? {
        switch tables.store[term.type] {
        case .int, .range, .real: return .number
        case .duration: return .duration
        case .error: return nil
        default:
            report(.notMeasurable(form, is: name(term.type), isCondition: term.type == .bool, at: term.node.span))
            return nil
        }
    }
}
