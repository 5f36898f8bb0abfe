import ScenModel
import Testing

@testable import ScenEngine

/// The explorer and the plainest means find as many states and ends, and come to the same verdicts.
@Suite struct TimedDifferentialTests {
    private static let tick = 5_000_000

    @Test(arguments: 0..<8)
    func `random systems in which time passes`(part: Int) {
        var compared = 0
        for seed in part * 8 + 1...part * 8 + 8 {
            var generator = TimedGenerator(seed: UInt64(seed))
            let generated = generator.scenario()
            for compiled in exploredCases(generated.text) where compare(compiled, generated) { compared += 1 }
        }
        #expect(compared >= 3)
    }

    private func compare(_ compiled: CompiledCase, _ generated: TimedGenerator.Generated) -> Bool {
        let scope = compiled.plan.exploration ?? .init()
        let naive = NaiveTimed(compiled, scope: scope, tick: Self.tick)
        naive.marksMoments = generated.readsTime
        naive.clockMax = clockMax(compiled, generated)
        naive.run(limit: 600)
        guard naive.edges.count == naive.states.count, !naive.failed else { return false }
        let exploration = Exploration(compiled, scope: scope, statesMax: 100_000, budgets: RunBudgets(), tick: Self.tick)
        let result = Search(exploration, asked: []).run(everything: true)
        #expect(result.isComplete)
        #expect(result.states == naive.states.count, "\(generated.text)")
        #expect(result.ends == naive.states.count { naive.isEnd($0) }, "\(generated.text)")
        guard result.states == naive.states.count, exploration.time?.tick == Self.tick else { return false }
        let report = Exploring(compiled, scope: scope, options: .init(), tick: Self.tick).report()
        for (expectation, found) in zip(compiled.expectations, report.expectations) {
            if generated.isLossy, generated.horizon == nil { continue }
            #expect(found.found == naive.verdict(expectation.form), "\(expectation.name) of\n\(generated.text)")
        }
        return true
    }

    /// As `ExploredTime` documents it.
    private func clockMax(_ compiled: CompiledCase, _ generated: TimedGenerator.Generated) -> Int {
        if let horizon = generated.horizon { return horizon / 5 }
        if generated.readsNow || generated.readsTime { return .max }
        var last: Int?
        for case .crash(let crash, let recovery) in compiled.system.faults.courses {
            for moment in [crash, recovery].compactMap({ $0 }) {
                switch moment {
                case .at(let at): last = max(last ?? 0, at)
                case .between(_, let end): last = max(last ?? 0, end)
                }
            }
        }
        return last.map { $0 / Self.tick + 1 } ?? 0
    }
}
