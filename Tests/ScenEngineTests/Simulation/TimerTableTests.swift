import ScenModel
import Testing

@testable import ScenEngine

@Suite struct TimerTableTests {
    @Test func `moves a timer that is set, and knows the event of the old setting as stale`() {
        var timers = TimerTable(nodeCount: 2)
        let first = timers.set(Word(5), of: 1)
        let second = timers.set(Word(5), of: 1)
        #expect(timers.count == 1)
        #expect(timers.stale == 1)
        let fired = [timers.fire(ticket: first), timers.fire(ticket: second)]
        #expect(fired == [false, true])
        #expect(timers.count == 0)
        #expect(timers.stale == 0)
    }

    @Test func `keeps the timers of nodes apart`() {
        var timers = TimerTable(nodeCount: 3)
        let tickets = (0..<3).map { timers.set(Word(1), of: $0) }
        timers.cancel(Word(1), of: 1)
        timers.cancel(Word(2), of: 0)
        #expect(tickets.map { timers.isSet(ticket: $0) } == [true, false, true])
    }

    @Test(arguments: 0..<20)
    func `does what a dictionary does`(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        var timers = TimerTable(nodeCount: 4)
        var model: [[Int]: UInt64] = [:]
        var tickets: [(key: [Int], ticket: UInt64)] = []
        for _ in 0..<2_000 {
            let key = [Int(random.below(4)), Int(random.below(40))]
            switch random.below(12) {
            case 0..<6:
                let ticket = timers.set(Word(key[1]), of: key[0])
                model[key] = ticket
                tickets.append((key, ticket))
            case 6..<8:
                timers.cancel(Word(key[1]), of: key[0])
                model[key] = nil
            case 8:
                if random.below(10) == 0 {
                    timers.cancelAll(of: key[0])
                    for other in model.keys where other[0] == key[0] { model[other] = nil }
                }
            default:
                guard !tickets.isEmpty else { continue }
                let due = tickets.remove(at: Int(random.below(UInt64(tickets.count))))
                let expected = model[due.key] == due.ticket
                let fired = timers.fire(ticket: due.ticket)
                #expect(fired == expected)
                if expected { model[due.key] = nil }
            }
            #expect(timers.count == model.count)
            #expect(timers.stale == tickets.count - model.count)
        }
        var words: [Int] = []
        timers.forEach { words.append($0.number) }
        #expect(words.sorted() == model.keys.map { $0[1] }.sorted())
        timers.clear()
        #expect(timers.count == 0 && timers.stale == 0)
    }
}
