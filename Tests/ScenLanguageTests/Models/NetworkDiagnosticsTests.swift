import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenLanguage

/// Topologies, links that differ, bandwidth and rules: what is refused, and what comes of the rest.
@Suite struct NetworkDiagnosticsTests {
    /// Nodes a, b, c and two groups' worth of messages; `top` has the network and whatever else is tested.
    private static func scenario(_ top: String, nodes: String = "nodes: [a, b, c]") -> String {
        """
        scenario: a test
        \(nodes)
        \(top)
        algorithm:
          messages: {Data: {}, Ack: {}}
          on start: |
            send Data() to me
          on Data: send Ack() to me
          on Ack: return
        run: {simulate: 1}
        expect: {asked: {always: true}}

        """
    }

    private func read(_ top: String, nodes: String = "nodes: [a, b, c]") throws -> SystemModel {
        try loadCase(Self.scenario(top, nodes: nodes)).system
    }

    @Test(arguments: [
        // Links
        ("network: {topology: {edges: [⟦a - b⟧]}}", [DiagnosticCode.syntax]),
        ("network: {topology: {edges: [⟦a <- b⟧]}}", [.syntax]),
        ("network: {topology: {edges: [a -> ⟦b c⟧]}}", [.syntax]),
        ("network: {topology: {edges: [a -> b, ⟦x⟧ <-> ⟦y⟧]}}", [.unknownNode, .unknownNode]),
        ("network: {topology: {edges: [⟦b <-> b⟧]}}", [.noLink]),
        ("network: {topology: ⟦mesh⟧}", [.wrongWord]),
        ("network: {topology: ⟪line⟫, between: [{link: ⟦c -> a⟧, latency: 1ms}]}", [.noLink]),
        ("network: {topology: ⟪{edges: [a -> b]}⟫, between: [{link: ⟦a <-> b⟧, latency: 1ms}]}", [.noLink]),
        ("network: {between: [{⟦link⟧: a -> b}]}", [.missingKey]),
        ("network: {links: fair-loss, between: [{link: a -> b, loss: ⟦120%⟧, latency: ⟦2ms..1ms⟧}]}", [.outOfRange, .outOfRange]),
        // Reliable links
        ("network: {between: [{link: a -> b, loss: ⟦10%⟧}]}", [.lossOnReliableLinks]),
        ("network: {links: ⟪reliable⟫, between: [{link: a -> b, duplicate: ⟦10%⟧}]}", [.lossOnReliableLinks]),
        ("network: {links: ⟪reliable⟫, rules: [{⟦drop⟧: first 1}]}", [.lossOnReliableLinks]),
        ("network: {rules: [{⟦duplicate⟧: all}, {delay: 1s}]}", [.lossOnReliableLinks]),
        ("network: {bandwidth: {rate: 10 per second, capacity: ⟦5⟧}}", [.lossOnReliableLinks]),
        // Bandwidth
        ("network: {bandwidth: ⟦1000⟧}", [.syntax]),
        ("network: {bandwidth: ⟦1000 / 3⟧}", [.syntax]),
        ("network: {bandwidth: 1000 ⟦pro⟧ second}", [.syntax]),
        ("network: {bandwidth: 1000 per ⟦fortnight⟧}", [.invalidUnit]),
        ("network: {bandwidth: 1000 per ⟦2s⟧}", [.syntax]),
        ("network: {bandwidth: ⟦0⟧ per second}", [.outOfRange]),
        ("network: {bandwidth: ⟦10 per ns⟧}", [.outOfRange]),
        ("network: {bandwidth: ⟦0.001 per year⟧}", [.outOfRange]),
        ("network: {links: fair-loss, bandwidth: {rate: 1 per ms, capacity: ⟦0 - 1⟧}}", [.outOfRange]),
        ("network: {bandwidth: {rate: 1 per ms, ⟦when-full⟧: drop-new}}", [.conflictingKeys]),
        // A bound
        (
            "timing: {model: synchronous, latency: ⟪1ms⟫}\nnetwork: {bandwidth: ⟦5 per second⟧}",
            [.timingMismatch]
        ),
        (
            "timing: {model: synchronous, bound: ⟪5ms⟫}\nnetwork: {between: [{link: a -> b, latency: ⟦1ms..6ms⟧}]}",
            [.timingMismatch]
        ),
        (
            "⟪⟪timing: synchronous⟫⟫\nnetwork: {rules: [{delay: ⟦1ms⟧}, {delay: ⟦exponential(1ms)⟧}]}",
            [.timingMismatch, .timingMismatch]
        ),
        // Rules
        ("network: {links: fair-loss, rules: [{message: ⟦Akc⟧, drop: all}]}", [.unknownMessage]),
        ("network: {links: fair-loss, rules: [{from: ⟦x⟧, to: ⟦y⟧, drop: all}]}", [.unknownNode, .unknownNode]),
        ("network: {links: fair-loss, rules: [{from: a, to: ⟦a⟧, drop: all}]}", [.noLink]),
        ("network: {links: fair-loss, rules: [{drop: ⟦3⟧}]}", [.syntax]),
        ("network: {links: fair-loss, rules: [{drop: every ⟦0⟧}, {drop: first ⟦0 - 1⟧}]}", [.outOfRange, .outOfRange]),
        ("network: {links: fair-loss, rules: [{drop: ⟦150%⟧}]}", [.outOfRange]),
        ("network: {links: fair-loss, rules: [{drop: all, ⟦only⟧: first 3}]}", [.conflictingKeys]),
        ("network: {links: fair-loss, rules: [{⟦message⟧: Ack}]}", [.missingKey]),
    ] as [(String, [DiagnosticCode])])
    func isRefused(top: String, codes: [DiagnosticCode]) {
        expectScenario(Self.scenario(top), codes)
    }

