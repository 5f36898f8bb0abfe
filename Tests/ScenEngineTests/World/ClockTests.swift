import ScenModel
import Testing

@testable import ScenEngine

@Suite struct ClockTests {
    private static let second = 1_000_000_000

    private func timing(skew: Int, drift: Double) -> TimingModel {
        var timing = TimingModel(kind: .synchronous, latency: .constant(10), bound: 10)
        timing.clocks = ClockModel(skew: skew, drift: drift)
        return timing
    }

    @Test func `two clocks differ by at most the skew at the start`() {
        let clocks = Clocks(ClockModel(skew: 50_000, drift: 0), nodeCount: 100)
        var largest = 0
        var sum = 0
        for seed in 0..<100 {
            clocks.draw(seed: UInt64(seed))
            let shown = (0..<100).map { clocks.reading(of: $0, at: 0) }
            largest = max(largest, (shown.max() ?? 0) - (shown.min() ?? 0))
            sum += shown.reduce(0, +)
            // Without drift the difference stays as it is.
            #expect((0..<100).allSatisfy { clocks.reading(of: $0, at: 70 * Self.second) == shown[$0] + 70 * Self.second })
        }
        #expect(largest > 49_000 && largest <= 50_000)
        #expect(abs(Double(sum) / 10_000 - 25_000) < 600)
    }

    @Test func `rates are uniform, and clocks move apart by twice the drift at most`() {
        let drift = 0.001
        let clocks = Clocks(ClockModel(skew: 1_000, drift: drift), nodeCount: 1_000)
        var counts = [Int](repeating: 0, count: 10)
        for seed in 0..<10 {
            clocks.draw(seed: UInt64(seed))
            for deviation in clocks.deviations {
                let share = Double(deviation) / 1e12
                #expect(abs(share) <= drift)
                counts[min(9, max(0, Int((share / drift + 1) * 5)))] += 1
            }
            let passed = 100 * Self.second
            let shown = (0..<1_000).map { clocks.reading(of: $0, at: passed) }
            let apart = Double((shown.max() ?? 0) - (shown.min() ?? 0))
            #expect(apart <= 1_000 + 2 * drift * Double(passed) + 1)
            #expect(apart > 1.9 * drift * Double(passed))
        }
        #expect(chiSquareIsLikely(counts))
    }

    /// A timer of d on a clock of rate r fires after d / r of real time: at the first moment at which the clock shows it.
    @Test(arguments: [0.0, 0.0001, 0.05, 0.9])
    func `timers go by the clock of their node`(drift: Double) {
        var builder = ProgramBuilder()
        let tick = builder.timer("Tick")
        let delay = 10_000_000
        builder.onStart(.set(tick, after: delay))
        builder.onTimer(tick, .set(tick, after: delay))
        let simulator = Simulator(builder.compiled(nodes: 5, timing: timing(skew: 777, drift: drift)))
        for seed in 1...20 {
            let (_, story) = simulator.tell(seed: UInt64(seed), horizon: Self.second, watches: [], limit: .max)
            guard let clocks = simulator.memory.clocks else {
                Issue.record("there are clocks")
                return
            }
            for node in 0..<5 {
                let rate = 1 + Double(clocks.deviations[node]) / 1e12
                let fired: [Int] = story.steps.compactMap { step in
                    if case .timer(node, _, _) = step.cause { step.time } else { nil }
                }
                #expect(abs(Double(fired.count) - 100 * rate) <= 1)
                for (previous, time) in zip([0] + fired, fired) {
                    #expect(abs(Double(time - previous) - Double(delay) / rate) <= 1 + 1 / rate)
                    let shown = clocks.reading(of: node, at: time) - clocks.reading(of: node, at: previous)
                    #expect(shown >= delay)
                    #expect(clocks.reading(of: node, at: time - 1) - clocks.reading(of: node, at: previous) < delay)
                }
            }
        }
    }

    @Test func `handlers read the clock of their node, expectations the time`() {
        var builder = ProgramBuilder()
        let timer = builder.timer("T")
        let seen = builder.variable("seen")
        builder.onStart(.set(timer, after: 1_000_000))
        builder.onTimer(timer, [Instruction(.loadNow, 3), Instruction(.storeState, seen, 3)])
        let simulator = Simulator(builder.compiled(nodes: 3, timing: timing(skew: 5_000_000, drift: 0.1)))
        let result = simulator.run(seed: 4, horizon: Self.second, watches: [])
        let offsets = simulator.memory.clocks?.offsets ?? []
        for node in 0..<3 {
            let shown = simulator.number(seen, of: node) - offsets[node]
            #expect(shown >= 1_000_000 && shown <= 1_000_001)
        }
        #expect(Set(offsets).count == 3)
        #expect(result.endTime > 900_000 && result.endTime < 1_200_000)
    }

    @Test func `clocks do not overflow`() {
        let clocks = Clocks(ClockModel(skew: Word.largest / 2, drift: 0.999_999_999_999), nodeCount: 50)
        for seed in 0..<20 {
            clocks.draw(seed: UInt64(seed))
            for node in 0..<50 {
                #expect(clocks.reading(of: node, at: Word.largest) <= Word.largest)
                let moment = clocks.moment(of: node, after: Word.largest, since: Word.largest - 1)
                #expect(moment >= Word.largest - 1 && moment <= Word.largest)
                #expect(clocks.moment(of: node, after: 0, since: 12_345) == 12_345)
            }
        }
    }

    @Test func `bounds and rounds go by real time`() {
        var builder = ProgramBuilder()
        let message = builder.message("M")
        builder.onStart(.at(0, .send(message, to: 1)))
        builder.on(message, [])
        let simulator = Simulator(builder.compiled(nodes: 2, timing: timing(skew: 999, drift: 0.5)))
        #expect(simulator.run(seed: 1, horizon: 1_000, watches: []).endTime == 10)
    }
}
