import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

/// Byzantine nodes, simulated: what the adversary says is within its behaviour, and every run can be written down and replayed.
@Suite struct ByzantineSimulationTests {
    private static func compiled(_ behaviour: String) throws -> CompiledCase {
        let text = ByzantineExplorationTests.oralMessages(
            n: 4, "{up-to: 2, behaviour: \(behaviour)}", expect: "  agreement: holds", run: "simulate")
        return try #require(exploredCases(text).first)
    }

    private static func told(_ seed: UInt64, _ compiled: CompiledCase) -> Simulator.Told {
        let simulator = Simulator(compiled)
        let rule = compiled.expectations[0].form.rule
        let shown = Trace.Shown.expectation("agreement", expectsHolds: true, found: .holds)
        return simulator.tell(
            seed: seed, horizon: 1_000_000_000, watches: [Watch(rule.routine, rule.need)],
            Simulator.Telling(limit: 1_000, shown: shown))
    }

    @Test(arguments: ["lie", "omit", "silent", "[lie, omit]"])
    func `lies are told, written down and replayed`(behaviour: String) throws {
        let compiled = try Self.compiled(behaviour)
        var (lies, omissions) = (0, 0)
        for seed in 1...40 as ClosedRange<UInt64> {
            let told = Self.told(seed, compiled)
            var trace = try #require(told.trace)
            for effect in told.story.steps.flatMap(\.effects) {
                if case .lied(_, let said, let truth, _, _) = effect {
                    lies += 1
                    #expect(said != truth)
                }
                if case .withheld = effect { omissions += 1 }
            }
            let hasLied = trace.steps.contains { !$0.lies.isEmpty }
            if told.story.faulty.isEmpty { #expect(!hasLied) }
            let text = TraceWriter.text(trace)
            trace = try #require(TraceReader.read(SourceFile(path: "a.trace", text: text)).trace)
            let replay = Replayer(compiled, trace: trace).replay()
            #expect(replay.misfit == nil)
            #expect(replay.hash == trace.hash)
            #expect(replay.story.steps == told.story.steps)
        }
        #expect((lies > 0) == behaviour.contains("lie"))
        #expect((omissions > 0) == (behaviour != "lie"))
    }

    /// The plan of the adversary has draws of its own: who is faulty and what nodes choose stay as they are.
    @Test func `other draws do not change with the behaviour`() throws {
        let (lying, omitting) = (try Self.compiled("lie"), try Self.compiled("omit"))
        for seed in 1...20 as ClosedRange<UInt64> {
            let (one, other) = (Self.told(seed, lying), Self.told(seed, omitting))
            #expect(one.story.faulty == other.story.faulty)
            #expect(one.story.inputs == other.story.inputs)
        }
    }

    @Test func `a lie that the behaviour does not allow does not fit`() throws {
        let (lying, omitting) = (try Self.compiled("lie"), try Self.compiled("omit"))
        let traces = (1...40 as ClosedRange<UInt64>).compactMap { Self.told($0, lying).trace }
        let first = traces.first { $0.steps.contains { !$0.lies.isEmpty } }
        let trace = try #require(first)
        #expect(Replayer(omitting, trace: trace).replay().misfit?.reason.contains("behaviour") == true)
        #expect(Replayer(lying, trace: trace).replay().misfit == nil)
    }
}
