import ScenDiagnostics
import ScenModel

extension CaseReader {
    /// Where the scenario's model is weaker than what the algorithm was made for.
    mutating func checkAssumptions(_ system: SystemModel) {
        for assumption in syntax.algorithm.assumes {
            switch assumption.key.text {
            case "network":
                compare(
                    assumption.word, NetworkModel.Links.allCases, given: system.network.links, "links",
                    at: syntax.network?.links?.span)
            case "nodes":
                compare(
                    assumption.word, NodeModel.Kind.allCases, given: system.nodes.kind, "nodes", at: syntax.nodes.model?.span)
            default:
                compare(
                    assumption.word, TimingModel.Kind.allCases, given: system.timing.kind, "timing",
                    at: syntax.timing?.model?.span)
            }
        }
    }

    /// `order`: from the strongest model, which allows least to go wrong, to the weakest.
    private mutating func compare<Word: ModelWord & Equatable>(
        _ assumed: Identifier, _ order: [Word], given: Word, _ what: String, at span: SourceSpan?
    ) {
        guard
            let strength = order.firstIndex(where: { $0.rawValue == assumed.text }),
            let actual = order.firstIndex(of: given), actual > strength
        else { return }
        bag.report(
            .assumptionBroken(
                assumed: "\(assumed.text) \(what)", given: "\(given.rawValue) \(what)", at: assumed.span, givenAt: span))
    }
}
