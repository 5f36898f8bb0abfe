import ScenModel

/// The bad periods of one run, drawn one after another as time goes on. Links and pauses of one simulator share it.
final class BadPeriodCourse {
    struct Period {
        /// ns; the end is not part of it.
        var begin: Int
        var end: Int
        var latency: BoxedSampler
        /// Of what is sent in it; without a bound that is known, as much later as the message would have taken outside.
        var latestArrival: Int
    }

    private let model: BadPeriods
    /// Of each given period, or of all.
    private let latencies: [BoxedSampler]
    private let gap: BoxedSampler
    private let length: BoxedSampler
    /// ns; nil: not known.
    let bound: Int?
    private var stream = RandomStream(state: 0)
    /// The present one or the next; nil when there are no more.
    private var period: Period?
    /// A run with more periods than `drawnMax` cannot go on.
    private var drawn = 0
    private let drawnMax: Int

    init(_ model: BadPeriods, bound: Int?, drawnMax: Int = .max) {
        self.model = model
        self.bound = bound
        self.drawnMax = drawnMax
        var means = (gap: 0.0, length: 0.0)
        switch model {
        case .given(let periods):
            latencies = periods.map { BoxedSampler($0.latency) }
        case .recurring(let meanEvery, let meanLength, let latency):
            latencies = [BoxedSampler(latency)]
            means = (meanEvery, meanLength)
        case .initial(let meanLength, let latency):
            latencies = [BoxedSampler(latency)]
            means.length = meanLength
        }
        gap = BoxedSampler(.exponential(mean: means.gap))
        length = BoxedSampler(.exponential(mean: means.length))
    }

    func begin(seed: UInt64) {
        stream = RandomStream(seed: seed, purpose: .badPeriods)
        drawn = 0
        period = next(after: 0)
    }

    /// The bad period at this moment; moments do not go back.
    func period(at time: Int) -> Period? {
        while let present = period, present.end <= time, !isExhausted { period = next(after: present.end) }
        guard let period, period.begin <= time else { return nil }
        return period
    }

    var isExhausted: Bool { drawn > drawnMax }

    private func next(after end: Int) -> Period? {
        let index = drawn
        drawn += 1
        switch model {
        case .given(let periods):
            guard index < periods.count else { return nil }
            return period(from: periods[index].begin, to: periods[index].end, latencies[index])
        case .recurring:
            let begin = Network.sum(end, gap.sampler.draw(&stream))
            return period(from: begin, to: Network.sum(begin, length.sampler.draw(&stream)), latencies[0])
        case .initial:
            return index == 0 ? period(from: 0, to: length.sampler.draw(&stream), latencies[0]) : nil
        }
    }

    private func period(from begin: Int, to end: Int, _ latency: BoxedSampler) -> Period {
        Period(begin: begin, end: end, latency: latency, latestArrival: Network.sum(end, bound ?? 0))
    }
}
