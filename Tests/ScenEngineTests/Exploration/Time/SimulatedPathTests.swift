import ScenModel
import Testing

@testable import ScenEngine

/// One semantics: every simulated run of random small scenarios is a path of the explored space, if latencies are multiples of
/// the tick.
@Suite struct SimulatedPathTests {
    private struct Draw: Drawing { var state: UInt64 }

    private static func scenario(_ draw: inout Draw) -> String {
        let low = draw.below(3) * 5
        let high = low + 5 + draw.below(3) * 5
        let network = draw.one(["reliable", "{links: fair-loss, loss: 30%, duplicate: 20%}", "{links: reliable, fifo: true}"])
        let model = draw.one(["crash-stop", "crash-recovery"])
        var faulty = ["none", "{up-to: 1}", "[n1]", "{n2: {crash: \(draw.below(5) * 5)ms}}", "{exactly: 1, crash: 10ms}"]
        if model == "crash-recovery" { faulty += ["{n1: {crash: 5ms, recover: \(10 + draw.below(3) * 5)ms}}", "{up-to: 1, crashes: 1}"] }
        return """
            scenario: random
            network: \(network)
            timing: {model: synchronous, latency: \(low)ms..\(high)ms}
            nodes: {count: \(2 + draw.below(2)), model: \(model)}
            faulty: \(draw.one(faulty))
            algorithm:
              messages: {Ping: {x: int}, Pong: {x: int}}
              state: {heard: list of int, count: 0..9, \(draw.one(["at: duration", "unused: int"]))}
              stable: {kept: int}
              on start: |
                set timer Go(1) after \(draw.below(4) * 5)ms
                if me == n1:
                  send Ping(0) to \(draw.one(["others", "nodes", "n2"]))
              on timer Go(k): |
                send Ping(k) to \(draw.one(["others", "n1"]))
                if k < \(1 + draw.below(3)):
                  set timer Go(k + 1) after \(5 + draw.below(3) * 5)ms
                  set timer Late after \(draw.below(5) * 5)ms
              on timer Late: |
                append 100 to heard
              on Ping(x) from p: |
                kept = x
                append x to heard
                \(draw.one(["cancel timer Late", "send Pong(x) to p", "return"]))
              on Pong(x) from p: |
                append 10 + x to heard
                \(draw.one(["set timer Late after 5ms", "count = 1"]))
              on recover: |
                append kept to heard
                set timer Go(1) after 5ms
            run: {simulate: 1}
            expect:
              nothing: {always: true}
            """
    }

    /// Each latency a multiple of the tick.
    private static func inTicks(_ compiled: CompiledCase, _ tick: Int) -> CompiledCase {
        var compiled = compiled
        if case .uniform(let low, let high) = compiled.system.timing.latency {
            compiled.system.timing.latency = .empirical(Array(stride(from: low, through: high, by: tick)))
        }
        return compiled
    }

    @Test(arguments: [1, 2, 3, 4, 7, 9, 12, 15, 50])
    func `a simulated run is a path`(number: Int) throws {
        var draw = Draw(state: UInt64(number) &* 977 &+ 5)
        let text = Self.scenario(&draw)
        let compiled = try #require(exploredCases(text).first)
        let tick = 5_000_000
        let horizon = tick * 8
        let simulator = Simulator(Self.inTicks(compiled, tick))
        for seed in 1...3 {
            let told = simulator.tell(
                seed: UInt64(seed), horizon: horizon, watches: [],
                .init(limit: 10_000, shown: .expectation("nothing", expectsHolds: true, found: .holds)))
            let trace = try #require(told.trace)
            // Recoveries at drawn moments lie between two ticks.
            guard trace.steps.allSatisfy({ $0.time % tick == 0 }), trace.steps.count <= 40 else { continue }
            let width = compiled.program.layout.width
            let values = (0..<compiled.system.nodes.count).map { node in
                compiled.program.variables.indices.map {
                    simulator.machine.value(simulator.memory.nodes[node * width + $0], compiled.program.variables[$0].type)
                }
            }
            let follower = try #require(PathFollower(compiled, horizon: horizon, tick: tick))
            let problem = try follower.follow(trace, holding: values)
            #expect(problem == nil, "seed \(seed): \(text)")
        }
    }
}
