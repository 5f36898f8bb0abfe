import Foundation
import Testing

struct ReadmeTests {
    /// The scenario on the first screen gives the output below it.
    @Test func theExampleIsReal() throws {
        let file = ScenProcess.root.appending(path: "README.md")
        let readme = try String(contentsOf: file, encoding: .utf8)
        let scenario = try #require(Self.block("yaml", in: readme))
        let console = try #require(Self.block("console", in: readme))
        let scratch = try Scratch(["generals.yaml": scenario])
        let result = try scratch.run("run", "generals.yaml")
        let shown = "$ scen run generals.yaml\n" + result.out
        guard shown != console else { return }
        if ProcessInfo.processInfo.environment["SCEN_REFRESH_GOLDENS"] == "1" {
            try Data(readme.replacingOccurrences(of: console, with: shown).utf8).write(to: file)
        }
        Issue.record("the README shows\n\(console)\nand scen prints\n\(shown)")
    }

    private static func block(_ language: String, in text: String) -> String? {
        guard let start = text.firstRange(of: "```\(language)\n"),
            let end = text[start.upperBound...].firstRange(of: "```")
        else { return nil }
        return String(text[start.upperBound..<end.lowerBound])
    }
}
