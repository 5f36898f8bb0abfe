import ScenModel
import Testing

@testable import ScenEngine

@Suite struct TimingDeterminismTests {
    private func compiled(_ change: (inout TimingModel) -> Void = { _ in }) -> CompiledCase {
        var timing = TimingModel(kind: .partiallySynchronous, latency: .uniform(low: 0, high: 1_000_000), bound: 1_000_000)
        timing.badPeriods = .recurring(meanEvery: 2e7, meanLength: 1e7, latency: .exponential(mean: 1e7))
        timing.pauses = Pauses(every: .exponential(mean: 5e6), length: .uniform(low: 0, high: 5_000_000))
        timing.clocks = ClockModel(skew: 1_000_000, drift: 0.01)
        timing.step = .exponential(mean: 1e5)
        change(&timing)
        var builder = ProgramBuilder()
        let message = builder.message("M")
        let tick = builder.timer("Tick")
        let all = builder.constant(.set([.node(0), .node(1), .node(2)]))
        builder.onStart(.set(tick, after: 0))
        builder.onTimer(tick, .send(message, toSet: all) + .set(tick, after: 1_000_000))
        builder.on(message, [])
        return builder.compiled(
            nodes: 3, network: NetworkModel(links: .fairLoss, loss: 0.1, duplicate: 0.1), timing: timing)
    }

    private func hashes(jobs: Int) async -> [UInt64] {
        let batch = SimulationBatch(compiled(), jobs: jobs)
        var hashes: [UInt64] = []
        await batch.run(firstSeed: 1, count: 60, horizon: 100_000_000, watches: []) { _, result in
            #expect(result.failure == nil)
            hashes.append(result.hash)
        }
        return hashes
    }

    @Test func `runs do not depend on the number of workers`() async {
        let one = await hashes(jobs: 1)
        #expect(await hashes(jobs: 2) == one)
        #expect(Set(one).count == 60)
    }

    /// Streams are keyed by what they are for: what one part draws does not depend on another.
    @Test func `a part that is left out leaves the others' draws as they are`() {
        func latencies(_ change: (inout TimingModel) -> Void) -> [Int: Int] {
            let (_, story) = Simulator(compiled(change)).tell(
                seed: 3, horizon: 30_000_000, watches: [], limit: .max)
            var found: [Int: Int] = [:]
            var index = 0
            for step in story.steps {
                for case .sent(_, _, 1, .arrives(let at)) in step.effects where step.cause == .timer(node: 0, timer: 0, arguments: []) {
                    found[index] = at - step.time
                    index += 1
                }
            }
            return found
        }
        func quiet(_ timing: inout TimingModel) {
            timing.badPeriods = nil
            timing.pauses = nil
            timing.step = nil
        }
        let plain = latencies { timing in
            quiet(&timing)
            timing.clocks = nil
        }
        let bent = latencies { quiet(&$0) }
        #expect(plain.count > 15)
        #expect((0..<15).allSatisfy { plain[$0] == bent[$0] })
    }
}
