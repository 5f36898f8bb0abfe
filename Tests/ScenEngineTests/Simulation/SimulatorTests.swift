import Foundation
import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

@Suite struct SimulatorTests {
    /// Two nodes that send one message to and fro and count it.
    static func pingPong(latency: Distribution = .constant(10), links: NetworkModel = NetworkModel(links: .reliable))
        -> (CompiledCase, count: UInt16)
    {
        var builder = ProgramBuilder()
        let ping = builder.message("Ping")
        let count = builder.variable("count")
        builder.onStart(.at(0, .send(ping, to: 1)))
        builder.on(ping, [.add(count, 1), Instruction(.send, 0, 1)])
        return (builder.compiled(nodes: 2, network: links, latency: latency), count)
    }

    @Test func `plays ping-pong until the horizon`() {
        let (compiled, count) = Self.pingPong()
        let simulator = Simulator(compiled)
        let result = simulator.run(seed: 1, horizon: 1_000, watches: [])
        #expect(result.deliveries == 100)
        #expect(result.events == 102)
        #expect(result.end == .horizon)
        #expect(result.endTime == 1_000)
        #expect(simulator.number(count, of: 0) == 50)
        #expect(simulator.number(count, of: 1) == 50)
    }

    @Test func `gives one seed one run, and another seed another`() {
        let (compiled, _) = Self.pingPong(latency: .uniform(low: 1_000, high: 10_000))
        let simulator = Simulator(compiled)
        func hash(_ seed: UInt64) -> UInt64 { simulator.run(seed: seed, horizon: 1_000_000, watches: []).hash }
        let first = hash(1)
        #expect(hash(2) != first)
        #expect(hash(1) == first)
        #expect(Simulator(compiled).run(seed: 1, horizon: 1_000_000, watches: []).hash == first)
        #expect(simulator.run(seed: 1, horizon: 1_000_001, watches: []).hash != first)
    }

    @Test func `gives the same run in every build and on every machine`() {
        let (compiled, _) = Self.pingPong(
            latency: .exponential(mean: 5_000), links: NetworkModel(links: .fairLoss, loss: 0.001, duplicate: 0.001))
        let result = Simulator(compiled).run(seed: 7, horizon: 5_000_000, watches: [])
        #expect(result.deliveries == 1_730)
        #expect(result.hash == 18_037_625_205_181_326_424)
    }

