import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// Shrinking changes which run is told, and nothing else; and what is told is a run of the same model that shows the same.
@Suite struct ShrinkingDifferentialTests {
    private static func compiled(_ text: String) throws -> CompiledCase {
        let loaded = ScenarioLoader.load(path: "generated.yaml", bytes: Array(text.utf8))
        #expect(!loaded.hasErrors, "\(text)")
        return Compiler.compile(try #require(loaded.cases.first))
    }

    /// Everything but the run that is told, and what is said of that run alone.
    private static func judged(_ report: CaseReport) -> [String] {
        report.expectations.map {
            var evidence = $0.evidence
            evidence.unmet = nil
            return "\($0.expectation.name) \($0.found) \($0.status) \(evidence)"
        } + [report.failure.map { "\($0.error.code) \($0.error.span)" } ?? "no error"]
    }

    @Test(arguments: 0..<4) func `verdicts, counts and statistics stay as they are`(_ block: Int) async throws {
        var shrunk = 0
        for seed in UInt64(block * 25)..<UInt64(block * 25 + 25) {
            var generator = ScenarioGenerator(seed: seed)
            let text = generator.scenario()
            let compiled = try Self.compiled(text)
            let one = await ReplayTests.reports(compiled, runs: 4, shrinkingWork: 100_000)
            let two = await ReplayTests.reports(compiled, runs: 4, shrinkingWork: 0)
            #expect(Self.judged(one) == Self.judged(two), "\(text)")
            for (a, b) in zip(one.expectations, two.expectations) {
                #expect(a.story?.seed == b.story?.seed)
                shrunk += try Self.check(a, compiled, text)
            }
        }
        #expect(shrunk > 5)
    }

    /// Whether the run that is told was shrunk.
    private static func check(_ report: ExpectationReport, _ compiled: CompiledCase, _ text: String) throws -> Int {
        guard let story = report.story, let trace = report.trace, let shrunk = story.shrunk else { return 0 }
        let replay = Replayer(compiled, trace: trace).replay()
        #expect(replay.misfit == nil && replay.hash == trace.hash, "\(text)")
        #expect(replay.verdict == (report.found == .violated ? .violates : .satisfies), "\(text)")
        #expect(trace.shrunk == shrunk.from)
        #expect(shrunk.faults <= shrunk.from.faults)
        #expect(story.decisiveStep ?? 0 < shrunk.from.events)
        try Self.checkModel(story, compiled, text)
        return 1
    }

    /// No message takes longer or less time than the model allows, nor is lost or duplicated where links are reliable, and only
    /// those crash that may.
    private static func checkModel(_ story: Story, _ compiled: CompiledCase, _ text: String) throws {
        let system = compiled.system
        let latencies: ClosedRange<Int> =
            switch system.timing.latency {
            case .constant(let value): value...value
            case .uniform(let low, let high): low...high
            default: 0...(system.timing.bound ?? Word.largest)
            }
        for step in story.steps {
            for case .sent(_, _, _, let fate) in step.effects where !system.timing.lockstep {
                switch fate {
                case .lost: #expect(system.network.loss > 0)
                case .arrives(let time): #expect(latencies.contains(time - step.time), "\(text)")
                case .arrivesTwice(let first, let second):
                    #expect(system.network.duplicate > 0)
                    #expect(latencies.contains(first - step.time) && latencies.contains(second - step.time), "\(text)")
                default: break
                }
            }
            if case .crash(let node) = step.cause { #expect(story.faulty.contains(node)) }
        }
        switch system.faults.who {
        case .nobody: #expect(story.faulty.isEmpty)
        case .these(let nodes): #expect(story.faulty == nodes.sorted())
        case .some(let count, let exactly, let candidates):
            #expect(exactly ? story.faulty.count == count : story.faulty.count <= count)
            #expect(Set(story.faulty).isSubset(of: candidates))
        }
        if case .these = system.faults.who, case .crash(.at(let moment), _) = system.faults.courses.first ?? .any {
            for step in story.steps where step.cause == .crash(node: 0) { #expect(step.time == moment) }
        }
    }
}
