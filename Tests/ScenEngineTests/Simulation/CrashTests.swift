import Foundation
import ScenModel
import Testing

@testable import ScenEngine

@Suite struct CrashTests {
    private func crash(_ courses: [FaultModel.Course], of nodes: [Int]) -> FaultModel {
        FaultModel(who: .these(nodes), courses: courses)
    }

    @Test func `loses state and timers, keeps stable storage and the decision, and what reaches it is lost`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let timer = builder.timer("T")
        let state = builder.variable("state", 5)
        let stable = builder.variable("stored", 5, stable: true)
        let answers = builder.variable("answers")
        builder.program.decisionType = .int
        builder.onStart(
            .at(
                1,
                [
                    .add(state, 1), .small(0, 6), Instruction(.storeStable, stable, 0), Instruction(.decide, 0),
                ] + .set(timer, after: 100)))
        builder.program.onStart = builder.program.routines.count - 1
        builder.onTimer(timer, .send(hello, to: 0))
        builder.on(hello, [.add(answers, 1), Instruction(.send, 0, 1)])
        let greet = builder.timer("Greet")
        // Node 0 greets at 30: it arrives at 40, after the crash; node 1 would have sent at 100.
        builder.onTimer(greet, .send(hello, to: 1))
        builder.onStart(
            .at(0, .set(greet, after: 30) + [.small(0, 0)])
                + .at(1, [.add(state, 1), .small(0, 6), Instruction(.storeStable, stable, 0), Instruction(.decide, 0)]
                    + .set(timer, after: 100)))
        let simulator = Simulator(
            builder.compiled(nodes: 2, faults: crash([.any, .crash(.at(35), recovery: nil)], of: [1])))
        let result = simulator.run(seed: 1, horizon: 1_000, watches: [])
        #expect(simulator.memory.crashed[1] && !simulator.memory.crashed[0])
        #expect(simulator.number(state, of: 1) == 5)
        #expect(simulator.number(answers, of: 1) == 0)
        #expect(simulator.number(answers, of: 0) == 0)
        #expect(result.deliveries == 0)
        #expect(result.end == .quiescent)
    }

    @Test func `takes a crash at a moment before anything else of that moment`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let timer = builder.timer("T")
        let trace = builder.trace()
        builder.onStart(.set(timer, after: 10) + .append(1, to: trace) + .send(hello, to: 0))
        builder.on(hello, .append(2, to: trace))
        builder.onTimer(timer, .append(3, to: trace) + .send(hello, to: 0))
        let simulator = Simulator(
            builder.compiled(nodes: 3, faults: crash([.any, .crash(.at(10), recovery: nil), .crash(.at(0), recovery: nil)], of: [1, 2])))
        let result = simulator.run(seed: 1, horizon: 1_000, watches: [])
        // Node 2 crashes before its start; node 1 sends one message; nobody but node 0 gets to its timer.
        #expect(simulator.memory.sent[0] == 3)
        #expect(simulator.numbers(trace, of: 0) == [1, 2, 2, 3, 2])
        #expect(simulator.numbers(trace, of: 1) == [])
        #expect(result.events == 2 + 2 + 4)
    }

    /// Node 0 sends to all others in one statement, then to node 1 alone.
    private func broadcast(nodes: Int) -> (ProgramBuilder, got: UInt16) {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let got = builder.variable("got")
        let others = builder.others(of: 0, among: nodes)
        builder.onStart(.at(0, .send(hello, toSet: others) + .send(hello, to: 1)))
        builder.on(hello, [.add(got, 1)])
        return (builder, got)
    }

    @Test func `interrupts a broadcast in the middle`() {
        var (builder, got) = broadcast(nodes: 4)
        let simulator = Simulator(builder.compiled(nodes: 4, faults: crash([.any], of: [0])))
        var reached: [[Int]: Int] = [:]
        let runs = 20_000
        for seed in 0..<runs {
            _ = simulator.run(seed: UInt64(seed), horizon: 1_000, watches: [])
            reached[(1...3).map { simulator.number(got, of: $0) }, default: 0] += 1
        }
        // Half of the runs count all handlers: a quarter of them crashes in this one, a third of it in the broadcast, a third
        // before the second send, a third at the end. The other half count handlers that send: half of them crash in this
        // one, half of it in the broadcast, half before the second send. 1/24 + 1/8 for either point.
        let subsets = reached.filter { $0.key.allSatisfy { $0 <= 1 } && $0.key != [1, 1, 1] }
        #expect(subsets.count == 7)
        #expect(chiSquareIsLikely(Array(subsets.values)))
        let partial = Double(subsets.values.reduce(0, +))
        #expect(abs(partial - Double(runs) / 6) < 4 * (Double(runs) / 6).squareRoot())
        #expect(abs(Double(reached[[1, 1, 1]]!) - Double(runs) / 6) < 4 * (Double(runs) / 6).squareRoot())
        #expect(reached[[2, 1, 1]]! > runs * 3 / 5)
        #expect(reached.values.reduce(0, +) == runs)
    }

    @Test func `interrupts before a write to stable storage`() {
        var builder = ProgramBuilder()
        let first = builder.variable("first", stable: true)
        let second = builder.variable("second", stable: true)
        builder.onStart([
            .small(0, 1), Instruction(.storeStable, first, 0), Instruction(.storeStable, second, 0),
        ])
        let simulator = Simulator(builder.compiled(nodes: 1, faults: crash([.any], of: [0])))
        var seen: Set<[Int]> = []
        for seed in 0..<200 {
            _ = simulator.run(seed: UInt64(seed), horizon: 1_000, watches: [])
            seen.insert([first, second].map { simulator.number($0, of: 0) })
        }
        #expect(seen == [[0, 0], [1, 0], [1, 1]])
    }

    @Test func `crashes in a later handler too, and never in a run that is over before`() {
        var builder = ProgramBuilder()
        let timer = builder.timer("T")
        let count = builder.variable("count", stable: true)
        builder.onStart(.set(timer, after: 10))
        builder.onTimer(timer, [
            Instruction(.loadState, 0, count), .small(1, 1), Instruction(.addInt, 0, 0, 1),
            Instruction(.storeStable, count, 0),
        ] + .set(timer, after: 10))
        let simulator = Simulator(builder.compiled(nodes: 1, faults: crash([.any], of: [0])))
        var survivors = 0
        var counts: [Int] = []
        for seed in 0..<4_000 {
            _ = simulator.run(seed: UInt64(seed), horizon: 40, watches: [])
            if simulator.memory.crashed[0] { counts.append(simulator.number(count, of: 0)) } else { survivors += 1 }
        }
        // Five handlers, each passed with probability 3/4; or four that write to stable storage, with 1/2.
        let p = (pow(0.75, 5.0) + pow(0.5, 4.0)) / 2
        #expect(abs(Double(survivors) - 4_000 * p) < 4 * (4_000 * p * (1 - p)).squareRoot())
        #expect(Set(counts) == [0, 1, 2, 3, 4])
    }

    @Test func `leaves all other draws alone`() {
        func hashes(_ faults: FaultModel) -> [[Int]] {
            var builder = ProgramBuilder()
            let timer = builder.timer("T")
            let hello = builder.message("Hello")
            let trace = builder.trace()
            let choose = [.small(0, 1), .small(1, 1_000), Instruction(.chooseInRange, 2, 0, 1)]
                + [Instruction].appendRegister(2, to: trace)
            builder.onStart(.set(timer, after: 10))
            builder.onTimer(timer, choose + .send(hello, to: 0) + .set(timer, after: 10))
            builder.on(hello, [])
            let simulator = Simulator(
                builder.compiled(nodes: 3, latency: .uniform(low: 1, high: 50), faults: faults))
            _ = simulator.run(seed: 5, horizon: 200, watches: [])
            return [0, 1].map { simulator.numbers(trace, of: $0) }
        }
        let none = hashes(FaultModel(who: .nobody, courses: []))
        #expect(none.allSatisfy { $0.count == 20 })
        #expect(hashes(crash([.any, .any, .any], of: [2])) == none)
        #expect(hashes(crash([.any, .any, .crash(.at(50), recovery: nil)], of: [2])) == none)
    }

    @Test func `rehearses a handler without a trace`() {
        var (builder, _) = broadcast(nodes: 4)
        let compiled = builder.compiled(nodes: 4)
        let world = World(program: compiled.program, nodeCount: 4)
        #expect(world.begin())
        let before = (0..<4 * world.memory.width).map { world.memory.nodes[$0] }
        #expect(world.rehearse(.start(0), time: 30) == [3, 1])
        #expect((0..<4 * world.memory.width).map { world.memory.nodes[$0] } == before)
        #expect(world.memory.time == 0 && world.memory.sent[0] == 0)

        let interruption = Machine.Interruption(point: 0, reached: [0, 2])
        #expect(world.step(.start(0), time: 0, crash: interruption) == .crashed)
        #expect(world.effects.map { Int($0.node) } == [1, 3])
        #expect(world.memory.sent[0] == 2)
        #expect(world.step(.start(0), time: 0) == .ignored)
        #expect(world.effects.isEmpty)
        #expect(world.step(.start(1), time: 0, crash: Machine.Interruption(point: 9)) == .crashed)
        #expect(world.step(.crash(2), time: 0) == .crashed)
        #expect((0..<4).map { world.memory.crashed[$0] } == [true, true, true, false])
    }
}
