import Foundation
import Testing

/// `scen run` as a whole, on scenarios of a few runs.
struct RunTests {
    /// Passes, or fails with `wanted: no`.
    private static func scenario(
        _ title: String = "A coin", tags: String = "[coin]", verdict: String = "holds", runs: Int = 20, body: String = ""
    ) -> String {
        """
        scenario: \(title)
        tags: \(tags)
        parameters: {k: [1, 2]}
        nodes: [a, b]
        algorithm:
          messages: {Coin: {}}
          state: {heard: 0}
          on start: |
            if me == a:
              for i in 1..k:
                send Coin() to b
          on Coin() from p: |
            heard += 1
        \(body.split(separator: "\n").map { "    " + $0 + "\n" }.joined())
        run: {simulate: \(runs)}
        expect:
          all arrive: {finally: b.heard == k, verdict: \(verdict)}

        """
    }

    private static let failing = scenario("A failure", tags: "[sad]", verdict: "violated").replacingOccurrences(
        of: "b.heard == k, verdict: violated", with: "b.heard < k")
    private static let unsure = scenario("A doubt", verdict: "violated")
    private static let erring = scenario("An error", body: "assert heard < 2")

    @Test func statusSaysWhatHappened() throws {
        let scratch = try Scratch([
            "good.yaml": Self.scenario(), "bad.yaml": Self.failing, "unsure.yaml": Self.unsure,
            "broken.yaml": "scenario: A\n", "error.yaml": Self.erring,
        ])
        #expect(try scratch.run("run", "good.yaml").status == 0)
        #expect(try scratch.run("run", "bad.yaml", "good.yaml", "unsure.yaml").status == 1)
        #expect(try scratch.run("run", "error.yaml").status == 1)
        #expect(try scratch.run("run", "good.yaml", "broken.yaml", "bad.yaml").status == 2)
        #expect(try scratch.run("run", "unsure.yaml", "good.yaml").status == 3)
        #expect(try scratch.run("run", "good.yaml", "--tag", "nobody").status == 5)
        #expect(try scratch.run("check", "good.yaml", "bad.yaml").status == 0)
        #expect(try scratch.run("check", "broken.yaml", "bad.yaml").status == 2)
    }

    @Test func selection() throws {
        let scratch = try Scratch(["good.yaml": Self.scenario(), "sub/bad.yaml": Self.failing])
        let none = try scratch.run("run", ".", "--filter", "nothing like it", "--tag", "coin")
        #expect(none.status == 5)
        #expect(none.err == "error: none of 2 scenarios matches --filter 'nothing like it' --tag 'coin'\n")
        #expect(try scratch.run("run", ".", "--filter", "COIN").status == 0)
        #expect(try scratch.run("run", ".", "--filter", "sub/").status == 1)
        #expect(try scratch.run("run", ".", "--tag", "coin").status == 0)
        #expect(try scratch.run("run", ".", "--tag", "coin", "--tag", "sad").out.contains("2 scenarios, 4 cases"))
    }

    @Test func oneCaseOfSeveral() throws {
        let scratch = try Scratch(["good.yaml": Self.scenario()])
        #expect(try scratch.run("run", "good.yaml", "--set", "k=2").out.contains("1 scenario, 1 case"))
        #expect(try scratch.run("run", "good.yaml", "--set", "k=7").out.contains("k = 7"))
        let unknown = try scratch.run("run", "good.yaml", "--set", "j=7")
        #expect(unknown.status == 2)
        #expect(unknown.err.contains("no parameter is called 'j'"))
        #expect(try scratch.run("run", "good.yaml", "--set", "k=many").status == 2)
        #expect(try scratch.run("run", "good.yaml", "--runs", "3").out.contains("3 of 3 runs"))
    }

    @Test func stoppingAtTheFirstFailure() throws {
        let scratch = try Scratch(["a.yaml": Self.failing, "b.yaml": Self.scenario()])
        let result = try scratch.run("run", ".", "--fail-fast")
        #expect(result.status == 1)
        #expect(result.out.contains("Stopped at the first failure."))
        #expect(result.out.contains("0 passed, 1 failed, 0 inconclusive, 0 errors; 1 scenario, 1 case"))
    }

    @Test func theCommandUnderAFailureShowsThatRun() throws {
        let scratch = try Scratch(["it's bad.yaml": Self.failing])
        let result = try scratch.run("run", "it's bad.yaml")
        let command = try #require(result.out.split(separator: "\n").first { $0.contains(" --runs 1 ") })
        #expect(command.contains("scen run 'it'\\''s bad.yaml' --set k=1 --seed "))
        let words = command.trimmingCharacters(in: .whitespaces)
            .replacingOccurrences(of: "'it'\\''s bad.yaml'", with: "it's\u{A0}bad.yaml").split(separator: " ")
            .map { $0.replacingOccurrences(of: "\u{A0}", with: " ") }
        let again = try ScenProcess.run(Array(words.dropFirst()), in: scratch.folder)
        #expect(again.status == 1)
        #expect(again.out.contains("found violated in 1 of 1 run"))
        // The same events, whatever frames them.
        let events = Self.events(result.out)
        #expect(events.count >= 2)
        #expect(Self.events(again.out).starts(with: events))
    }

