import ScenDiagnostics
import ScenModel

extension CaseReader {
    static let toleranceLeast = 0.01
    /// ns: of durations.
    static let toleranceOfTimeLeast = 1_000.0
    static let toleranceShare = 0.1
    private static let comparisons = ["at-least", "at-most", "equals", "between"]

    /// The one comparison of a measure; that there is only one has been checked with the shape of the file.
    mutating func comparison(
        _ expectation: ScenarioSyntax.Expectation, of form: Identifier, _ unit: CompiledExpectation.Unit
    ) -> CompiledExpectation.Comparison? {
        guard let comparison = expectation.comparisons.first(where: { Self.comparisons.contains($0.name.text) }) else {
            bag.report(.missingComparison(Self.comparisons, for: form.text, at: form.span))
            return nil
        }
        let tolerance = expectation.comparisons.first { $0.name.text == "tolerance" }
        var values: [Double] = []
        for expression in comparison.content {
            guard let value = bound(expression, "'\(comparison.name.text)'", unit) else { return nil }
            values.append(value)
        }
        guard let first = values.first else { return nil }
        switch comparison.name.text {
        case "at-least": return .atLeast(first)
        case "at-most": return .atMost(first)
        case "equals":
            let least = unit == .duration ? Self.toleranceOfTimeLeast : Self.toleranceLeast
            let standard = max(least, first.magnitude * Self.toleranceShare)
            guard let written = tolerance?.content.first else { return .equals(first, tolerance: standard) }
            return self.tolerance(written, unit).map { .equals(first, tolerance: $0) }
        default:
            guard values.count == 2 else { return nil }
            guard first <= values[1] else {
                let written = comparison.content.map { source.text(at: $0.span) }
                let span = comparison.content[0].span.union(comparison.content[1].span)
                bag.report(.emptyRange("'between'", low: written[0], high: written[1], at: span))
                return nil
            }
            return .between(first, values[1])
        }
    }

    /// A value with which something of this unit is compared.
    private mutating func bound(_ expression: Expression, _ what: String, _ unit: CompiledExpectation.Unit) -> Double? {
        switch unit {
        case .share: probability(expression, what)
        case .number: value(expression, expecting: .real)?.realNumber
        case .duration: (value(expression, expecting: .duration)?.wholeNumber).map { Double($0) }
        }
    }

    private mutating func tolerance(_ expression: Expression, _ unit: CompiledExpectation.Unit) -> Double? {
        guard let value = bound(expression, "'tolerance'", unit) else { return nil }
        guard value > 0 else {
            bag.report(
                .outOfRange(
                    "'tolerance'", is: source.text(at: expression.span),
                    expected: "more than 0: no sample is exact", at: expression.span))
            return nil
        }
        return value
    }
}
