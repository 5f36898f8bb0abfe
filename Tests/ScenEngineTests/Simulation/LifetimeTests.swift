import Foundation
import ScenModel
import Testing

@testable import ScenEngine

/// Nodes with exponential times up and down against the theory of alternating renewal processes. Seeds are fixed; a bound of
/// four standard deviations, or an exact interval of 99.99%, would be broken by chance once in more than ten thousand seeds.
@Suite struct LifetimeTests {
    private static let mttf = 9_000.0
    private static let mttr = 1_000.0

    private func simulator(nodes: Int, mttf: Double = mttf, mttr: Double? = mttr, faulty: [Int]? = nil) -> Simulator {
        var builder = ProgramBuilder()
        builder.onStart([])
        return Simulator(
            builder.compiled(
                nodes: nodes,
                faults: FaultModel(
                    who: .these(faulty ?? Array(0..<nodes)),
                    courses: .init(repeating: .lifetimes(mttf: mttf, mttr: mttr), count: nodes), recovers: mttr != nil)))
    }

    /// Times up and down, in order, of one node in a long run.
    private func times(_ simulator: Simulator, seed: UInt64, of node: Int, horizon: Int) -> (up: [Int], down: [Int]) {
        let (_, story) = simulator.tell(seed: seed, horizon: horizon, watches: [], limit: 1_000_000)
        var (up, down): ([Int], [Int]) = ([], [])
        var last = 0
        for step in story.steps {
            switch step.cause {
            case .crash(node): up.append(step.time - last)
            case .recovery(node): down.append(step.time - last)
            default: continue
            }
            last = step.time
        }
        return (up, down)
    }

    /// Kolmogorov and Smirnov: the largest distance from the distribution, times the root of the sample's size, is below
    /// 2.23 in 99.99% of samples.
    private func isExponential(_ sample: [Int], mean: Double) -> Bool {
        let sorted = sample.sorted()
        var distance = 0.0
        for (index, value) in sorted.enumerated() {
            let share = 1 - exp(-Double(value) / mean)
            let count = Double(sorted.count)
            distance = max(distance, abs(share - Double(index) / count), abs(share - Double(index + 1) / count))
        }
        return distance * Double(sorted.count).squareRoot() < 2.23
    }

    @Test func `times up and down are exponential, and independent of one another`() {
        // Long times, so that whole ns make no difference.
        let simulator = simulator(nodes: 2, mttf: 9e6, mttr: 1e6)
        let (up, down) = times(simulator, seed: 1, of: 0, horizon: 100_000_000_000)
        #expect(abs(up.count - 10_000) < 500)
        #expect(isExponential(up, mean: 9e6))
        #expect(isExponential(down, mean: 1e6))
        #expect(!isExponential(up, mean: 10e6) && !isExponential(down, mean: 1.1e6))
        let other = times(simulator, seed: 1, of: 1, horizon: 100_000_000_000)
        for (a, b) in [(up, down), (up, other.up), (Array(up.dropFirst()), up), (down, other.down)] {
            #expect(abs(correlation(a, b)) < 4 / Double(min(a.count, b.count)).squareRoot())
        }
    }

    private func correlation(_ a: [Int], _ b: [Int]) -> Double {
        let pairs = zip(a, b).map { (Double($0), Double($1)) }
        let count = Double(pairs.count)
        let (meanA, meanB) = (pairs.map(\.0).reduce(0, +) / count, pairs.map(\.1).reduce(0, +) / count)
        let covariance = pairs.map { ($0 - meanA) * ($1 - meanB) }.reduce(0, +)
        let (a, b) = (pairs.map { ($0.0 - meanA) * ($0.0 - meanA) }.reduce(0, +), pairs.map { ($0.1 - meanB) * ($0.1 - meanB) }.reduce(0, +))
        return covariance / (a * b).squareRoot()
    }

    /// A(t) = mu / (lambda + mu) + lambda / (lambda + mu) exp(-(lambda + mu) t), with lambda = 1 / MTTF and mu = 1 / MTTR:
    /// from 1 at the start to MTTF / (MTTF + MTTR).
    @Test(arguments: [100, 1_000, 10_000])
    func `is up with the availability of its moment`(moment: Int) {
        let simulator = simulator(nodes: 1)
        let runs = 20_000
        var up = 0
        for seed in 0..<runs {
            _ = simulator.run(seed: UInt64(seed), horizon: moment, watches: [])
            if !simulator.memory.crashed[0] { up += 1 }
        }
        let rate = 1 / Self.mttf + 1 / Self.mttr
        let limit = Self.mttf / (Self.mttf + Self.mttr)
        let expected = limit + (1 - limit) * exp(-rate * Double(moment))
        #expect(BinomialInterval.twoSided(hits: up, runs: runs, confidence: 0.9999).contains(expected))
    }

    /// Of n nodes that are up with probability A, at least k are with the tail of the binomial distribution.
    @Test func `k of n are up as independent nodes are`() {
        let n = 5
        let simulator = simulator(nodes: n, mttf: 3_000, mttr: 1_000)
        let runs = 10_000
        var counts = [Int](repeating: 0, count: n + 1)
        for seed in 0..<runs {
            _ = simulator.run(seed: UInt64(seed), horizon: 10_000, watches: [])
            counts[(0..<n).count { !simulator.memory.crashed[$0] }] += 1
        }
        let a = 0.75
        var choose = 1.0
        for k in 0...n {
            let expected = choose * pow(a, Double(k)) * pow(1 - a, Double(n - k))
            #expect(BinomialInterval.twoSided(hits: counts[k], runs: runs, confidence: 0.9999).contains(expected), "\(k) of \(n)")
            choose *= Double(n - k) / Double(k + 1)
        }
    }

    @Test func `without repair it fails once`() {
        let simulator = simulator(nodes: 1, mttr: nil)
        let runs = 20_000
        var up = 0
        var ended = 0
        for seed in 0..<runs {
            let result = simulator.run(seed: UInt64(seed), horizon: 9_000, watches: [])
            #expect(result.events <= 2)
            if !simulator.memory.crashed[0] { up += 1 }
            if result.end == .quiescent { ended += 1 }
        }
        // exp(-1) survive one mean time; for the others nothing is left to happen.
        #expect(BinomialInterval.twoSided(hits: up, runs: runs, confidence: 0.9999).contains(exp(-1)))
        #expect(ended == runs - up)
    }

    @Test func `a node's times are its own, whoever else is faulty`() {
        let all = times(simulator(nodes: 4), seed: 7, of: 2, horizon: 1_000_000)
        let alone = times(simulator(nodes: 4, faulty: [2]), seed: 7, of: 2, horizon: 1_000_000)
        #expect(all == alone && all.up.count > 50)
        #expect(times(simulator(nodes: 4), seed: 7, of: 1, horizon: 1_000_000) != all)
    }
}
