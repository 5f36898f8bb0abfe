import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

@Suite struct PauseTests {
    /// Node 0 sends numbers 1 and 2 to node 1 at 0 and at 5; node 1 has a timer for 15 and one for 40. Latency is 10.
    private struct Fixture {
        var compiled: CompiledCase
        var trace: UInt16

        init(timing: TimingModel = TimingModel(kind: .asynchronous, latency: .constant(10))) {
            var builder = ProgramBuilder()
            let first = builder.message("First")
            let second = builder.message("Second")
            let send = builder.timer("Send")
            let early = builder.timer("Early")
            let late = builder.timer("Late")
            trace = builder.trace()
            builder.onStart(
                .at(0, .send(first, to: 1) + .set(send, after: 5)) + .at(1, .set(early, after: 15) + .set(late, after: 40)))
            builder.onTimer(send, .send(second, to: 1))
            builder.on(first, .append(1, to: trace))
            builder.on(second, .append(2, to: trace))
            builder.onTimer(early, .append(3, to: trace))
            builder.onTimer(late, .append(4, to: trace))
            compiled = builder.compiled(nodes: 2, timing: timing)
        }
    }

    /// Orders pauses in a run by hand, as a timeline does.
    private func play(_ fixture: Fixture, until horizon: Int = 1_000, orders: [(at: Int, order: (Simulator, Int) -> Void)])
        -> (trace: [Int], end: Story.End, time: Int)
    {
        let simulator = Simulator(fixture.compiled)
        #expect(simulator.begin())
        simulator.horizon = horizon
        simulator.start()
        var orders = orders[...]
        while let event = simulator.queue.pop(until: horizon) {
            while let next = orders.first, next.at <= event.time {
                next.order(simulator, next.at)
                orders.removeFirst()
            }
            // An order may have put something before what was popped; these tests give it no chance to.
            simulator.handle(event)
        }
        return (simulator.numbers(fixture.trace, of: 1), simulator.isQuiescent ? .quiescent : .horizon, simulator.memory.time)
    }

    @Test func `handles what waited in its order, arrivals before timers`() {
        let fixture = Fixture()
        #expect(play(fixture, orders: []).trace == [1, 2, 3, 4])
        // Number 1 arrives at 10, number 2 and the early timer come up at 15.
        let paused = play(fixture, orders: [(0, { $0.pause(1, until: 30, at: $1) })])
        #expect(paused.trace == [1, 2, 3, 4])
        #expect(paused.end == .quiescent)
        #expect(paused.time == 40)
        let long = play(fixture, orders: [(12, { $0.pause(1, until: 100, at: $1) })])
        #expect(long.trace == [1, 2, 3, 4])
        #expect(long.time == 100)
    }

    @Test func `pauses for ever without an end`() {
        let fixture = Fixture()
        let forEver = play(fixture, orders: [(12, { $0.pause(1, until: nil, at: $1) })])
        #expect(forEver.trace == [1])
        #expect(forEver.end == .quiescent)
    }

    @Test func `goes on pausing until the later of two ends`() {
        let fixture = Fixture()
        let both = play(
            fixture, orders: [(12, { $0.pause(1, until: 100, at: $1) }), (15, { $0.pause(1, until: 60, at: $1) })])
        #expect(both.time == 100)
        let longer = play(
            fixture, orders: [(12, { $0.pause(1, until: 60, at: $1) }), (15, { $0.pause(1, until: 100, at: $1) })])
        #expect(longer.trace == [1, 2, 3, 4])
        #expect(longer.time == 100)
    }

    @Test func `loses what waits at a node that crashes`() {
        let fixture = Fixture()
        let crashed = play(
            fixture,
            orders: [(0, { $0.pause(1, until: 30, at: $1) }), (15, { $0.perform(.crash(1), at: $1) })])
        #expect(crashed.trace == [])
        #expect(crashed.end == .quiescent)
        #expect(crashed.time == 15)
    }

