import ScenModel
import Testing

@testable import ScenEngine

/// Links that differ, rules and queues, asked of the network without a world.
@Suite struct SpecialLinkTests {
    private static let ms = 1_000_000

    private func network(
        _ model: NetworkModel, latency: Distribution = .constant(ms), nodes: Int = 4, seed: UInt64 = 1
    ) -> Network {
        let timing = TimingModel(kind: .asynchronous, latency: latency)
        var network = Network(network: model, timing: timing, nodeCount: nodes)
        network.begin(seed: seed)
        return network
    }

    /// Sends messages of kind `kind` from 0 to 1, unless other nodes are given, at these moments.
    private func fates(
        _ network: inout Network, kind: Int = 0, from: Int = 0, to: Int = 1, at times: [Int]
    ) -> [Network.Fate] {
        times.map { network.admitSpecial(.none, kind: kind, number: 1, from: from, to: to, at: $0) }
    }

    // MARK: Rules

    private func copies(_ selection: MessageRule.Selection, of count: Int = 12) -> [Int] {
        var model = NetworkModel(links: .fairLoss)
        model.rules = [MessageRule(action: .drop, selection: selection)]
        var network = network(model)
        return fates(&network, at: Array(repeating: 0, count: count)).enumerated().filter { $1.copies == 0 }.map { $0.offset + 1 }
    }

    @Test func `selects by number in the order of sending`() {
        #expect(copies(.all) == Array(1...12))
        #expect(copies(.first(3)) == [1, 2, 3])
        #expect(copies(.first(0)).isEmpty)
        #expect(copies(.after(10)) == [11, 12])
        #expect(copies(.every(5)) == [5, 10])
        #expect(copies(.number(4)) == [4])
        #expect(copies(.share(0)).isEmpty)
        #expect(copies(.share(1)) == Array(1...12))
        let third = copies(.share(0.3), of: 20_000).count
        // Five standard deviations.
        #expect(abs(third - 6_000) < 325)
    }

    @Test func `counts what a rule is about, and lets the first that selects decide`() {
        var model = NetworkModel(links: .fairLoss)
        model.rules = [
            MessageRule(message: 1, from: [0], action: .drop, selection: .number(2)),
            MessageRule(to: [1, 3], action: .duplicate, selection: .first(2)),
            MessageRule(action: .delay(.constant(5 * Self.ms))),
        ]
        var network = network(model)
        func send(_ kind: Int, _ from: Int, _ to: Int) -> [Int] {
            let fate = network.admitSpecial(.none, kind: kind, number: 1, from: from, to: to, at: 0)
            return fate.copies == 2 ? [2, fate.arrival, fate.secondArrival] : [fate.copies, fate.arrival]
        }
        #expect(send(1, 0, 2) == [1, 6 * Self.ms])
        // The second of kind 1 from node 0; the second rule counts it all the same.
        #expect(send(1, 0, 1) == [0, 0])
        #expect(send(0, 0, 3) == [2, Self.ms, Self.ms])
        #expect(send(0, 2, 1) == [1, 6 * Self.ms])
        // What a node sends to itself is no rule's business.
        #expect(send(1, 0, 0) == [1, Self.ms])
        network.begin(seed: 2)
        #expect(send(0, 0, 3) == [2, Self.ms, Self.ms])
    }

    // MARK: Links that differ

    @Test func `lets later items win, one property at a time`() {
        var first = LinkOverride(from: [0], to: [1, 2], both: true)
        first.loss = 1
        first.latency = .constant(9)
        var second = LinkOverride(from: [2], to: [0], both: false)
        second.loss = 0
        var model = NetworkModel(links: .fairLoss)
        model.between = [first, second]
        for nodes in [4, 1_000] {
            var network = network(model, nodes: nodes)
            func copies(_ from: Int, _ to: Int) -> [Int] {
                let fate = network.admitSpecial(.none, kind: 0, number: 1, from: from, to: to, at: 0)
                return [fate.copies, fate.arrival]
            }
            #expect(copies(0, 1) == [0, 0])
            #expect(copies(1, 0) == [0, 0])
            #expect(copies(0, 2) == [0, 0])
            #expect(copies(2, 0) == [1, 9])
            #expect(copies(1, 2) == [1, Self.ms])
        }
    }

