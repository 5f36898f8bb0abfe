import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenLanguage

/// What is refused of a timeline, and what comes of the rest.
@Suite struct TimelineDiagnosticsTests {
    private static func scenario(_ top: String, nodes: String = "nodes: [a, b, c]") -> String {
        """
        scenario: a test
        \(nodes)
        \(top)
        algorithm:
          constants: {pause: 2s}
          messages: {Data: {}}
          state: {leader: bool, boss: maybe node, round: int}
          on start: |
            leader = me == a
            boss = a
            round = 1
            send Data() to me
          on Data: return
        expect: {asked: {always: true}}

        """
    }

    private static let recovering = "nodes: {names: [a, b, c], model: crash-recovery}"

    @Test(arguments: [
        // Moments
        ("timeline: [{⟦crash⟧: a}]", [DiagnosticCode.missingKey]),
        ("timeline: [{⟪at⟫: 1s, ⟦when⟧: a.leader, crash: a}]", [.conflictingKeys]),
        ("timeline: [{at: ⟦1⟧, crash: a}]", [.typeMismatch]),
        ("timeline: [{at: ⟦0s - 1s⟧, crash: a}]", [.outOfRange]),
        ("timeline: [{at: ⟦later⟧, crash: a}]", [.unknownName]),
        ("timeline: [{at: ⟦61s⟧, crash: a}]", [.neverHappens]),
        ("timeline: [{at: ⟦2s⟧, crash: a}]\nrun: {simulate: {for: ⟪1s⟫}}", [.neverHappens]),
        ("timeline: [{when: ⟦a.round⟧, crash: a}]", [.typeMismatch]),
        ("timeline: [{when: a.⟦leder⟧, crash: a}]", [.unknownMember]),
        ("timeline: [{when: ⟦leader⟧, crash: a}]", [.nameNotAllowedHere]),
        ("timeline: [{when: a in ⟦faulty⟧, crash: a}]", [.nameNotAllowedHere]),
        ("timeline: [{when: ⟦outcome⟧ == \"x\", crash: a}]\noutcomes: {x: true}", [.nameNotAllowedHere]),
        // Actions
        ("timeline: [{⟦at⟧: 1s}]", [.missingKey]),
        ("timeline: [{at: 1s, ⟪cut⟫: a -> b, ⟦crash⟧: a}]", [.conflictingKeys]),
        ("timeline: [{at: 1s, ⟦crahs⟧: a}]", [.unknownKey]),
        ("timeline: [{at: 1s, ⟦request⟧: Get(1)}]", [.notSupported]),
        // How long
        ("timeline: [{at: 1s, cut: a -> b}, {at: 2s, heal: all, ⟦for⟧: 1s}]", [.conflictingKeys]),
        ("timeline: [{at: 1s, recover: a, ⟦for⟧: 1s}]\n\(recovering)", [.conflictingKeys]),
        ("timeline: [{at: 1s, cut: a -> b, for: ⟦0s⟧}]", [.outOfRange]),
        ("timeline: [{at: 1s, cut: a -> b, for: ⟦0s - 1s⟧}]", [.outOfRange]),
        ("timeline: [{at: 1s, crash: a, for: ⟦2s⟧}]", [.faultNotInNodeModel]),
        // Where every run is explored
        ("timeline: [{at: ⟦1s⟧, crash: a}]\nrun: exhaustive", [.timingMismatch]),
        ("timeline: [{when: a.leader, cut: a -> b, for: ⟦1s⟧}]\nrun: exhaustive", [.timingMismatch]),
        ("timeline: [{when: a.leader, ⟦loss⟧: 0%}]\nrun: exhaustive\nnetwork: fair-loss", [.notSupported]),
        ("timeline: [{when: a.leader, ⟦crash⟧: a}]\nrun: exhaustive\nfaulty: {b: {crashes: 1}}\n\(recovering)", [.notSupported]),
        ("timeline: [{when: a.leader, ⟦crash⟧: a}]\nrun: exhaustive\nnetwork: {links: arbitrary}", [.notSupported]),
        ("timeline: [{when: a.leader, ⟦crash⟧: a}]\nrun: exhaustive\ntiming: synchronous", [.notSupported]),
        ("timeline: [{when: ⟦time⟧ > 1s, crash: a}]\nrun: exhaustive", [.timingMismatch]),
        // The same of rules
        ("network: {links: fair-loss, rules: [{⟦duplicate⟧: all}, {drop: 10%}]}\nrun: exhaustive", [.notSupported]),
        ("network: {rules: [{⟦delay⟧: 1ms}]}\nrun: exhaustive\ntiming: {model: partially-synchronous, latency: 1ms, bound: 9ms}", [.notSupported]),
        // Nodes
        ("timeline: [{at: 1s, crash: ⟦d⟧}]", [.unknownName]),
        ("timeline: [{at: 1s, crash: [a, ⟦d⟧]}]", [.unknownNode]),
        ("timeline: [{at: 1s, crash: [⟪a⟫, b, ⟦a⟧]}]", [.duplicateName]),
        ("timeline: [{at: 1s, crash: ⟦a.leader⟧}]", [.typeMismatch]),
        ("timeline: [{at: 1s, crash: ⟦3⟧}]", [.typeMismatch]),
        ("timeline: [{at: 1s, crash: \"⟦{p.round for p in nodes}⟧\"}]", [.typeMismatch]),
        ("timeline: [{at: 1s, crash: \"{p for p in ⟦correct⟧}\"}]", [.nameNotAllowedHere]),
        ("timeline: [{at: 1s, crash: ⟦{p for p in nodes}⟧}]", [.wrongKind]),
        ("timeline: [{at: 1s, ⟦recover⟧: a}]", [.faultNotInNodeModel]),
        ("timing: ⟪synchronous⟫\ntimeline: [{at: 1s, ⟦pause⟧: a, for: 1s}]", [.timingMismatch]),
        // Links
        ("timeline: [{at: 1s, partition: [[a, ⟦d⟧], [b]]}]", [.unknownNode]),
        ("timeline: [{at: 1s, partition: [[⟪a⟫, b], [⟦a⟧, c]]}]", [.duplicateName]),
        ("timeline: [{at: 1s, partition: [[a, ⟪others⟫], [⟦others⟧]]}]", [.duplicateName]),
        ("timeline: [{at: 1s, ⟦partition⟧: [[a]]}]", [.wrongKind]),
        ("timeline: [{at: 1s, partition: [⟦a⟧, ⟦b⟧]}]", [.wrongKind, .wrongKind]),
        ("timeline: [{at: 1s, partition: ⟦a⟧}]", [.wrongKind]),
        ("timeline: [{at: 1s, cut: ⟦a⟧}]", [.syntax]),
        ("timeline: [{at: 1s, cut: a -> ⟦x⟧}]", [.unknownNode]),
        ("timeline: [{at: 1s, cut: ⟦b -> b⟧}]", [.noLink]),
        ("network: {topology: ⟪line⟫}\ntimeline: [{at: 1s, cut: ⟦a <-> c⟧}]", [.noLink]),
        ("timeline: [{at: 1s, loss: ⟦10%⟧}]", [.lossOnReliableLinks]),
        ("network: fair-loss\ntimeline: [{at: 1s, loss: ⟦110%⟧}]", [.outOfRange]),
        ("timeline: [{at: 1s, latency: ⟦exponental⟧(1s)}]", [.unknownFunction]),
        ("timeline: [{at: 1s, crash: a, ⟦link⟧: a -> b}]", [.conflictingKeys]),
        // To heal
        ("timeline: [{at: 1s, ⟦heal⟧: all}]", [.nothingToHeal]),
        ("timeline: [{at: 1s, ⟦heal⟧: all}, {at: 1s, cut: a -> b}]", [.nothingToHeal]),
        ("timeline: [{at: 2s, heal: all}, {at: 1s, cut: a -> b}]", []),
        ("timeline: [{when: a.leader, heal: all}, {at: 1s, cut: a -> b}]", []),
        ("timeline: [{at: 1s, cut: a -> b}, {at: 2s, heal: ⟦now⟧}]", [.wrongWord]),
        ("timeline: [{at: 1s, cut: a -> b}, {at: 2s, ⟦heal⟧: }]", [.wrongKind]),
        // Synchronous timing
        ("⟪timing: synchronous⟫\ntimeline: [{at: 1s, ⟦cut⟧: a -> b}]", [.timingMismatch]),
        ("⟪timing: synchronous⟫\nnetwork: ⟪reliable⟫\ntimeline: [{at: 1s, ⟦partition⟧: [[a], [b]]}]", [.timingMismatch]),
        ("timing: synchronous\nnetwork: fair-loss\ntimeline: [{at: 1s, cut: a -> b}]", []),
        ("timing: {model: synchronous, bound: ⟪5ms⟫}\ntimeline: [{at: 1s, latency: ⟦6ms⟧}]", [.timingMismatch]),
        ("timing: {model: partially-synchronous, bound: 5ms}\ntimeline: [{at: 1s, latency: 1s, for: 1s}, {at: 1s, cut: a -> b}]", []),
        ("timing: {model: synchronous, bound: 5ms}\ntimeline: [{at: 1s, latency: 5ms, link: a -> b}]", []),
    ] as [(String, [DiagnosticCode])])
    func isRefused(top: String, codes: [DiagnosticCode]) {
        let nodes = top.contains("nodes:") ? "tags: x" : "nodes: [a, b, c]"
        expectDiagnostics(Self.scenario(top, nodes: nodes), codes) { file, bag in
            bag.report(contentsOf: ScenarioLoader.load(path: file.path, bytes: file.bytes).diagnostics)
        }
    }

