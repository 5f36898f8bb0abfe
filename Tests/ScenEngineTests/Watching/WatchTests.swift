import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

@Suite struct WatchTests {
    /// A node that ticks every 10 ns, and observers of its count.
    private func ticking() -> (ProgramBuilder, count: UInt16) {
        var builder = ProgramBuilder()
        let timer = builder.timer("T")
        let count = builder.variable("count")
        builder.onStart(.set(timer, after: 10))
        builder.onTimer(timer, [.add(count, 1)] + .set(timer, after: 10))
        return (builder, count)
    }

    private func negated(_ builder: inout ProgramBuilder, _ variable: UInt16, below: Int) -> Program.RoutineID {
        builder.routine(
            "observer",
            [
                .small(0, 0), Instruction(.loadStateOf, 1, 0, variable), .small(2, below),
                Instruction(.less, 3, 1, 2), Instruction(.returns, 3),
            ])
    }

    @Test func `finds the first state in which a condition is true or false`() {
        var (builder, count) = ticking()
        let three = builder.observer(node: 0, count, atLeast: 3)
        let few = negated(&builder, count, below: 2)
        let start = builder.observer(node: 0, count, atLeast: 0)
        let never = builder.observer(node: 0, count, atLeast: 1_000)
        let simulator = Simulator(builder.compiled(nodes: 1))
        let watched = simulator.run(
            seed: 1, horizon: 100,
            watches: [
                Watch(three, .firstTrue), Watch(few, .firstFalse), Watch(start, .firstTrue), Watch(never, .firstTrue),
                Watch(start, .firstFalse),
            ]
        ).watched
        #expect(watched[0].moment == Watched.Moment(step: 3, time: 30))
        #expect(watched[1].moment == Watched.Moment(step: 2, time: 20))
        #expect(watched[2].moment == Watched.Moment(step: 0, time: 0))
        #expect(watched[3] == Watched(moment: nil, atEnd: false))
        #expect(watched[4] == Watched(moment: nil, atEnd: true))
    }

    @Test func `finds from where on a condition holds until the end`() {
        var (builder, count) = ticking()
        let parity = builder.routine(
            "odd or late",
            [
                .small(0, 0), Instruction(.loadStateOf, 1, 0, count), .small(2, 2), Instruction(.modInt, 3, 1, 2),
                .small(4, 1), Instruction(.equal, 5, 3, 4), Instruction(.jumpIfTrue, 5, wide: 3),
                .small(4, 6), Instruction(.less, 5, 4, 1), Instruction(.returns, 5),
            ])
        let even = builder.routine(
            "even",
            [
                .small(0, 0), Instruction(.loadStateOf, 1, 0, count), .small(2, 2), Instruction(.modInt, 3, 1, 2),
                .small(4, 0), Instruction(.equal, 5, 3, 4), Instruction(.returns, 5),
            ])
        let simulator = Simulator(builder.compiled(nodes: 1))
        let watched = simulator.run(
            seed: 1, horizon: 99, watches: [Watch(parity, .lastRise), Watch(even, .lastRise), Watch(even, .end)]
        ).watched
        #expect(watched[0] == Watched(moment: Watched.Moment(step: 7, time: 70), atEnd: true))
        #expect(watched[1] == Watched(moment: nil, atEnd: false))
        #expect(watched[2] == Watched(moment: nil, atEnd: false))
    }

    @Test func `knows the outcome only in the last state`() {
        var (builder, count) = ticking()
        let many = builder.observer(node: 0, count, atLeast: 5)
        let some = builder.observer(node: 0, count, atLeast: 1)
        let isSecond = builder.routine(
            "outcome",
            [
                Instruction(.loadOutcome, 0), .small(1, 1), Instruction(.equal, 2, 0, 1), Instruction(.returns, 2),
            ])
        builder.outcomes = [
            CompiledCase.Outcome(name: "many", condition: many), CompiledCase.Outcome(name: "some", condition: some),
        ]
        let simulator = Simulator(builder.compiled(nodes: 1))
        let watches = [Watch(isSecond, .firstTrue), Watch(isSecond, .end)]
        let few = simulator.run(seed: 1, horizon: 25, watches: watches)
        #expect(few.outcome == 1)
        #expect(few.watched[0] == Watched(moment: Watched.Moment(step: 2, time: 25), atEnd: true))
        #expect(few.watched[1].atEnd)
        let more = simulator.run(seed: 1, horizon: 100, watches: watches)
        #expect(more.outcome == 0)
        #expect(more.watched.map(\.atEnd) == [false, false])
        let none = simulator.run(seed: 1, horizon: 5, watches: watches)
        #expect(none.outcome == nil)
    }

