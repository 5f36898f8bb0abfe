import ScenDiagnostics
import ScenModel

/// A statistic with its interval, in its unit: shares as percentages, durations with a unit of time.
struct StatisticText {
    private let unit: CompiledExpectation.Unit
    private let evidence: Evidence

    init(_ unit: CompiledExpectation.Unit, _ evidence: Evidence) {
        self.unit = unit
        self.evidence = evidence
    }

    var estimate: String? { evidence.estimate.map { shown([$0])[0] } }

    /// ` (0.1% to 0.3% with 99.9% confidence)`
    func bounds() -> String {
        guard let interval = evidence.interval else { return "" }
        let (low, high) = (interval.lowerBound, interval.upperBound)
        let range: String
        switch (low.isFinite, high.isFinite) {
        case (true, true):
            let ends = shown([low, high])
            range = "\(ends[0]) to \(ends[1])"
        case (true, false): range = "at least \(shown([low])[0])"
        case (false, true): range = "at most \(shown([high])[0])"
        case (false, false): range = "any value"
        }
        let confidence = evidence.confidence.map { " with \(NumberText.exactPercent($0)) confidence" } ?? ""
        let basis = evidence.basis.map { ", " + DisplayText.line($0) } ?? ""
        return " (\(range)\(confidence)\(basis))"
    }

    func asked(_ comparison: CompiledExpectation.Comparison) -> String {
        switch comparison {
        case .atLeast(let value): "at least \(exact(value))"
        case .atMost(let value): "at most \(exact(value))"
        case .between(let low, let high): "\(exact(low)) to \(exact(high))"
        case .equals(let value, let tolerance): "\(exact(value)) ± \(exact(tolerance, significant: 3))"
        }
    }

    /// What a scenario states.
    private func exact(_ value: Double, significant: Int = 6) -> String {
        switch unit {
        case .share: NumberText.exactPercent(value, significant: significant)
        case .number: NumberText.exact(value, significant: significant)
        case .duration: TimeText.exact(Int(clamping: value))
        }
    }

    /// What was measured, with decimals that the interval justifies.
    private func shown(_ values: [Double]) -> [String] {
        switch unit {
        case .share: return NumberText.percents(values, within: evidence.interval)
        case .number:
            let decimals = min(8, NumberText.decimals(for: width(or: values), significant: 2))
            let texts = values.map { NumberText.fixed($0, decimals: decimals) }
            return hasWidth ? texts : texts.map(NumberText.trimmed)
        case .duration:
            let ends = [evidence.estimate, evidence.interval?.lowerBound, evidence.interval?.upperBound]
            let largest = ends.compactMap { $0 }.filter(\.isFinite).map(\.magnitude).max() ?? 0
            let (name, ns) = TimeText.unit(for: largest)
            let decimals = min(6, NumberText.decimals(for: width(or: values) / ns, significant: 2))
            return values.map { NumberText.trimmed(NumberText.fixed($0 / ns, decimals: decimals)) + name }
        }
    }

    private var hasWidth: Bool {
        guard let interval = evidence.interval else { return false }
        return interval.lowerBound < interval.upperBound && (interval.upperBound - interval.lowerBound).isFinite
    }

    /// Of the interval; where it has none, a thousandth of what is shown.
    private func width(or values: [Double]) -> Double {
        if hasWidth, let interval = evidence.interval { return interval.upperBound - interval.lowerBound }
        return (values.map(\.magnitude).max() ?? 1) / 1000
    }
}

extension CompiledExpectation.Form {
    /// Nil for forms that measure nothing.
    var unit: CompiledExpectation.Unit? {
        switch self {
        case .probability, .fractionOfTime: .share
        case .mean(_, let unit, _), .quantile(_, _, let unit, _): unit
        default: nil
        }
    }
}

extension Int {
    fileprivate init(clamping value: Double) {
        self = Int(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
    }
}
