import ScenModel
import Testing

@testable import ScenEngine

@Suite struct PauseTheoryTests {
    /// Renewal theory: the share of time spent in pauses is E[for] / (E[every] + E[for]), whatever the distributions.
    @Test(arguments: [
        (Distribution.exponential(mean: 5e6), Distribution.uniform(low: 10_000, high: 3_000_000), 1.505 / 6.505),
        (.uniform(low: 0, high: 2_000_000), .exponential(mean: 1e6), 0.5),
        (.constant(3_000_000), .constant(1_000_000), 0.25),
    ])
    func `nodes pause for the share of time that renewal theory gives`(
        every: Distribution, length: Distribution, share: Double
    ) {
        let held = HeldNodes(pauses: Pauses(every: every, length: length), nodeCount: 2)
        held.begin(seed: 5)
        let gaps = Sampler(.exponential(mean: 1e6))
        var stream = RandomStream(seed: 77)
        var time = 0
        var paused = [0, 0]
        let samples = 150_000
        for _ in 0..<samples {
            time += gaps.draw(&stream)
            for node in 0...1 where held.pause(of: node, at: time) != nil { paused[node] += 1 }
        }
        for count in paused { #expect(abs(Double(count) / Double(samples) - share) < 0.006) }
        #expect(paused[0] != paused[1] || held.pause(of: 0, at: time) == nil)
    }

    @Test func `a node's pauses are its own, whatever the others do`() {
        let pauses = Pauses(every: .exponential(mean: 1e6), length: .exponential(mean: 1e6))
        func ends(asking other: Bool) -> [Int] {
            let held = HeldNodes(pauses: pauses, nodeCount: 2)
            held.begin(seed: 9)
            return (1...200).map { step in
                if other { _ = held.pause(of: 0, at: step * 500_000) }
                return held.pause(of: 1, at: step * 500_000)?.end ?? 0
            }
        }
        #expect(ends(asking: true) == ends(asking: false))
        #expect(Set(ends(asking: true)).count > 20)
    }

    /// A node with Poisson arrivals whose handlers take time is a queue M/G/1. Pollaczek and Khinchine: the mean wait is
    /// rho (1 + c^2) / (2 (1 - rho)) service times, with c = 0 for constant and c = 1 for exponential service.
    @Test(arguments: [(0.5, false), (0.8, false), (0.5, true), (0.7, true)])
    func `messages wait at a busy node as Pollaczek and Khinchine say`(rho: Double, exponential: Bool) {
        let service = 1_000_000
        let messages = 20_000
        let span = Int(Double(messages * service) / rho)
        var timing = TimingModel(kind: .asynchronous, latency: .uniform(low: 0, high: span))
        timing.step = exponential ? .exponential(mean: Double(service)) : .constant(service)
        var builder = ProgramBuilder()
        let job = builder.message("Job")
        let all = builder.constant(.set([.node(1)]))
        // Given their number, Poisson arrivals are uniform and independent.
        builder.onStart(.at(0, (0..<messages).flatMap { _ in [Instruction].send(job, toSet: all) }))
        builder.on(job, [])
        let simulator = Simulator(builder.compiled(nodes: 2, timing: timing))
        var waited = 0.0
        let runs = 6
        for seed in 1...runs { waited += meanTime(simulator, seed: UInt64(seed)) }
        let found = waited / Double(runs) / Double(service) - 1
        let expected = rho * (exponential ? 2 : 1) / (2 * (1 - rho))
        #expect(abs(found / expected - 1) < 0.05, "\(found) for \(expected)")
    }

    /// ns from the arrival to the end of the handler.
    private func meanTime(_ simulator: Simulator, seed: UInt64) -> Double {
        simulator.seed = seed
        #expect(simulator.begin())
        simulator.start()
        var total = 0
        while let event = simulator.queue.pop(until: Word.largest) {
            if event.classIndex == Event.Class.arrival.rawValue { total -= event.time }
            let handled = simulator.deliveries
            simulator.handle(event)
            if simulator.deliveries > handled { total += event.time }
        }
        return Double(total) / Double(simulator.deliveries)
    }
}