    /// It holds in 10..<20 and 30..<60, and where nothing more happens also after the last event.
    @Test func `measures the share of time during which a condition holds`() {
        var (builder, count) = ticking()
        let odd = builder.routine(
            "1, or 3 to 5, or 9",
            [
                .small(0, 0), Instruction(.loadStateOf, 1, 0, count), .small(2, 1), Instruction(.equal, 3, 1, 2),
                Instruction(.jumpIfTrue, 3, wide: 8), .small(2, 9), Instruction(.equal, 3, 1, 2),
                Instruction(.jumpIfTrue, 3, wide: 5), .small(2, 3), Instruction(.less, 3, 1, 2), Instruction(.not, 3),
                Instruction(.jumpIfTrue, 3, wide: 2), Instruction(.returns, 3), .small(2, 6),
                Instruction(.less, 4, 1, 2), .small(2, 9), Instruction(.equal, 5, 1, 2),
                Instruction(.jumpIfTrue, 5, wide: 2), Instruction(.returns, 4), Instruction(.returns, 5),
            ])
        let number = builder.routine(
            "count", [.small(0, 0), Instruction(.loadStateOf, 1, 0, count), Instruction(.toReal, 1, 1), Instruction(.returns, 1)])
        let simulator = Simulator(builder.compiled(nodes: 1))
        let watches = [Watch(odd, .share), Watch(number, .value)]
        func values(_ horizon: Int) -> [Double] {
            simulator.run(seed: 1, horizon: horizon, watches: watches).watched.map(\.value)
        }
        #expect(values(9) == [0, 0])
        #expect(values(40) == [0.5, 4])
        #expect(values(80) == [0.5, 8])
        #expect(values(99) == [49.0 / 99, 9])
        #expect(values(0) == [0, 0])
    }

    /// `for` is what is measured, whether or not something goes on happening.
    @Test func `the last state lasts until the run would be cut off`() {
        var builder = ProgramBuilder()
        let timer = builder.timer("T")
        let count = builder.variable("count")
        builder.onStart(.set(timer, after: 10))
        builder.onTimer(timer, [.add(count, 1)])
        let done = builder.observer(node: 0, count, atLeast: 1)
        let simulator = Simulator(builder.compiled(nodes: 1))
        let result = simulator.run(seed: 1, horizon: 100, watches: [Watch(done, .share)])
        #expect(result.end == .quiescent && result.endTime == 10)
        #expect(result.watched[0].value == 0.9)
    }

    /// States are observed at the ends of rounds, and what a round comes to it is from its beginning.
    @Test func `a round counts as its end`() {
        var builder = ProgramBuilder()
        let count = builder.variable("count")
        builder.onRound([.add(count, 1)])
        let two = builder.observer(node: 0, count, atLeast: 2)
        let timing = TimingModel(
            kind: .synchronous, latency: .uniform(low: 0, high: 100), bound: 100, lockstep: true)
        let simulator = Simulator(builder.compiled(nodes: 1, timing: timing))
        let share = simulator.run(seed: 1, horizon: 500, watches: [Watch(two, .share)]).watched[0].value
        #expect(share == 0.8)
    }

    @Test func `fails the run if a condition cannot be evaluated`() {
        var (builder, count) = ticking()
        let broken = builder.routine(
            "observer",
            [
                .small(0, 0), Instruction(.loadStateOf, 1, 0, count), .small(2, 3),
                Instruction(.subtractInt, 2, 2, 1), Instruction(.divInt, 3, 1, 2), .small(4, 0),
                Instruction(.atMost, 3, 4, 3), Instruction(.returns, 3),
            ])
        let simulator = Simulator(builder.compiled(nodes: 1))
        let result = simulator.run(seed: 1, horizon: 100, watches: [Watch(broken, .firstFalse)])
        #expect(result.end == .failed)
        #expect(result.failure?.code == .divisionByZero)
        #expect(result.failure?.time == 30)
        #expect(result.events == 4)
        let atEnd = simulator.run(seed: 1, horizon: 30, watches: [Watch(broken, .end)])
        #expect(atEnd.failure?.code == .divisionByZero)
    }
}
