import ScenDiagnostics
import ScenModel

/// From `parameters` as written to what each may be. Words become an enumeration per parameter.
struct ParameterReader {
    let source: SourceFile
    /// Only `types` is filled: the words of parameters.
    var scope = CaseScope()
    var bag = DiagnosticBag()
    private var names: [String] = []

    init(source: SourceFile) { self.source = source }

    /// Nil for a parameter of which nothing is known, which has been reported.
    mutating func read(_ parameters: [ScenarioSyntax.Parameter]) -> [ParameterDomain?] {
        parameters.map { parameter in
            let domain = read(parameter)
            names.append(parameter.name.text)
            return domain
        }
    }

    private mutating func read(_ parameter: ScenarioSyntax.Parameter) -> ParameterDomain? {
        switch parameter.values {
        case .range(let low, let high): return range(parameter.name, low, high)
        case .single(let expression):
            if refersToEarlier(expression) != nil {
                return ParameterDomain(name: parameter.name, content: .computed(expression), span: expression.span)
            }
            return list(parameter.name, [expression], at: expression.span)
        case .list(let expressions):
            let place = expressions.first.map { $0.span.union(expressions[expressions.count - 1].span) }
            return list(parameter.name, expressions, at: place ?? parameter.name.span)
        }
    }

    private mutating func range(_ name: Identifier, _ low: Expression, _ high: Expression) -> ParameterDomain? {
        guard let first = wholeNumber(low, of: name), let last = wholeNumber(high, of: name) else { return nil }
        let span = low.span.union(high.span)
        if first > last { bag.report(.emptyParameter(name.text, from: first, to: last, at: span)) }
        return ParameterDomain(name: name, content: .range(low: first, high: last), span: span)
    }

    private mutating func wholeNumber(_ expression: Expression, of name: Identifier) -> Int? {
        if let other = refersToEarlier(expression) {
            bag.report(.dependentParameter(name.text, on: other.text, at: other.span))
            return nil
        }
        guard
            let typed = Analyzer.expression(expression, at: .parameters, expecting: .int, in: scope, into: &bag),
            let value = ConstantEvaluator.evaluate(typed, into: &bag)
        else { return nil }
        return value.wholeNumber
    }

    private mutating func list(
        _ name: Identifier, _ expressions: [Expression], at span: SourceSpan
    ) -> ParameterDomain? {
        var words: [String] = []
        var values: [ParameterValue] = []
        var complete = true
        for expression in expressions {
            if let other = refersToEarlier(expression) {
                bag.report(.dependentParameter(name.text, on: other.text, at: other.span))
                complete = false
            } else if let value = value(expression, words: &words) {
                values.append(value)
            } else {
                complete = false
            }
        }
        var domain = ParameterDomain(name: name, content: .values([]), span: span)
        if !words.isEmpty {
            domain.enumeration = scope.types.enumerations.count
            scope.types.enumerations.append(.init(name: name.text, words: words))
        }
        guard complete, let same = sameType(values, of: name) else { return nil }
        reportRepeated(same, of: name)
        if same.isEmpty { bag.report(.noValues(of: name.text, at: name.span)) }
        domain.content = .values(same)
        return domain
    }

    /// The next enumeration's number stands in words: nothing else declares types before parameters are read.
    private mutating func value(_ expression: Expression, words: inout [String]) -> ParameterValue? {
        if case .name(let word) = expression.kind {
            let index = words.firstIndex(of: word) ?? words.count
            if index == words.count { words.append(word) }
            let enumeration = scope.types.enumerations.count
            return ParameterValue(
                value: .enumeration(type: enumeration, word: index), type: .enumeration(enumeration), text: word,
                span: expression.span)
        }
        guard
            let typed = Analyzer.expression(expression, at: .parameters, expecting: nil, in: scope, into: &bag),
            let value = ConstantEvaluator.evaluate(typed, into: &bag)
        else { return nil }
        var result = ParameterValue(computed: value, by: expression, types: scope.types, into: &bag)
        if expression.isLiteral { result?.text = source.text(at: expression.span) }
        return result
    }

    /// Whole numbers among real ones are real numbers; anything else that is mixed is a mistake.
    private mutating func sameType(_ values: [ParameterValue], of name: Identifier) -> [ParameterValue]? {
        guard let first = values.first else { return values }
        let isReal = values.contains { $0.type == .real } && values.allSatisfy { $0.type == .real || $0.type == .int }
        if isReal {
            return values.map { value in
                var real = value
                real.type = .real
                real.value = .real(value.value.realNumber)
                return real
            }
        }
        guard let other = values.first(where: { $0.type != first.type }) else { return values }
        bag.report(
            .mixedParameter(
                name.text, other.text, is: other.type.parameterKind, at: other.span, first: first.text,
                isFirst: first.type.parameterKind, firstAt: first.span))
        return nil
    }

    private mutating func reportRepeated(_ values: [ParameterValue], of name: Identifier) {
        var seen: [Value: SourceSpan] = [:]
        for value in values {
            if let first = seen[value.value] {
                bag.report(.repeatedParameterValue(name.text, value.text, at: value.span, first: first))
            } else {
                seen[value.value] = value.span
            }
        }
    }

    private func refersToEarlier(_ expression: Expression) -> Identifier? {
        expression.firstName { names.contains($0) }
    }
}

extension ValueType {
    /// What kind of value a parameter holds, for messages.
    var parameterKind: String {
        switch self {
        case .bool: "a truth value"
        case .int: "a whole number"
        case .real: "a real number"
        case .duration: "a duration"
        case .enumeration: "a word"
        default: "a value"
        }
    }
}
