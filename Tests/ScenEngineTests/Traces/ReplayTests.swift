import Foundation
import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// Scenarios of this repository, compiled.
enum RepositoryScenarios {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized

    static let paths: [String] = {
        let folder = root.appending(path: "scenarios")
        let all = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    static func cases(_ path: String) throws -> [CompiledCase] {
        let bytes = [UInt8](try Data(contentsOf: root.appending(path: "scenarios/\(path)")))
        return ScenarioLoader.load(path: path, bytes: bytes).cases.map(Compiler.compile)
    }
}

@Suite struct ReplayTests {
    static func reports(_ compiled: CompiledCase, runs: Int, jobs: Int = 1, shrinkingWork: Int = Shrinker.standardWork) async -> CaseReport {
        var options = CaseRunner.Options()
        options.runs = runs
        options.jobs = jobs
        options.tellsAll = true
        options.shrinkingWork = shrinkingWork
        options.wantsTraces = true
        return await CaseRunner(options: options).run(compiled)
    }

    @Test(arguments: RepositoryScenarios.paths)
    func `every run that is told is replayed as it was`(_ path: String) async throws {
        // Shrinking takes its time in a debug build.
        for (index, var compiled) in try RepositoryScenarios.cases(path).enumerated() {
            // What is found later is found in the same way.
            compiled.plan.exploration?.states = 3_000
            await Self.check(compiled, shrinkingWork: index == 0 ? 50_000 : 0)
        }
    }

    @Test func `whatever goes wrong in a run goes wrong again`() async throws {
        let loaded = ScenarioLoader.load(path: "weather.yaml", bytes: Array(TraceScenarios.weather.utf8))
        let compiled = Compiler.compile(try #require(loaded.cases.first))
        #expect(await Self.check(compiled) == 6)
    }

    /// Gives how many runs were told.
    @discardableResult
    private static func check(_ compiled: CompiledCase, shrinkingWork: Int = Shrinker.standardWork) async -> Int {
        var told = 0
        let report = await Self.reports(compiled, runs: 30, shrinkingWork: shrinkingWork)
        for each in report.expectations {
            guard let trace = each.trace, let story = each.story else { continue }
            told += 1
            let text = TraceWriter.text(trace)
            let read = TraceReader.read(SourceFile(path: "a.trace", text: text))
            #expect(read.trace == trace, "\(each.expectation.name)")
            let replay = Replayer(compiled, trace: trace).replay()
            #expect(replay.misfit == nil, "\(each.expectation.name)")
            #expect(replay.hash == trace.hash)
            #expect("\(String(describing: replay.unmet(of: each.expectation, compiled)))" == "\(String(describing: each.evidence.unmet))")
            #expect(replay.verdict == (each.found == .violated ? .violates : .satisfies))
            // A story has a limit, and a trace that long is still played in full.
            let kept = replay.story.steps.dropFirst(story.firstStep).prefix(story.steps.count)
            let isSame = kept.elementsEqual(story.steps)
            #expect(isSame)
            #expect(replay.story.decisiveStep == story.decisiveStep)
            #expect(replay.story.end == story.end && replay.story.endTime == story.endTime)
            #expect(replay.story.outcome == story.outcome && replay.story.inputs == story.inputs)
        }
        return told
    }

    /// Whatever is done to a trace, replaying it ends, and says what does not fit or what is not as it was.
    @Test(arguments: ["consensus/floodset.yaml", "links/fair-loss-retry.yaml", "broadcast/crash-in-the-middle.yaml"])
    func `a trace that was tampered with is noticed`(_ path: String) async throws {
        var generator = TraceGenerator(seed: 5)
        var noticed = 0
        var tried = 0
        for compiled in try RepositoryScenarios.cases(path) where tried == 0 {
            let report = await Self.reports(compiled, runs: 300)
            guard let trace = report.expectations.compactMap(\.trace).first else { continue }
            for _ in 0..<200 {
                var broken = trace
                let at = generator.below(broken.steps.count)
                switch generator.below(6) {
                case 0: broken.steps.remove(at: at)
                case 1: broken.steps.insert(broken.steps[at], at: at)
                case 2: broken.steps.swapAt(at, generator.below(broken.steps.count))
                case 3: broken.steps[at] = generator.step(broken.nodes.count)
                case 4: broken.steps[at].crash = Trace.Crash(point: generator.below(1 << 40), reached: [0, 1 << 40])
                default: broken.steps[at].choices.append(generator.below(1 << 60))
                }
                guard broken != trace else { continue }
                tried += 1
                let replay = Replayer(compiled, trace: broken).replay()
                if replay.misfit != nil || replay.hash != trace.hash || replay.verdict == nil { noticed += 1 }
            }
        }
        // What is left are crashes at points that the handler does not have, where it ended in a crash anyway.
        #expect(tried > 50 && noticed * 10 > tried * 9)
    }

    @Test func `another case does not fit`() async throws {
        let cases = try RepositoryScenarios.cases("consensus/floodset.yaml")
        var traces: [Trace] = []
        for compiled in cases where traces.isEmpty {
            traces += await Self.reports(compiled, runs: 300).expectations.compactMap(\.trace)
        }
        let trace = try #require(traces.first)
        let others = cases.filter { $0.system.nodes.count != trace.nodes.count }
        for other in others {
            let replay = Replayer(other, trace: trace).replay()
            #expect(replay.misfit?.step == nil)
            #expect(replay.misfit?.reason.hasPrefix("the trace has the nodes") == true)
        }
    }
}
