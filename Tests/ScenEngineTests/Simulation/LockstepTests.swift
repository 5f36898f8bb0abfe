import ScenModel
import Testing

@testable import ScenEngine

@Suite struct LockstepTests {
    private let timing = TimingModel(kind: .synchronous, latency: .uniform(low: 0, high: 100), bound: 100, lockstep: true)

    /// Appends 100 * sender + round of sending for each message, and 1000 + round for each round.
    private func chatter(rounds: Int) -> (ProgramBuilder, trace: UInt16) {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello", fields: [TypeTable.Field(name: "round", type: .int)])
        let trace = builder.trace()
        let all = builder.constant(.set([.node(0), .node(1), .node(2)]))
        builder.on(
            hello,
            [
                .small(2, 100), Instruction(.multiplyInt, 3, 1, 2), Instruction(.loadField, 4, 0, 1),
                Instruction(.addInt, 3, 3, 4),
            ] + .appendRegister(3, to: trace))
        builder.onRound(
            [.small(1, 1_000), Instruction(.addInt, 1, 1, 0)] + .appendRegister(1, to: trace)
                + [
                    .small(2, rounds), Instruction(.forkIfLess, 2, 0), Instruction(.jump, wide: 5),
                    Instruction(.move, 3, 0), Instruction(.makeMessage, 10, 3, hello),
                    Instruction(.loadConstant, 11, wide: all), Instruction(.sendMany, 10, 11),
                ])
        return (builder, trace)
    }

    @Test func `hands over what was sent in a round at the beginning of the next, sorted by sender`() {
        var (builder, trace) = chatter(rounds: 2)
        let simulator = Simulator(builder.compiled(nodes: 3, timing: timing))
        let result = simulator.run(seed: 1, horizon: 10_000, watches: [])
        let expected = [1001, 1, 101, 201, 1002, 2, 102, 202, 1003, 1004, 1005]
        for node in 0..<3 {
            #expect(Array(simulator.numbers(trace, of: node).prefix(expected.count)) == expected)
        }
        // It appends in every round, so that only the horizon ends it.
        #expect(result.end == .horizon)
        #expect(result.endTime == 10_000)
        #expect(simulator.numbers(trace, of: 0).last == 1100)
    }

    @Test func `sorts by sender what was sent in any order`() {
        var builder = ProgramBuilder()
        let go = builder.message("Go")
        let mark = builder.message("Mark")
        let trace = builder.trace()
        // Node 2 sends to 1 and 0, which pass it on in this order before their own rounds; 2 sends again.
        builder.onStart(.at(2, .send(go, to: 1) + .send(go, to: 0)))
        builder.on(go, .send(mark, to: 2))
        builder.on(mark, .appendRegister(1, to: trace))
        builder.onRound([
            Instruction(.forkIfNotEqualSmall, 0, wide: Int32(Word(2).bits)), Instruction(.jump, wide: 4),
        ] + .send(mark, to: 2))
        let simulator = Simulator(builder.compiled(nodes: 3, timing: timing))
        _ = simulator.run(seed: 1, horizon: 10_000, watches: [])
        #expect(simulator.numbers(trace, of: 2) == [0, 0, 1, 1, 2])
    }

    @Test func `ends after the first quiet round later than all that are named`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let got = builder.variable("got")
        builder.onStart(.at(0, .send(hello, to: 1)))
        builder.on(hello, [.add(got, 1)])
        builder.onRound([])
        let compiled = builder.compiled(nodes: 2, timing: timing)
        // Round 1 sends, round 2 changes, round 3 is quiet.
        let result = Simulator(compiled).run(seed: 1, horizon: 10_000, watches: [])
        #expect(result.end == .quiescent)
        #expect(result.endTime == 300)
        #expect(result.events == 2 + 3 * 2 + 1)

