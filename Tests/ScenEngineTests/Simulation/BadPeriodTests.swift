import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

@Suite struct BadPeriodTests {
    private static let ms = 1_000_000
    private static let bound = 10 * ms

    private func model(_ periods: BadPeriods?, kind: TimingModel.Kind = .partiallySynchronous) -> TimingModel {
        var timing = TimingModel(kind: kind, latency: .uniform(low: Self.ms, high: Self.bound), bound: Self.bound)
        timing.badPeriods = periods
        return timing
    }

    /// Three nodes that each send to all others every 3 ms.
    private func chatter(_ timing: TimingModel, _ network: NetworkModel) -> CompiledCase {
        var builder = ProgramBuilder()
        let message = builder.message("M")
        let tick = builder.timer("Tick")
        let all = builder.constant(.set([.node(0), .node(1), .node(2)]))
        builder.onStart(.set(tick, after: 0))
        builder.onTimer(tick, .send(message, toSet: all) + .set(tick, after: 3 * Self.ms))
        builder.on(message, [])
        return builder.compiled(nodes: 3, network: network, timing: timing)
    }

    private struct Sent {
        var time: Int
        var isToSelf: Bool
        var arrivals: [Int]
    }

    private func sends(_ compiled: CompiledCase, seeds: Int) -> [(seed: UInt64, sent: [Sent])] {
        let simulator = Simulator(compiled)
        return (0..<seeds).map { seed in
            let (_, story) = simulator.tell(
                seed: UInt64(seed), horizon: 600 * Self.ms, watches: [], limit: .max)
            var sent: [Sent] = []
            for step in story.steps {
                guard case .timer(let node, _, _) = step.cause else { continue }
                for case .sent(_, _, let to, let fate) in step.effects {
                    sent.append(Sent(time: step.time, isToSelf: node == to, arrivals: Self.arrivals(fate)))
                }
            }
            return (UInt64(seed), sent)
        }
    }

    private static func arrivals(_ fate: Story.Fate) -> [Int] {
        switch fate {
        case .arrives(let at): [at]
        case .arrivesTwice(let a, let b): [a, b]
        case .queues(_, let rest), .ruled(_, let rest), .sentInBadPeriod(_, let rest), .cutOff(let rest): arrivals(rest)
        case .lost, .waits, .refused, .inFlight: []
        }
    }

    private static let networks: [NetworkModel] = {
        var ordered = NetworkModel(links: .reliable, fifo: true)
        ordered.between = [LinkOverride(from: [0], to: [1], both: true)]
        ordered.between[0].latency = .constant(2 * ms)
        var ruled = NetworkModel(links: .fairLoss, loss: 0.1, duplicate: 0.3)
        ruled.between = ordered.between
        ruled.rules = [MessageRule(from: [0], to: [1], action: .delay(.uniform(low: 0, high: 8 * ms)))]
        return [
            NetworkModel(links: .reliable), NetworkModel(links: .fairLoss, loss: 0.1, duplicate: 0.3), ordered, ruled,
        ]
    }()

    @Test(arguments: 0..<4)
    func `a synchronous run never breaks its bound`(network: Int) {
        for run in sends(chatter(model(nil, kind: .synchronous), Self.networks[network]), seeds: 10) {
            #expect(run.sent.count > 1_500)
            for sent in run.sent {
                #expect(sent.arrivals.allSatisfy { $0 >= sent.time && $0 <= sent.time + Self.bound })
            }
        }
    }

    @Test func `without a bound that is known, the end of a bad period is followed by a latency of the good ones`() {
        // Outside exactly 7 ms; within, far more than is left of the period.
        var timing = TimingModel(kind: .partiallySynchronous, latency: .constant(7 * Self.ms))
        timing.badPeriods = .given([BadPeriod(begin: 0, end: 50 * Self.ms, latency: .constant(1_000 * Self.ms))])
        for run in sends(chatter(timing, Self.networks[0]), seeds: 2) {
            for sent in run.sent where !sent.isToSelf {
                #expect(sent.arrivals == [max(sent.time, sent.time < 50 * Self.ms ? 50 * Self.ms : 0) + 7 * Self.ms])
            }
        }
    }

