import ScenModel
import Testing

@testable import ScenEngine

@Suite struct RecoveryTests {
    /// A node that counts in memory and on stable storage at every tick, and traces what happened to it.
    private struct Counter {
        var builder = ProgramBuilder()
        let tick: UInt16
        let memory: UInt16
        let disk: UInt16
        let started: UInt16
        let recovered: UInt16

        init(everyTick: [Instruction] = []) {
            tick = builder.timer("Tick")
            memory = builder.variable("memory", 5)
            disk = builder.variable("disk", 7, stable: true)
            started = builder.variable("started", stable: true)
            recovered = builder.variable("recovered", stable: true)
            builder.onStart(Self.count(started) + .set(tick, after: 10))
            builder.onRecover(Self.count(recovered) + .set(tick, after: 10))
            builder.onTimer(tick, [.add(memory, 1)] + Self.count(disk) + everyTick + .set(tick, after: 10))
        }

        static func count(_ variable: UInt16) -> [Instruction] {
            [
                Instruction(.loadState, 0, variable), .small(1, 1), Instruction(.addInt, 0, 0, 1),
                Instruction(.storeStable, variable, 0),
            ]
        }
    }

    private func crash(at moment: Int, recovery: Int?, of nodes: [Int] = [0]) -> FaultModel {
        FaultModel(
            who: .these(nodes),
            courses: .init(repeating: .crash(.at(moment), recovery: recovery.map { .at($0) }), count: 3))
    }

    @Test func `forgets its state and keeps what is stable, and does not start again`() {
        var counter = Counter()
        let simulator = Simulator(counter.builder.compiled(nodes: 1, faults: crash(at: 35, recovery: 52)))
        let result = simulator.run(seed: 1, horizon: 75, watches: [])
        // Ticks at 10, 20, 30; the one for 40 is gone. Then at 62 and 72.
        #expect(simulator.number(counter.memory, of: 0) == 5 + 2)
        #expect(simulator.number(counter.disk, of: 0) == 7 + 5)
        #expect(simulator.number(counter.started, of: 0) == 1)
        #expect(simulator.number(counter.recovered, of: 0) == 1)
        #expect(!simulator.memory.crashed[0])
        #expect(result.events == 1 + 3 + 1 + 1 + 2)
        #expect(result.end == .horizon)
    }

    @Test func `what reaches it while it is down is lost, and what reaches it later is not`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let timer = builder.timer("T")
        let got = builder.variable("got")
        // Sent at 0, 10, 20, 30, ..; under way for 15.
        builder.onStart(.at(0, .send(hello, to: 1) + .set(timer, after: 10)))
        builder.onTimer(timer, .send(hello, to: 1) + .set(timer, after: 10))
        builder.on(hello, [.add(got, 1)])
        let simulator = Simulator(
            builder.compiled(nodes: 2, latency: .constant(15), faults: crash(at: 20, recovery: 45, of: [1])))
        let result = simulator.run(seed: 1, horizon: 60, watches: [])
        // Arrivals at 15, then 25 and 35 while it is down; at 45 after the recovery of that moment, and at 55.
        #expect(simulator.number(got, of: 1) == 2)
        #expect(result.deliveries == 3)
    }

    @Test func `without a handler it is up again all the same, and conditions are looked at`() {
        var builder = ProgramBuilder()
        let state = builder.variable("state")
        builder.onStart([.add(state, 1)])
        let simulator = Simulator(builder.compiled(nodes: 1, faults: crash(at: 5, recovery: 6)))
        let result = simulator.run(seed: 1, horizon: 60, watches: [])
        #expect(simulator.number(state, of: 0) == 0 && !simulator.memory.crashed[0])
        #expect(result.end == .quiescent && result.endTime == 6 && result.events == 3)
    }

    @Test func `a crash of a node that is down and a recovery of one that is up do nothing`() {
        var counter = Counter()
        let world = World(program: counter.builder.compiled(nodes: 1).program, nodeCount: 1)
        #expect(world.begin())
        #expect(world.step(.recover(0), time: 0) == .ignored)
        #expect(world.step(.start(0), time: 0) == .done)
        #expect(world.step(.crash(0), time: 1) == .crashed)
        #expect(world.step(.crash(0), time: 2) == .ignored)
        #expect(world.step(.recover(0), time: 3) == .done)
        #expect(world.step(.recover(0), time: 4) == .ignored)
        #expect(world.step(.crash(0), time: 5) == .crashed)
        // In the middle of its recovery, before it has written anything.
        #expect(world.step(.recover(0), time: 6, crash: .init(point: 0)) == .crashed)
        #expect(world.memory.crashed[0])
    }

    @Test func `a recovery is told, and is part of what a run's hash says`() {
        var counter = Counter()
        let compiled = counter.builder.compiled(nodes: 1, faults: crash(at: 35, recovery: 52))
        let (result, story) = Simulator(compiled).tell(seed: 1, horizon: 60, watches: [], limit: 100)
        #expect(story.steps.last?.cause == .recovery(node: 0))
        #expect(story.steps.last?.time == 52)
        #expect(
            story.steps.last?.effects == [
                .changed(variable: Int(counter.recovered), from: .int(0), to: .int(1)),
                .timerSet(timer: 0, arguments: [], at: 62),
            ])
        var later = compiled
        later.system.faults = crash(at: 35, recovery: 53)
        #expect(Simulator(later).run(seed: 1, horizon: 60, watches: []).hash != result.hash)
        #expect(Simulator(compiled).run(seed: 1, horizon: 60, watches: []).hash == result.hash)
    }
}
