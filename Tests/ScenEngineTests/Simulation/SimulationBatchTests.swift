import ScenModel
import Testing

@testable import ScenEngine

@Suite struct SimulationBatchTests {
    private func compiled() -> CompiledCase {
        SimulatorTests.pingPong(
            latency: .exponential(mean: 10_000), links: NetworkModel(links: .fairLoss, loss: 0.05, duplicate: 0.04)
        ).0
    }

    private func results(jobs: Int, count: Int, horizon: Int = 500_000) async -> [(UInt64, RunResult)] {
        let batch = SimulationBatch(compiled(), jobs: jobs)
        var results: [(UInt64, RunResult)] = []
        await batch.run(firstSeed: 100, count: count, horizon: horizon, watches: []) { results.append(($0, $1)) }
        return results
    }

    @Test(arguments: [1, 2, 3, 8])
    func `hands on the same results in the same order, however many workers there are`(jobs: Int) async {
        let simulator = Simulator(compiled())
        let results = await results(jobs: jobs, count: 300)
        #expect(results.map(\.0) == (100..<400).map { UInt64($0) })
        for (seed, result) in results {
            let alone = simulator.run(seed: seed, horizon: 500_000, watches: [])
            #expect(result.hash == alone.hash && result.events == alone.events && result.endTime == alone.endTime)
        }
    }

    @Test func `goes on in further batches, wraps round at the largest seed, and takes few runs or none`() async {
        let batch = SimulationBatch(compiled(), jobs: 2)
        var seeds: [UInt64] = []
        await batch.run(firstSeed: .max, count: 3, horizon: 1_000, watches: []) { seed, _ in seeds.append(seed) }
        await batch.run(firstSeed: 7, count: 0, horizon: 1_000, watches: []) { seed, _ in seeds.append(seed) }
        await batch.run(firstSeed: 7, count: 1, horizon: 1_000, watches: []) { seed, _ in seeds.append(seed) }
        #expect(seeds == [.max, 0, 1, 7])
    }

    @Test func `gathers more runs than it keeps at a time`() async {
        let results = await results(jobs: 2, count: 20_000, horizon: 20_000)
        #expect(results.map(\.0) == (100..<20_100).map { UInt64($0) })
    }
}
