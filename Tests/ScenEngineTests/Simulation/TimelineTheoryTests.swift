import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// Random partitions, cuts and heals, and what becomes of every message under them: computed from the definition alone.
@Suite struct TimelineTheoryTests {
    private static let ms = 1_000_000
    private static let nodes = 5

    /// Every node sends to all others once in each of the first 60 ms; latency is exponential with a mean of 5 ms.
    private static func beats(_ network: String) throws -> CompiledCase {
        try compiledScenario(
            """
            nodes: \(nodes)
            network: \(network)
            timing: {latency: exponential(5ms)}
            """,
            """
            messages: {Beat: {}}
            state: {k: int}
            on start: set timer T() after 1ms
            on timer T(): |
              k += 1
              send Beat() to others
              if k < 60:
                set timer T() after 1ms
            """)
    }

    // MARK: The definition

    private struct Span {
        var start: Int
        var end: Int
        var action: Timeline.Action
    }

    /// From when to when which partitions and cuts are in force.
    private static func spans(_ items: [Timeline.Item]) -> [Span] {
        items.enumerated().compactMap { index, item in
            guard case .at(let start) = item.moment, item.action != .heal else { return nil }
            var end = item.duration.map { start + $0 } ?? Int.max
            for (other, heal) in items.enumerated() where heal.action == .heal {
                guard case .at(let moment) = heal.moment, moment > start || moment == start && other > index else { continue }
                end = min(end, moment)
            }
            return Span(start: start, end: end, action: item.action)
        }
    }

    private static func isCut(_ from: Int, _ to: Int, at time: Int, _ spans: [Span]) -> Bool {
        spans.contains { span in
            guard span.start <= time, time < span.end else { return false }
            switch span.action {
            case .partition(let sets):
                let sides = [from, to].map { node in sets.firstIndex { $0.contains(node) } }
                return sides[0] != nil && sides[1] != nil && sides[0] != sides[1]
            case .cut(let links):
                return links.from.contains(from) && links.to.contains(to)
                    || links.both && links.from.contains(to) && links.to.contains(from)
            default: return false
            }
        }
    }

    private static func randomItems(_ seed: Int) -> [Timeline.Item] {
        var random = RandomStream(seed: UInt64(seed))
        func below(_ bound: Int) -> Int { Int(random.below(UInt64(bound))) }
        return (0..<(2 + below(5))).map { _ in
            let moment = Timeline.Moment.at(below(70) * ms)
            let duration = below(3) == 0 ? nil : (1 + below(40)) * ms
            switch below(5) {
            case 0: return Timeline.Item(moment: moment, action: .heal)
            case 1, 2:
                var sets = [[Int]](repeating: [], count: 2 + below(2))
                for node in 0..<nodes {
                    let side = below(sets.count + 1)
                    if side < sets.count { sets[side].append(node) }
                }
                return Timeline.Item(moment: moment, action: .partition(sets), duration: duration)
            default:
                let from = (0..<nodes).filter { _ in below(3) == 0 }
                let to = (0..<nodes).filter { _ in below(2) == 0 }
                let links = Timeline.Links(from: from, to: to, both: below(2) == 0, text: "")
                return Timeline.Item(moment: moment, action: .cut(links), duration: duration)
            }
        }
    }

    // MARK: What happens

    private struct Passage {
        var from: Int
        var to: Int
        var sent: Int
        /// When it would arrive if no link were ever cut; nil if that is not told.
        var own: Int?
        var received: Int?
    }

    private static func passages(_ compiled: CompiledCase, seed: Int) -> (passages: [Int: Passage], order: [Int]) {
        let story = Simulator(compiled).tell(seed: UInt64(seed), horizon: 10_000 * ms, watches: [], limit: 1_000_000).1
        var passages: [Int: Passage] = [:]
        var order: [Int] = []
        for step in story.steps {
            switch step.cause {
            case .timer(let from, _, _):
                for case .sent(let number, _, let to, let fate) in step.effects {
                    var own: Int?
                    switch fate {
                    case .arrives(let at), .cutOff(.arrives(let at)): own = at
                    default: break
                    }
                    passages[number] = Passage(from: from, to: to, sent: step.time, own: own)
                }
            case .delivery(let number, _, _, _):
                #expect(passages[number]?.received == nil, "#\(number) arrives twice")
                passages[number]?.received = step.time
                order.append(number)
            default: break
            }
        }
        return (passages, order)
    }

