import Foundation
import Testing

/// From `scen run --traces` to `scen replay`.
struct ReplayCommandTests {
    private static let scenario = """
        scenario: A lost message
        network: {links: fair-loss, loss: 50%}
        parameters: {k: [1, 2]}
        nodes: [a, b]
        algorithm:
          messages: {Coin: {number: int}}
          state: {heard: 0}
          on start: |
            if me == a:
              for i in 1..k:
                send Coin(i) to b
          on Coin(number) from p: |
            heard += number
        run: {simulate: 50}
        expect:
          all arrive: {finally: b.heard >= k}
          some coin is heard: {possible: b.heard > 0}

        """

    private static func traces(_ scratch: Scratch) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: scratch.folder.appending(path: "out/traces").path()).sorted()
    }

    @Test func aFailureIsWrittenAndReplayed() throws {
        let scratch = try Scratch(["coin.yaml": Self.scenario])
        let run = try scratch.run("run", "coin.yaml", "--traces", "out/traces")
        #expect(run.status == 1)
        #expect(try Self.traces(scratch) == ["coin.k=1.all-arrive.trace", "coin.k=2.all-arrive.trace"])
        #expect(run.out.contains("  scen replay out/traces/coin.k=1.all-arrive.trace --verbose\n"))
        let replay = try scratch.run("replay", "out/traces/coin.k=1.all-arrive.trace", "--verbose")
        #expect(replay.status == 1)
        #expect(replay.err == "")
        #expect(replay.out.contains("✗ all arrive  expected holds, violated in this run"))
        #expect(replay.out.contains("sends #1 Coin(number=1) to b: lost"))
        #expect(!replay.out.contains("not quite"))
        // Another number of workers, the same bytes.
        let text = try scratch.read("out/traces/coin.k=2.all-arrive.trace")
        _ = try scratch.run("run", "coin.yaml", "--traces", "out/traces", "--jobs", "1")
        #expect(try scratch.read("out/traces/coin.k=2.all-arrive.trace") == text)
        let json = try scratch.run("replay", "out/traces/coin.k=1.all-arrive.trace", "--format", "json")
        #expect(json.status == 1)
        #expect(json.out.contains("\"found\": \"violated\"") && json.out.contains("\"same\": true"))
    }

    @Test func exploredRunsAreWrittenAndReplayed() throws {
        let text = Self.scenario.replacing("{simulate: 50}", with: "exhaustive").replacing(
            "nodes: [a, b]", with: "timing: asynchronous\nnodes: [a, b]")
        let scratch = try Scratch(["coin.yaml": text])
        let run = try scratch.run("run", "coin.yaml", "--traces", "out/traces", "--set", "k=2", "--verbose")
        #expect(run.status == 1)
        #expect(try Self.traces(scratch) == ["coin.k=2.all-arrive.trace", "coin.k=2.some-coin-is-heard.trace"])
        let lost = try scratch.run("replay", "out/traces/coin.k=2.all-arrive.trace", "--format", "json")
        #expect(lost.status == 1)
        #expect(lost.out.contains("\"found\": \"violated\"") && lost.out.contains("\"same\": true"))
        let heard = try scratch.run("replay", "out/traces/coin.k=2.some-coin-is-heard.trace")
        #expect(heard.status == 0)
        // There is no clock that could say when.
        #expect(heard.out.contains("b receives #1 Coin(number=1) from a") && !heard.out.contains("0 ms"))
    }

    @Test func verboseWritesWhatWasExpectedToo() throws {
        let scratch = try Scratch(["coin.yaml": Self.scenario])
        _ = try scratch.run("run", "coin.yaml", "--traces", "out/traces", "--verbose", "--set", "k=1")
        #expect(try Self.traces(scratch) == ["coin.k=1.all-arrive.trace", "coin.k=1.some-coin-is-heard.trace"])
        let replay = try scratch.run("replay", "out/traces/coin.k=1.some-coin-is-heard.trace")
        #expect(replay.status == 0)
        #expect(replay.out.contains("✓ some coin is heard  holds in this run"))
    }

    @Test func anEditedScenarioIsReplayedAsFarAsItFits() throws {
        let scratch = try Scratch(["coin.yaml": Self.scenario])
        _ = try scratch.run("run", "coin.yaml", "--traces", "out/traces")
        let trace = "out/traces/coin.k=1.all-arrive.trace"
        // What changes nothing about this run.
        try scratch.write(Self.scenario + "# edited\n", to: "coin.yaml")
        let same = try scratch.run("replay", trace)
        #expect(same.status == 1)
        #expect(same.err.contains("warning[scenario-changed]: 'coin.yaml' has changed since this trace was written"))
        // What mends it.
        try scratch.write(Self.scenario.replacingOccurrences(of: "b.heard >= k", with: "b.heard <= k + 9"), to: "coin.yaml")
        let mended = try scratch.run("replay", trace)
        #expect(mended.status == 0)
        #expect(mended.out.contains("holds in this run; it was violated when the trace was written"))
        // What the trace does not fit.
        try scratch.write(Self.scenario.replacingOccurrences(of: "in 1..k:", with: "in 0..k:"), to: "coin.yaml")
        let other = try scratch.run("replay", trace)
        #expect(other.status == 3)
        #expect(other.err.contains("error[trace-does-not-fit]: a sends 2 messages here, and the trace tells of 1"))
        #expect(other.err.contains("--> \(trace):"))
        #expect(other.out.contains("not judged: the run departs from its trace"))
    }

    @Test func whatCannotBeReplayed() throws {
        let scratch = try Scratch(["coin.yaml": Self.scenario, "bad.trace": "scen trace 1\nscenn: \"x\"\n", "no.trace": "a: b\n"])
        let broken = try scratch.run("replay", "bad.trace")
        #expect(broken.status == 2)
        #expect(broken.err.contains("error[invalid-trace]: there is no key 'scenn' in a trace"))
        #expect(try scratch.run("replay", "no.trace").err.contains("this is no trace file of scen"))
        #expect(try scratch.run("replay", "none.trace").status == 2)
        _ = try scratch.run("run", "coin.yaml", "--traces", "out/traces")
        let trace = "out/traces/coin.k=1.all-arrive.trace"
        try scratch.write(Self.scenario, to: "moved/coin.yaml")
        try FileManager.default.removeItem(at: scratch.folder.appending(path: "coin.yaml"))
        let lost = try scratch.run("replay", trace)
        #expect(lost.status == 2)
        #expect(lost.err.contains("cannot read 'coin.yaml'") && lost.err.contains("'--scenario FILE' takes another"))
        #expect(try scratch.run("replay", trace, "--scenario", "moved/coin.yaml").status == 1)
        // Parameters that are not there any more, and new ones.
        try scratch.write(Self.scenario.replacingOccurrences(of: "{k: [1, 2]}", with: "{k: [1, 2], j: [1, 2]}"), to: "coin.yaml")
        let more = try scratch.run("replay", trace)
        #expect(more.status == 2)
        #expect(more.err.contains("the trace does not say which of 2 cases it belongs to"))
    }

    @Test func aRunTimeErrorHasATraceToo() throws {
        let text = Self.scenario.replacingOccurrences(of: "heard += number", with: "heard = 1 div (number - 1)")
        let scratch = try Scratch(["coin.yaml": text])
        let run = try scratch.run("run", "coin.yaml", "--traces", "out/traces", "--set", "k=1")
        #expect(run.status == 1)
        let replay = try scratch.run("replay", "out/traces/coin.k=1.error.trace")
        #expect(replay.status == 1)
        #expect(replay.out.contains("error[division-by-zero]"))
        #expect(!replay.out.contains("not quite"))
    }

    @Test func aFolderThatCannotBeMade() throws {
        let scratch = try Scratch(["coin.yaml": Self.scenario])
        let run = try scratch.run("run", "coin.yaml", "--traces", "coin.yaml/traces")
        #expect(run.status == 2)
        #expect(run.err.contains("cannot make the folder 'coin.yaml/traces'"))
    }
}
