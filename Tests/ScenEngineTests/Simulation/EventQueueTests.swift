import ScenModel
import Testing

@testable import ScenEngine

@Suite struct EventQueueTests {
    /// What the queue must do, done in the plainest way.
    private struct Model {
        var events: [(time: Int, class: Int, sequence: Int, number: UInt64)] = []
        var sequence = 0
        mutating func push(_ event: Event) {
            events.append((event.time, event.classIndex, sequence, event.number))
            sequence += 1
        }
        mutating func pop(until horizon: Int) -> (time: Int, number: UInt64)? {
            let first = events.indices.min {
                let (a, b) = (events[$0], events[$1])
                return (a.time, a.class, a.sequence) < (b.time, b.class, b.sequence)
            }
            guard let first, events[first].time <= horizon else { return nil }
            let event = events.remove(at: first)
            return (event.time, event.number)
        }
    }

    private func event(_ kind: Event.Class, _ number: Int, at time: Int) -> Event {
        if kind == .arrival {
            return Event(arrival: .none, number: UInt64(number), from: 1, to: 2, at: time)
        }
        return Event(kind, number: UInt64(number), at: time)
    }

    private func drain(_ queue: inout EventQueue) -> [UInt64] {
        var numbers: [UInt64] = []
        while let event = queue.pop(until: .max) { numbers.append(event.number) }
        return numbers
    }

    @Test func `orders what falls on one moment by class, then first in first out`() {
        var queue = EventQueue()
        queue.push(event(.round, 1, at: 50))
        queue.push(event(.timer, 2, at: 50))
        queue.push(event(.arrival, 3, at: 50))
        queue.push(event(.timer, 4, at: 50))
        queue.push(event(.fault, 5, at: 50))
        queue.push(event(.arrival, 6, at: 50))
        queue.push(event(.endOfRound, 7, at: 50))
        queue.push(event(.round, 8, at: 49))
        #expect(drain(&queue) == [8, 7, 5, 3, 6, 2, 4, 1])
    }

    @Test func `lets an arrival without latency precede the timers of its moment`() {
        var queue = EventQueue()
        queue.push(event(.timer, 1, at: 7))
        queue.push(event(.timer, 2, at: 7))
        let first = queue.pop(until: 7)
        #expect(first?.number == 1)
        queue.push(event(.arrival, 3, at: 7))
        #expect(drain(&queue) == [3, 2])
    }

    @Test func `stops at the horizon, and can be pushed to before the next event`() {
        var queue = EventQueue()
        queue.push(event(.arrival, 1, at: 100))
        let early = queue.pop(until: 99)
        #expect(early == nil)
        #expect(queue.count == 1)
        queue.push(event(.arrival, 2, at: 40))
        let second = queue.pop(until: 99)
        #expect(second?.number == 2)
        #expect(queue.now == 40)
        #expect(drain(&queue) == [1])
    }

    @Test(arguments: 0..<60)
    func `does what a sorted list does`(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        var queue = EventQueue()
        var model = Model()
        // From many ties to times that differ in high bits.
        let spread = UInt64(1) << [0, 1, 3, 8, 20, 45][seed % 6]
        let pushes = 2 + random.below(3)
        var now = 0
        for number in 0..<800 {
            if random.below(5) < pushes {
                let kind = Event.Class(rawValue: Int(random.below(5)))!
                let pushed = event(kind, number, at: now + Int(random.below(spread)))
                queue.push(pushed)
                model.push(pushed)
            } else {
                let horizon = random.below(4) == 0 ? now + Int(random.below(spread)) : Int.max
                let expected = model.pop(until: horizon)
                let popped = queue.pop(until: horizon)
                #expect(popped?.number == expected?.number && popped?.time == expected?.time)
                now = max(now, popped?.time ?? 0)
            }
            if number % 97 == 0 {
                queue.compact { $0.number % 3 != 0 }
                model.events.removeAll { $0.number % 3 == 0 }
            }
            #expect(queue.count == model.events.count)
        }
        var seen = 0
        queue.forEach { _ in seen += 1 }
        #expect(seen == model.events.count)
        while let expected = model.pop(until: .max) {
            let popped = queue.pop(until: .max)
            #expect(popped?.number == expected.number)
        }
        #expect(queue.count == 0)
    }

    @Test func `starts anew after clearing`() {
        var queue = EventQueue()
        for number in 0..<100 { queue.push(event(.timer, number, at: number * number)) }
        _ = queue.pop(until: 20)
        queue.clear()
        #expect(drain(&queue) == [])
        queue.push(event(.timer, 7, at: 0))
        queue.push(event(.timer, 8, at: 3))
        #expect(drain(&queue) == [7, 8])
    }
}
