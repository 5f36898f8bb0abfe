import ScenModel
import Testing

@testable import ScenEngine

/// Waiting times under a bandwidth against queueing theory: Poisson arrivals of rate lambda at a link that serves with mean
/// 1 / mu, so that it is busy a share rho = lambda / mu of the time.
@Suite struct QueueTheoryTests {
    /// ns
    private static let service = 1e6
    private static let messages = 400_000

    private struct Outcome {
        /// In mean service times, from sending to the beginning of service.
        var wait: Double
        /// Of all that were sent.
        var dropped: Double
    }

    private func run(_ bandwidth: Bandwidth, rho: Double, seed: UInt64) -> Outcome {
        var model = NetworkModel(links: .fairLoss)
        model.bandwidth = bandwidth
        var network = Network(
            network: model, timing: TimingModel(kind: .asynchronous, latency: .constant(0)), nodeCount: 2)
        network.begin(seed: seed)
        let gaps = Sampler(.exponential(mean: Self.service / rho))
        var stream = RandomStream(seed: seed &+ 1_000)
        var time = 0
        var waited = 0.0
        var dropped = 0
        for _ in 0..<Self.messages {
            time += gaps.draw(&stream)
            let fate = network.admitSpecial(.none, kind: 0, number: 1, from: 0, to: 1, at: time)
            if fate.copies == 0 { dropped += 1 }
            waited += Double((network.note?.queuesUntil ?? time) - time)
        }
        return Outcome(
            wait: waited / Double(Self.messages - dropped) / Self.service,
            dropped: Double(dropped) / Double(Self.messages))
    }

    /// Pollaczek and Khinchine: W = rho (1 + c^2) / (2 (1 - rho)) service times, with c = 1 for exponential service (M/M/1)
    /// and c = 0 for constant service (M/D/1).
    @Test(arguments: [0.3, 0.5, 0.7, 0.8])
    func `waits as Pollaczek and Khinchine say`(rho: Double) {
        for (service, variation) in [(Bandwidth.Service.exponential, 1.0), (.constant, 0.0)] {
            let expected = rho * (1 + variation) / (2 * (1 - rho))
            let found = run(Bandwidth(interval: Self.service, service: service), rho: rho, seed: 7)
            #expect(abs(found.wait / expected - 1) < 0.04, "\(service) \(rho): \(found.wait) for \(expected)")
            #expect(found.dropped == 0)
        }
    }

    /// M/M/1/K: with room for K messages, the one served included, a share (1 - rho) rho^K / (1 - rho^(K + 1)) is dropped;
    /// which one is dropped makes no difference to that.
    @Test(arguments: [0.5, 0.9, 1.5])
    func `drops as Erlang says`(rho: Double) {
        let capacity = 4
        var power = 1.0
        for _ in 0..<capacity + 1 { power *= rho }
        let expected = (1 - rho) * power / (1 - power * rho)
        let found = run(
            Bandwidth(interval: Self.service, capacity: capacity, service: .exponential), rho: rho, seed: 11)
        #expect(abs(found.dropped - expected) < 0.004, "\(rho): \(found.dropped) for \(expected)")
    }
}
