import Foundation
import Testing

@testable import ScenEngine

/// Intervals for means and quantiles, against published numbers and by counting how often they miss.
@Suite struct StatisticsTests {
    private func sample(_ count: Int, seed: UInt64, _ draw: (Double) -> Double) -> [Double] {
        var stream = RandomStream(state: seed)
        return (0..<count).map { _ in draw(Double(stream.next() >> 11) / 9_007_199_254_740_992) }
    }

    // MARK: Values from 0 to 1

    /// Runs that never failed say as much as coins that never showed tails: no honest interval ends higher.
    @Test(arguments: [10, 200, 5_000]) func neverFailed(_ count: Int) {
        let interval = BettingInterval.twoSided(Array(repeating: 1, count: count), confidence: 0.999)
        let honest = Foundation.pow(0.0005, 1 / Double(count))
        #expect(interval.lowerBound <= honest)
        #expect(1 - interval.lowerBound <= max(1.8 * (1 - honest), 0.55))
        #expect(interval.upperBound == 1)
    }

    /// At 95% it may miss in one sample out of 20. Most values are good, a few are disastrous: where a normal
    /// approximation misses most.
    @Test func skewedValuesAreCovered() {
        var missed = 0
        for seed in 0..<1_000 as Range<UInt64> {
            let values = sample(60, seed: seed) { $0 < 0.03 ? 0 : 0.999 }
            if !BettingInterval.twoSided(values, confidence: 0.95).contains(0.97 * 0.999) { missed += 1 }
        }
        #expect(missed <= 50)
    }

    @Test func uniformValuesAreCovered() {
        var missed = 0
        for seed in 0..<1_000 as Range<UInt64> {
            let interval = BettingInterval.twoSided(sample(40, seed: seed) { $0 }, confidence: 0.95)
            if !interval.contains(0.5) { missed += 1 }
        }
        #expect(missed <= 50)
    }

    /// Hoeffding's interval knows nothing of how much values vary: at 99.9% of 400 values it is ± 0.0975 wide.
    @Test func valuesThatVaryLittleGiveNarrowIntervals() {
        let values = sample(400, seed: 1) { 0.9 + 0.02 * ($0 - 0.5) }
        let interval = BettingInterval.twoSided(values, confidence: 0.999)
        #expect(interval.contains(0.9))
        #expect(interval.upperBound - interval.lowerBound < 0.04)
        let mirrored = BettingInterval.twoSided(values.map { 1 - $0 }, confidence: 0.999)
        #expect(abs(mirrored.lowerBound - (1 - interval.upperBound)) < 1e-9)
    }

    @Test func nothingSaysNothing() {
        #expect(BettingInterval.twoSided([], confidence: 0.999) == 0...1)
        #expect(BettingInterval.twoSided([0.5], confidence: 0.999) == 0...1)
    }

    // MARK: Means

    /// Fisher and Yates, Statistical Tables, table III: two sides, 0.1%.
    @Test(arguments: [(1.0, 636.619), (2, 31.599), (10, 4.587), (30, 3.646), (120, 3.373), (1e6, 3.291)])
    func tableOfStudent(freedom: Double, expected: Double) {
        #expect(abs(StudentT.quantile(confidence: 0.999, freedom: freedom) / expected - 1) < 2e-4)
    }

    @Test func studentsInterval() throws {
        // Mean 50.5, variance 841 2/3, and no skew.
        let mean = MeanInterval((1...100).map(Double.init), confidence: 0.95)
        let interval = try #require(mean.interval)
        #expect(mean.mean == 50.5)
        let reach = 1.98422 * Foundation.sqrt(841.0 + 2.0 / 3) / 10
        #expect(abs(interval.upperBound - 50.5 - reach) < 1e-4)
        #expect(abs(interval.lowerBound - 50.5 + reach) < 1e-4)
    }

    @Test func fewOrSkewedValuesHaveNoInterval() {
        #expect(MeanInterval([5], confidence: 0.999).interval == nil)
        #expect(MeanInterval((1...20).map(Double.init), confidence: 0.999).interval == nil)
        // One in 200 costs a hundred: its skewness is 14, which takes 35,000 values.
        let rare = (0..<1_000).map { $0 % 200 == 0 ? 100.0 : 0 }
        #expect(MeanInterval(rare, confidence: 0.999).interval == nil)
        #expect(MeanInterval(Array(repeating: 5, count: 100), confidence: 0.999).interval == 5...5)
        #expect(abs(MeanInterval.enough(1, confidence: 0.999) - 180) < 3)
    }

    /// Means of exponential times: skewness 2 takes 720 of them.
    @Test func skewedMeansAreCovered() {
        var missed = 0
        for seed in 0..<4_000 as Range<UInt64> {
            let values = sample(800, seed: seed) { -Foundation.log(1 - $0) }
            if let interval = MeanInterval(values, confidence: 0.99).interval, !interval.contains(1) { missed += 1 }
        }
        // 40 are expected, and twice as many allowed.
        #expect(missed <= 80)
    }

    // MARK: Quantiles

    /// P(k of n are below the median) by summing binomial coefficients.
    private func share(below k: Int, of n: Int, _ q: Double) -> Double {
        var sum = 0.0
        for i in 0..<max(0, k) {
            var logarithm = Double(i) * Foundation.log(q) + Double(n - i) * Foundation.log(1 - q)
            for j in 0..<i { logarithm += Foundation.log(Double(n - j)) - Foundation.log(Double(j + 1)) }
            sum += Foundation.exp(logarithm)
        }
        return sum
    }

    @Test(arguments: [(100, 0.5), (1_000, 0.99), (300, 0.1), (37, 0.37)])
    func endsAreOrderStatistics(count: Int, q: Double) throws {
        let values = (1...count).map(Double.init)
        let statistic = QuantileInterval.of(values.reversed(), q: q, confidence: 0.999)
        let interval = try #require(statistic.interval)
        #expect(statistic.estimate == (Double(count) * q).rounded(.up))
        if interval.lowerBound.isFinite {
            let low = Int(interval.lowerBound)
            #expect(share(below: low, of: count, q) <= 0.0005)
            #expect(share(below: low + 1, of: count, q) > 0.0005)
        }
        if interval.upperBound.isFinite {
            let high = Int(interval.upperBound)
            #expect(1 - share(below: high, of: count, q) <= 0.0005)
            #expect(1 - share(below: high - 1, of: count, q) > 0.0005)
        }
    }

    /// 0.99^n <= 0.0005 from n = 757 on.
    @Test func fewValuesHaveNoUpperEnd() {
        func upper(_ count: Int) -> Double? {
            QuantileInterval.of((1...count).map(Double.init), q: 0.99, confidence: 0.999).interval?.upperBound
        }
        #expect(upper(756) == .infinity)
        #expect(upper(757) == 757)
        #expect(QuantileInterval.of([3], q: 0.5, confidence: 0.999).interval == -Double.infinity ... .infinity)
    }

    /// Many equal values: the interval contains the quantile at least as often.
    @Test func discreteQuantilesAreCovered() {
        var missed = 0
        for seed in 0..<1_000 as Range<UInt64> {
            // P(X <= 2) = 0.8: the quantile 0.75 is 2.
            let values = sample(100, seed: seed) { $0 < 0.5 ? 1 : $0 < 0.8 ? 2 : 3 }
            let interval = QuantileInterval.of(values, q: 0.75, confidence: 0.95).interval
            if interval?.contains(2) != true { missed += 1 }
        }
        #expect(missed <= 50)
    }
}
