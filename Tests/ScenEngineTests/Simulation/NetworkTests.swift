import Foundation
import ScenModel
import Testing

@testable import ScenEngine

@Suite struct NetworkTests {
    private func fates(
        _ links: NetworkModel, latency: Distribution = .uniform(low: 1_000, high: 9_000), seed: UInt64 = 1,
        from: Int = 0, to: Int = 1, nodes: Int = 3, count: Int = 200
    ) -> [Network.Fate] {
        var network = Network(
            network: links, timing: TimingModel(kind: .asynchronous, latency: latency), nodeCount: nodes)
        network.begin(seed: seed)
        return (0..<count).map { network.admit(from: from, to: to, at: $0 * 100) }
    }

    private func latencies(_ fates: [Network.Fate]) -> [Int] {
        fates.enumerated().map { $1.copies == 0 ? -1 : $1.arrival - $0 * 100 }
    }

    private let lossy = NetworkModel(links: .fairLoss, loss: 0.3, duplicate: 0.2)

    @Test func `loses and duplicates as often as the model says`() {
        let fates = fates(lossy, count: 100_000)
        let lost = fates.filter { $0.copies == 0 }.count
        let twice = fates.filter { $0.copies == 2 }.count
        // Four standard deviations of the binomial.
        #expect(abs(Double(lost) - 30_000) < 4 * (100_000 * 0.3 * 0.7).squareRoot())
        #expect(abs(Double(twice) - 14_000) < 4 * (100_000 * 0.14 * 0.86).squareRoot())
    }

    @Test(arguments: [1, 2, 4, 8])
    func `loses all of k messages in a share of loss ** k`(k: Int) {
        let links = NetworkModel(links: .fairLoss, loss: 0.5)
        let runs = 40_000
        let allLost = (0..<runs).filter { run in
            fates(links, seed: UInt64(run), nodes: 2, count: k).allSatisfy { $0.copies == 0 }
        }.count
        let p = pow(0.5, Double(k))
        #expect(abs(Double(allLost) - Double(runs) * p) < 4 * (Double(runs) * p * (1 - p)).squareRoot())
    }

    @Test func `draws losses, duplicates and latencies independently of each other`() {
        let base = fates(lossy)
        let slower = fates(lossy, latency: .exponential(mean: 1e9))
        #expect(slower.map(\.copies) == base.map(\.copies))

        let surer = fates(NetworkModel(links: .fairLoss, loss: 0, duplicate: 0.2))
        for (a, b) in zip(base, surer) where a.copies > 0 { #expect(a == b) }
        #expect(surer.filter { $0.copies == 2 }.count > base.filter { $0.copies == 2 }.count)

        let reliable = latencies(fates(NetworkModel(links: .reliable)))
        for (a, b) in zip(latencies(base), reliable) where a >= 0 { #expect(a == b) }
    }

    @Test func `gives every link its own draws`() {
        let base = latencies(fates(lossy))
        #expect(base != latencies(fates(lossy, from: 1, to: 0)))
        #expect(base != latencies(fates(lossy, from: 0, to: 2)))
        #expect(base != latencies(fates(lossy, seed: 2)))
        // The number of nodes decides only where counts are kept.
        #expect(base == latencies(fates(lossy, nodes: 300)))
        #expect(base == latencies(fates(lossy, nodes: 100_000)))
    }

    @Test func `never fails a message to oneself, and lets it take its time`() {
        let fates = fates(NetworkModel(links: .fairLoss, loss: 1, duplicate: 1), from: 2, to: 2)
        #expect(fates.allSatisfy { $0.copies == 1 })
        #expect(Set(latencies(fates)).count > 100)
    }

    @Test func `takes certainty at its word`() {
        #expect(fates(NetworkModel(links: .fairLoss, loss: 1)).allSatisfy { $0.copies == 0 })
        #expect(fates(NetworkModel(links: .fairLoss, duplicate: 1)).allSatisfy { $0.copies == 2 })
        #expect(fates(NetworkModel(links: .fairLoss)).allSatisfy { $0.copies == 1 })
    }

    @Test(arguments: [3, 300])
    func `keeps order on each link where asked`(nodes: Int) {
        let links = NetworkModel(links: .fairLoss, loss: 0.2, duplicate: 0.3, fifo: true)
        let wide = Distribution.exponential(mean: 1e6)
        var last = 0
        for fate in fates(links, latency: wide, nodes: nodes) where fate.copies > 0 {
            #expect(fate.arrival >= last)
            last = fate.arrival
            if fate.copies == 2 {
                #expect(fate.secondArrival >= last)
                last = fate.secondArrival
            }
        }
        let free = fates(NetworkModel(links: .reliable), latency: wide).map(\.arrival)
        #expect(free != free.sorted())
        let kept = fates(NetworkModel(links: .reliable, fifo: true), latency: wide).map(\.arrival)
        #expect(kept == free.indices.map { free[...$0].max()! })
    }

    @Test(arguments: [4, 1000, 20_000], [false, true])
    func `counts messages of links as a dictionary does`(nodes: Int, keepsOrder: Bool) {
        var table = LinkTable(nodeCount: nodes, keepsOrder: keepsOrder)
        var random = RandomStream(seed: 3)
        for _ in 0..<3 {
            table.clear()
            var model: [[Int]: UInt32] = [:]
            var last: [[Int]: Int] = [:]
            for _ in 0..<20_000 {
                let link = [Int(random.below(UInt64(min(nodes, 90)))), Int(random.below(UInt64(nodes)))]
                let number = table.count(from: link[0], to: link[1])
                #expect(number == model[link, default: 0])
                model[link, default: 0] += 1
                guard keepsOrder else { continue }
                let arrival = Int(random.below(1_000))
                let kept = max(arrival, last[link, default: 0])
                #expect(table.keepOrder(from: link[0], to: link[1], arrival: arrival) == kept)
                last[link] = kept
            }
        }
        let isFull = table.isFull
        #expect(!isFull)
    }

    @Test func `says when more links are in use than it may hold, until the next run`() {
        var table = LinkTable(nodeCount: 20_000, keepsOrder: false, linksMax: 3)
        table.clear()
        for to in 0..<3 { #expect(table.count(from: 7, to: to) == 0) }
        let before = table.isFull
        _ = table.count(from: 8, to: 0)
        let then = table.isFull
        table.clear()
        let after = table.isFull
        #expect([before, then, after] == [false, true, false])
    }
}