    @Test(arguments: 0..<4, [
        BadPeriods.given([
            BadPeriod(begin: 0, end: 50 * ms, latency: .exponential(mean: 1e8)),
            BadPeriod(begin: 200 * ms, end: 300 * ms, latency: .constant(40 * ms)),
            BadPeriod(begin: 300 * ms, end: 310 * ms, latency: .pareto(scale: 1e7, shape: 0.5)),
        ]),
        .recurring(meanEvery: 8e7, meanLength: 4e7, latency: .exponential(mean: 1e8)),
        .initial(meanLength: 2e8, latency: .exponential(mean: 1e8)),
    ])
    func `a partially synchronous run breaks its bound in bad periods alone`(network: Int, periods: BadPeriods) {
        var late = 0
        for run in sends(chatter(model(periods), Self.networks[network]), seeds: 10) {
            let course = BadPeriodCourse(periods, bound: Self.bound)
            course.begin(seed: run.seed)
            for sent in run.sent {
                let end = course.period(at: sent.time)?.end
                let latest = end.map { sent.isToSelf ? sent.time : $0 } ?? sent.time
                #expect(sent.arrivals.allSatisfy { $0 >= sent.time && $0 <= latest + Self.bound })
                late += sent.arrivals.filter { $0 > sent.time + Self.bound }.count
            }
        }
        #expect(late > 100)
    }

    @Test func `recurring periods have exponential gaps and lengths`() {
        let course = BadPeriodCourse(
            .recurring(meanEvery: 3e6, meanLength: 1e6, latency: .constant(0)), bound: Self.bound)
        course.begin(seed: 3)
        var time = 0
        var periods: [(begin: Int, end: Int)] = []
        while periods.count < 40_000 {
            if let period = course.period(at: time) {
                periods.append((period.begin, period.end))
                time = period.end
            } else {
                time += 10_000
            }
        }
        // Periods shorter than the raster may be missed, which is what the tolerances bear.
        let lengths = periods.map { Double($0.end - $0.begin) }
        let gaps = zip(periods, periods.dropFirst()).map { Double($1.begin - $0.end) }
        for (values, mean) in [(lengths, 1e6), (gaps, 3e6)] {
            let found = values.reduce(0, +) / Double(values.count)
            let squares = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
            #expect(abs(found / mean - 1) < 0.03)
            // The second moment of an exponential distribution is twice the square of its mean.
            #expect(abs(squares / (2 * mean * mean) - 1) < 0.06)
        }
        let share = lengths.reduce(0, +) / Double(time)
        #expect(abs(share - 0.25) < 0.01)
    }

    @Test func `nodes of a partially synchronous system pause in bad periods only`() {
        let periods = BadPeriods.given([
            BadPeriod(begin: 100, end: 200, latency: .constant(0)), BadPeriod(begin: 300, end: 320, latency: .constant(0)),
        ])
        let course = BadPeriodCourse(periods, bound: 10)
        let held = HeldNodes(
            pauses: Pauses(every: .constant(50), length: .constant(60)), badPeriods: course, nodeCount: 1)
        course.begin(seed: 1)
        held.begin(seed: 1)
        // Without bad periods it would pause from 50 to 110, 160 to 220, 270 to 330 ..
        var paused: [Int] = []
        for time in stride(from: 0, to: 400, by: 5) {
            guard let pause = held.pause(of: 0, at: time) else { continue }
            paused.append(time)
            #expect(pause.begin >= (time < 250 ? 100 : 300) && pause.end <= (time < 250 ? 200 : 320))
        }
        let expected =
            Array(stride(from: 100, to: 110, by: 5)) + stride(from: 160, to: 200, by: 5) + stride(from: 300, to: 320, by: 5)
        #expect(paused == expected)
    }

    @Test func `stops where too many periods are to be drawn`() {
        var budgets = RunBudgets()
        budgets.eventsPerRun = 10_000
        let timing = model(.recurring(meanEvery: 1, meanLength: 1, latency: .constant(0)))
        let result = Simulator(chatter(timing, NetworkModel(links: .reliable)), budgets: budgets).run(
            seed: 1, horizon: 600 * Self.ms, watches: [])
        #expect(result.failure?.code == .eventBudget)
        var pausing = TimingModel(kind: .asynchronous, latency: .constant(10))
        pausing.pauses = Pauses(every: .constant(1), length: .constant(0))
        let paused = Simulator(chatter(pausing, NetworkModel(links: .reliable)), budgets: budgets).run(
            seed: 1, horizon: 600 * Self.ms, watches: [])
        #expect(paused.failure?.code == .eventBudget)
    }
}
