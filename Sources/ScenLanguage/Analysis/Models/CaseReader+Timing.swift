import ScenDiagnostics
import ScenModel

extension CaseReader {
    static let boundByDefault = 10_000_000
    static let latencyByDefault = Distribution.exponential(mean: 10_000_000)

    mutating func readTiming() -> TimingModel {
        let timing = syntax.timing
        let kind: TimingModel.Kind? = word(timing?.model, "'timing'")
        let latency = timing?.latency.flatMap { distribution($0) }
        let bound = timing?.bound.flatMap { duration($0, "the bound", from: 1) }
        let model =
            switch kind {
            case .synchronous, .partiallySynchronous: bounded(kind ?? .synchronous, latency, bound)
            case .asynchronous, nil: TimingModel(kind: .asynchronous, latency: latency ?? Self.latencyByDefault)
            }
        if kind == .asynchronous, let timing, let bound = timing.bound, !varies(timing.model) {
            bag.report(.boundWithoutSynchrony(at: bound.span, timing: timing.model?.span ?? timing.span))
        }
        scope.bound = model.bound
        if kind != nil { reportBoundShadow(model) }
        return readTimingFaults(lockstep(model, known: kind != nil), known: kind != nil)
    }

    private mutating func bounded(_ kind: TimingModel.Kind, _ latency: Distribution?, _ bound: Int?) -> TimingModel {
        let written = syntax.timing?.latency
        guard let latency, let written else {
            let bound = bound ?? Self.boundByDefault
            return TimingModel(kind: kind, latency: .uniform(low: 0, high: bound), bound: bound)
        }
        guard let largest = latency.largest else {
            // Dwork, Lynch and Stockmeyer's other model: every run has a bound, and nobody knows it.
            if kind == .partiallySynchronous, syntax.timing?.bound == nil, syntax.timing?.asynchronous != nil {
                return TimingModel(kind: kind, latency: latency)
            }
            bag.report(.unboundedLatency(latency.name, model: kind.rawValue, at: written.span))
            return TimingModel(kind: kind, latency: latency, bound: bound ?? Self.boundByDefault)
        }
        if let bound, let place = syntax.timing?.bound, largest > bound {
            bag.report(
                .latencyAboveBound(
                    DurationText.exact(largest), bound: DurationText.exact(bound), at: written.span, boundAt: place.span))
        } else if bound == nil, largest == 0 {
            bag.report(
                .outOfRange("the largest latency, which is the bound,", is: "0s", expected: "a duration above 0", at: written.span))
        }
        return TimingModel(kind: kind, latency: latency, bound: bound ?? max(1, largest))
    }

    /// A parameter may be called `bound` if it is the bound.
    private mutating func reportBoundShadow(_ model: TimingModel) {
        guard let (name, parameter) = parameter("bound") else { return }
        let declared = [syntax.timing?.bound, syntax.timing?.latency].contains { expression in
            expression?.firstName { $0 == "bound" } != nil
        }
        guard !declared, model.bound.map({ .duration($0) }) != parameter.value else { return }
        bag.report(
            .parameterShadows(
                "bound", "the bound on latency", at: name.span, hint: "it may be called so with 'timing: {bound: bound}'"))
    }

    private mutating func lockstep(_ model: TimingModel, known: Bool) -> TimingModel {
        let handlers = ([syntax.algorithm] + namedAlternatives).flatMap(\.handlers)
        let round = handlers.first { if case .round = $0.trigger { true } else { false } }
        guard let round else { return model }
        var model = model
        model.lockstep = model.kind == .synchronous
        if known, !model.lockstep {
            bag.report(.roundsWithoutSynchrony(at: round.span, timing: syntax.timing?.model?.span))
        }
        return model
    }
}

extension ScenModel.Distribution {
    /// ns; nil where there is none.
    var largest: Int? {
        switch self {
        case .constant(let value): value
        case .uniform(_, let high): high
        case .empirical(let values): values.max()
        case .exponential, .normal, .lognormal, .pareto: nil
        }
    }

    /// As it is called in a scenario.
    var name: String {
        switch self {
        case .constant: "a duration"
        case .uniform: "a range"
        case .exponential: "exponential"
        case .normal: "normal"
        case .lognormal: "lognormal"
        case .pareto: "pareto"
        case .empirical: "empirical"
        }
    }
}
