import Glibc
import ScenEngine
import ScenLanguage
import ScenModel

/// Deliveries per CPU second of one run on one core, as the scenario says or, tiny, with another value for its parameter.
struct Throughput {
    let name: String
    let path: String
    let wanted: String
    let deliveries: Int
    let tiny: (parameter: ScenarioLoader.Override, deliveries: Int)?

    static func all(folder: String, tiny: Bool) throws(BenchFailure) {
        try Throughput(
            name: "flooding gossip, 1,000 nodes, deliveries per CPU second", path: folder + "/gossip.yaml",
            wanted: "at least 1 M", deliveries: 999_000,
            tiny: tiny ? (ScenarioLoader.Override(name: "count", value: "30"), 870) : nil
        ).measure()
        try Throughput(
            name: "heartbeats, 100 nodes, deliveries per CPU second", path: folder + "/heartbeats.yaml",
            wanted: "at least 3 M", deliveries: 9_880_000,
            tiny: tiny ? (ScenarioLoader.Override(name: "length", value: "1s"), 89_000) : nil
        ).measure()
    }

    /// At least `deliveries` must have been made: of the last heartbeats some are still on their way.
    func measure() throws(BenchFailure) {
        let loaded = ScenarioLoader.load(
            path: path, bytes: try Files.read(path), overrides: tiny.map { [$0.parameter] } ?? [])
        guard let typed = loaded.cases.first, !loaded.hasErrors else {
            throw BenchFailure("\(path) is not a valid scenario")
        }
        let compiled = Compiler.compile(typed)
        let horizon = compiled.plan.simulation?.horizon ?? 0
        let simulator = Simulator(compiled)
        var rates: [Double] = []
        var hashes: Set<UInt64> = []
        for _ in 0..<(tiny == nil ? 5 : 2) {
            let before = ChildProcess.ownSeconds()
            let result = simulator.run(seed: 1, horizon: horizon, watches: [])
            let spent = ChildProcess.ownSeconds() - before
            guard result.failure == nil, result.deliveries >= tiny?.deliveries ?? deliveries else {
                throw BenchFailure("\(path): \(result.deliveries) deliveries")
            }
            rates.append(Double(result.deliveries) / max(spent, 1e-9) / 1e6)
            hashes.insert(result.hash)
        }
        guard let hash = hashes.first, hashes.count == 1 else {
            throw BenchFailure("the same seed gave different runs")
        }
        Console.show(
            name: name, figure: Median.text(Median.of(rates), "M"), wanted: wanted, hash: ContentHash.text(hash))
    }
}
