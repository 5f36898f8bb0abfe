import ScenModel
import Testing

@testable import ScenEngine

@Suite struct FaultPlanTests {
    private func plan(_ who: FaultModel.Who, nodes: Int = 5) -> FaultPlan {
        FaultPlan(model: FaultModel(who: who, courses: []), nodeCount: nodes)
    }

    @Test func `takes sizes up to the limit, and sets of each size, equally likely`() {
        var plan = plan(.some(count: 2, exactly: false, candidates: [0, 1, 3, 4]))
        var counts: [[Int]: Int] = [:]
        for seed in 0..<30_000 {
            _ = plan.draw(seed: UInt64(seed))
            counts[plan.faulty, default: 0] += 1
        }
        let singles = counts.keys.filter { $0.count == 1 }.sorted { $0[0] < $1[0] }
        #expect(singles == [[0], [1], [3], [4]])
        #expect(chiSquareIsLikely(singles.map { counts[$0]! }))
        let pairs = counts.keys.filter { $0.count == 2 }
        #expect(pairs.count == 6 && pairs.allSatisfy { $0 == $0.sorted() })
        #expect(chiSquareIsLikely(pairs.map { counts[$0]! }))
        let bySize = (0...2).map { size in counts.filter { $0.key.count == size }.values.reduce(0, +) }
        #expect(chiSquareIsLikely(bySize))
    }

    @Test func `takes exactly as many as asked, and no more than there are`() {
        var exact = plan(.some(count: 3, exactly: true, candidates: [0, 1, 2, 3, 4]))
        var tooMany = plan(.some(count: 9, exactly: true, candidates: [1, 2]))
        for seed in 0..<100 {
            _ = exact.draw(seed: UInt64(seed))
            _ = tooMany.draw(seed: UInt64(seed))
            #expect(Set(exact.faulty).count == 3)
            #expect(tooMany.faulty == [1, 2])
        }
        var given = plan(.these([4, 2]))
        let changed = given.draw(seed: 1)
        #expect(!changed && given.faulty == [2, 4])
        #expect(!plan(.nobody).isPossible)
        #expect(!plan(.some(count: 0, exactly: false, candidates: [1])).isPossible)
    }

    @Test func `draws moments in their range, and handlers that are likely to be early`() {
        var between = [0, 0, 0]
        var handlers = [Int](repeating: 0, count: 200)
        var sending = [Int](repeating: 0, count: 200)
        var stream = RandomStream(seed: 3)
        for _ in 0..<40_000 {
            #expect(FaultPlan.draw(.at(7), &stream) == 7)
            between[FaultPlan.draw(.between(10, 12), &stream) - 10] += 1
            let (number, inSends) = FaultPlan.handler(&stream)
            if inSends { sending[number] += 1 } else { handlers[number] += 1 }
        }
        #expect(between.reduce(0, +) == 40_000 && chiSquareIsLikely(between))
        let any = handlers.reduce(0, +)
        #expect(any + sending.reduce(0, +) == 40_000 && abs(any - 20_000) < 400)
        // Geometric with probability 1/4: mean 3, standard deviation 3.46; with 1/2: mean 1, standard deviation 1.41.
        func mean(_ counts: [Int]) -> Double {
            Double(counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }) / Double(counts.reduce(0, +))
        }
        #expect(abs(mean(handlers) - 3) < 0.1)
        #expect(abs(mean(sending) - 1) < 0.04)
    }

    @Test func `waits for no step at all, or for any number of them`() {
        var stream = RandomStream(seed: 4)
        let runs = 80_000
        var bySpan = [Int](repeating: 0, count: 64)
        var sixth: [Int] = [0, 0, 0, 0]
        for _ in 0..<runs {
            let gap = FaultPlan.gap(&stream)
            bySpan[63 - (gap + 1).leadingZeroBitCount] += 1
            if (3...6).contains(gap) { sixth[gap - 3] += 1 }
        }
        // 2^e - 1 ..< 2^(e + 1) - 1 with probability 1/4 (3/4)^e, and all of them alike.
        var probability = 0.25
        for span in 0..<12 {
            let expected = probability * Double(runs)
            #expect(abs(Double(bySpan[span]) - expected) < 4 * expected.squareRoot())
            probability *= 0.75
        }
        #expect(chiSquareIsLikely(sixth))
        #expect(bySpan[21...].allSatisfy { $0 == 0 })
    }

    @Test func `interrupts at any point or at the end, and never reaches all recipients`() {
        var stream = RandomStream(seed: 1)
        var points = [0, 0, 0, 0]
        var subsets: [[Int]: Int] = [:]
        for _ in 0..<40_000 {
            let drawn = FaultPlan.interruption(points: [1, 3, 0], orEnd: true, stream: &stream)
            points[drawn.point] += 1
            if drawn.point == 1 { subsets[drawn.reached, default: 0] += 1 } else { #expect(drawn.reached == []) }
        }
        #expect(chiSquareIsLikely(points))
        #expect(subsets.count == 7 && subsets[[0, 1, 2]] == nil)
        #expect(chiSquareIsLikely(Array(subsets.values)))
        for _ in 0..<100 {
            #expect(FaultPlan.interruption(points: [1, 3, 0], orEnd: false, stream: &stream).point < 3)
        }
        #expect(FaultPlan.interruption(points: [], orEnd: true, stream: &stream) == Machine.Interruption(point: 0))
    }
}
