import ScenDiagnostics
import ScenModel

extension CaseReader {
    static let lossByDefault = 0.1
    static let duplicateByDefault = 0.05

    /// Without rules. `known`: false if the word for the links is wrong, so that nothing should be judged by it.
    mutating func readNetwork(_ timing: TimingModel, left: inout CaseBudget) -> (model: NetworkModel, known: Bool) {
        guard let network = syntax.network else { return (NetworkModel(links: .reliable), true) }
        let links: NetworkModel.Links? = word(network.links, "'links'")
        let loss = network.loss.flatMap { probability($0, "'loss'") }
        let duplicate = network.duplicate.flatMap { probability($0, "'duplicate'") }
        var model = NetworkModel(links: links ?? .reliable, fifo: truth(network.fifo, "'fifo'") ?? false)
        if links == .fairLoss {
            model.loss = loss ?? Self.lossByDefault
            model.duplicate = duplicate ?? Self.duplicateByDefault
        } else if links == .arbitrary {
            model.adversary = readAdversary(network)
            if model.mayLose { model.loss = Self.lossByDefault }
            refuseChance(network)
        } else if isSurelyReliable(links) {
            // Where links vary, loss is meant for the cases that have it.
            for (key, expression) in [("loss", network.loss), ("duplicate", network.duplicate)] {
                if let expression {
                    bag.report(.onReliableLinks(key, at: expression.span, network: network.links?.span))
                }
            }
        }
        if let place = network.adversary?.span, let links, links != .arbitrary, !varies(network.links) {
            bag.report(.adversaryWithoutLinks(at: place, network: network.links?.span))
        }
        model.topology = readTopology(network.topology, left: &left.links)
        model.bandwidth = readBandwidth(network.bandwidth, on: links, timing)
        model.between = readBetween(network.between, on: links, model.topology, timing)
        return (model, links != nil)
    }

    /// `true`, `false`, or a parameter that holds one of them.
    private mutating func truth(_ expression: Expression?, _ what: String) -> Bool? {
        guard let expression else { return nil }
        if case .name(let name) = expression.kind {
            if name == "true" || name == "false" { return name == "true" }
            if let (_, parameter) = parameter(name) {
                if case .bool(let truth) = parameter.value { return truth }
                bag.report(
                    .parameterIsNoWord(
                        name, parameter.text, for: what, words: ["true", "false"], nearest: nil, at: parameter.span,
                        usedAt: expression.span))
                return nil
            }
        }
        return value(expression, expecting: .bool).map { $0 == .bool(true) }
    }
}
