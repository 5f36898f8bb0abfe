import Foundation
import Testing

@testable import ScenEngine
import ScenModel

/// Exact intervals against their definition: at the lower end of the interval, as many hits or more have the chance of one tail;
/// at the upper end, as many or fewer.
@Suite struct IntervalTests {
    /// P(X = k) for k of n, by logarithms of factorials: nothing here is shared with the code under test.
    func chance(_ k: Int, of n: Int, _ p: Double) -> Double {
        if p == 0 { return k == 0 ? 1 : 0 }
        if p == 1 { return k == n ? 1 : 0 }
        var logChoose = 0.0
        for i in 0..<k { logChoose += Foundation.log(Double(n - i)) - Foundation.log(Double(i + 1)) }
        return Foundation.exp(
            logChoose + Double(k) * Foundation.log(p) + Double(n - k) * Foundation.log(1 - p))
    }

    @Test(arguments: [(0, 10), (1, 10), (5, 10), (10, 10), (3, 200), (137, 400), (1999, 2000)])
    func endsAreWhereTheTailsAre(hits: Int, runs: Int) {
        let interval = BinomialInterval.twoSided(hits: hits, runs: runs, confidence: 0.999)
        if hits > 0 {
            let atLeast = (hits...runs).reduce(0.0) { $0 + chance($1, of: runs, interval.lowerBound) }
            #expect(abs(atLeast - 0.0005) < 1e-7)
        } else {
            #expect(interval.lowerBound == 0)
        }
        if hits < runs {
            let atMost = (0...hits).reduce(0.0) { $0 + chance($1, of: runs, interval.upperBound) }
            #expect(abs(atMost - 0.0005) < 1e-7)
        } else {
            #expect(interval.upperBound == 1)
        }
    }

    /// Clopper and Pearson's own closed form for no hits: 1 - (alpha/2)^(1/n).
    @Test(arguments: [1, 10, 4000, 1_000_000])
    func noHits(runs: Int) {
        let high = BinomialInterval.twoSided(hits: 0, runs: runs, confidence: 0.95).upperBound
        #expect(abs(high - (1 - Foundation.pow(0.025, 1 / Double(runs)))) < 1e-12 + high * 1e-9)
    }

    /// "The rule of three": what was not seen in n runs happens in at most about 3/n of them (95%).
    @Test func neverSeen() {
        #expect(abs(BinomialInterval.neverSeen(runs: 1000, confidence: 0.95) - 0.0029912) < 1e-6)
        #expect(BinomialInterval.neverSeen(runs: 0, confidence: 0.95) == 1)
    }

    /// The interval is symmetric when hits and misses change places.
    @Test func symmetric() {
        let a = BinomialInterval.twoSided(hits: 30, runs: 1000, confidence: 0.999)
        let b = BinomialInterval.twoSided(hits: 970, runs: 1000, confidence: 0.999)
        #expect(abs(a.lowerBound - (1 - b.upperBound)) < 1e-12)
        #expect(abs(a.upperBound - (1 - b.lowerBound)) < 1e-12)
    }

    /// I_x(a, b) for whole a and b is a binomial tail.
    @Test func incompleteBetaIsABinomialTail() {
        for (a, b, x) in [(1, 1, 0.3), (2, 5, 0.2), (7, 3, 0.9), (40, 60, 0.41), (500, 700, 0.4)] {
            let n = a + b - 1
            let tail = (a...n).reduce(0.0) { $0 + chance($1, of: n, x) }
            #expect(abs(IncompleteBeta.value(x, Double(a), Double(b)) - tail) < 1e-10)
        }
    }
}

@Suite struct ComparisonTests {
    typealias Comparison = CompiledExpectation.Comparison

    @Test func positions() {
        #expect(Comparison.atLeast(0.5).judge(0.5...0.6) == .right)
        #expect(Comparison.atLeast(0.5).judge(0.4...0.49) == .wrong)
        #expect(Comparison.atLeast(0.5).judge(0.4...0.5) == .straddles)
        #expect(Comparison.atMost(0.5).judge(0.4...0.5) == .right)
        #expect(Comparison.atMost(0.5).judge(0.51...0.6) == .wrong)
        #expect(Comparison.atMost(0.5).judge(0.5...0.6) == .straddles)
        #expect(Comparison.between(0.2, 0.4).judge(0.2...0.4) == .right)
        #expect(Comparison.between(0.2, 0.4).judge(0.1...0.3) == .straddles)
        #expect(Comparison.between(0.2, 0.4).judge(0.41...0.5) == .wrong)
        #expect(Comparison.equals(0.5, tolerance: 0.05).judge(0.49...0.51) == .right)
        #expect(Comparison.equals(0.5, tolerance: 0.05).judge(0.4...0.6) == .tooWide)
        #expect(Comparison.equals(0.5, tolerance: 0.05).judge(0.501...0.51) == .wrong)
    }
}