    @Test func `ends when nothing is left to happen`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let got = builder.variable("got")
        let all = builder.constant(.set([.node(0), .node(1), .node(2)]))
        builder.onStart(.at(0, .send(hello, toSet: all)))
        builder.on(hello, [.add(got, 1)])
        let simulator = Simulator(builder.compiled(nodes: 3, latency: .constant(25)))
        let result = simulator.run(seed: 1, horizon: 1_000, watches: [])
        #expect(result.end == .quiescent)
        #expect(result.endTime == 25)
        #expect(result.deliveries == 3)
        #expect((0..<3).map { simulator.number(got, of: $0) } == [1, 1, 1])
        #expect(simulator.memory.sent[0] == 3)
        #expect((0..<3).map { simulator.memory.received[$0] } == [1, 1, 1])
    }

    @Test func `cuts off at the horizon, which belongs to the run`() {
        let (compiled, _) = Self.pingPong()
        let simulator = Simulator(compiled)
        #expect(simulator.run(seed: 1, horizon: 9, watches: []).deliveries == 0)
        #expect(simulator.run(seed: 1, horizon: 10, watches: []).deliveries == 1)
        #expect(simulator.run(seed: 1, horizon: 0, watches: []).events == 2)
    }

    @Test func `puts arrivals before timers of the same moment`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let timer = builder.timer("T")
        let zero = builder.timer("Zero")
        let trace = builder.trace()
        // The timer is set before anything is sent, and both are due at 10; what it sends to itself arrives at 20.
        builder.onStart(.at(1, .set(timer, after: 10) + .set(zero, after: 0) + .send(hello, to: 1)))
        builder.on(hello, .append(1, to: trace))
        builder.onTimer(timer, .append(2, to: trace))
        builder.onTimer(zero, .append(3, to: trace))
        let simulator = Simulator(builder.compiled(nodes: 2))
        _ = simulator.run(seed: 1, horizon: 1_000, watches: [])
        #expect(simulator.numbers(trace, of: 1) == [3, 1, 2])
    }

    @Test func `lets messages without latency overtake the timers of their moment`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let first = builder.timer("First")
        let second = builder.timer("Second")
        let trace = builder.trace()
        builder.onStart(.at(0, .set(first, after: 5) + .set(second, after: 5)))
        builder.onTimer(first, .append(1, to: trace) + .send(hello, to: 0) + .set(first, after: 0))
        builder.onTimer(second, .append(2, to: trace) + .cancel(first))
        builder.on(hello, .append(3, to: trace))
        let simulator = Simulator(builder.compiled(nodes: 1, latency: .constant(0)))
        let result = simulator.run(seed: 1, horizon: 1_000, watches: [])
        #expect(simulator.numbers(trace, of: 0) == [1, 3, 2])
        #expect(result.endTime == 5)
        #expect(result.end == .quiescent)
    }

    @Test func `moves a timer that is set`() {
        var builder = ProgramBuilder()
        let timer = builder.timer("T")
        let other = builder.timer("Other")
        let trace = builder.trace()
        builder.onStart(.set(timer, after: 10) + .set(timer, after: 30) + .set(other, after: 20))
        builder.onTimer(timer, .append(1, to: trace))
        builder.onTimer(other, .append(2, to: trace))
        let simulator = Simulator(builder.compiled(nodes: 1))
        let result = simulator.run(seed: 1, horizon: 1_000, watches: [])
        #expect(simulator.numbers(trace, of: 0) == [2, 1])
        #expect(result.endTime == 30)
    }

    @Test func `keeps memory bounded when a distant timer is set again and again`() {
        var builder = ProgramBuilder()
        let tick = builder.timer("Tick")
        let timeout = builder.timer("Timeout")
        builder.onStart(.set(tick, after: 1) + .set(timeout, after: 1_000_000_000))
        builder.onTimer(tick, .set(tick, after: 1) + .set(timeout, after: 1_000_000_000))
        builder.onTimer(timeout, [])
        let simulator = Simulator(builder.compiled(nodes: 1))
        _ = simulator.run(seed: 1, horizon: 50_000, watches: [])
        #expect(simulator.queue.count < 4_000)
    }

    @Test func `stops a run that never ends, and says where`() {
        let (compiled, _) = Self.pingPong(latency: .constant(0))
        var budgets = RunBudgets()
        budgets.eventsPerRun = 5_000
        let result = Simulator(compiled, budgets: budgets).run(seed: 1, horizon: 1_000, watches: [])
        #expect(result.end == .failed)
        #expect(result.events == 5_000)
        #expect(result.failure?.code == .eventBudget)
        #expect(result.failure?.span == compiled.program.places[compiled.program.routines[1].entry])
        #expect(result.failure?.message.contains("5,000") == true)
    }

    @Test func `ends a run with the error of a handler`() {
        var builder = ProgramBuilder()
        let timer = builder.timer("T")
        builder.onStart(.set(timer, after: 40))
        builder.onTimer(timer, .at(1, [Instruction(.failAssertion)]))
        let simulator = Simulator(builder.compiled(nodes: 3))
        let result = simulator.run(seed: 1, horizon: 1_000, watches: [])
        #expect(result.end == .failed)
        #expect(result.failure?.code == .assertionFailed)
        #expect(result.failure?.node == 1)
        #expect(result.failure?.time == 40)
        #expect(result.events == 5)
        #expect(result.endTime == 40)
        // The next run in the same memory is not touched by it.
        #expect(simulator.run(seed: 1, horizon: 39, watches: []).failure == nil)
    }

    @Test(arguments: [1, 2, 4])
    func `leaves general 2 without any of k messengers in a share of 0_5 ** k`(k: Int) {
        var builder = ProgramBuilder()
        let attack = builder.message("Attack")
        let attacks = builder.variable("attacks")
        builder.onStart(.at(0, [.add(attacks, 1)] + (0..<k).flatMap { _ in [Instruction].send(attack, to: 1) }))
        builder.on(attack, [.add(attacks, 1)])
        let captured = builder.observer(node: 1, attacks, atLeast: 1)
        builder.outcomes = [CompiledCase.Outcome(name: "city captured", condition: captured)]
        let compiled = builder.compiled(
            nodes: 2, network: NetworkModel(links: .fairLoss, loss: 0.5), latency: .exponential(mean: 1e7))
        let simulator = Simulator(compiled)
        let runs = 10_000
        var alone = 0
        for seed in 0..<runs {
            let result = simulator.run(seed: UInt64(seed), horizon: 60_000_000_000, watches: [Watch(captured, .end)])
            #expect(result.outcome == (result.watched[0].atEnd ? 0 : nil))
            if result.outcome == nil { alone += 1 }
        }
        let p = pow(0.5, Double(k))
        #expect(abs(Double(alone) - Double(runs) * p) < 4 * (Double(runs) * p * (1 - p)).squareRoot())
    }

    @Test func `draws inputs uniformly from what is possible`() {
        var builder = ProgramBuilder()
        builder.program.inputType = .int
        let inputs = InputModel(sources: [.given(.int(9)), .any([.int(0), .int(1), .int(2)]), .any([.int(4)])])
        let simulator = Simulator(builder.compiled(nodes: 3, inputs: inputs))
        var counts = [0, 0, 0]
        for seed in 0..<6_000 {
            _ = simulator.run(seed: UInt64(seed), horizon: 10, watches: [])
            #expect(simulator.memory.inputs[0] == Word(9))
            #expect(simulator.memory.inputs[2] == Word(4))
            counts[simulator.memory.inputs[1].number] += 1
        }
        #expect(chiSquareIsLikely(counts))
    }

    @Test func `draws choices of a node from a stream of its own`() {
        func choices(withOther: Bool) -> [Int] {
            var builder = ProgramBuilder()
            let timer = builder.timer("T")
            let trace = builder.trace()
            let choose = [.small(0, 1), .small(1, 1_000), Instruction(.chooseInRange, 2, 0, 1)]
                + [Instruction].appendRegister(2, to: trace)
            builder.onStart(.set(timer, after: 10))
            builder.onTimer(timer, (withOther ? choose : .at(1, choose)) + .set(timer, after: 10))
            let simulator = Simulator(builder.compiled(nodes: 2))
            _ = simulator.run(seed: 3, horizon: 100, watches: [])
            return simulator.numbers(trace, of: 1)
        }
        #expect(choices(withOther: true) == choices(withOther: false))
        #expect(choices(withOther: true).count == 10)
        #expect(Set(choices(withOther: true)).count > 5)
    }
}
