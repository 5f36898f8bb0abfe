import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// Crashes and recoveries at drawn moments.
@Suite struct DrawnFaultTests {
    /// Node 0 sends to node 1 at every tick; each counts on stable storage how often it came back.
    private struct Pair {
        var builder = ProgramBuilder()
        let hello: UInt16
        let got: UInt16
        let back: UInt16
        var ticks: Int

        init(ticks: Int) {
            self.ticks = ticks
            hello = builder.message("Hello")
            let tick = builder.timer("Tick")
            got = builder.variable("got")
            back = builder.variable("back", stable: true)
            let sent = builder.variable("sent")
            builder.onStart(.at(0, .send(hello, to: 1) + .set(tick, after: 10)))
            builder.onTimer(tick, [
                .add(sent, 1), Instruction(.loadState, 0, sent), Instruction(.forkIfLessSmall, 0, wide: Int32(Word(ticks).bits)),
                Instruction(.jump, wide: 2), Instruction(.finish),
            ] + .send(hello, to: 1) + .set(tick, after: 10))
            builder.on(hello, [.add(got, 1)])
            builder.onRecover([
                Instruction(.loadState, 0, back), .small(1, 1), Instruction(.addInt, 0, 0, 1),
                Instruction(.storeStable, back, 0),
            ])
        }

        mutating func compiled(_ course: FaultModel.Course, recovers: Bool, of nodes: [Int] = [1]) -> CompiledCase {
            builder.compiled(
                nodes: 2, latency: .constant(3),
                faults: FaultModel(
                    who: .these(nodes), courses: [course, course], recovers: recovers))
        }
    }

    private func history(_ simulator: Simulator, seed: Int, horizon: Int = 1_000_000, of node: Int = 1) -> [String] {
        let (_, story) = simulator.tell(seed: UInt64(seed), horizon: horizon, watches: [], limit: 10_000)
        return story.steps.flatMap { step -> [String] in
            let crashed = step.effects.contains(.crashed)
            switch step.cause {
            case .crash(node): return ["crash"]
            case .recovery(node): return crashed ? ["recovery", "crash"] : ["recovery"]
            case .delivery(_, _, _, to: node), .start(node), .timer(node, _, _): return crashed ? ["crash"] : []
            default: return []
            }
        }
    }

    @Test(arguments: [0, 1, 2, 5])
    func `crashes as often as it is told, and comes back each time`(count: Int) {
        var pair = Pair(ticks: 6)
        let simulator = Simulator(pair.compiled(.crashes(count), recovers: true))
        for seed in 0..<300 {
            let found = history(simulator, seed: seed)
            #expect(found == (0..<2 * count).map { $0 % 2 == 0 ? "crash" : "recovery" }, "seed \(seed)")
        }
    }

