import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// What is known of protocols where traitors send what they like, and of which round it is.
@Suite struct ForgedRoundTheoryTests {
    private func found(_ text: String) throws -> [Finding] {
        let compiled = try #require(exploredCases(text).first)
        return Exploring(compiled, scope: compiled.plan.exploration ?? .init(), options: .init()).report().expectations.map(\.found)
    }

    /// SM(1) of Lamport, Shostak and Pease (1982), theorem 2: m traitors among any number of generals. Each copy has to come in its round,
    /// signed by as many different generals as it has passed: a commander who signs twice speaks as if somebody had passed it on.
    @Test(arguments: [(true, true), (true, false), (false, true)])
    func `signed messages withstand a traitor who sends what he likes`(looksAtRounds: Bool, wantsTwoSigners: Bool) throws {
        let text = """
            scenario: signed messages
            timing: synchronous
            nodes: {count: 3, prefix: general, model: byzantine}
            faulty: {up-to: 1, behaviour: arbitrary}
            algorithm:
              types: {plan: [retreat, attack]}
              input: plan
              decides: plan
              messages:
                Order: {order: signed plan}
                Copy: {copy: signed signed plan}
              state: {orders: set of plan, isLate: bool}
              on start: |
                if me == general1:
                  decide input
                  send Order(sign(input)) to others
              on Order(order) from general1: |
                if order.signer == general1 and order.value not in orders and not (isLate and \(looksAtRounds)):
                  add order.value to orders
                  send Copy(sign(order)) to others - {general1}
              on Copy(copy) from p: |
                let isCounted = copy.signer != general1 or not \(wantsTwoSigners)
                if isLate and copy.signer == p and copy.value.signer == general1 and isCounted:
                  add copy.value.value to orders
              on round 2: isLate = true
              on round 3: |
                if me != general1:
                  decide attack if orders == {attack} else retreat
            inputs: {general1: any, others: retreat}
            run: exhaustive
            expect:
              agreement: holds
              obeyed: {finally: general1 in faulty or all(p.decision == general1.input for p in correct)}
              termination: holds
            """
        #expect(try found(text) == [looksAtRounds && wantsTwoSigners ? .holds : .violated, .holds, .holds])
    }

    /// A traitor that speaks late breaks what one that lies does not.
    @Test(arguments: ["lie", "arbitrary"])
    func `oral messages that do not look at rounds fall to a late order`(behaviour: String) throws {
        let text = ByzantineExplorationTests.oralMessages(n: 4, "{up-to: 1, behaviour: \(behaviour)}", expect: "  agreement: holds")
        #expect(try found(text) == [behaviour == "lie" ? .holds : .violated])
    }

    /// What one traitor has heard in a round another can say in it, whichever of them has the smaller number.
    @Test(arguments: [(1, 2), (2, 1)])
    func `traitors share at once what a round brings`(speaker: Int, listener: Int) throws {
        let text = """
            scenario: two traitors
            timing: synchronous
            nodes: {count: 4, model: byzantine}
            faulty: {n1: {behaviour: lie}, n2: {behaviour: lie}}
            algorithm:
              messages: {Sig: {s: signed 0..1}, Show: {s: maybe signed 0..1}}
              state: {got: bool}
              on start: |
                if me == n3: send Sig(sign(1)) to n\(listener)
              on Sig(s): return
              on Show(s): |
                if s != none and s.signer == n3: got = true
              on round 2: |
                if me == n\(speaker): send Show(none) to n4
              on round 4: return
            run: exhaustive
            expect:
              told: {possible: n4.got}
              never made: {never: n4.got and n3.got}
            """
        #expect(try found(text) == [.holds, .holds])
    }

    private static func waiting(_ body: String, run: String = "exhaustive", expect: String = "never: n2.got") -> String {
        """
        scenario: waiting
        network: {links: arbitrary, adversary: [spoof]}
        timing: synchronous
        nodes: 2
        algorithm:
          constants: {k: 4}
          messages: {M: {x: bool}}
          state: {armed: bool, got: bool}
          on M(x): armed = true
          on round r: |
            \(body)
            armed = false
        run: \(run)
        expect:
          safe: {\(expect)}
        """
    }

