import ScenDiagnostics
import ScenModel

/// Expectations that the library has the text of.
extension CaseReader {
    mutating func property(
        _ expectation: ScenarioSyntax.Expectation, _ algorithm: inout TypedAlgorithm
    ) -> Condition? {
        let name = expectation.name
        guard let (property, condition, settled) = PropertyLibrary.standard.property(name.text) else {
            let nearest = Suggestion.nearest(name.text, among: LibraryProperty.all.map(\.name))
            bag.report(.unknownProperty(name.text, at: name.span, nearest: nearest))
            return nil
        }
        if property.needs.contains(.broadcasts), syntax.algorithm.provides?.text == "link" {
            bag.report(.notSupported("'\(property.name)' of what a layer sends over a link", at: name.span))
            return nil
        }
        let missing = property.needs.filter { !isDeclared($0) }
        guard missing.isEmpty else {
            bag.report(.propertyNeeds(property.name, missing.map(Self.declaration), at: name.span))
            return nil
        }
        if property.needs.contains(.suspected), !suspectsNodes(algorithm) {
            bag.report(.propertyDoesNotFit(property.name, why: "'suspected' must be a 'set of node'", at: name.span))
            return nil
        }
        if property.needs.contains(.broadcasts), let place = algorithm.tables.deliverWithoutSender {
            bag.report(.deliverNeedsSender(property.name, at: name.span, delivered: place))
            return nil
        }
        guard let routine = observer(condition, of: property, at: name.span, &algorithm) else { return nil }
        let form: TypedCase.Expectation.Form
        switch property.form {
        case .always: form = .always
        case .eventually: form = .eventually(within: expectation.within.flatMap { duration($0, "'within'") })
        case .alwaysSome: form = .alwaysSome
        case .lastingSome: form = .lastingSome
        case .lasting(_, let half):
            guard let settled, let settled = observer(settled, of: property, at: name.span, &algorithm) else { return nil }
            form = .lasting(settled: settled, half: half)
        }
        return Condition(formName: property.name, text: property.condition, form: form, routine: routine)
    }

    /// Its text is ours: what does not fit is the algorithm.
    private mutating func observer(
        _ condition: Expression, of property: LibraryProperty, at span: SourceSpan, _ algorithm: inout TypedAlgorithm
    ) -> TypedRoutine? {
        let type: ValueType =
            switch property.form {
            case .alwaysSome, .lastingSome: .set(.node)
            case .always, .eventually, .lasting: .bool
            }
        var inner = DiagnosticBag()
        let routine = Analyzer.observer(
            condition, name: property.name, expecting: type, algorithm: &algorithm, in: scope, into: &inner)
        guard let routine, !inner.hasErrors else {
            bag.report(.propertyDoesNotFit(property.name, why: inner.sorted.first?.message ?? "", at: span))
            return nil
        }
        return routine
    }

    private func isDeclared(_ need: LibraryProperty.Need) -> Bool {
        let algorithm = syntax.algorithm
        return switch need {
        case .input: algorithm.input != nil
        case .decides: algorithm.decides != nil
        case .broadcasts: algorithm.delivers != nil && algorithm.handlers.contains(where: \.isBroadcast)
        case .suspected: algorithm.variables.contains { $0.name.text == "suspected" }
        }
    }

    private func suspectsNodes(_ algorithm: TypedAlgorithm) -> Bool {
        algorithm.variables.contains { $0.name == "suspected" && $0.type == .set(.node) }
    }

    /// What it is about, and how an algorithm declares it.
    private static func declaration(_ need: LibraryProperty.Need) -> (what: String, declaration: String) {
        switch need {
        case .input: ("inputs", "'input: TYPE'")
        case .decides: ("decisions", "'decides: TYPE'")
        case .broadcasts: ("broadcasts", "'delivers: TYPE' and 'on broadcast(m)'")
        case .suspected: ("suspicions", "'state: {suspected: set of node}'")
        }
    }
}

extension AlgorithmSyntax.Handler {
    fileprivate var isBroadcast: Bool {
        if case .message(let name, _, _) = trigger { name.text == Checker.broadcast } else { false }
    }
}
