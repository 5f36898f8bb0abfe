import Foundation
import Testing

@testable import ScenEngine

@Suite struct RandomStreamTests {
    @Test func `knows the first numbers of the published generator`() {
        // From the reference implementation with state 1234567.
        var stream = RandomStream(state: 1_234_567)
        let drawn = (0..<5).map { _ in stream.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test(arguments: [UInt64(2), 3, 6, 7, 10, 100, 1000])
    func `draws below a bound uniformly`(bound: UInt64) {
        var stream = RandomStream(seed: bound)
        var counts = [Int](repeating: 0, count: Int(bound))
        let draws = 100 * Int(bound) + 100_000
        for _ in 0..<draws { counts[Int(stream.below(bound))] += 1 }
        #expect(chiSquareIsLikely(counts))
    }

    @Test func `draws below bounds near the largest`() {
        var stream = RandomStream(seed: 9)
        var low = 0
        for _ in 0..<20_000 {
            let drawn = stream.below(3 << 62)
            #expect(drawn < 3 << 62)
            if drawn < 1 << 62 { low += 1 }
        }
        #expect(abs(low - 6_667) < 300)
        #expect((0..<100).allSatisfy { _ in stream.below(1) == 0 })
    }

    @Test func `gives neighbouring seeds, purposes and indices unrelated first draws`() {
        var bySeed = [Int](repeating: 0, count: 64)
        var byPurpose = bySeed
        var byIndex = bySeed
        for i in 0..<64_000 {
            var a = RandomStream(seed: UInt64(i), purpose: .input, index: 3)
            var b = RandomStream(
                seed: UInt64(i / 10), purpose: RandomPurpose.allCases[i % 10], index: 0)
            var c = RandomStream(seed: 1, purpose: .choice, index: i)
            bySeed[Int(a.below(64))] += 1
            byPurpose[Int(b.below(64))] += 1
            byIndex[Int(c.below(64))] += 1
        }
        for counts in [bySeed, byPurpose, byIndex] { #expect(chiSquareIsLikely(counts)) }
    }

    @Test func `takes seeds, purposes and indices apart`() {
        var seen = Set<UInt64>()
        for seed in 0..<20 {
            for purpose in RandomPurpose.allCases {
                for index in 0..<20 {
                    var stream = RandomStream(seed: UInt64(seed), purpose: purpose, index: index)
                    seen.insert(stream.next())
                }
            }
        }
        #expect(seen.count == 20 * 20 * RandomPurpose.allCases.count)
    }

    @Test func `computes logarithms and exponentials`() {
        var stream = RandomStream(seed: 4)
        var worstLog = 0.0
        var worstExp = 0.0
        for _ in 0..<20_000 {
            let u = 1 - stream.unit()
            let wide = Foundation.exp(600 * stream.unit() - 300)
            for x in [u, 1 - u * 0x1p-40, wide] {
                let exact = Foundation.log(x)
                worstLog = max(worstLog, abs(Elementary.log(x) - exact) / max(1, abs(exact)))
            }
            let x = 1400 * stream.unit() - 700
            let exact = Foundation.exp(x)
            worstExp = max(worstExp, abs(Elementary.exp(x) - exact) / exact)
        }
        #expect(worstLog < 3e-16)
        #expect(worstExp < 5e-16)
        #expect(Elementary.log(1) == 0)
        #expect(Elementary.exp(0) == 1)
        #expect(Elementary.exp(1000) == .infinity)
        #expect(Elementary.exp(-1000) == 0)
    }
}

/// Whether the counts of equally likely cells lie within 4.5 standard deviations of what chi-square gives.
func chiSquareIsLikely(_ counts: [Int]) -> Bool {
    let total = counts.reduce(0, +)
    let expected = Double(total) / Double(counts.count)
    let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    let freedom = Double(counts.count - 1)
    // Wilson and Hilferty's cube root is nearly normal.
    let cube = 1 - 2 / (9 * freedom)
    let score = (pow(chiSquare / freedom, 1.0 / 3) - cube) / (2 / (9 * freedom)).squareRoot()
    return score < 4.5
}