    @Test func `holds back what reaches a cut reliable link until it is restored`() throws {
        var compiled = try Self.beats("reliable")
        var heldBack = 0
        for seed in 1...40 {
            compiled.system.timeline.items = Self.randomItems(seed)
            let spans = Self.spans(compiled.system.timeline.items)
            let (passages, order) = Self.passages(compiled, seed: seed)
            #expect(passages.count == 60 * Self.nodes * (Self.nodes - 1))
            for (number, passage) in passages {
                let own = try #require(passage.own)
                let moments = [own] + spans.map(\.end).filter { $0 > own && $0 < Int.max }.sorted()
                let expected = moments.first { !Self.isCut(passage.from, passage.to, at: $0, spans) }
                #expect(passage.received == expected, "seed \(seed), #\(number)")
                if expected != own { heldBack += 1 }
            }
            let keys = order.map { (passages[$0]!.received!, passages[$0]!.own!) }
            #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
        }
        #expect(heldBack > 1_000)
    }

    /// The draws are those of reliable links, so these say when a message would have arrived.
    @Test func `loses just what is sent over or reaches a cut fair-loss link`() throws {
        var lossy = try Self.beats("{links: fair-loss, loss: 0%, duplicate: 0%}")
        var reliable = try Self.beats("reliable")
        var lost = 0
        for seed in 1...40 {
            lossy.system.timeline.items = Self.randomItems(seed)
            reliable.system.timeline.items = lossy.system.timeline.items
            let spans = Self.spans(lossy.system.timeline.items)
            let twins = Self.passages(reliable, seed: seed).passages
            for (number, passage) in Self.passages(lossy, seed: seed).passages {
                let own = try #require(twins[number]?.own)
                let isLost = [passage.sent, own].contains { Self.isCut(passage.from, passage.to, at: $0, spans) }
                #expect(passage.received == (isLost ? nil : own), "seed \(seed), #\(number)")
                if isLost { lost += 1 }
            }
        }
        #expect(lost > 1_000)
    }

    @Test func `keeps the order of sending on links that do`() throws {
        var compiled = try Self.beats("{fifo: true}")
        for seed in 1...20 {
            compiled.system.timeline.items = Self.randomItems(seed)
            let (passages, order) = Self.passages(compiled, seed: seed)
            var last: [[Int]: Int] = [:]
            for number in order {
                let link = [passages[number]!.from, passages[number]!.to]
                #expect(last[link] ?? 0 < number, "seed \(seed)")
                last[link] = number
            }
        }
    }

    @Test func `gives the same runs whatever the number of workers`() async throws {
        var compiled = try Self.beats("{links: fair-loss}")
        compiled.system.timeline.items = Self.randomItems(5)
        var hashes: [[UInt64]] = []
        for jobs in [1, 2] {
            var found: [UInt64] = []
            await SimulationBatch(compiled, jobs: jobs).run(firstSeed: 1, count: 60, horizon: 50 * Self.ms, watches: []) {
                found.append($1.hash)
            }
            hashes.append(found)
        }
        #expect(hashes[0] == hashes[1])
        compiled.system.timeline.items.removeLast()
        let other = Simulator(compiled).run(seed: 1, horizon: 50 * Self.ms, watches: [])
        #expect(other.hash != hashes[0][0])
    }
}

/// A scenario of which only the models and the algorithm matter.
func compiledScenario(_ models: String, _ algorithm: String, expect: String = "fine: {always: true}") throws -> CompiledCase {
    let body = algorithm.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)\n" }.joined()
    let text = "scenario: test\n\(models)\nalgorithm:\n\(body)expect:\n  \(expect)\n"
    let loaded = ScenarioLoader.load(path: "test.yaml", bytes: Array(text.utf8))
    #expect(!loaded.hasErrors, "\(loaded.diagnostics)")
    return Compiler.compile(try #require(loaded.cases.first))
}
