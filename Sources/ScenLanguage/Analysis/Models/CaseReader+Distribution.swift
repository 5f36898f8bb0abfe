import ScenDiagnostics
import ScenModel

/// The distributions that are called, with their parameters in order.
private enum DistributionCall: String, CaseIterable {
    case exponential, normal, lognormal, pareto, empirical

    var parameters: [String] {
        switch self {
        case .exponential: ["mean"]
        case .normal: ["mean", "sd"]
        case .lognormal: ["median", "sigma"]
        case .pareto: ["scale", "shape"]
        case .empirical: ["values"]
        }
    }

    var example: String {
        switch self {
        case .exponential: "exponential(10ms)"
        case .normal: "normal(10ms, 2ms)"
        case .lognormal: "lognormal(median=5ms, sigma=0.5)"
        case .pareto: "pareto(scale=5ms, shape=1.5)"
        case .empirical: "empirical([5ms, 10ms, 90ms])"
        }
    }
}

/// What durations are drawn for, as messages call it.
struct DrawnDuration {
    var one: String
    var many: String

    static let latency = DrawnDuration(one: "latency", many: "latencies")
    static let pause = DrawnDuration(one: "pause", many: "pauses")
    static let timeBetweenPauses = DrawnDuration(one: "time between pauses", many: "times between pauses")
    static let step = DrawnDuration(one: "step", many: "steps")
}

extension CaseReader {
    mutating func distribution(_ expression: Expression, _ drawn: DrawnDuration = .latency) -> ScenModel.Distribution? {
        switch expression.kind {
        case .range(let low, let high): return uniform(low, high, drawn, at: expression.span)
        case .call(let name, let arguments): return distribution(name, arguments, drawn, at: expression.span)
        default: return duration(expression, "the " + drawn.one).map { .constant($0) }
        }
    }

    private mutating func uniform(
        _ low: Expression, _ high: Expression, _ drawn: DrawnDuration, at span: SourceSpan
    ) -> ScenModel.Distribution? {
        guard let first = duration(low, "the smallest \(drawn.one)"), let last = duration(high, "the largest \(drawn.one)")
        else { return nil }
        guard first <= last else {
            bag.report(.emptyRange(drawn.many, low: DurationText.exact(first), high: DurationText.exact(last), at: span))
            return nil
        }
        return first == last ? .constant(first) : .uniform(low: first, high: last)
    }

    private mutating func distribution(
        _ name: Identifier, _ arguments: [Expression.Argument], _ drawn: DrawnDuration, at span: SourceSpan
    ) -> ScenModel.Distribution? {
        guard let call = DistributionCall(rawValue: name.text) else {
            let known = DistributionCall.allCases.map(\.rawValue)
            bag.report(
                .unknownDistribution(
                    name.text, at: name.span, nearest: Suggestion.nearest(name.text, among: known), known: known))
            return nil
        }
        guard let values = match(arguments, to: call, at: span) else { return nil }
        switch call {
        case .exponential:
            return duration(values[0], "the mean", from: 1).map { .exponential(mean: Double($0)) }
        case .normal:
            guard let mean = duration(values[0], "the mean", from: 1),
                let deviation = duration(values[1], "the standard deviation", from: 1)
            else { return nil }
            return .normal(mean: Double(mean), deviation: Double(deviation))
        case .lognormal:
            guard let median = duration(values[0], "the median", from: 1), let sigma = positiveReal(values[1], "'sigma'")
            else { return nil }
            return .lognormal(median: Double(median), sigma: sigma)
        case .pareto:
            guard let scale = duration(values[0], "the scale", from: 1), let shape = positiveReal(values[1], "'shape'")
            else { return nil }
            return .pareto(scale: Double(scale), shape: shape)
        case .empirical: return empirical(values[0], drawn)
        }
    }

    /// One value for each parameter, by name or, where there is no name, in order.
    private mutating func match(
        _ arguments: [Expression.Argument], to call: DistributionCall, at span: SourceSpan
    ) -> [Expression]? {
        let names = call.parameters
        var values = [Expression?](repeating: nil, count: names.count)
        var next = 0
        var fits = arguments.count == names.count
        for argument in arguments {
            var position = next
            if let label = argument.label {
                guard let named = names.firstIndex(of: label.text) else {
                    bag.report(
                        .distributionLabel(
                            label.text, of: call.rawValue, at: label.span,
                            nearest: Suggestion.nearest(label.text, among: names), known: names))
                    return nil
                }
                position = named
            } else {
                next += 1
            }
            guard position < names.count, values[position] == nil else {
                fits = false
                continue
            }
            values[position] = argument.value
        }
        let complete = values.compactMap { $0 }
        guard fits, complete.count == names.count else {
            bag.report(.distributionArguments(call.rawValue, takes: names, at: span, example: call.example))
            return nil
        }
        return complete
    }

    private mutating func empirical(_ expression: Expression, _ drawn: DrawnDuration) -> ScenModel.Distribution? {
        var values: [Int] = []
        if case .list(let items) = expression.kind {
            for item in items {
                guard let value = duration(item, "a \(drawn.one)") else { return nil }
                values.append(value)
            }
        } else {
            guard let list = value(expression, expecting: .list(.duration)) else { return nil }
            values = list.elements.map(\.wholeNumber)
            if let wrong = values.first(where: { $0 < 0 || $0 > Self.durationMax }) {
                bag.report(
                    .outOfRange(
                        "a \(drawn.one)", is: DurationText.exact(wrong), expected: "a duration from 0 to 70 years",
                        at: expression.span))
                return nil
            }
        }
        guard !values.isEmpty else {
            bag.report(.outOfRange("the list of \(drawn.many)", is: "empty", expected: "at least one", at: expression.span))
            return nil
        }
        return .empirical(values)
    }
}
