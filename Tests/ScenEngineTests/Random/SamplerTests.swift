import Foundation
import ScenModel
import Testing

@testable import ScenEngine

@Suite struct SamplerTests {
    private static let ms = 1e6

    /// As the engine draws: the first draw of a fresh stream for each message.
    private func draws(_ distribution: Distribution, count: Int = 20_000, seed: UInt64 = 5) -> [Int] {
        let sampler = Sampler(distribution)
        return (0..<count).map { index in
            var stream = RandomStream(seed: seed, purpose: .latency, index: index)
            return sampler.draw(&stream)
        }
    }

    /// Kolmogorov and Smirnov's distance, times the root of the sample's size. 1.95 is exceeded once in a thousand.
    private func distance(_ sample: [Int], _ distribution: (Double) -> Double) -> Double {
        let sorted = sample.sorted()
        var worst = 0.0
        for (i, drawn) in sorted.enumerated() {
            let p = distribution(Double(drawn))
            worst = max(worst, p - Double(i) / Double(sorted.count), Double(i + 1) / Double(sorted.count) - p)
        }
        return worst * Double(sorted.count).squareRoot()
    }

    private func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    @Test func `draws a constant`() {
        #expect(Set(draws(.constant(5_000_000), count: 100)) == [5_000_000])
    }

    @Test func `draws whole nanoseconds uniformly, both ends included`() {
        let sample = draws(.uniform(low: 1_000_000, high: 10_000_000))
        #expect(distance(sample) { ($0 - 1e6) / 9e6 } < 1.95)

        var counts = [Int](repeating: 0, count: 6)
        for drawn in draws(.uniform(low: 10, high: 15), count: 60_000) { counts[drawn - 10] += 1 }
        #expect(chiSquareIsLikely(counts))
        #expect(Set(draws(.uniform(low: 7, high: 7), count: 10)) == [7])
    }

    @Test func `draws exponentially`() {
        let mean = 10 * Self.ms
        let sample = draws(.exponential(mean: mean))
        #expect(distance(sample) { 1 - exp(-$0 / mean) } < 1.95)
        let average = Double(sample.reduce(0, +)) / Double(sample.count)
        #expect(abs(average / mean - 1) < 3.3 / Double(sample.count).squareRoot())
    }

    @Test(arguments: [(20.0, 3.0), (1.0, 2.0), (0.0, 5.0)])
    func `draws normally, cut off at zero`(mean: Double, deviation: Double) {
        let (m, d) = (mean * Self.ms, deviation * Self.ms)
        let sample = draws(.normal(mean: m, deviation: d))
        let below = normal(-m / d)
        #expect(distance(sample) { (normal(($0 - m) / d) - below) / (1 - below) } < 1.95)
        #expect(sample.allSatisfy { $0 >= 0 })
    }

    @Test func `draws lognormally`() {
        let median = 4 * Self.ms
        let sample = draws(.lognormal(median: median, sigma: 0.7))
        #expect(distance(sample) { normal(log($0 / median) / 0.7) } < 1.95)
    }

    @Test func `draws from Pareto's distribution`() {
        let scale = 2 * Self.ms
        let sample = draws(.pareto(scale: scale, shape: 1.5))
        #expect(distance(sample) { $0 < scale ? 0 : 1 - pow(scale / $0, 1.5) } < 1.95)
        #expect(sample.allSatisfy { Double($0) >= scale })
    }

    @Test func `draws one of given values`() {
        var counts = [1_000: 0, 20_000: 0, 300_000: 0]
        for drawn in draws(.empirical([1_000, 20_000, 300_000]), count: 30_000) { counts[drawn]! += 1 }
        #expect(counts.count == 3)
        #expect(chiSquareIsLikely(Array(counts.values)))
    }

    @Test func `stays within what a time can hold`() {
        let wild: [Distribution] = [
            .pareto(scale: 1e9, shape: 0.001), .lognormal(median: 1e9, sigma: 500), .exponential(mean: 1e30),
            .normal(mean: -1e9, deviation: 1), .normal(mean: 5, deviation: 0), .empirical([]), .empirical([-5]),
            .uniform(low: -5, high: -3), .uniform(low: 3, high: 1), .uniform(low: 0, high: Word.largest),
            .constant(-1), .exponential(mean: .nan),
        ]
        for distribution in wild {
            for drawn in draws(distribution, count: 20) {
                #expect(drawn >= 0 && drawn <= Word.largest, "\(distribution)")
            }
        }
    }

    /// What takes the place of a draw in a run that is shrunk.
    @Test func `the nearest to a wish, and what is plain, can be drawn`() {
        let ms = 1_000_000
        let few = Sampler(.empirical([3 * ms, 7 * ms, 11 * ms]))
        #expect(few.nearest(0) == 3 * ms && few.nearest(4 * ms) == 3 * ms)
        #expect(few.nearest(6 * ms) == 7 * ms && few.nearest(1 << 60) == 11 * ms)
        #expect(few.plain % ms == 0 && few.nearest(few.plain) == few.plain)
        let range = Sampler(.uniform(low: 2 * ms + 345, high: 9 * ms))
        #expect(range.nearest(0) == 2 * ms + 345 && range.nearest(5 * ms) == 5 * ms && range.nearest(1 << 60) == 9 * ms)
        #expect(range.plain == 3 * ms)
        let narrow = Sampler(.uniform(low: 2 * ms + 345, high: 2 * ms + 999))
        #expect(narrow.plain == 2 * ms + 400)
        let constant = Sampler(.constant(12_345))
        #expect(constant.nearest(5) == 12_345 && constant.plain == 12_345)
        let heavy = Sampler(.pareto(scale: Double(5 * ms), shape: 2))
        #expect(heavy.nearest(0) == 5 * ms && heavy.plain == 5 * ms && heavy.nearest(Word.largest) > 1_000 * ms)
        for distribution: Distribution in [
            .exponential(mean: 0), .exponential(mean: 1e300), .normal(mean: 0, deviation: 1e300), .lognormal(median: 1, sigma: 1e6),
            .pareto(scale: 0, shape: 1e-300), .pareto(scale: 1e300, shape: 1e-9), .normal(mean: 5e6, deviation: 0),
        ] {
            let sampler = Sampler(distribution)
            for wish in [0, 1, Word.largest] { #expect(0...Word.largest ~= sampler.nearest(wish)) }
            #expect(0...Word.largest ~= sampler.plain)
        }
    }

    @Test func `draws the same in every build`() {
        let distributions: [Distribution] = [
            .uniform(low: 1_000_000, high: 10_000_000), .exponential(mean: 1e7), .normal(mean: 1e7, deviation: 1e6),
            .lognormal(median: 1e7, sigma: 1), .pareto(scale: 1e6, shape: 1.2), .empirical([1, 2, 3]),
        ]
        let firsts = distributions.map { draws($0, count: 3, seed: 1) }
        #expect(
            firsts == [
                [1_409_556, 8_163_161, 1_015_304], [465_742, 15_891_780, 17_019],
                [9_393_915, 11_447_911, 9_798_481], [5_454_825, 42_542_178, 8_174_877],
                [1_039_575, 3_759_609, 1_001_419], [1, 3, 1],
            ])
    }
}