    @Test func tooManyTargetsAreRefused() {
        let items = (1...201).map { "  - {at: \($0)ms, \($0 == 201 ? "⟦crash⟧" : "crash"): nodes}\n" }.joined()
        expectLoading(wholeScenario("nodes: 100000\ntimeline:\n\(items)"), .tooManyNodes)
    }

    private func timeline(_ items: String, nodes: String = "nodes: [a, b, c]", top: String = "") throws -> Timeline {
        try onlyCase(Self.scenario("\(top)\ntimeline:\n\(items)", nodes: nodes)).system.timeline
    }

    @Test func targetsAreKnownBeforeTheRunOrFoundInIt() throws {
        let timeline = try timeline(
            """
              - {at: 1s, crash: nodes}
              - {at: pause, crash: "{b, a}"}
              - {at: 2 * pause, crash: [c, a]}
              - {at: 1s, crash: who}
              - {at: 1s, crash: "{p for p in nodes if p.leader}"}
              - {at: 1s, crash: a.boss}
              - {when: a.leader, recover: c}
            """,
            nodes: Self.recovering, top: "parameters: {who: [b]}")
        let nodes: [Timeline.Target] = timeline.items.compactMap {
            if case .nodes(_, let target) = $0.action { target } else { nil }
        }
        #expect(
            nodes == [
                .nodes([0, 1, 2]), .nodes([0, 1]), .nodes([0, 2]), .nodes([1]), .computed(0, .set(.node)),
                .computed(1, .maybe(.node)), .nodes([2]),
            ])
        #expect(timeline.items.map(\.moment).suffix(5) == [.at(4_000_000_000), .at(1_000_000_000), .at(1_000_000_000), .at(1_000_000_000), .when(2)])
        #expect(timeline.crashing == [0, 1, 2] && timeline.crashesComputed)
    }

    @Test func partitionsAreOfNodesGroupsAndOthers() throws {
        let text = """
            nodes: {groups: {r: 3, c: 2}}
            timeline:
              - {at: 1s, partition: [[r1, c], [r2]]}
              - {at: 1s, partition: [[others], [c2, r3]], for: 1s}
              - {at: 1s, cut: c <-> r1}
            """
        let items = try onlyCase(wholeScenario(text)).system.timeline.items
        let second = 1_000_000_000
        #expect(
            items == [
                .init(moment: .at(second), action: .partition([[0, 3, 4], [1]])),
                .init(moment: .at(second), action: .partition([[0, 1, 3], [2, 4]]), duration: second),
                .init(moment: .at(second), action: .cut(.init(from: [3, 4], to: [0], both: true, text: "c <-> r1"))),
            ])
    }

    /// Where the word varies, what a case does not have is left out of it.
    @Test func casesLeaveOutWhatTheirModelExcludes() throws {
        let all = cases(
            Self.scenario(
                """
                parameters:
                  links: [reliable, fair-loss]
                  model: [crash-stop, crash-recovery]
                  tempo: [synchronous, asynchronous]
                network: links
                timing: tempo
                timeline:
                  - {at: 1s, loss: 50%}
                  - {at: 1s, crash: a, for: 1s}
                  - {at: 1s, recover: b}
                  - {at: 1s, pause: c}
                  - {at: 1s, cut: a -> b}
                """, nodes: "nodes: {names: [a, b, c], model: model}"))
        // Crashes always; with recoveries, pauses, cuts and loss where they may be.
        #expect(all.map { $0.system.timeline.items.count } == [1, 3, 2, 4, 3, 4, 4, 5])
        let durations = all.map { $0.system.timeline.items.first { $0.action == .nodes(.crash, .nodes([0])) }?.duration }
        #expect(durations.map { $0 != nil } == [false, false, true, true, false, false, true, true])
    }
}
