import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenReport

struct PrettyReportTests {
    private static let file = "scenarios/generals.yaml"

    private func text(
        _ cases: [CaseReport], detail: PrettyReport.Detail = .normal, color: Bool = false, file: String = file
    ) -> String {
        var report = PrettyReport(color: color, detail: detail)
        var summary = RunSummary()
        summary.addScenario()
        var text = report.begin(
            .init(file: file, title: "Both attack or neither", cases: cases.map(\.parameters)))
        for each in cases {
            summary.add(each)
            text += report.add(each, sources: [Samples.source])
        }
        return text + report.summary(summary, seconds: nil, stopped: false)
    }

    private func one(_ reports: ExpectationReport...) -> CaseReport {
        CaseReport(parameters: [], expectations: reports)
    }

    private func swept(_ k: Int, _ reports: ExpectationReport...) -> CaseReport {
        CaseReport(
            parameters: [
                Samples.parameter("k", .int(k), "\(k)"),
                Samples.parameter("links", .string("fair-loss"), "fair-loss"),
            ], expectations: reports)
    }

    @Test func aScenarioWithoutParameters() throws {
        try TextGolden.check(
            text([one(Samples.holding, Samples.possible, Samples.violatedAsExpected, Samples.unsure)]),
            "passed.txt")
    }

    @Test func statistics() throws {
        let near = 0.470_8...0.522_8
        try TextGolden.check(
            text([
                one(
                    Samples.share(0.496_75, near, .equals(0.5, tolerance: 0.05), .holds),
                    Samples.share(0.496_75, near, .atLeast(0.999), .violated),
                    Samples.share(0.496_75, near, .atMost(0.1), .violated, expectsHolds: false),
                    Samples.share(0.496_75, near, .between(0.4, 0.6), .holds, expectsHolds: false),
                    Samples.share(0.496_75, near, .atLeast(0.5), .inconclusive),
                    Samples.share(0.003_9, 0.001_3...0.008_5, .equals(0.003_906_25, tolerance: 0.01), .holds))
            ]), "statistics.txt")
    }

    @Test func measures() throws {
        let infinite = Double.infinity
        try TextGolden.check(
            text([
                one(
                    Samples.measure(
                        .fractionOfTime(0, .equals(0.999, tolerance: 0.0999)), 0.998_71, 0.992...0.999_9, .holds),
                    Samples.measure(.mean(0, .number, .between(45, 60)), 52.34, 51.9...52.8, .holds),
                    Samples.measure(.mean(0, .duration, .atMost(2e6)), 43.21e6, 38.2e6...49.1e6, .violated),
                    Samples.measure(.quantile(0, q: 0.99, .duration, .atMost(2e8)), 2.26e8, 2.03e8...infinite, .inconclusive),
                    Samples.measure(.quantile(0, q: 0.5, .number, .atLeast(3)), 7, 7...7, .holds),
                    Samples.measure(.quantile(0, q: 0.001, .number, .atLeast(3)), 7, -infinite...8, .inconclusive),
                    Samples.measure(.mean(0, .duration, .equals(0, tolerance: 1_000)), 3, nil, .inconclusive))
            ]), "measures.txt")
    }

    @Test func aFailureWithItsRun() throws {
        try TextGolden.check(text([swept(1, Samples.holding), swept(2, Samples.holding, Samples.violated)]), "failed.txt")
    }

    @Test func inColour() throws {
        try TextGolden.check(text([one(Samples.holding, Samples.violated, Samples.unsure)], color: true), "colour.txt")
    }

    @Test func everythingInFull() throws {
        try TextGolden.check(
            text([one(Samples.violatedAsExpected, Samples.neverDecides)], detail: .verbose), "verbose.txt")
    }

    @Test func manyCasesTakeALineEach() throws {
        let cases = (8...12).map { swept($0, Samples.holding, Samples.violatedAsExpected, Samples.possible) }
        try TextGolden.check(text(cases + [swept(13, Samples.neverDecides)]), "many-cases.txt")
    }

    @Test func quietShowsFailuresOnly() throws {
        try TextGolden.check(
            text([swept(1, Samples.holding), swept(2, Samples.holding, Samples.neverDecides)], detail: .quiet),
            "quiet.txt")
        #expect(text([swept(1, Samples.holding)], detail: .quiet).split(separator: "\n").count == 1)
    }

    @Test func anErrorOfTheScenario() throws {
        let error = ExpectationReport(
            expectation: Samples.violated.expectation, found: .error, status: .failed,
            evidence: Samples.evidence(runs: 3))
        try TextGolden.check(
            text([CaseReport(parameters: [], expectations: [error], failure: Samples.failure)]), "error.txt")
    }

    @Test func aLongRunIsCutInTheMiddle() throws {
        var long = Samples.neverDecides
        long.story = Samples.longStory(1_500)
        try TextGolden.check(text([one(long)]), "long.txt")
        let whole = text([one(long)], detail: .verbose)
        #expect(whole.contains("1499"))
        #expect(!whole.contains("left out"))
    }

    @Test func severalScenariosEndWithWhatFailed() throws {
        var report = PrettyReport(color: false, detail: .normal)
        var summary = RunSummary()
        var text = ""
        for name in ["a.yaml", "b.yaml"] {
            summary.addScenario()
            let result = swept(name == "a.yaml" ? 1 : 2, name == "a.yaml" ? Samples.holding : Samples.neverDecides)
            text += report.begin(.init(file: name, title: "Title of \(name)", cases: [result.parameters]))
            summary.add(result)
            text += report.add(result, sources: [Samples.source])
        }
        summary.addInvalidFile()
        text += report.invalid(file: "c\u{7}.yaml", errors: 2)
        text += report.summary(summary, seconds: 1.234, stopped: true)
        try TextGolden.check(text, "several.txt")
        #expect(summary.exitCode == ExitStatus.invalid)
    }

    @Test func pathsAreQuotedForAShell() {
        let file = "it's $HOME/a b.yaml"
        let shown = text([one(Samples.violated)], file: file)
        #expect(shown.contains("scen run 'it'\\''s $HOME/a b.yaml' --seed 17 --runs 1 --verbose"))
    }

    @Test func exitStatus() {
        func status(_ reports: ExpectationReport...) -> Int32 {
            var summary = RunSummary()
            summary.add(CaseReport(parameters: [], expectations: reports))
            return summary.exitCode
        }
        #expect(status(Samples.holding) == 0)
        #expect(status(Samples.holding, Samples.unsure) == 3)
        #expect(status(Samples.violated, Samples.unsure) == 1)
        #expect(status() == 5)
    }

    @Test func `a story says what it was shrunk from`() {
        func text(_ events: Int, _ faults: Int) -> String {
            ShrunkText.text(Story.Shrunk(from: Trace.Shrunk(events: 14, faults: 2), faults: faults), events: events)
        }
        #expect(text(9, 1) == "shrunk from 14 events and 2 faults to 9 events and 1 fault")
        #expect(text(9, 2) == "shrunk from 14 events to 9 events")
        #expect(text(14, 0) == "shrunk from 2 faults to 0 faults")
        #expect(text(14, 2) == "made simpler than it was drawn")
    }
}
