import ScenModel
import Testing

@testable import ScenEngine

@Suite struct StoryTests {
    private func told() -> (CompiledCase, count: UInt16) {
        var builder = ProgramBuilder()
        let ping = builder.message("Ping")
        let timer = builder.timer("T")
        let count = builder.variable("count")
        builder.program.decisionType = .int
        builder.onStart(.at(0, .send(ping, to: 1) + .set(timer, after: 7)))
        builder.on(ping, [.add(count, 1), Instruction(.send, 0, 1)])
        builder.onTimer(timer, [.small(0, 3), Instruction(.decide, 0)] + .cancel(timer))
        return (builder.compiled(nodes: 2), count)
    }

    @Test func `tells causes, changes, fates, timers and decisions`() {
        let (compiled, count) = told()
        let (result, story) = Simulator(compiled).tell(seed: 1, horizon: 20, watches: [], limit: 100)
        let ping = Value.message(type: 0, [])
        #expect(
            story.steps == [
                Story.Step(
                    time: 0, cause: .start(node: 0),
                    effects: [
                        .sent(number: 1, message: ping, to: 1, .arrives(10)), .timerSet(timer: 0, arguments: [], at: 7),
                    ]),
                Story.Step(time: 0, cause: .start(node: 1), effects: []),
                Story.Step(
                    time: 7, cause: .timer(node: 0, timer: 0, arguments: []),
                    effects: [.decided(.int(3)), .timerCancelled(timer: 0, arguments: [])]),
                Story.Step(
                    time: 10, cause: .delivery(number: 1, message: ping, from: 0, to: 1),
                    effects: [
                        .changed(variable: Int(count), from: .int(0), to: .int(1)),
                        .sent(number: 2, message: ping, to: 0, .arrives(20)),
                    ]),
                Story.Step(
                    time: 20, cause: .delivery(number: 2, message: ping, from: 1, to: 0),
                    effects: [
                        .changed(variable: Int(count), from: .int(0), to: .int(1)),
                        .sent(number: 3, message: ping, to: 1, .arrives(30)),
                    ]),
            ])
        #expect(story.end == .horizon && story.endTime == 20 && story.firstStep == 0)
        #expect(result.events == 5)
    }

    @Test func `keeps the last steps with their numbers`() {
        let (compiled, _) = told()
        let simulator = Simulator(compiled)
        let all = simulator.tell(seed: 1, horizon: 1_000, watches: [], limit: 10_000).1
        let (result, last) = simulator.tell(seed: 1, horizon: 1_000, watches: [], limit: 5)
        #expect(result.events == 103 && all.steps.count == 103)
        #expect(last.firstStep == 98)
        #expect(last.steps == Array(all.steps.suffix(5)) && last.laterSteps == 0)
    }

    @Test func `keeps the steps that lead to the deciding one`() {
        let (compiled, _) = told()
        let simulator = Simulator(compiled)
        let all = simulator.tell(seed: 1, horizon: 1_000, watches: [], limit: 10_000).1
        for (decisive, first) in [(50, 46), (4, 0), (0, 0), (102, 98), (3, 0)] {
            let part = simulator.tell(
                seed: 1, horizon: 1_000, watches: [], .init(limit: 5, decisiveStep: decisive)
            ).story
            #expect(part.firstStep == first && part.laterSteps == 103 - first - 5)
            #expect(part.steps == Array(all.steps[first..<(first + 5)]))
        }
    }

    @Test func `tells what a node chooses, of whatever type`() throws {
        let compiled = try compiledScenario(
            "nodes: 2",
            """
            types: {plan: [attack, retreat]}
            state: {plans: "map of node to plan"}
            on start: |
              plans[n2] = retreat
              choose k in 4..4
              choose plan in [attack]
              choose p in {n2}
              choose (a, b) in {(k, n1)}
              choose key in plans
            """)
        let story = Simulator(compiled).tell(seed: 1, horizon: 1_000, watches: [], limit: 100).1
        let printer = ValuePrinter(compiled.program.types)
        let chosen = story.steps[0].effects.compactMap { effect -> String? in
            if case .chose(let value) = effect { printer.text(value) } else { nil }
        }
        #expect(chosen == ["4", "attack", "n2", "(4, n1)", "n2"])
    }

    @Test func `changes no draw by telling`() {
        var builder = ProgramBuilder()
        let ping = builder.message("Ping")
        let trace = builder.trace()
        builder.program.inputType = .int
        builder.onStart(.at(0, .send(ping, to: 1) + .send(ping, to: 2)))
        builder.on(
            ping,
            [.small(2, 1), .small(3, 9), Instruction(.chooseInRange, 4, 2, 3)] + .appendRegister(4, to: trace)
                + [Instruction(.beginLog), Instruction(.endLog), Instruction(.send, 0, 1)])
        let compiled = builder.compiled(
            nodes: 3, network: NetworkModel(links: .fairLoss, loss: 0.05, duplicate: 0.05),
            latency: .uniform(low: 1, high: 40),
            faults: FaultModel(who: .some(count: 2, exactly: false, candidates: [0, 1, 2]), courses: []),
            inputs: InputModel(sources: (0..<3).map { _ in .any([.int(1), .int(2)]) }))
        let simulator = Simulator(compiled)
        for seed in 0..<30 {
            let alone = simulator.run(seed: UInt64(seed), horizon: 2_000, watches: [])
            let (result, story) = simulator.tell(seed: UInt64(seed), horizon: 2_000, watches: [], limit: 1_000_000)
            #expect(result.hash == alone.hash)
            #expect(story.steps.count == result.events)
            #expect(story.inputs.count == 3)
            let sent = story.steps.flatMap(\.effects).compactMap { effect -> Int? in
                if case .sent(let number, _, _, _) = effect { number } else { nil }
            }
            #expect(sent == sent.sorted() && Set(sent).count == sent.count && (sent.first ?? 1) == 1)
            let logged = story.steps.flatMap(\.effects).filter { $0 == .logged("") }.count
            let delivered = story.steps.filter { if case .delivery = $0.cause { true } else { false } }.count
            #expect(delivered == result.deliveries)
            #expect(logged <= delivered)
        }
    }

    @Test func `tells a crash in the middle of a handler`() {
        var builder = ProgramBuilder()
        let ping = builder.message("Ping")
        let state = builder.variable("state")
        let stored = builder.variable("stored", stable: true)
        let others = builder.others(of: 0, among: 4)
        builder.onStart(
            .at(
                0,
                [.add(state, 1), .small(0, 1), Instruction(.storeStable, stored, 0)] + .send(ping, toSet: others)
                    + .send(ping, to: 1)))
        let simulator = Simulator(
            builder.compiled(nodes: 4, faults: FaultModel(who: .these([0]), courses: [.any])))
        var kinds: Set<[String]> = []
        for seed in 0..<600 {
            let story = simulator.tell(seed: UInt64(seed), horizon: 2_000, watches: [], limit: 100).1
            #expect(story.faulty == [0])
            guard story.steps[0].effects.last == .crashed else { continue }
            kinds.insert(
                story.steps[0].effects.map { effect in
                    switch effect {
                    case .changed(let variable, _, _): "changed \(variable)"
                    case .sent(_, _, let to, _): "to \(to)"
                    default: "crashed"
                    }
                })
            let lost = story.steps.filter { if case .deliveryToCrashed = $0.cause { true } else { false } }
            #expect(lost.isEmpty)
        }
        let stored1 = "changed \(stored)"
        let subsets = [[], ["to 1"], ["to 2"], ["to 3"], ["to 1", "to 2"], ["to 1", "to 3"], ["to 2", "to 3"]]
        let all = ["to 1", "to 2", "to 3"]
        let expected =
            [["crashed"]] + subsets.map { [stored1] + $0 + ["crashed"] } + [[stored1] + all + ["crashed"]]
            + [[stored1] + all + ["to 1", "crashed"]]
        #expect(kinds == Set(expected))
    }
}