    @Test func `a node that cannot come back crashes once`() {
        var pair = Pair(ticks: 3)
        let simulator = Simulator(pair.compiled(.crashes(1), recovers: false))
        for seed in 0..<300 { #expect(history(simulator, seed: seed) == ["crash"]) }
    }

    @Test func `crashes fall before, between and behind all messages, and so do recoveries`() {
        var pair = Pair(ticks: 3)
        let simulator = Simulator(pair.compiled(.crashes(1), recovers: true))
        var seen: [Int: Int] = [:]
        var lost: [Int: Int] = [:]
        for seed in 0..<2_000 {
            let result = simulator.run(seed: UInt64(seed), horizon: 1_000, watches: [])
            seen[simulator.number(pair.got, of: 1), default: 0] += 1
            lost[3 - result.deliveries, default: 0] += 1
        }
        // What it counted since its last start; how many messages it missed.
        #expect(Set(seen.keys) == [0, 1, 2, 3] && seen.values.allSatisfy { $0 > 50 })
        #expect(Set(lost.keys) == [0, 1, 2, 3] && lost.values.allSatisfy { $0 > 50 })
    }

    @Test func `any crash is possible and none is owed, and so are recoveries`() {
        var pair = Pair(ticks: 6)
        let simulator = Simulator(pair.compiled(.any, recovers: true))
        var counts: [[String]: Int] = [:]
        let runs = 4_000
        for seed in 0..<runs { counts[history(simulator, seed: seed), default: 0] += 1 }
        func share(_ condition: ([String]) -> Bool) -> Double {
            Double(counts.filter { condition($0.key) }.values.reduce(0, +)) / Double(runs)
        }
        for history in counts.keys {
            #expect(history == history.indices.map { $0 % 2 == 0 ? "crash" : "recovery" })
        }
        #expect(share { $0.isEmpty } > 0.1)
        // Of those that have crashed a quarter stays down for good.
        let crashed = share { !$0.isEmpty }
        let once = share { $0 == ["crash"] }
        #expect(abs(once / crashed - 0.25) < 4 * (0.25 * 0.75 / (crashed * Double(runs))).squareRoot())
        #expect(share { $0.count >= 6 } > 0.01)
    }

    @Test func `faults of one node leave those of another alone`() {
        var pair = Pair(ticks: 6)
        let alone = Simulator(pair.compiled(.crashes(2), recovers: true))
        let both = Simulator(pair.compiled(.crashes(2), recovers: true, of: [0, 1]))
        var drawn: Set<Int> = []
        for seed in 0..<100 {
            for simulator in [alone, both] {
                simulator.seed = UInt64(seed)
                #expect(simulator.begin())
            }
            #expect(alone.nodeFaults[1].handlers == both.nodeFaults[1].handlers)
            #expect(alone.nodeFaults[1].crashes == both.nodeFaults[1].crashes)
            #expect(alone.nodeFaults[1].recoveries == both.nodeFaults[1].recoveries)
            drawn.insert(alone.nodeFaults[1].handlers)
        }
        #expect(drawn.count > 4)
    }

    @Test func `what is drawn happens now, even if nothing has happened since some time ago`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let late = builder.timer("Late")
        let tick = builder.timer("Tick")
        builder.onStart(.set(late, after: 1_000) + .set(tick, after: 10))
        builder.onTimer(tick, .cancel(late))
        builder.on(hello, [])
        builder.onRecover(.send(hello, to: 0))
        let simulator = Simulator(
            builder.compiled(
                nodes: 2, latency: .constant(3),
                faults: FaultModel(who: .these([1]), courses: [.crashes(0), .crashes(2)], recovers: true)))
        // The queue is at 1000 when the cancelled timer has been passed over: nothing can arrive at 13 any more.
        for seed in 0..<200 {
            let result = simulator.run(seed: UInt64(seed), horizon: 10_000, watches: [])
            #expect(result.end == .quiescent && (10...1_020).contains(result.endTime))
        }
    }

    @Test func `a set that is drawn anew leaves nothing of the last run behind`() {
        var pair = Pair(ticks: 6)
        var compiled = pair.compiled(.any, recovers: true)
        compiled.system.faults.who = .some(count: 1, exactly: false, candidates: [0, 1])
        let reused = Simulator(compiled)
        for seed in 0..<200 {
            let fresh = Simulator(compiled).run(seed: UInt64(seed), horizon: 45, watches: [])
            #expect(reused.run(seed: UInt64(seed), horizon: 45, watches: []).hash == fresh.hash)
        }
    }

    @Test func `results do not depend on the number of workers`() async {
        var pair = Pair(ticks: 20)
        var compiled = pair.compiled(.crashes(3), recovers: true, of: [0, 1])
        compiled.system.faults.courses[0] = .lifetimes(mttf: 30, mttr: 10)
        var hashes: [[UInt64]] = []
        for jobs in [1, 2] {
            var found: [UInt64] = []
            await SimulationBatch(compiled, jobs: jobs).run(firstSeed: 1, count: 300, horizon: 500, watches: []) { _, result in
                found.append(result.hash)
            }
            hashes.append(found)
        }
        #expect(hashes[0] == hashes[1] && Set(hashes[0]).count == 300)
    }

    @Test func `crashes as often in rounds, whose run goes on for the last of them`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let back = builder.variable("back", stable: true)
        // Up to round 3.
        builder.onRound([
            Instruction(.forkIfLessSmall, 0, wide: Int32(Word(4).bits)), Instruction(.jump, wide: 2), Instruction(.finish),
        ] + .send(hello, to: 0))
        builder.on(hello, [])
        builder.onRecover([
            Instruction(.loadState, 0, back), .small(1, 1), Instruction(.addInt, 0, 0, 1), Instruction(.storeStable, back, 0),
        ])
        let compiled = builder.compiled(
            nodes: 3, timing: TimingModel(kind: .synchronous, latency: .constant(10), bound: 10, lockstep: true),
            faults: FaultModel(who: .these([1]), courses: .init(repeating: .crashes(2), count: 3), recovers: true))
        let simulator = Simulator(compiled)
        var recoveries: Set<Int> = []
        for seed in 0..<300 {
            let result = simulator.run(seed: UInt64(seed), horizon: 1_000, watches: [])
            // Fewer than two have been written where the second crash fell into the first recovery.
            recoveries.insert(simulator.number(back, of: 1))
            #expect(!simulator.memory.crashed[1] && result.end == .quiescent)
        }
        #expect(recoveries == [1, 2])
    }
}