    /// The draws of a link depend on nothing but the link.
    @Test func `leaves the draws of other links as they are`() {
        var override = LinkOverride(from: [0], to: [1], both: false)
        override.loss = 0.9
        var special = NetworkModel(links: .fairLoss, loss: 0.3, duplicate: 0.2)
        special.between = [override]
        special.rules = [MessageRule(from: [0], action: .drop, selection: .first(5))]
        let plain = NetworkModel(links: .fairLoss, loss: 0.3, duplicate: 0.2)
        var a = network(plain, latency: .exponential(mean: 1e6))
        var b = network(special, latency: .exponential(mean: 1e6))
        for time in 0..<500 {
            let expected = a.admit(from: 2, to: 1, at: time)
            _ = fates(&b, at: [time])
            #expect(fates(&b, from: 2, at: [time]) == [expected])
        }
    }

    @Test func `keeps the order of sending although a rule delays`() {
        var model = NetworkModel(links: .reliable, fifo: true)
        model.rules = [MessageRule(action: .delay(.constant(100)), selection: .first(1))]
        var network = network(model, latency: .constant(1))
        #expect(fates(&network, at: [0, 5, 200]).map(\.arrival) == [101, 101, 201])
    }

    // MARK: Queues

    private func queued(_ bandwidth: Bandwidth, at times: [Int]) -> [Int] {
        var model = NetworkModel(links: .fairLoss)
        model.bandwidth = bandwidth
        var network = network(model, latency: .constant(1))
        return fates(&network, at: times).map { $0.copies == 0 ? -1 : $0.arrival }
    }

    @Test func `serves one message at a time, in each direction of each link`() {
        #expect(queued(Bandwidth(interval: 10), at: [0, 0, 5, 100]) == [11, 21, 31, 111])
        var model = NetworkModel(links: .reliable)
        model.bandwidth = Bandwidth(interval: 10)
        var network = network(model, latency: .constant(1))
        #expect(fates(&network, at: [0, 0]).map(\.arrival) == [11, 21])
        #expect(fates(&network, from: 1, to: 0, at: [0]).map(\.arrival) == [11])
        #expect(fates(&network, from: 0, to: 2, at: [0]).map(\.arrival) == [11])
        #expect(fates(&network, from: 0, to: 0, at: [0]).map(\.arrival) == [1])
        network.begin(seed: 2)
        #expect(fates(&network, at: [0]).map(\.arrival) == [11])
    }

    @Test func `drops what finds the queue full`() {
        // The first is served from 0 to 10, so one waits; at 10 the second is served, and one may wait again.
        let times = [0, 1, 2, 10, 11, 20, 21]
        #expect(queued(Bandwidth(interval: 10, capacity: 1), at: times) == [11, 21, -1, 31, -1, 41, -1])
        #expect(queued(Bandwidth(interval: 10, capacity: 0), at: times) == [11, -1, -1, 21, -1, 31, -1])
    }

    @Test func `loses on the link what was served all the same`() {
        var model = NetworkModel(links: .fairLoss)
        model.bandwidth = Bandwidth(interval: 10)
        model.rules = [MessageRule(action: .drop, selection: .first(1))]
        var network = network(model, latency: .constant(1))
        #expect(fates(&network, at: [0, 0]).map(\.arrival) == [0, 21])
    }

    /// The queue is asked at its turns, as the simulator does.
    @Test func `drops what has waited longest`() throws {
        var model = NetworkModel(links: .fairLoss)
        model.bandwidth = Bandwidth(interval: 10, capacity: 2, whenFull: .dropOldest)
        var network = network(model, latency: .constant(1))
        var pushedOut: [UInt64] = []
        var turn: SpecialLinks.Turn?
        var arrivals: [[Int]] = []
        for number in 1...5 {
            let fate = network.admitSpecial(.none, kind: 0, number: UInt64(number), from: 0, to: 1, at: number - 1)
            if fate.copies > 0 { arrivals.append([number, fate.arrival]) }
            if let out = network.note?.pushedOut { pushedOut.append(out) }
            if let next = network.takeTurn() {
                #expect(turn == nil, "told twice")
                turn = next
            }
        }
        while let now = turn {
            let left = network.leave(queue: now.queue, at: now.time)
            let (passage, fate) = try #require(left)
            arrivals.append([Int(passage.number), fate.arrival])
            turn = network.takeTurn()
        }
        #expect(pushedOut == [2, 3])
        #expect(arrivals == [[1, 11], [4, 21], [5, 31]])
    }
}
