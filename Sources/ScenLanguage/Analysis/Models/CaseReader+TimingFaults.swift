import ScenDiagnostics
import ScenModel

/// What else may go wrong with time: bad periods, pauses, clocks, handlers that take time.
extension CaseReader {
    /// In multiples of the bound: how long a system is asynchronous at first where nothing is said of it, and how long messages
    /// take then; both are means of exponential distributions.
    private static let badLengthByDefault = 100.0
    private static let badLatencyByDefault = 10.0

    /// `known`: false if the word for the model is wrong, so that nothing should be judged by it.
    mutating func readTimingFaults(_ model: TimingModel, known: Bool) -> TimingModel {
        var model = model
        let pauses = syntax.timing?.pauses.flatMap { readPauses($0) }
        model.clocks = syntax.timing?.clock.flatMap { readClocks($0) }
        let step = syntax.timing?.step.flatMap { distribution($0, .step) }
        let isSure = known && !varies(syntax.timing?.model)
        if model.kind == .partiallySynchronous {
            let bound = model.bound ?? Self.boundByDefault
            let latency = ScenModel.Distribution.exponential(mean: Self.badLatencyByDefault * Double(bound))
            model.badPeriods =
                syntax.timing?.asynchronous.map { readBadPeriods($0, latency) }
                ?? .initial(meanLength: Self.badLengthByDefault * Double(bound), latency: latency)
        } else if isSure, let place = syntax.timing?.asynchronous {
            bag.report(
                .badPeriodsElsewhere(model: model.kind.rawValue, at: place.span, timing: syntax.timing?.model?.span))
        }
        if model.kind == .synchronous {
            if isSure, let place = syntax.timing?.pauses {
                bag.report(.pausesWithSynchrony(at: place.span, timing: syntax.timing?.model?.span))
            }
        } else {
            model.pauses = pauses
        }
        if model.lockstep {
            if isSure, let place = syntax.timing?.step { bag.report(.stepInRounds(at: place.span)) }
        } else if step != .constant(0) {
            model.step = step
        }
        return model
    }

    private mutating func readBadPeriods(
        _ asynchronous: ScenarioSyntax.Asynchronous, _ standard: ScenModel.Distribution
    ) -> BadPeriods? {
        switch asynchronous.when {
        case .recurring(let meanEvery, let meanLength, let latency):
            let every = meanEvery.flatMap { duration($0, "the mean time between bad periods", from: 1) }
            let length = meanLength.flatMap { duration($0, "the mean length of a bad period", from: 1) }
            let latency = latency.map { distribution($0) } ?? standard
            guard let every, let length, let latency else { return nil }
            return .recurring(meanEvery: Double(every), meanLength: Double(length), latency: latency)
        case .given(let written):
            var periods: [(period: BadPeriod, span: SourceSpan)] = []
            for item in written {
                let from = item.from.flatMap { duration($0, "the moment") }
                let length = item.length.flatMap { duration($0, "the length of the bad period", from: 1) }
                let latency = item.latency.map { distribution($0) } ?? standard
                guard let from, let length, let latency else { continue }
                periods.append((BadPeriod(begin: from, end: from + length, latency: latency), item.span))
            }
            periods.sort { ($0.period.begin, $0.span.start) < ($1.period.begin, $1.span.start) }
            for (first, second) in zip(periods, periods.dropFirst()) where second.period.begin < first.period.end {
                bag.report(.badPeriodsOverlap(at: second.span, other: first.span))
            }
            return .given(periods.map(\.period))
        }
    }

    /// Where runs are over before a bad period begins, they say nothing about it.
    mutating func warnOfLateBadPeriods(_ timing: TimingModel, _ plan: RunPlan) {
        guard case .given(let written) = syntax.timing?.asynchronous?.when, timing.badPeriods != nil else { return }
        for period in written {
            guard let from = period.from, let moment = duration(from, "the moment") else { continue }
            warnIfNever(moment, at: from.span, timing, plan)
        }
    }

    private mutating func readClocks(_ clock: ScenarioSyntax.Clock) -> ClockModel? {
        let skew = clock.skew.map { duration($0, "the skew") } ?? 0
        let drift = clock.drift.map { self.drift($0) } ?? 0
        guard let skew, let drift, skew > 0 || drift > 0 else { return nil }
        return ClockModel(skew: skew, drift: drift)
    }

    private mutating func drift(_ expression: Expression) -> Double? {
        guard let drift = value(expression, expecting: .real)?.realNumber else { return nil }
        guard drift >= 0, drift < 1 else {
            bag.report(
                .outOfRange(
                    "the drift", is: source.text(at: expression.span), expected: "a rate from 0 to below 1, like 100 ppm",
                    at: expression.span))
            return nil
        }
        return drift
    }

    private mutating func readPauses(_ pauses: ScenarioSyntax.Pauses) -> Pauses? {
        let every = pauses.every.flatMap { distribution($0, .timeBetweenPauses) }
        let length = pauses.length.flatMap { distribution($0, .pause) }
        if let place = pauses.every, every?.largest == 0 {
            bag.report(.outOfRange("the time between pauses", is: "0s", expected: "a duration above 0", at: place.span))
            return nil
        }
        guard let every, let length else { return nil }
        return Pauses(every: every, length: length)
    }
}
