import ScenModel
import Testing

@testable import ScenEngine

/// What nodes know where they have clocks.
@Suite struct TimedKnowledgeTests {
    private static let tick = 5_000_000

    @Test(arguments: [(KnowledgeGenerator.Kind.synchronous, 15, 30), (.partiallySynchronous, 15, 20)])
    func `the explorer and the definition agree where time passes`(kind: KnowledgeGenerator.Kind, comparedMin: Int, mixedMin: Int) throws {
        var (compared, mixed) = (0, 0)
        for seed in 1...60 {
            var generator = KnowledgeGenerator(seed: UInt64(seed))
            let generated = generator.scenario(kind)
            for compiled in exploredCases(generated.text) {
                guard let found = compare(compiled, generated) else { continue }
                compared += 1
                mixed += found
            }
        }
        #expect(compared >= comparedMin)
        #expect(mixed >= mixedMin)
    }

    /// How many formulas hold in some states and not in others; nil: there are too many states.
    private func compare(_ compiled: CompiledCase, _ generated: KnowledgeGenerator.Generated) -> Int? {
        let scope = compiled.plan.exploration ?? .init()
        var liveClock = 0
        var exploration: Exploration
        repeat {
            exploration = Exploration(
                compiled, scope: scope, statesMax: 4 * KnowledgeGenerator.statesMax, budgets: RunBudgets(), tick: Self.tick, liveClock: liveClock)
            guard Search(exploration, asked: []).run(everything: true).isComplete else { return nil }
            liveClock = exploration.lacksRest ?? liveClock
        } while exploration.lacksRest != nil
        let count = exploration.space.count
        guard count <= KnowledgeGenerator.statesMax else { return nil }
        let naive = NaiveTimed(compiled, scope: scope, tick: Self.tick)
        naive.keepsViews = true
        if naive.viewsHaveClocks { naive.clockMax = .max }
        naive.restUntil = exploration.liveClock
        naive.run(limit: 4 * KnowledgeGenerator.statesMax)
        #expect(naive.states.count == count, "\(generated.text)")
        if naive.viewsHaveClocks { #expect(naive.states.allSatisfy { $0.clock <= exploration.liveClock || naive.isAtRest($0) }) }
        guard naive.states.count == count else { return nil }
        exploration.knowledge = Knowledge(exploration)
        return compare(compiled, generated, exploration, naive)
    }

    private func compare(
        _ compiled: CompiledCase, _ generated: KnowledgeGenerator.Generated, _ exploration: Exploration, _ naive: NaiveTimed
    ) -> Int {
        func routine(_ index: Int) -> Program.RoutineID? {
            if case .always(let routine) = compiled.expectations[index].form { routine } else { nil }
        }
        let states = naive.states
        func truth(_ index: Int) -> [Bool] { states.map { state in routine(index).map { naive.holds($0, state) } ?? false } }
        let members = generated.members.map { indices -> [Set<Int>] in
            let isMember = indices.map { truth($0) }
            return states.indices.map { state in Set((0..<naive.count).filter { isMember[$0][state] }) }
        }
        let definition = NaiveKnowledge(
            views: states.map(\.views), nodes: naive.count, atoms: generated.atoms.map { truth($0) }, members: members)
        let observation = Observation(exploration)
        var mixed = 0
        for (index, formula) in generated.formulas {
            guard let routine = routine(index) else { continue }
            let expected = definition.truth(of: formula).count { $0 }
            let found = states.indices.count { observation.word(routine, in: $0)?.isTrue ?? false }
            #expect(found == expected, "\(compiled.expectations[index].text) in\n\(generated.text)")
            if case .atom = formula { continue }
            if expected > 0, expected < states.count { mixed += 1 }
        }
        return mixed
    }

    private func expectAll(_ text: String) {
        for compiled in exploredCases(text) {
            let report = Exploring(compiled, scope: compiled.plan.exploration ?? .init(), options: CaseRunner.Options()).report()
            #expect(report.failure == nil)
            for each in report.expectations {
                #expect(each.status == .passed, "\(compiled.parameters.map(\.text)): \(each.expectation.name) is \(each.found)")
            }
        }
    }

    /// Halpern and Moses (1990): a bound on latency and a common clock make what is sent common knowledge once the bound is over, and
    /// not before; silence tells as much as a message.
    @Test func `after the bound it is common knowledge`() {
        expectAll(
            """
            scenario: bound
            parameters: {links: [reliable, fair-loss], high: [5ms, 10ms]}
            network: links
            timing: {model: synchronous, latency: 0ms..high}
            nodes: 2
            algorithm:
              input: 0..1
              messages: {News: {}}
              state: {got: bool}
              on start: |
                if me == n1 and input == 1: send News() to n2
              on News(): |
                got = true
            inputs: {n1: any, n2: 0}
            run: exhaustive
            expect:
              in the end:
                finally: common_knowledge(nodes, n1.input == 1) or common_knowledge(nodes, n1.input == 0)
                verdict: holds iff links == reliable
              not sooner:
                always: common_knowledge(nodes, n1.input == 1) implies time > high
                when: links == reliable
              never if a message may be lost:
                never: common_knowledge(nodes, n1.input == 1)
                when: links == fair-loss
              silence tells:
                possible: knows(n2, n1.input == 0)
                verdict: holds iff links == reliable
            """)
    }

    /// The clocks of those who have long come to rest go on: that others are still busy is not to be known from having a clock.
    @Test func `runs that have come to rest go on being counted`() {
        expectAll(
            """
            scenario: rest
            network: reliable
            timing: {model: synchronous, latency: 5ms}
            nodes: 2
            algorithm:
              input: 0..1
              state: {steps: int}
              on start: |
                if me == n1 and input == 1: set timer Next after 5ms
              on timer Next: |
                steps += 1
                if steps < 3: set timer Next after 5ms
            inputs: {n1: any, n2: 0}
            run: exhaustive
            expect:
              n2 never knows: {never: "knows(n2, n1.input == 1) or knows(n2, n1.input == 0)"}
              but what must be over by now: {possible: "knows(n2, n1.input == 0 or n1.steps == 3)"}
            """)
    }
}
