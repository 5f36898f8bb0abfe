import Foundation
import Testing

/// Options, and what the process says when they are wrong.
struct UsageTests {
    @Test(arguments: [
        (["run"], "path"),
        (["run", "x", "--format", "junit"], "format 'junit' is not in this version; use 'pretty' or 'json'"),
        (["run", "x", "--format", "xml"], "there is no format 'xml'; use 'pretty' or 'json'"),
        (["run", "x", "--report", "out"], "Unknown option '--report'"),
        (["run", "x", "--set", "k"], "'k' is not of the form name=value"),
        (["run", "x", "--set", "k=1", "--set", "k=2"], "parameter 'k' is set twice"),
        (["run", "x", "--runs", "0"], "--runs must be at least 1"),
        (["run", "x", "--jobs", "0"], "--jobs must be from 1 to"),
        (["run", "x", "--seed", "-1"], "seed"),
        (["run", "x", "--runs", "99999999999999999999"], "runs"),
        (["run", "x", "--quiet", "--verbose"], "exclude each other"),
        (["run", "x", "--color", "pink"], "color"),
        (["frobnicate"], "frobnicate"),
        (["check"], "path"),
        (["explain", "unknwon-name"], "there is no code 'unknwon-name'; did you mean 'unknown-name'?"),
        (["check", "x", "--sedd", "1"], "--sedd"),
    ])
    func wrongUsageIsStatusTwo(_ arguments: [String], _ message: String) throws {
        let result = try ScenProcess.run(arguments)
        #expect(result.status == 2)
        #expect(result.out.isEmpty)
        #expect(result.err.contains(message))
    }

    @Test func helpAndVersion() throws {
        for arguments in [["--help"], ["run", "--help"], ["--version"]] {
            let result = try ScenProcess.run(arguments)
            #expect(result.status == 0)
            #expect(result.err.isEmpty)
            #expect(!result.out.isEmpty)
        }
    }

    @Test func schemaIsJSON() throws {
        let result = try ScenProcess.run("schema")
        #expect(result.status == 0)
        let root = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
        #expect(root?["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
    }

    @Test func everyCodeIsExplained() throws {
        let all = try ScenProcess.run("explain")
        #expect(all.status == 0)
        let codes = all.out.split(separator: "\n").map(String.init)
        #expect(codes.contains("unknown-name"))
        let one = try ScenProcess.run("explain", "error[\(codes[0])]")
        #expect(one.status == 0)
        #expect(one.out.hasPrefix(codes[0] + "\n\n"))
        #expect(try ScenProcess.run("list").out.contains("\n  agreement\n"))
    }

    @Test func reportsDoNotOverwriteScenarios() throws {
        let scratch = try Scratch(["a.yaml": "scenario: [\n"])
        let result = try scratch.run("run", "a.yaml", "--output", "./a.yaml")
        #expect(result.status == 2)
        #expect(result.err.contains("cannot write './a.yaml': it is one of the scenarios"))
        #expect(try String(contentsOf: scratch.folder.appending(path: "a.yaml"), encoding: .utf8) == "scenario: [\n")
    }

    @Test func reportsGoToAFile() throws {
        let scratch = try Scratch(["a.yaml": "scenario: [\n", "out.json": "something longer than it was before, by far"])
        let direct = try scratch.run("run", "a.yaml", "--format", "json")
        let result = try scratch.run("run", "a.yaml", "--format", "json", "--output", "out.json")
        #expect(result.status == 2)
        #expect(result.out.isEmpty)
        #expect(try String(contentsOf: scratch.folder.appending(path: "out.json"), encoding: .utf8) == direct.out)
        let nowhere = try scratch.run("run", "a.yaml", "--output", "no/such/folder")
        #expect(nowhere.status == 2)
        #expect(nowhere.err.contains("cannot write 'no/such/folder': no such file or directory"))
        #expect(try scratch.run("run", "a.yaml", "--output", "/dev/full").err.contains("no space left on device"))
    }

    @Test func diagnosticsAreInTheDocumentAlone() throws {
        let scratch = try Scratch(["a.yaml": "scenario: [\n"])
        let result = try scratch.run("run", "a.yaml", "gone.yaml", "--format", "json")
        #expect(result.err.isEmpty)
        let root = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
        let scenarios = try #require(root?["scenarios"] as? [[String: Any]])
        #expect(scenarios.count == 2)
        #expect(scenarios.allSatisfy { !($0["diagnostics"] as? [Any] ?? []).isEmpty })
        #expect((root?["summary"] as? [String: Int])?["errors"] == 2)
    }
}
