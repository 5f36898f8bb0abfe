import ScenModel
import Testing

@testable import ScenEngine

/// What liars can do about signatures, in both engines.
@Suite struct SignedLieTests {
    /// Lamport, Shostak and Pease (1982), theorem 2: SM(m) is right for any number of generals with at most m traitors.
    private static func signedMessages(run: String) -> String {
        """
        scenario: SM(1)
        timing: synchronous
        nodes: {count: 3, prefix: general, model: byzantine}
        faulty: {up-to: 1}
        algorithm:
          types: {plan: [retreat, attack]}
          input: plan
          decides: plan
          messages: {Order: {order: signed plan}, Copy: {copy: signed signed plan}}
          state: {orders: set of plan}
          on start: |
            if me == general1:
              decide input
              send Order(sign(input)) to others
          on Order(order) from general1: |
            if order.signer == general1:
              add order.value to orders
              send Copy(sign(order)) to others - {general1}
          on Copy(copy) from p: |
            if copy.signer == p and copy.value.signer == general1:
              add copy.value.value to orders
          on round 3: |
            if me != general1:
              decide attack if orders == {attack} else retreat
        inputs: {general1: any, others: retreat}
        run: \(run)
        expect:
          agreement: holds
          obeyed: {finally: general1 in faulty or all(p.decision == general1.input for p in correct)}
          forged: {never: "general1 in correct and any(len(p.orders - {general1.input}) > 0 for p in correct)"}
          exposed: {possible: "general1 in faulty and general2.orders == {attack, retreat}"}
        """
    }

    @Test func `SM(1) holds for three generals`() throws {
        let compiled = try #require(exploredCases(Self.signedMessages(run: "exhaustive")).first)
        let found = Exploring(compiled, scope: .init(), options: .init()).report().expectations.map(\.found)
        #expect(found == [.holds, .holds, .holds, .holds])
    }

    @Test func `SM(1) holds in simulated runs, and lies replay`() throws {
        let compiled = try #require(exploredCases(Self.signedMessages(run: "simulate")).first)
        let simulator = Simulator(compiled)
        let rules = compiled.expectations.map(\.form.rule)
        var exposed = 0
        for seed in 1...300 as ClosedRange<UInt64> {
            let told = simulator.tell(
                seed: seed, horizon: 1_000_000_000, watches: rules.map { Watch($0.routine, $0.need) },
                Simulator.Telling(limit: 1_000, shown: .expectation("agreement", expectsHolds: true, found: .holds)))
            let verdicts = zip(rules, told.result.watched).map { $0.judge($1, in: told.result) }
            #expect(verdicts[..<3].allSatisfy { $0 != .violates })
            if verdicts[3] == .satisfies { exposed += 1 }
            guard seed <= 40 else { continue }
            let trace = try #require(told.trace)
            let replay = Replayer(compiled, trace: trace).replay()
            #expect(replay.misfit == nil)
            #expect(replay.hash == trace.hash)
        }
        #expect(exposed > 0)
    }

    /// The notary signs for one traitor, and the other shows it: what one has seen both can use. `to`: to whom the notary sends.
    @Test(arguments: [("thief", true), ("friend", false)])
    func `traitors share what they have seen`(to: String, works: Bool) throws {
        for run in ["exhaustive", "simulate"] {
            let text = """
                scenario: shared signatures
                timing: synchronous
                nodes: {names: [notary, thief, liar, friend, judge], model: byzantine}
                faulty: {thief: {behaviour: lie}, liar: {behaviour: lie}}
                algorithm:
                  messages: {Deed: {deed: signed 1..2}, Claim: {deed: signed 1..2}}
                  state: {shown: bool}
                  on start: |
                    if me == notary:
                      send Deed(sign(2)) to \(to)
                  on round 3: |
                    if me == liar:
                      send Claim(sign(1)) to judge
                  on Claim(deed): |
                    if deed.signer == notary and deed.value == 2:
                      shown = true
                run: \(run)
                expect:
                  shown: {possible: judge.shown}
                """
            let compiled = try #require(exploredCases(text).first)
            if run == "exhaustive" {
                let found = Exploring(compiled, scope: .init(), options: .init()).report().expectations[0].found
                #expect(found == (works ? .holds : .violated))
            } else {
                let rule = compiled.expectations[0].form.rule
                let simulator = Simulator(compiled)
                let shown = (1...200 as ClosedRange<UInt64>).count { seed in
                    let result = simulator.run(seed: seed, horizon: 1_000_000_000, watches: [Watch(rule.routine, rule.need)])
                    return rule.judge(result.watched[0], in: result) == .satisfies
                }
                #expect((shown > 0) == works)
            }
        }
    }
}