    @Test func tooManyLinksAreRefusedBeforeTheyAreMade() {
        expectScenario(
            Self.scenario(
                "network: {topology: {edges: [⟦left <-> right⟧]}}", nodes: "nodes: {groups: {left: 10000, right: 10000}}"),
            [.tooManyLinks])
    }

    @Test func neighboursAreOfOneNode() {
        expectScenario(
            Wrapped.algorithm("state:\n  ⟦neighbours⟧: int\non start: return"), [.invalidName])
        expectScenario(
            Wrapped.algorithm("on start: return", observer: "a in ⟦neighbours⟧"), [.nameNotAllowedHere])
        expectScenario(
            Wrapped.algorithm("on start: return", observer: "all(p in q.neighbours for p in nodes for q in p.neighbours)"), [])
    }

    @Test func edgesMayHaveGroups() throws {
        let model = try read(
            "network: {topology: {edges: [client <-> replica, replica1 -> replica2]}}",
            nodes: "nodes: {groups: {client: 2, replica: 2}}")
        let topology = try #require(model.network.topology)
        let rows = (0..<4).map { topology.neighbours(of: $0).map(Int.init) }
        #expect(rows == [[2, 3], [2, 3], [0, 1, 3], [0, 1]])
        #expect(topology.linkCount == 9)
    }

    /// Where the word varies, what reliable links have no use for is left out of their cases.
    @Test func reliableCasesOfManyLoseNothing() throws {
        let text = Self.scenario(
            """
            parameters: {links: [reliable, fair-loss]}
            network:
              links: links
              bandwidth: {rate: 2 per ms, capacity: 3}
              between: [{link: a -> b, loss: 50%, latency: 7ms}]
              rules: [{message: Ack, drop: first 2}, {to: c, delay: 1ms..2ms, only: 20%}]
            """)
        let loaded = ScenarioLoader.load(path: "a.yaml", bytes: Array(text.utf8))
        #expect(loaded.diagnostics.isEmpty)
        let networks = loaded.cases.map(\.system.network)
        try #require(networks.count == 2)
        var bandwidth = Bandwidth(interval: 500_000)
        var override = LinkOverride(from: [0], to: [1], both: false)
        override.latency = .constant(7_000_000)
        let delay = MessageRule(
            to: [2], action: .delay(.uniform(low: 1_000_000, high: 2_000_000)), selection: .share(0.2))
        #expect(networks[0].bandwidth == bandwidth)
        #expect(networks[0].between == [override])
        #expect(networks[0].rules == [delay])
        bandwidth.capacity = 3
        override.loss = 0.5
        #expect(networks[1].bandwidth == bandwidth)
        #expect(networks[1].between == [override])
        #expect(networks[1].rules == [MessageRule(message: 1, action: .drop, selection: .first(2)), delay])
    }

    @Test func numbersMayBeParameters() throws {
        let model = try read(
            """
            parameters: {rate: [250], lost: [0], shape: [star]}
            network: {links: fair-loss, topology: shape, bandwidth: 2 * rate per second, rules: [{drop: first lost}]}
            """)
        #expect(model.network.bandwidth?.interval == 2_000_000)
        #expect(model.network.rules.map(\.selection) == [.first(0)])
        #expect(model.network.topology == ScenModel.Topology(.star, nodeCount: 3))
    }
}