    @Test(arguments: [
        ("return", 0), ("if r <= 3: got = armed", 3), ("if 2 < r < k + 1: got = armed", 5), ("if r in {2, 7}: got = armed", 7),
        ("if r mod 2 == 0: got = armed", Int.max), ("if armed: got = [false, true][r mod 2]", .max),
        ("got = armed and (r == 2 or r > n)", 2),
    ])
    func `until when it makes a difference which round it is`(body: String, last: Int) throws {
        let text = Self.waiting(body, run: "{simulate: 1}")
        #expect(try #require(exploredCases(text).first).lastRoundThatDiffers == last)
    }

    /// Rounds in which nothing happens go by, and the adversary acts in the one in which it hurts.
    @Test func `an adversary waits for its round`() throws {
        #expect(try found(Self.waiting("if r == 7: got = armed")) == [.violated])
        #expect(try found(Self.waiting("if r == 1: got = armed")) == [.holds])
        #expect(try found(Self.waiting("if r mod 7 == 0: got = armed")) == [.violated])
        #expect(try found(Self.waiting("if r mod 7 == 0: got = armed", run: "{exhaustive: {for: 60ms}}")) == [.holds])
        #expect(try found(Self.waiting("got = armed", expect: "never: time > 45ms and n2.got")) == [.violated])
    }

    @Test func `knowledge beside messages made up in rounds is refused`() {
        let text = Self.waiting("got = armed", expect: "never: 'knows(n2, n1.got)'")
        let loaded = ScenarioLoader.load(path: "test.yaml", bytes: Array(text.utf8))
        #expect(loaded.diagnostics.contains { $0.message.contains("rounds beside an adversary") })
    }

    /// Whoever answers each message answers any number in one round.
    @Test func `a round without end is no verdict`() throws {
        let text = Self.waiting("got = armed").replacing("on M(x): armed = true", with: "on M(x) from p: send M(x) to p")
        let compiled = try #require(exploredCases(text).first)
        var limits = ExplorationLimits()
        limits.bytes = 200_000
        let exploration = Exploration(compiled, scope: .init(), statesMax: 1_000, budgets: RunBudgets(), limits: limits)
        guard case .endlessRound? = Search(exploration, asked: []).run(everything: true).stop else {
            Issue.record("it has come to an end")
            return
        }
    }

    /// What is drawn is written down and replayed, and what a story tells is no message of anybody.
    @Test(arguments: 0..<6)
    func `traces of runs with messages made up`(batch: Int) throws {
        var forged = 0
        for number in 0..<8 {
            var draw = ForgedRoundsTests.Draw(state: UInt64(batch * 100 + number) &* 48_271 &+ 11)
            let text = ForgedRoundsTests.scenario(&draw)
            let compiled = try #require(exploredCases(text).first)
            let simulator = Simulator(compiled)
            for seed in 1...3 as ClosedRange<UInt64> {
                let rule = compiled.expectations[0].form.rule
                let told = simulator.tell(
                    seed: seed, horizon: 60_000_000, watches: [Watch(rule.routine, rule.need)],
                    .init(limit: 10_000, shown: .expectation("nothing", expectsHolds: true, found: .holds)))
                let trace = try #require(told.trace)
                forged += trace.steps.count { step in
                    switch step.action {
                    case .spoof, .replay: true
                    default: false
                    }
                }
                let read = try #require(TraceReader.read(SourceFile(path: "a.trace", text: TraceWriter.text(trace))).trace)
                let replay = Replayer(compiled, trace: read).replay()
                #expect(replay.misfit == nil, "seed \(seed): \(text)")
                #expect(replay.hash == trace.hash)
                #expect(replay.story.steps == told.story.steps)
            }
        }
        #expect(forged > 0)
    }
}
