import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// A shrunk run is a run of the model that shows the same, and as small as a smallest one.
@Suite struct ShrinkerTests {
    private static func compiled(_ text: String) throws -> CompiledCase {
        let loaded = ScenarioLoader.load(path: "test.yaml", bytes: Array(text.utf8))
        #expect(!loaded.hasErrors, "\(loaded.diagnostics.map(\.message))")
        return Compiler.compile(try #require(loaded.cases.first))
    }

    /// Of the first expectation, shrunk for each seed that violates it.
    static func shrunk(
        _ compiled: CompiledCase, seeds: Range<UInt64>, isDecidedEarly: Bool = true
    ) throws -> [Shrinker] {
        let rule = try #require(compiled.expectations.first).form.rule
        return seeds.compactMap { seed in
            let simulator = Simulator(compiled, isAmendable: true)
            let shrinker = Shrinker(
                simulator, target: .verdict(rule, .violates), isDecidedEarly: isDecidedEarly,
                watches: [Watch(rule.routine, rule.need)], seed: seed, horizon: compiled.plan.simulation?.horizon ?? 0)
            shrinker?.shrink()
            return shrinker
        }
    }

    private static let votes = """
        scenario: Two votes are too many
        network: {links: fair-loss, loss: 30%, duplicate: 30%}
        timing: {model: asynchronous, latency: exponential(10ms)}
        nodes: 5
        algorithm:
          messages: {Vote: {}}
          state: {voters: set of node}
          on start: |
            if me != n1:
              send Vote() to n1
          on Vote() from p: |
            add p to voters
        expect:
          at most one: {always: len(n1.voters) < 2}

        """

    /// Nobody can do with less than all starts and two votes, and nothing needs to go wrong.
    @Test func `nothing is left of a run but what it needs`() throws {
        let found = try Self.shrunk(try Self.compiled(Self.votes), seeds: 1..<30)
        #expect(found.count > 15)
        for one in found {
            #expect(one.best.faults == 0)
            #expect(one.best.events == 7)
            #expect(one.original.events >= 7)
        }
    }

    private static let silence = """
        scenario: Silence is taken for a crash
        network: {links: fair-loss, loss: 40%}
        timing: {model: asynchronous, latency: 1ms..10ms}
        nodes: [client, server, other]
        algorithm:
          messages: {Request: {}, Answer: {}, Noise: {}}
          state: {suspects: false}
          on start: |
            if me == client:
              send Request() to server
              set timer Wait() after 1s
            if me == other:
              send Noise() to server
              send Noise() to server
          on Request() from p: |
            send Answer() to p
          on Answer() from p: |
            cancel timer Wait()
          on timer Wait(): |
            suspects = true
        expect:
          nobody is suspected: {never: client.suspects}

        """

    /// Every run that can be made by undoing losses, by hand: what was lost and is not lost any more arrives.
    @Test func `no run with fewer losses shows it in as few events`() throws {
        let found = try Self.shrunk(try Self.compiled(Self.silence), seeds: 1..<60)
        #expect(found.count > 20)
        for one in found {
            let drawn = one.original.drawn.sent.map(\.isLost)
            var best = (Int.max, Int.max)
            for kept in 0..<1 << drawn.count {
                let isLost = drawn.indices.map { drawn[$0] && kept >> $0 & 1 == 1 }
                // Request, two times Noise and, if the request arrives, its answer.
                let asked = !isLost[0]
                let noise = isLost[1...2].count { !$0 }
                let answered = asked && !(isLost.count > 3 && isLost[3])
                guard !answered else { continue }
                let faults = isLost[...2].count { $0 } + (asked ? 1 : 0)
                let events = 3 + (asked ? 1 : 0) + noise + 1
                if events <= one.original.events, (faults, events) < best { best = (faults, events) }
            }
            #expect((one.best.faults, one.best.events) == best)
        }
    }

    /// What makes amendments possible changes nothing as long as there are none.
    @Test(arguments: RepositoryScenarios.paths)
    func `without amendments a run is as it was drawn`(_ path: String) throws {
        for compiled in try RepositoryScenarios.cases(path).prefix(3) {
            guard let plan = compiled.plan.simulation else { continue }
            let plain = Simulator(compiled)
            let amendable = Simulator(compiled, isAmendable: true)
            for seed: UInt64 in 1...2 {
                let horizon = min(plan.horizon, 100_000_000_000)
                let one = plain.run(seed: seed, horizon: horizon, watches: [])
                #expect(amendable.run(seed: seed, horizon: horizon, watches: []).hash == one.hash)
            }
        }
    }

    /// What a cut link loses is told as such, and is no fault that could be taken away.
    @Test func `a cut link and a rule are no chance`() throws {
        let compiled = try compiledScenario(
            """
            nodes: 2
            network: {links: fair-loss, loss: 90%, rules: [{message: Ruled, drop: first 1}]}
            timing: {latency: 1ms..10ms}
            timeline:
              - {at: 0ms, cut: n1 -> n2, for: 1s}
            """,
            """
            messages: {Cut: {}, Ruled: {}}
            state: {got: bool}
            on start: |
              if me == n1: send Cut() to n2
              if me == n2: send Ruled() to n1
            on Cut() from p: got = true
            on Ruled() from p: got = true
            """, expect: "somebody hears: {finally: n1.got or n2.got}")
        let found = try Self.shrunk(compiled, seeds: 1..<10, isDecidedEarly: false)
        #expect(found.count == 9)
        for one in found { #expect(one.original.faults == 0) }
    }

    @Test func `a run is shrunk to the same however many workers there are, and replayed from its trace`() async throws {
        let compiled = try Self.compiled(Self.votes)
        let one = await ReplayTests.reports(compiled, runs: 50, jobs: 1).expectations
        let two = await ReplayTests.reports(compiled, runs: 50, jobs: 2).expectations
        #expect(one.map { $0.trace.map(TraceWriter.text) } == two.map { $0.trace.map(TraceWriter.text) })
        let trace = try #require(one.first?.trace)
        #expect(trace.shrunk != nil && one.first?.story?.shrunk?.from == trace.shrunk)
        let replay = Replayer(compiled, trace: trace).replay()
        #expect(replay.misfit == nil && replay.hash == trace.hash && replay.verdict == .violates)
    }
}