        builder.program.lastNamedRound = 5
        let named = builder.program
        var later = compiled
        later.program.lastNamedRound = named.lastNamedRound
        #expect(Simulator(later).run(seed: 1, horizon: 10_000, watches: []).endTime == 600)

        var crashing = compiled
        crashing.system.faults = FaultModel(who: .these([1]), courses: [.any, .crash(.at(730), recovery: nil)])
        let crashed = Simulator(crashing).run(seed: 1, horizon: 10_000, watches: [])
        #expect(crashed.endTime == 900)
    }

    @Test func `fires timers within a round, after the hand-over and before the rounds of their moment`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let early = builder.timer("Early")
        let sharp = builder.timer("Sharp")
        let trace = builder.trace()
        builder.onStart(.set(sharp, after: 100) + .set(early, after: 60) + .send(hello, to: 0))
        builder.onTimer(early, .append(2, to: trace) + .send(hello, to: 0))
        builder.onTimer(sharp, .append(3, to: trace))
        builder.on(hello, .append(4, to: trace))
        builder.onRound([.small(1, 10), Instruction(.addInt, 1, 1, 0)] + .appendRegister(1, to: trace))
        let simulator = Simulator(builder.compiled(nodes: 1, timing: timing))
        _ = simulator.run(seed: 1, horizon: 300, watches: [])
        #expect(simulator.numbers(trace, of: 0) == [11, 2, 4, 4, 3, 12, 13])
    }

    @Test func `observes states at the ends of rounds only`() {
        var (builder, trace) = chatter(rounds: 2)
        let length = builder.routine(
            "observer",
            [
                .small(0, 0), Instruction(.loadStateOf, 1, 0, trace), Instruction(.length, 2, 1), .small(3, 2),
                Instruction(.atMost, 4, 3, 2), Instruction(.returns, 4),
            ])
        let time = builder.routine(
            "observer",
            [Instruction(.loadTime, 0), .small(1, 150), Instruction(.less, 2, 1, 0), Instruction(.returns, 2)])
        let simulator = Simulator(builder.compiled(nodes: 3, timing: timing))
        let result = simulator.run(
            seed: 1, horizon: 10_000,
            watches: [Watch(length, .firstTrue), Watch(time, .firstTrue), Watch(length, .firstFalse)])
        // Three starts and three rounds; then nine deliveries and three rounds.
        #expect(result.watched[0].moment == Watched.Moment(step: 17, time: 200))
        #expect(result.watched[1].moment == Watched.Moment(step: 17, time: 200))
        #expect(result.watched[2].moment == Watched.Moment(step: 5, time: 100))
    }

    @Test func `runs a round that the horizon cuts, and begins none at the horizon`() {
        var (builder, trace) = chatter(rounds: 2)
        let simulator = Simulator(builder.compiled(nodes: 3, timing: timing))
        func last(_ horizon: Int) -> Int {
            let result = simulator.run(seed: 1, horizon: horizon, watches: [])
            #expect(result.endTime == horizon && result.end == .horizon)
            return simulator.numbers(trace, of: 0).last ?? 0
        }
        #expect(last(0) == 1001)
        #expect(last(99) == 1001)
        #expect(last(100) == 1001)
        #expect(last(101) == 1002)
        #expect(last(200) == 1002)
    }

    @Test func `loses and duplicates messages as fair-loss links do`() {
        var builder = ProgramBuilder()
        let hello = builder.message("Hello")
        let got = builder.variable("got")
        builder.onRound(.at(0, .send(hello, to: 1)))
        builder.on(hello, [.add(got, 1)])
        let simulator = Simulator(
            builder.compiled(
                nodes: 2, network: NetworkModel(links: .fairLoss, loss: 0.3, duplicate: 0.2), timing: timing))
        _ = simulator.run(seed: 1, horizon: 1_000_000, watches: [])
        let expected = 10_000 * 0.7 * 1.2
        #expect(abs(Double(simulator.number(got, of: 1)) - expected) < 4 * 60)
    }
}
