import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

private let properties = [
    "strong-completeness", "weak-completeness", "strong-accuracy", "weak-accuracy", "eventual-strong-accuracy",
    "eventual-weak-accuracy",
]
private let expectAll = "expect:\n" + properties.map { "  \($0): holds\n" }.joined()

private typealias Line = (second: Double, of: String, suspects: String)

/// Suspicions by script: who suspects whom from which moment on.
private func detector(
    _ script: [Line], faults: String = "faulty: {n3: {crash: 2s}}", for end: String = "10s"
) -> String {
    let set = script.enumerated().map { index, line in
        "    if me == \(line.of):\n      set timer Step(\(index)) after \(Int(line.second * 1000))ms\n"
    }
    let handlers = script.enumerated().map { index, line in "  on timer Step(\(index)): suspected = \(line.suspects)\n" }
    return """
        scenario: test
        \(faults.contains("nodes:") ? "" : "nodes: 3")
        \(faults)
        algorithm:
          provides: failure-detector
          state: {suspected: set of node}
          on start: |
            set timer Idle after 20s
        \(set.joined())\(handlers.joined())  on timer Idle: return
        run: {simulate: {runs: 1, for: \(end)}}
        \(expectAll)
        """
}

private let perfect: [Line] = [(3.0, "n1", "{n3}"), (3.0, "n2", "{n3}")]

@Suite struct DetectorPropertyTests {
    @Test func aPerfectDetectorHasAll() async throws {
        #expect(try await broken(detector(perfect)) == [])
    }

    /// Nodes that may fail and never do, and runs without correct nodes, leave nothing to be suspected or spared.
    @Test func nothingIsAskedOfNobody() async throws {
        let idle = detector([(1, "n1", "{}")], faults: "faulty: {n3: {crash: 11s}}")
        #expect(try await broken(idle) == [])
        let all = "faulty: {n1: {crash: 2s}, n2: {crash: 3s}, n3: {crash: 4s}}"
        #expect(try await broken(detector([(1, "n1", "{n2}"), (1, "n2", "{n1}")], faults: all)) == [])
    }

    /// Each is broken with no more than what it implies.
    @Test func strongCompleteness() async throws {
        #expect(try await broken(detector([(3, "n1", "{n3}")])) == ["strong-completeness"])
        // For good: what is withdrawn does not count.
        #expect(try await broken(detector(perfect + [(9, "n2", "{}")])) == ["strong-completeness"])
    }

    @Test func weakCompleteness() async throws {
        #expect(try await broken(detector([(1, "n1", "{}")])) == ["strong-completeness", "weak-completeness"])
    }

    @Test func strongAccuracy() async throws {
        #expect(try await broken(detector([(1, "n1", "{n2}")] + perfect)) == ["strong-accuracy"])
        #expect(try await broken(detector([(1, "n1", "{n3}")] + perfect)) == ["strong-accuracy"])
    }

    /// In every state somebody is trusted, but nobody is in all of them.
    @Test func weakAccuracy() async throws {
        let script: [Line] = [(1, "n1", "{n2}"), (1.2, "n1", "{}"), (1.5, "n2", "{n1}")] + perfect
        #expect(try await broken(detector(script)) == ["strong-accuracy", "weak-accuracy"])
    }

    @Test func eventualStrongAccuracy() async throws {
        let script: [Line] = [(3.0, "n1", "{n2, n3}"), (3, "n2", "{n3}")]
        #expect(try await broken(detector(script)) == ["eventual-strong-accuracy", "strong-accuracy"])
    }

    @Test func eventualWeakAccuracy() async throws {
        let script: [Line] = [(3.0, "n1", "{n2, n3}"), (3, "n2", "{n1, n3}")]
        let accuracy = properties.filter { $0.hasSuffix("accuracy") }.sorted()
        #expect(try await broken(detector(script)) == accuracy)
        let found = try await findings(detector(script))
        #expect(accuracy.allSatisfy { found[$0] == .violated })
    }

    /// Somebody is trusted in every state, but a node that is trusted for good does not show in a run that was cut off.
    @Test func takingTurnsIsNotEventualAccuracy() async throws {
        let odd: [Line] = [3, 5, 7, 9].flatMap { [($0, "n1", "{n2, n3}"), ($0, "n2", "{n3}")] }
        let turns: [Line] = odd + odd.map { ($0.second + 0.5, $0.of == "n1" ? "n2" : "n1", $0.of == "n1" ? "{n1, n3}" : "{n3}") }
        let found = try await findings(detector(turns))
        #expect(found["eventual-weak-accuracy"] == .inconclusive)
        #expect(found["eventual-strong-accuracy"] == .violated)
        #expect(found["strong-completeness"] == .holds)
    }