    private static func events(_ text: String) -> [Substring] {
        let lines = text.split(separator: "\n")
        guard let start = lines.firstIndex(where: { $0.contains("fewest events") }) else { return [] }
        return Array(lines[(start + 1)...].prefix { !$0.contains("the run ") && !$0.contains("To see") })
    }

    @Test func errorsOfTheScenarioHavePlaceNodeAndEvents() throws {
        let scratch = try Scratch(["error.yaml": Self.erring])
        let result = try scratch.run("run", "error.yaml", "--set", "k=2")
        #expect(result.out.contains("error[assertion-failed]"))
        #expect(result.out.contains("--> error.yaml:14:"))
        #expect(result.out.contains("on node b, at "))
        #expect(result.out.contains("b receives #"))
        #expect(result.out.contains("0 passed, 1 failed, 0 inconclusive, 1 error; 1 scenario, 1 case"))
    }

    @Test func colourOnlyWhereItIsWanted() throws {
        let scratch = try Scratch(["good.yaml": Self.scenario()])
        #expect(!(try scratch.run("run", "good.yaml").out.contains("\u{1B}")))
        #expect(try scratch.run("run", "good.yaml", "--color", "always").out.contains("\u{1B}[32m"))
        #expect(!(try scratch.run("run", "good.yaml", "--color", "never").out.contains("\u{1B}")))
    }

    @Test func quietAndVerbose() throws {
        let scratch = try Scratch(["good.yaml": Self.scenario(), "bad.yaml": Self.failing])
        let quiet = try scratch.run("run", ".", "--quiet")
        #expect(!quiet.out.contains("A coin"))
        #expect(quiet.out.contains("A failure"))
        #expect(try scratch.run("run", "good.yaml", "--quiet").out.split(separator: "\n").count == 1)
    }

    /// In a debug build they take far longer than all others together.
    private static let long: Set = [
        "byzantine/a-rumour-that-two-confirm.yaml", "consensus/ben-or.yaml", "consensus/paxos.yaml", "detectors/eventually-perfect.yaml",
    ]

    /// Whatever the number of workers, and in debug and release builds.
    @Test(arguments: ["pretty", "json"])
    func sameBytes(_ format: String) throws {
        func same(_ files: [String], _ builds: [(binary: URL, jobs: [String])]) throws {
            var first: ScenProcess?
            for (binary, jobs) in builds {
                for jobs in jobs {
                    let options = ["--runs", "5", "--verbose", "--no-shrink", "--format", format, "--jobs", jobs]
                    let result = try ScenProcess.run(["run"] + files + options, binary: binary)
                    #expect(result.out.count > 1_000)
                    #expect(result.out == first?.out ?? result.out)
                    #expect(result.status == first?.status ?? result.status)
                    first = first ?? result
                }
            }
        }
        let folder = ScenProcess.root.appending(path: "scenarios")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".yaml") }.sorted()
        let short = files.filter { !Self.long.contains($0) }.map { "scenarios/" + $0 }
        #expect(short.count == files.count - Self.long.count)
        let release = ScenProcess.release.map { [(binary: $0, jobs: ["2"])] } ?? []
        try same(short, [(ScenProcess.binary, ["1", "3"])] + release)
        if let release = ScenProcess.release { try same(["scenarios"], [(release, ["1", "2", "3"])]) }
    }

    /// Nothing that is deep enough to be refused may use up the stack of a worker thread before.
    @Test(arguments: [
        String(repeating: "(", count: 5_000), String(repeating: "not ", count: 5_000), String(repeating: "-", count: 5_000) + "1",
        String(repeating: "1 + ", count: 5_000) + "1", String(repeating: "2 ** ", count: 5_000) + "2",
        String(repeating: "k == ", count: 5_000) + "k", String(repeating: "len(", count: 5_000),
        String(repeating: "1 if true else ", count: 5_000) + "1", "k" + String(repeating: ".x", count: 5_000),
        "k" + String(repeating: "[0]", count: 5_000),
    ])
    func deepText(_ text: String) throws {
        let scratch = try Scratch(["deep.yaml": Self.scenario(body: "heard = \(text)")])
        for command in ["run", "check"] {
            let result = try scratch.run(command, "deep.yaml")
            #expect(result.status == 2, "\(command): \(result.status)")
            #expect(result.err.contains("--> deep.yaml:14:"))
        }
    }
}
