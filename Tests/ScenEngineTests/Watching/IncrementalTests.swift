import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// Whatever is evaluated again, and by however many workers, runs and verdicts are the same.
@Suite struct IncrementalTests {
    private static let blocks = 10
    private static let scenarios = 30

    private func compiled(_ text: String) -> CompiledCase? {
        let loaded = ScenarioLoader.load(path: "generated.yaml", bytes: Array(text.utf8))
        if loaded.hasErrors {
            let shown = DiagnosticRenderer(color: false, sources: loaded.sources).render(loaded.diagnostics)
            Issue.record("\(text)\n\(shown)")
        }
        return loaded.cases.first.map(Compiler.compile)
    }

    private func results(_ compiled: CompiledCase, jobs: Int, incrementally: Bool) async -> [RunResult] {
        let batch = SimulationBatch(compiled, jobs: jobs, evaluatesIncrementally: incrementally)
        let watches = compiled.expectations.map { Watch($0.form.rule.routine, $0.form.rule.need) }
        var results: [RunResult] = []
        let plan = compiled.plan.simulation ?? RunPlan.Simulation()
        await batch.run(firstSeed: plan.seed, count: plan.runs, horizon: plan.horizon, watches: watches) { _, result in
            results.append(result)
        }
        return results
    }

    private func verdicts(_ compiled: CompiledCase, jobs: Int, incrementally: Bool) async -> [String] {
        var options = CaseRunner.Options()
        options.jobs = jobs
        options.runs = 5
        options.evaluatesIncrementally = incrementally
        let report = await CaseRunner(options: options).run(compiled)
        return report.expectations.map {
            "\($0.found) \($0.evidence.violatingRuns ?? -1) \($0.evidence.estimate ?? -1) \($0.story?.seed ?? 0) \($0.evidence.remarks)"
        }
    }

    @Test(arguments: 0..<blocks) func nothingElseChanges(_ block: Int) async {
        for index in 0..<Self.scenarios {
            let seed = UInt64(block * Self.scenarios + index)
            var generator = ScenarioGenerator(seed: seed)
            let text = generator.scenario(timelines: true)
            guard let compiled = compiled(text) else { return }
            let one = await results(compiled, jobs: 1, incrementally: true)
            let two = await results(compiled, jobs: 2, incrementally: true)
            let plain = await results(compiled, jobs: 1, incrementally: false)
            for (run, (a, (b, c))) in zip(one, zip(two, plain)).enumerated() {
                #expect(a.hash == b.hash && a.watched == b.watched && a.failure == b.failure, "run \(run) of \(text)")
                #expect(a.hash == c.hash && a.failure == c.failure, "run \(run) of \(text)")
                if a.failure == nil { #expect(a.watched == c.watched, "run \(run) of \(text)") }
            }
            if index % 10 == 0 {
                let reported = await verdicts(compiled, jobs: 2, incrementally: true)
                #expect(await reported == verdicts(compiled, jobs: 1, incrementally: false), "\(text)")
            }
        }
    }

    /// They say something only if not all of them are trivial.
    @Test func generatedScenariosDiffer() async {
        var shown = Set<String>()
        for seed in 0..<60 as Range<UInt64> {
            var generator = ScenarioGenerator(seed: seed)
            guard let compiled = compiled(generator.scenario(timelines: true)) else { return }
            for result in await results(compiled, jobs: 1, incrementally: true) {
                if let failure = result.failure { shown.insert("\(failure.code)") }
                for (watched, expectation) in zip(result.watched, compiled.expectations) {
                    let form = expectation.formName
                    if watched.unmet != nil { shown.insert("\(form) unmet \(watched.moment == nil)") }
                    if watched.hasMet { shown.insert("\(form) met") }
                    if watched.wasCut { shown.insert("\(form) cut") }
                    if watched.value > 0, watched.value < 1 { shown.insert("\(form) share") }
                    shown.insert("\(form) \(watched.moment == nil)")
                }
            }
        }
        for wanted in [
            "leads-to unmet true", "leads-to unmet false", "leads-to met", "leads-to cut", "fraction-of-time share",
            "always true", "always false", "eventually true", "eventually false", "eventually-always false",
            "eventually-always true", "never false", "possible true", "possible false", "noneUsed",
        ] {
            #expect(shown.contains(wanted), "\(wanted) is not among \(shown.sorted())")
        }
    }
}
