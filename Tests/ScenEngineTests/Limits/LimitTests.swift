import Foundation
import ScenDiagnostics
import ScenEngine
import ScenLanguage
import ScenModel
import Testing

/// What would take all time or memory ends with an error that says where. `Tests/Fixtures/limits`: each file begins with the code
/// and the place of the only error that it must lead to. Budgets are small here, since a debug build is slow.
@Suite struct LimitTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/limits")

    static let files: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []).sorted()

    private static var budgets: RunBudgets {
        var budgets = RunBudgets()
        budgets.instructionsPerHandler = 1_000_000
        budgets.pendingPerRun = 20_000
        budgets.eventsPerRun = 200_000
        budgets.arenaBytes = 8 << 20
        return budgets
    }

    /// `code at line:column` of the first error, where `text` is loaded and, if there is nothing wrong with it, run.
    private static func outcome(of text: String) async -> (place: String, message: String) {
        let bytes = Array(text.utf8)
        let loaded = ScenarioLoader.load(path: "test.yaml", bytes: bytes)
        if let error = loaded.diagnostics.first(where: { $0.severity == .error }) {
            return (describe(error.code, error.span, loaded.sources), error.message)
        }
        guard let first = loaded.cases.first else { return ("no case", "") }
        var options = CaseRunner.Options()
        options.budgets = budgets
        options.jobs = 2
        options.storySteps = 10
        let report = await CaseRunner(options: options).run(Compiler.compile(first))
        guard let error = report.failure?.error else { return ("no error", "") }
        return (describe(error.code, error.span, loaded.sources), error.message)
    }

    private static func describe(_ code: DiagnosticCode, _ span: SourceSpan, _ sources: [SourceFile]) -> String {
        let position = sources[0].position(of: span.start)
        return "\(code.rawValue) at \(position.line):\(position.column)"
    }

    @Test(arguments: files) func `a scenario without end ends`(file: String) async throws {
        let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
        let expected = text.prefix { $0 != "\n" }.dropFirst(2)
        let (place, message) = await Self.outcome(of: text)
        #expect(place == expected, "\(message)")
    }

    @Test func `there are scenarios to try`() { #expect(Self.files.count > 20) }

    private static func scenario(tags: String = "[limit]", statement: String) -> String {
        """
        scenario: A very long text
        tags: \(tags)
        nodes: 2
        algorithm:
          state: {x: 0, y: true}
          on start: |
            \(statement)
        expect:
          ends: {finally: true}

        """
    }

    @Test func `deep nests are refused`() async {
        func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
        let brackets = "x = " + repeated("(", 100_000) + "1" + repeated(")", 100_000)
        #expect(await Self.outcome(of: Self.scenario(statement: brackets)).place.hasPrefix("expression-too-deep at 7:"))
        let nots = "y = " + repeated("not ", 200_000) + "true"
        #expect(await Self.outcome(of: Self.scenario(statement: nots)).place.hasPrefix("expression-too-deep at 7:"))
        let lists = repeated("[", 100_000) + repeated("]", 100_000)
        let place = await Self.outcome(of: Self.scenario(tags: lists, statement: "return")).place
        #expect(place.hasPrefix("nesting-too-deep at 2:"))
    }

    @Test func `aliases of aliases are refused`() async {
        var text = "scenario: Aliases without end\ntags:\n  - &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<40 {
            let nine = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "  - &a\(level) [\(nine)]\n"
        }
        #expect(await Self.outcome(of: text).place.hasPrefix("aliases-too-large at 8:"))
    }

    @Test func `what is pending is told by kind`() async throws {
        func message(_ file: String) async throws -> String {
            let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
            return await Self.outcome(of: text).message
        }
        #expect(
            try await message("messages-double.yaml")
                == "there are 20,001 messages in flight, more than a run may have; all of them are messages 'Ping', which are sent faster than they are handled"
        )
        // Each timer is known by its name and has an event: it counts twice.
        #expect(
            try await message("timers-double.yaml")
                == "there are 10,001 timers set, more than a run may have; all of them are timers 'T', which are set faster than they fire"
        )
        // Two nodes in turn, each with one timer.
        #expect(
            try await message("queue-grows.yaml")
                == "there are 19,997 messages in flight and 2 timers set, more than a run may have; 19,997 of them are messages 'M', which are sent faster than they are handled"
        )
    }

    @Test func `time that stands still is noticed`() {
        let text = """
            scenario: timer
            nodes: 1
            algorithm:
              state: {x: 0}
              on start: |
                set timer T after 1ms
              on timer T: |
                x += 1
                set timer T after (1us if x < 3000 else 0s)
            expect:
              ends: {finally: true}
            """
        guard let first = ScenarioLoader.load(path: "test.yaml", bytes: Array(text.utf8)).cases.first else {
            Issue.record("it does not load")
            return
        }
        var budgets = RunBudgets()
        budgets.eventsPerMoment = 1_000
        let simulator = Simulator(Compiler.compile(first), budgets: budgets)
        for _ in 0..<2 {
            let result = simulator.run(seed: 1, horizon: 1_000_000_000, watches: [])
            #expect(result.failure?.code == .eventBudget)
            #expect(result.failure?.message.hasPrefix("after 1,000 events at one moment") == true)
            // Looked at every 1,000 events.
            #expect((4_000...5_000).contains(result.events))
        }
    }

    @Test func `the first run that reaches a limit is the last, however many workers there are`() async {
        let text = Self.scenario(statement: "choose k in 1..4\n    for i in 1..(10 ** 12 if k == 1 else 1):\n      x = i")
        let loaded = ScenarioLoader.load(path: "test.yaml", bytes: Array(text.utf8))
        #expect(!loaded.hasErrors, "\(loaded.diagnostics.map(\.message))")
        guard let first = loaded.cases.first else { return }
        let compiled = Compiler.compile(first)
        var ends: [[UInt64]] = []
        for jobs in [1, 2, 5] {
            let batch = SimulationBatch(compiled, jobs: jobs, budgets: Self.budgets)
            var seeds: [UInt64] = []
            var isLimit = false
            await batch.run(firstSeed: 11, count: 100, horizon: 1_000, watches: []) { seed, result in
                #expect(!isLimit)
                seeds.append(seed)
                isLimit = result.failure?.code == .stepBudget
            }
            #expect(isLimit)
            ends.append(seeds)
        }
        #expect(ends.allSatisfy { $0 == ends[0] })
    }
}