    @Test func `handles one after the other where handlers take time`() {
        var timing = TimingModel(kind: .asynchronous, latency: .constant(10))
        timing.step = .constant(7)
        let simulator = Simulator(Fixture(timing: timing).compiled)
        let (result, story) = simulator.tell(seed: 1, horizon: 1_000, watches: [], limit: 1_000)
        let times: [Int] = story.steps.compactMap { step in
            switch step.cause {
            case .delivery, .timer(1, _, _): step.time
            default: nil
            }
        }
        // Node 0 sends number 2 at 5 + 7, so it arrives at 22; the early timer is due at 15 and waits for the end of number 1's
        // handler at 17.
        #expect(times == [17, 24, 31, 47])
        #expect(simulator.numbers(Fixture().trace, of: 1) == [1, 3, 2, 4])
        #expect(result.end == .quiescent)
    }

    @Test func `a timer that is cancelled while it waits takes no time`() {
        var builder = ProgramBuilder()
        let first = builder.timer("First")
        let second = builder.timer("Second")
        let third = builder.timer("Third")
        builder.onStart(.set(first, after: 10) + .set(second, after: 11) + .set(third, after: 12))
        builder.onTimer(first, .cancel(second))
        builder.onTimer(second, [])
        builder.onTimer(third, [])
        var timing = TimingModel(kind: .asynchronous, latency: .constant(10))
        timing.step = .constant(100)
        let simulator = Simulator(builder.compiled(nodes: 1, timing: timing))
        let result = simulator.run(seed: 1, horizon: 1_000, watches: [])
        #expect(result.endTime == 210)
        #expect(result.end == .quiescent)
        #expect(simulator.timers.stale == 0)
    }

    @Test func `a crash drops what a node is busy with`() {
        var timing = TimingModel(kind: .asynchronous, latency: .constant(10))
        timing.step = .constant(7)
        let done = play(Fixture(timing: timing), orders: [(17, { $0.perform(.crash(1), at: $1) })])
        #expect(done.trace == [])
        #expect(done.end == .quiescent)
    }

    @Test func `ends a run although pauses would go on`() {
        var timing = TimingModel(kind: .asynchronous, latency: .constant(10))
        timing.pauses = Pauses(every: .constant(12), length: .constant(50))
        let simulator = Simulator(Fixture(timing: timing).compiled)
        // Paused from 12 to 62, from 74 on: what arrives at 15 waits until 62.
        let (result, story) = simulator.tell(seed: 1, horizon: 1_000, watches: [], limit: 1_000)
        #expect(result.end == .quiescent)
        #expect(result.endTime == 62)
        #expect(simulator.numbers(Fixture().trace, of: 1) == [1, 2, 3, 4])
        let pauses = story.steps.filter { if case .pause = $0.cause { true } else { false } }
        #expect(pauses.map(\.time) == [15])
        #expect(pauses.first?.cause == .pause(node: 1, since: 12, until: 62))
        #expect(result.events == story.steps.count)
    }

    @Test func `what waits survives a collection of garbage`() throws {
        let text = """
            scenario: waiting
            timing: {latency: 1ms, pauses: {every: 1ms, for: 20ms}, step: 1ms}
            nodes: [a, b]
            algorithm:
              messages: {Load: {items: list of int}}
              state: {total: 0, sent: 0}
              on start: |
                set timer Tick(sent) after 1ms
              on timer Tick(k): |
                sent += 1
                if sent <= 60:
                  send Load([sent * i for i in 1..20]) to others
                  set timer Tick(sent) after 1ms
              on Load(items): |
                total += sum(items)
            expect: {fine: {always: true}}

            """
        let loaded = ScenarioLoader.load(path: "waiting.yaml", bytes: Array(text.utf8))
        let compiled = Compiler.compile(try #require(loaded.cases.first))
        let simulator = Simulator(compiled)
        #expect(simulator.begin())
        simulator.start()
        while simulator.failure == nil, let event = simulator.queue.pop(until: Word.largest) {
            simulator.handle(event)
            simulator.machine.collect(roots: simulator.roots)
        }
        #expect(simulator.failure == nil)
        #expect(simulator.number(0, of: 0) == 210 * 60 * 61 / 2)
        #expect(simulator.number(0, of: 1) == 210 * 60 * 61 / 2)
    }
}
