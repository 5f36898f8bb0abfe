import ScenDiagnostics
import ScenModel

extension CaseReader {
    static let toleranceLeast = 0.01
    static let toleranceShare = 0.1
    private static let comparisons = ["at-least", "at-most", "equals", "between"]

    /// The one comparison of a probability; that there is only one has been checked with the shape of the file.
    mutating func comparison(
        _ expectation: ScenarioSyntax.Expectation, of form: Identifier
    ) -> CompiledExpectation.Comparison? {
        guard let comparison = expectation.comparisons.first(where: { Self.comparisons.contains($0.name.text) }) else {
            bag.report(.missingComparison(Self.comparisons, for: form.text, at: form.span))
            return nil
        }
        let tolerance = expectation.comparisons.first { $0.name.text == "tolerance" }
        var values: [Double] = []
        for expression in comparison.content {
            guard let value = probability(expression, "'\(comparison.name.text)'") else { return nil }
            values.append(value)
        }
        guard let first = values.first else { return nil }
        switch comparison.name.text {
        case "at-least": return .atLeast(first)
        case "at-most": return .atMost(first)
        case "equals":
            let standard = max(Self.toleranceLeast, first * Self.toleranceShare)
            guard let written = tolerance?.content.first else { return .equals(first, tolerance: standard) }
            return self.tolerance(written).map { .equals(first, tolerance: $0) }
        default:
            guard values.count == 2 else { return nil }
            guard first <= values[1] else {
                let span = comparison.content[0].span.union(comparison.content[1].span)
                bag.report(.emptyRange("'between'", low: "\(first)", high: "\(values[1])", at: span))
                return nil
            }
            return .between(first, values[1])
        }
    }

    private mutating func tolerance(_ expression: Expression) -> Double? {
        guard let value = probability(expression, "'tolerance'") else { return nil }
        guard value > 0 else {
            bag.report(.outOfRange("'tolerance'", is: "0", expected: "more than 0: no sample is exact", at: expression.span))
            return nil
        }
        return value
    }
}
