import ScenDiagnostics
import ScenModel

/// Narrows parameters to what the command line sets.
struct ParameterOverride {
    let override: ScenarioLoader.Override
    /// `n=4`, as its own source: diagnostics point into it.
    let source: SourceFile

    init(_ override: ScenarioLoader.Override, id: SourceID) {
        self.override = override
        source = SourceFile(id: id, path: "--set", text: "\(override.name)=\(override.value)")
    }

    private var nameSpan: SourceSpan { SourceSpan(source.id, 0, override.name.utf8.count) }

    /// `known`: the names of all parameters, broken ones too.
    func apply(
        to domains: inout [ParameterDomain], types: inout TypeTable, known: [String], into bag: inout DiagnosticBag
    ) {
        guard let index = domains.firstIndex(where: { $0.name.text == override.name }) else {
            if known.contains(override.name) { return }
            let nearest = Suggestion.nearest(override.name, among: known)
            bag.report(.unknownParameter(override.name, at: nameSpan, nearest: nearest, known: known))
            return
        }
        guard let expression = parse(words: types.enumerations.flatMap(\.words), into: &bag) else { return }
        guard var value = value(expression, for: domains[index], types: &types, into: &bag) else { return }
        if let expected = domains[index].type, expected != value.type {
            guard expected == .real, value.type == .int else {
                bag.report(
                    .wrongOverride(
                        override.name, value.text, is: value.type.parameterKind, expected: expected.parameterKind,
                        at: value.span, declared: domains[index].span))
                return
            }
            value.type = .real
            value.value = .real(value.value.realNumber)
        }
        domains[index].content = .values([value])
    }

    private func parse(words: [String], into bag: inout DiagnosticBag) -> Expression? {
        let start = override.name.utf8.count + 1
        let scalar = YAMLScalar(
            text: override.value, style: .plain, span: SourceSpan(source.id, start, source.bytes.count),
            pieces: [.init(content: 0, file: start)])
        let known = Set((words + ModelWords.all).filter { $0.utf8.contains(UInt8(ascii: "-")) })
        return TextParser(scalar, hyphenated: known).expression(into: &bag)
    }

    private func value(
        _ expression: Expression, for domain: ParameterDomain, types: inout TypeTable, into bag: inout DiagnosticBag
    ) -> ParameterValue? {
        if case .name(let word) = expression.kind, let type = domain.enumeration {
            // A word that the scenario does not list is one more word of the same enumeration.
            let known = types.enumerations[type].words.firstIndex(of: word)
            let index = known ?? types.enumerations[type].words.count
            if known == nil { types.enumerations[type].words.append(word) }
            return ParameterValue(
                value: .enumeration(type: type, word: index), type: .enumeration(type), text: word, span: expression.span)
        }
        if case .name(let word) = expression.kind {
            let expected = domain.type?.parameterKind ?? "a value"
            bag.report(
                .wrongOverride(
                    override.name, word, is: "a word", expected: expected, at: expression.span, declared: domain.span))
            return nil
        }
        guard
            let typed = Analyzer.expression(expression, at: .parameters, expecting: nil, in: CaseScope(), into: &bag),
            let found = ConstantEvaluator.evaluate(typed, into: &bag)
        else { return nil }
        var value = ParameterValue(computed: found, by: expression, types: types, into: &bag)
        if expression.isLiteral { value?.text = source.text(at: expression.span) }
        return value
    }
}

extension ParameterDomain {
    /// Nil where only a case tells.
    fileprivate var type: ValueType? {
        switch content {
        case .values(let values): values.first?.type
        case .range: .int
        case .computed: nil
        }
    }
}
