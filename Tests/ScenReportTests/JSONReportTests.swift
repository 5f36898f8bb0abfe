import Foundation
import ScenDiagnostics
import ScenModel
import ScenReport
import Testing

struct JSONReportTests {
    private func document(_ fill: (inout JSONReport, inout RunSummary) -> Void) -> String {
        var report = JSONReport()
        var summary = RunSummary()
        fill(&report, &summary)
        return report.finish(summary)
    }

    private func parsed(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    @Test func everyKindOfResult() throws {
        let text = document { report, summary in
            summary.addScenario()
            report.begin(
                file: "a.yaml", title: "Title \"quoted\"",
                diagnostics: [
                    Diagnostic(
                        .warning, .assumptionBroken, "the network is weaker", at: SourceSpan(.scenario, 10, 14),
                        label: "here", notes: [.init("there", at: SourceSpan(.scenario, 0, 8)), .init("anyway")])
                ], sources: [Samples.source])
            let parameters = [
                Samples.parameter("n", .int(4), "4"), Samples.parameter("loss", .real(0.2), "20%"),
                Samples.parameter("on", .bool(true), "true"), Samples.parameter("d", .duration(5_000_000), "5ms"),
                Samples.parameter("links", .enumeration(type: 0, word: 0), "fair-loss"),
            ]
            var explored = Samples.holding
            explored.evidence = Evidence(method: .exhaustive)
            explored.evidence.states = 1_204
            explored.evidence.complete = true
            let cases = [
                CaseReport(
                    parameters: parameters,
                    expectations: [
                        Samples.holding, Samples.violated, Samples.unsure, Samples.possible, explored,
                        Samples.share(0.12, 0.11...0.13, .atMost(0.2), .holds),
                    ]),
                CaseReport(parameters: [], expectations: [], failure: Samples.failure),
            ]
            for each in cases {
                summary.add(each)
                report.add(each, sources: [Samples.source])
            }
        }
        try TextGolden.check(text, "report.json")
        _ = try parsed(text)
    }

    @Test func whatARunWasShrunkFrom() throws {
        func evidence(_ story: Story) throws -> [String: Any] {
            var violated = Samples.violated
            violated.story = story
            let text = document { report, _ in
                report.begin(file: "a.yaml", title: "a", diagnostics: [], sources: [Samples.source])
                report.add(CaseReport(parameters: [], expectations: [violated]), sources: [Samples.source])
            }
            let scenarios = (try parsed(text) as? [String: Any])?["scenarios"] as? [[String: Any]]
            let cases = scenarios?.first?["cases"] as? [[String: Any]]
            let expectations = cases?.first?["expectations"] as? [[String: Any]]
            return try #require(expectations?.first?["evidence"] as? [String: Any])
        }
        var story = Samples.story
        #expect(try evidence(story)["shrunk"] == nil)
        story.shrunk = Story.Shrunk(from: Trace.Shrunk(events: 40, faults: 3), faults: 1)
        let shrunk = try #require(try evidence(story)["shrunk"] as? [String: [String: Int]])
        #expect(shrunk == ["from": ["events": 40, "faults": 3], "to": ["events": story.events, "faults": 1]])
    }

    @Test func filesThatCouldNotBeRead() throws {
        let text = document { report, summary in
            summary.addInvalidFile()
            report.begin(file: "gone.yaml", title: nil, diagnostics: [.noSuchFile("gone.yaml", nearest: nil)], sources: [])
        }
        try TextGolden.check(text, "unreadable.json")
        _ = try parsed(text)
    }

    @Test func anyTextIsValid() throws {
        var name = String.UnicodeScalarView()
        for value in 0..<0x3000 { if let scalar = Unicode.Scalar(UInt32(value)) { name.append(scalar) } }
        let text = document { report, _ in
            report.begin(file: String(name), title: "\u{2028}\u{10FFFF}\\\"", diagnostics: [], sources: [])
        }
        let root = try #require(try parsed(text) as? [String: Any])
        let scenario = try #require((root["scenarios"] as? [[String: Any]])?.first)
        #expect(scenario["file"] as? String == String(name))
    }

    @Test(arguments: [
        (0.0, "0"), (1.0, "1"), (0.1, "0.1"), (1e-9, "1e-09"), (1.0 / 3, "0.3333333333333333"), (-2.5, "-2.5"),
        (1e300, "1e+300"), (.infinity, "null"), (.nan, "null"),
    ])
    func numbers(_ value: Double, _ expected: String) throws {
        #expect(JSONValue.real(value).text() == expected + "\n")
        _ = try parsed("[\(expected)]")
    }

    @Test func nothingAtAll() throws {
        let text = document { _, _ in }
        #expect(
            text == """
                {
                  "version": 1,
                  "scenarios": [],
                  "summary": {"passed": 0, "failed": 0, "inconclusive": 0, "errors": 0}
                }

                """ || text.hasPrefix("{\"version\": 1, \"scenarios\": [], \"summary\""))
        _ = try parsed(text)
    }
}
