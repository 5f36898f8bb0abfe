import ScenDiagnostics
import ScenModel

extension CaseReader {
    static let inputChoicesMax = 1_000

    /// `type`: of the algorithm's `input`; nil if it takes none.
    mutating func readInputs(_ type: ValueType?) -> InputModel {
        guard let type else {
            if let inputs = syntax.inputs, syntax.algorithm.input == nil {
                bag.report(.inputsWithoutInput(at: inputs.firstPlace))
            }
            return InputModel()
        }
        switch syntax.inputs {
        case nil:
            if let place = syntax.algorithm.input?.span { bag.report(.noInputs(at: place)) }
            return InputModel()
        case .all(let value):
            guard let source = source(value, of: type) else { return InputModel() }
            return InputModel(sources: [InputModel.Source](repeating: source, count: nodes.count))
        case .each(let named):
            return InputModel(sources: sources(named, of: type) ?? [])
        }
    }

    /// Nil if a node has none.
    private mutating func sources(
        _ named: [ScenarioSyntax.Named<ScenarioSyntax.InputValue>], of type: ValueType
    ) -> [InputModel.Source]? {
        let values = named.map { source($0.content, of: type) }
        var sources = [InputModel.Source?](repeating: nil, count: nodes.count)
        var covered = [Bool](repeating: false, count: nodes.count)
        let names = named.enumerated().filter { $0.element.name.text != Self.others }.map { ($0.element.name, $0.offset) }
        for (node, _, position) in gather(names, expected: "a node, a group or 'others'") {
            sources[node] = values[position]
            covered[node] = true
        }
        if let rest = named.firstIndex(where: { $0.name.text == Self.others }) {
            for node in 0..<nodes.count where !covered[node] { sources[node] = values[rest] }
            return sources.contains { $0 == nil } ? nil : sources.compactMap { $0 }
        }
        let missing = (0..<nodes.count).filter { !covered[$0] }
        if !missing.isEmpty, let place = named.first?.name.span {
            bag.report(.missingInputs(missing.prefix(3).map(nodes.name), count: missing.count, at: place))
        }
        return sources.contains { $0 == nil } ? nil : sources.compactMap { $0 }
    }

    private static let others = "others"

    private mutating func source(_ input: ScenarioSyntax.InputValue, of type: ValueType) -> InputModel.Source? {
        switch input {
        case .value(let expression): return value(expression, expecting: type).map { .given($0) }
        case .any(let span):
            guard let count = type.valueCount(in: scope.types) else {
                bag.report(.endlessInputs(type: type.described(in: scope.types), at: span, example: type.choiceExample))
                return nil
            }
            guard count <= Self.inputChoicesMax else {
                bag.report(.tooManyInputs(count, max: Self.inputChoicesMax, at: span))
                return nil
            }
            return .any(type.allValues(in: scope.types))
        case .anyOf(let expression):
            guard let values = choices(expression, of: type) else { return nil }
            guard !values.isEmpty else {
                bag.report(.noInputsToChooseFrom(at: expression.span))
                return nil
            }
            guard values.count <= Self.inputChoicesMax else {
                bag.report(.tooManyInputs(values.count, max: Self.inputChoicesMax, at: expression.span))
                return nil
            }
            return .any(values)
        }
    }

    /// A range, a list, or an expression that gives a set or list; each value once, in value order.
    private mutating func choices(_ expression: Expression, of type: ValueType) -> [Value]? {
        switch expression.kind {
        case .range(let low, let high): return range(low, high, of: type, at: expression.span)
        case .list(let items), .set(let items):
            var values: [Value] = []
            for item in items {
                guard let value = value(item, expecting: type) else { return nil }
                values.append(value)
            }
            return Value.set(of: values).elements
        default:
            guard
                let typed = Analyzer.expression(expression, at: .model, expecting: .set(type), in: scope, into: &bag),
                let value = ConstantEvaluator.evaluate(typed, into: &bag)
            else { return nil }
            return Value.set(of: value.elements).elements
        }
    }

    /// Its ends are checked against the type, and with them all between.
    private mutating func range(
        _ low: Expression, _ high: Expression, of type: ValueType, at span: SourceSpan
    ) -> [Value]? {
        guard let first = value(low, expecting: type), let last = value(high, expecting: type) else { return nil }
        guard case .int(let least) = first, case .int(let most) = last else {
            bag.report(.rangeOfInputs(type: type.described(in: scope.types), at: span))
            return nil
        }
        guard least <= most else { return [] }
        let distance = most - least
        guard distance < Self.inputChoicesMax else {
            bag.report(.tooManyInputs(distance + 1, max: Self.inputChoicesMax, at: span))
            return nil
        }
        return (least...most).map { .int($0) }
    }
}

extension ScenarioSyntax.Inputs {
    var firstPlace: SourceSpan {
        switch self {
        case .each(let named): named.first?.name.span ?? SourceSpan(.scenario, 0, 0)
        case .all(.value(let expression)), .all(.anyOf(let expression)): expression.span
        case .all(.any(let span)): span
        }
    }
}
