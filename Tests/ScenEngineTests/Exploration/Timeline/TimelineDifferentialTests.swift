import ScenModel
import Testing

@testable import ScenEngine

/// Of random small systems with timelines the explorer reaches just what can be seen in the runs of a naive one, and runs end in the same
/// states.
@Suite struct TimelineDifferentialTests {
    private static let statesMax = 300

    /// By shares, so that a failure names a part of them.
    @Test(arguments: 0..<8)
    func `the same states as a naive explorer`(share: Int) throws {
        var compared = 0
        for seed in 0..<15 {
            var generator = TimelineGenerator(seed: UInt64(share * 1_000 + seed))
            let text = generator.scenario()
            guard let compiled = exploredCases(text).first else { continue }
            let naive = NaiveTimeline(compiled)
            guard naive.run(limit: Self.statesMax), !naive.hasFailed else { continue }
            let (search, result) = explored(compiled)
            #expect(result.isComplete, "\(text)")
            let (all, ends) = Self.visible(search.exploration)
            if all != naive.visible { Issue.record("\(all.count) states, \(naive.visible.count) naive ones: \(share) \(seed)\n\(text)") }
            if ends != naive.visibleEnds { Issue.record("\(ends.count) ends, \(naive.visibleEnds.count) naive ones: \(share) \(seed)\n\(text)") }
            compared += 1
        }
        #expect(compared >= 4)
    }

    /// One semantics: what some simulated run shows some explored one shows, and it can be played again.
    @Test(arguments: 0..<4)
    func `a simulated run is an explored one`(share: Int) async throws {
        for seed in 0..<5 {
            var generator = TimelineGenerator(seed: UInt64(500 + share * 100 + seed))
            try await compare(generator.scenario(), runs: 20)
            try await compare(generator.rounds(leftToChance: true), runs: 20)
        }
    }

    /// Nothing is left to chance: what is explored is just what is simulated.
    @Test(arguments: 0..<4)
    func `the run in rounds is the simulated one`(share: Int) async throws {
        for seed in 0..<15 {
            var generator = TimelineGenerator(seed: UInt64(9_000 + share * 100 + seed))
            try await compare(generator.rounds(), runs: 1, isOneRun: true)
        }
    }

    private func compare(_ text: String, runs: Int, isOneRun: Bool = false) async throws {
        let compiled = try #require(exploredCases(text).first)
        var options = CaseRunner.Options()
        options.limits.bytes = 1 << 24
        options.shrinkingWork = 0
        var scope = RunPlan.Exploration()
        scope.states = 3_000
        let explored = Exploring(compiled, scope: scope, options: options).report()
        var sampled = compiled
        sampled.plan.exploration = nil
        options.runs = runs
        let simulated = await CaseRunner(options: options).run(sampled)
        for (one, other) in zip(explored.expectations, simulated.expectations) {
            if one.evidence.remarks.contains(where: { $0.contains("mistake of scen") }) {
                Issue.record("\(one.expectation.name) is not played again: \(text)")
            }
            guard one.evidence.complete == true else { continue }
            let differs: Bool
            switch one.expectation.form {
            case .possible: differs = (other.found == .holds) != (one.found == .holds) && (isOneRun || other.found == .holds)
            default: differs = other.found != one.found && (isOneRun || other.found == .violated)
            }
            if differs { Issue.record("\(one.expectation.name) explored \(one.found), simulated \(other.found): \(text)") }
        }
    }

    private static func visible(_ exploration: Exploration) -> (all: Set<NaiveTimeline.Visible>, ends: Set<NaiveTimeline.Visible>) {
        var (all, ends) = (Set<NaiveTimeline.Visible>(), Set<NaiveTimeline.Visible>())
        let width = exploration.world.memory.width
        for state in 0..<exploration.space.count {
            let row = Array(UnsafeBufferPointer(start: exploration.space.row(state), count: exploration.layout.width))
            let locals = (0..<exploration.nodeCount).map { exploration.steps.locals[Int(row[exploration.layout.local($0)])] }
            let timers = locals.map { local in
                Set(local.dropFirst(LocalState.variables + width).map { TraceText.timer(Word(bits: $0), exploration.world.machine) })
            }
            exploration.counters.load(Int(row[exploration.layout.counters]), into: exploration.world.memory)
            exploration.loadedRow.forget()
            let program = exploration.compiled.program
            let sent = program.types.messages.indices.map { exploration.world.memory.sent[$0] }
            let faulty = exploration.isFaulty[Int(row[RowLayout.beginning])]
            let seen = NaiveTimeline.Visible(
                faulty: Set(faulty.indices.filter { faulty[$0] }),
                values: locals.map { local in
                    program.variables.indices.map {
                        exploration.world.machine.value(Word(bits: local[LocalState.variables + $0]), program.variables[$0].type)
                    }
                },
                isDown: locals.map(LocalState.isDown), timers: timers, sent: sent)
            all.insert(seen)
            if exploration.isEnd(state) { ends.insert(seen) }
        }
        return (all, ends)
    }
}
