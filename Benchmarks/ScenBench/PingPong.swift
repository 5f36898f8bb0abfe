import ScenEngine
import ScenLanguage
import ScenModel

/// Deliveries per CPU second on one core, two nodes, uniform latency.
struct PingPong {
    let path: String
    let tiny: Bool

    func measure() throws(BenchFailure) {
        let loaded = ScenarioLoader.load(path: path, bytes: try Files.read(path))
        guard let typed = loaded.cases.first, !loaded.hasErrors else {
            throw BenchFailure("\(path) is not a valid scenario")
        }
        let compiled = Compiler.compile(typed)
        let simulator = Simulator(compiled)
        // 5.5 ms a delivery on average: a million of them, or a thousand.
        let horizon = tiny ? 5_500_000_000 : 5_500_000_000_000
        var rates: [Double] = []
        var hashes: Set<UInt64> = []
        for _ in 0..<(tiny ? 2 : 7) {
            let before = ChildProcess.ownSeconds()
            let result = simulator.run(seed: 1, horizon: horizon, watches: [])
            let spent = ChildProcess.ownSeconds() - before
            guard result.failure == nil, result.deliveries > (tiny ? 500 : 900_000) else {
                throw BenchFailure("\(path): \(result.deliveries) deliveries")
            }
            rates.append(Double(result.deliveries) / max(spent, 1e-9) / 1e6)
            hashes.insert(result.hash)
        }
        guard let hash = hashes.first, hashes.count == 1 else {
            throw BenchFailure("the same seed gave different runs")
        }
        Console.show(
            name: "ping-pong, deliveries per CPU second", figure: Median.text(Median.of(rates), "M"),
            wanted: "at least 5 M", hash: ContentHash.text(hash))
    }
}
