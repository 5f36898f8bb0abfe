import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct NetworkModelTests {
    private func network(_ keys: String) throws -> NetworkModel { try onlyCase(wholeScenario(keys)).system.network }

    @Test func standards() throws {
        let reliable = try network("")
        #expect(reliable.links == .reliable && reliable.loss == 0 && reliable.duplicate == 0 && !reliable.fifo)
        for text in ["network: fair-loss", "network: {links: fair-loss}"] {
            let lossy = try network(text)
            #expect(lossy.links == .fairLoss && lossy.loss == 0.1 && lossy.duplicate == 0.05)
        }
        let half = try network("network: {links: fair-loss, loss: 50%}")
        #expect(half.loss == 0.5 && half.duplicate == 0.05)
    }

    @Test func probabilities() throws {
        let model = try network("parameters: {p: [0.25]}\nnetwork: {links: fair-loss, loss: p, duplicate: 1 / 8, fifo: true}")
        #expect(model.loss == 0.25 && model.duplicate == 0.125 && model.fifo)
        expectLoading(wholeScenario("network: {links: fair-loss, loss: ⟦20⟧}"), .outOfRange)
        expectLoading(wholeScenario("network: {links: fair-loss, duplicate: ⟦120%⟧}"), .outOfRange)
        expectLoading(wholeScenario("network: {links: fair-loss, loss: ⟦-1%⟧}"), .outOfRange)
        expectLoading(wholeScenario("network: {links: fair-loss, loss: ⟦20ms⟧}"), .typeMismatch)
        let label = load(wholeScenario("network: {links: fair-loss, loss: 20}")).diagnostics.first?.label
        #expect(label == "did you mean '20%'?")
    }

    @Test func reliableLinksLoseNothing() {
        expectLoading(wholeScenario("network: {links: ⟪reliable⟫, loss: ⟦20%⟧}"), .lossOnReliableLinks)
        expectLoading(wholeScenario("network: {duplicate: ⟦20%⟧}"), .lossOnReliableLinks)
    }

    @Test func whereLinksVaryLossIsForThoseThatLose() {
        let all = cases(wholeScenario("parameters: {links: [reliable, fair-loss]}\nnetwork: {links: links, loss: 20%}"))
        #expect(all.map(\.system.network.loss) == [0, 0.2])
        #expect(all.map(\.system.network.links) == [.reliable, .fairLoss])
        expectLoading(wholeScenario("parameters: {l: [reliable, ⟦fairloss⟧]}\nnetwork: ⟪l⟫"), .wrongWord)
    }

    @Test func adversariesDoWhatIsListed() {
        let all = cases(wholeScenario("parameters: {power: [drop, spoof]}\nnetwork: {links: arbitrary, adversary: [eavesdrop, power]}"))
        #expect(all.map(\.system.network.adversary) == [[.eavesdrop, .drop], [.eavesdrop, .spoof]])
        #expect(cases(wholeScenario("network: arbitrary")).map(\.system.network.adversary) == [.all])
        #expect(cases(wholeScenario("network: {links: arbitrary, adversary: modify}")).map(\.system.network.adversary) == [.modify])
        let varying = cases(
            wholeScenario(
                "parameters: {links: [reliable, fair-loss, arbitrary]}\nnetwork: {links: links, loss: 20%, duplicate: 5%, adversary: [drop]}"))
        #expect(varying.map(\.system.network.adversary) == [[], [], [.drop]])
        #expect(varying.map(\.system.network.duplicate) == [0, 0.05, 0])
    }

    @Test(arguments: [
        "network: {links: arbitrary, adversary: [drop, ⟦replay⟧]}", "network: {links: ⟪fair-loss⟫, adversary: ⟦[drop]⟧}",
        "network: {adversary: ⟦drop⟧}", "network: {links: ⟪arbitrary⟫, loss: ⟦10%⟧}",
        "network: {links: ⟪arbitrary⟫, duplicate: ⟦10%⟧, adversary: [drop]}",
    ])
    func adversariesNeedSense(network: String) {
        expectLoading(wholeScenario(network), .adversaryMismatch)
    }

    @Test func anAdversaryInRounds() {
        let rounds = "  messages: {M: {x: 1..3}}\n  on start: send M(1) to others\n  on M(x): return\n  on round r: return"
        for powers in ["[spoof]", "[eavesdrop, replay]", "[modify, drop]"] {
            expectLoading(
                wholeScenario("timing: synchronous\nnetwork: {links: arbitrary, adversary: \(powers)}", algorithm: rounds))
        }
    }

    @Test func unknownPowers() {
        expectLoading(wholeScenario("network: {links: arbitrary, adversary: [⟦forge⟧]}"), .wrongWord)
        expectLoading(wholeScenario("parameters: {p: [drop, ⟦lie⟧]}\nnetwork: {links: arbitrary, adversary: [⟪p⟫]}"), .wrongWord)
    }

    @Test func orderPerLink() throws {
        #expect(cases(wholeScenario("parameters: {keep: [false, true]}\nnetwork: {fifo: keep}")).map(\.system.network.fifo) == [false, true])
        expectLoading(wholeScenario("parameters: {keep: [⟦1⟧]}\nnetwork: {fifo: ⟪keep⟫}"), .wrongWord)
    }
}
