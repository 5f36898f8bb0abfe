import ScenDiagnostics
import ScenModel

extension CaseReader {
    /// What an expectation observes, and how it is judged.
    struct Condition {
        var formName: String
        var text: String
        var form: TypedCase.Expectation.Form
        var routine: TypedRoutine
        /// Of `indistinguishable-to`.
        var executions: [String] = []
    }

    /// Those that apply to this case.
    mutating func readExpectations(_ algorithm: inout TypedAlgorithm) -> [TypedCase.Expectation] {
        var expectations: [TypedCase.Expectation] = []
        for (index, expectation) in syntax.expectations.enumerated() {
            // Where it does not apply, its text may speak of nodes that this case does not have.
            guard applies(expectation) else { continue }
            applied.append(index)
            if let read = read(expectation, &algorithm) { expectations.append(read) }
        }
        return expectations
    }

    private mutating func read(
        _ expectation: ScenarioSyntax.Expectation, _ algorithm: inout TypedAlgorithm
    ) -> TypedCase.Expectation? {
        let holds = expectsHolds(expectation)
        let condition =
            expectation.form.map { own($0, of: expectation, &algorithm) } ?? property(expectation, &algorithm)
        guard let condition, let holds else { return nil }
        var typed = TypedCase.Expectation(
            name: expectation.name.text, formName: condition.formName, text: condition.text, form: condition.form,
            condition: condition.routine, expectsHolds: holds, span: expectation.name.span)
        typed.executions = condition.executions
        return typed
    }

    // MARK: Verdict

    private mutating func applies(_ expectation: ScenarioSyntax.Expectation) -> Bool {
        guard let when = expectation.when else { return true }
        guard let value = value(when, expecting: .bool, at: .parameters) else { return true }
        return value == .bool(true)
    }

    private mutating func expectsHolds(_ expectation: ScenarioSyntax.Expectation) -> Bool? {
        switch expectation.verdict {
        case .holds: true
        case .violated: false
        case .holdsIff(let condition): value(condition, expecting: .bool, at: .parameters).map { $0 == .bool(true) }
        }
    }

    private mutating func observer(
        _ form: ScenarioSyntax.Expectation.Form, name: String, _ algorithm: inout TypedAlgorithm
    ) -> TypedRoutine? {
        Analyzer.observer(
            form.expression, name: name, expecting: .bool, algorithm: &algorithm, in: scope, into: &bag,
            refusesKnowledge: Self.refusesKnowledge(form.key.text))
    }

    // MARK: Forms

    private mutating func own(
        _ form: ScenarioSyntax.Expectation.Form, of expectation: ScenarioSyntax.Expectation,
        _ algorithm: inout TypedAlgorithm
    ) -> Condition? {
        switch form.key.text {
        case "mean", "quantile": return measure(form, of: expectation, &algorithm)
        case "leads-to": return leadsTo(expectation, &algorithm)
        case "indistinguishable-to": return indistinguishable(form, of: expectation, &algorithm)
        default:
            let kind = self.form(form.key, of: expectation)
            guard let routine = observer(form, name: expectation.name.text, &algorithm), let kind else {
                return nil
            }
            return Condition(
                formName: form.key.text, text: source.text(at: form.expression.span), form: kind, routine: routine)
        }
    }

    /// Which keys a form takes has been checked with the shape of the file.
    private mutating func form(
        _ key: Identifier, of expectation: ScenarioSyntax.Expectation
    ) -> TypedCase.Expectation.Form? {
        let within = expectation.within.map { duration($0, "'within'") }
        switch key.text {
        case "probability": return comparison(expectation, of: key, .share).map { .probability($0) }
        case "fraction-of-time": return comparison(expectation, of: key, .share).map { .fractionOfTime($0) }
        case "always": return .always
        case "never": return .never
        case "finally": return .finally
        case "possible": return .possible
        case "eventually": return .eventually(within: within ?? nil)
        case "eventually-always": return .eventuallyAlways(within: within ?? nil)
        default:
            bag.report(.notSupported("'\(key.text)'", at: key.span))
            return nil
        }
    }
}