    @Test func runsThatAreTooShortSaySo() async throws {
        // Nobody has had the time to notice.
        let late = try await findings(detector(perfect, faults: "faulty: {n3: {crash: 9s}}", for: "9100ms"))
        #expect(late["strong-completeness"] == .holds)
        let unnoticed = try await findings(detector([(1, "n1", "{}")], faults: "faulty: {n3: {crash: 9s}}"))
        #expect(unnoticed["strong-completeness"] == .inconclusive)
        #expect(unnoticed["weak-completeness"] == .inconclusive)
        // Half of the run is time enough.
        let early = try await findings(detector([(1, "n1", "{}")], faults: "faulty: {n3: {crash: 5s}}"))
        #expect(early["strong-completeness"] == .violated)
        // A crash that goes unnoticed counts, whatever comes later.
        let two = "faulty: {n2: {crash: 1s}, n3: {crash: 9s}}"
        #expect(try await findings(detector([(1, "n1", "{}")], faults: two))["strong-completeness"] == .violated)
        // Right at last, but not for long.
        let restless = try await findings(detector(perfect + [(7, "n1", "{n2, n3}"), (8, "n1", "{n3}")]))
        #expect(restless["eventual-strong-accuracy"] == .inconclusive)
        #expect(restless["eventual-weak-accuracy"] == .holds)
    }

    /// A node that is up again has not crashed; whoever suspects it still is given time to notice.
    @Test func recovery() async throws {
        let faults = "nodes: {count: 3, model: crash-recovery}\nfaulty: {n3: {crash: 2s, recover: 4s}}"
        let trusting = perfect + [(4.5, "n1", "{}"), (4.5, "n2", "{}")]
        #expect(try await broken(detector(trusting, faults: faults)) == ["strong-accuracy"])
        let stubborn = detector(perfect, faults: faults)
        #expect(try await broken(stubborn) == ["eventual-strong-accuracy", "strong-accuracy"])
        #expect(try await findings(stubborn)["eventual-strong-accuracy"] == .violated)
        let late = "nodes: {count: 3, model: crash-recovery}\nfaulty: {n3: {crash: 2s, recover: 6s}}"
        #expect(try await findings(detector(perfect, faults: late))["eventual-strong-accuracy"] == .inconclusive)
    }

    /// Where nothing is left to happen, the last state lasts for ever.
    @Test func runsThatHaveEndedAreLongEnough() async throws {
        let text = detector([(1, "n1", "{n2}"), (9, "n1", "{}")], faults: "faulty: {n3: {crash: 9s}}", for: "1m")
        let found = try await findings(text)
        #expect(found["strong-completeness"] == .violated)
        #expect(found["eventual-strong-accuracy"] == .holds)
    }

    /// Chandra and Toueg 1996, section 2: what is strong is weak, what is always so is so eventually.
    @Test func implications() throws {
        let text = """
            scenario: test
            nodes: 4
            faulty: {up-to: 3, crash: {between: 0s..10s}}
            parameters: {quiet: [0s, 2s, 4s, 6s, 9s], daring: [1, 3, 30]}
            algorithm:
              state: {suspected: set of node}
              on start: set timer Change after 100ms
              on timer Change: |
                choose dice in 1..daring
                if now < quiet:
                  choose p in others
                  if dice == 1: add p to suspected
                  if dice == 2: remove p from suspected
                else:
                  if dice == 1: suspected = {n4}
                set timer Change after 500ms
            run: {simulate: {for: 10s}}
            \(expectAll)
            """
        let implied = [
            ("strong-completeness", "weak-completeness"), ("strong-accuracy", "weak-accuracy"),
            ("strong-accuracy", "eventual-strong-accuracy"), ("weak-accuracy", "eventual-weak-accuracy"),
            ("eventual-strong-accuracy", "eventual-weak-accuracy"),
        ]
        let order: [RunVerdict] = [.violates, .undecided, .satisfies]
        var seen: [String: Set<RunVerdict>] = [:]
        for one in compiled(text) {
            let simulator = Simulator(one)
            let rules = one.expectations.map(\.form.rule)
            for seed in 0..<40 {
                let run = simulator.run(
                    seed: UInt64(seed), horizon: 10_000_000_000, watches: rules.map { Watch($0.routine, $0.need) })
                var verdicts: [String: RunVerdict] = [:]
                for (index, rule) in rules.enumerated() {
                    let verdict = rule.judge(run.watched[index], in: run)
                    verdicts[one.expectations[index].name] = verdict
                    seen[one.expectations[index].name, default: []].insert(verdict)
                }
                for (strong, weak) in implied {
                    let rank = { (name: String) in order.firstIndex(of: verdicts[name] ?? .undecided) ?? 0 }
                    #expect(rank(strong) <= rank(weak), "\(strong), \(weak), seed \(seed)")
                }
            }
        }
        for name in properties { #expect(seen[name]?.isSuperset(of: [.violates, .satisfies]) == true, "\(name)") }
    }
}
