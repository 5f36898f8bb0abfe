import ScenDiagnostics
import ScenModel

/// Who holds arbitrary links.
extension CaseReader {
    /// Of arbitrary links.
    mutating func readAdversary(_ network: ScenarioSyntax.Network) -> AdversaryPowers {
        guard let written = network.adversary else { return .all }
        var powers: AdversaryPowers = []
        var replay: SourceSpan?
        for expression in written.powers {
            guard let power: AdversaryPower = word(expression, "'adversary'") else { return powers }
            powers.formUnion(power.powers)
            if power == .replay { replay = expression.span }
        }
        if let replay, !powers.contains(.eavesdrop) { bag.report(.replayNeedsEavesdrop(at: replay)) }
        return powers
    }

    /// On arbitrary links nothing happens by chance.
    mutating func refuseChance(_ network: ScenarioSyntax.Network) {
        refuse([("loss", network.loss, .drop), ("duplicate", network.duplicate, .replay)])
    }

    mutating func refuseChance(_ item: ScenarioSyntax.LinkOverride) {
        refuse([("loss", item.loss, .drop), ("duplicate", item.duplicate, .replay)])
    }

    /// Where links vary, chances are meant for the cases that have them.
    private mutating func refuse(_ chances: [(key: String, Expression?, AdversaryPower)]) {
        guard !varies(syntax.network?.links) else { return }
        for (key, expression, power) in chances {
            guard let expression else { continue }
            bag.report(
                .chanceOnArbitraryLinks(
                    key, power: power.rawValue, at: expression.span, network: syntax.network?.links?.span))
        }
    }
}

extension Checker {
    /// `adversary.knows(x)`
    func checkAdversary(_ name: Identifier, _ arguments: [Expression.Argument], _ span: SourceSpan) -> Term {
        guard name.text == "knows" else {
            for argument in arguments { _ = check(argument.value, soft: true) }
            report(.unknownMethodOfAdversary(name.text, at: name.span))
            return .broken(span)
        }
        guard place == .observer else {
            for argument in arguments { _ = check(argument.value, soft: true) }
            report(.nameNotAllowedHere("adversary", "no node sees it; it can stand in expectations", at: span))
            return .broken(span)
        }
        guard checkCount(Identifier("adversary.knows", at: name.span), arguments, 1...1) else { return .broken(span) }
        let value = check(arguments[0].value)
        if tables.store.isVague(value.type) || tables.store.isOpen(value.type) { return .broken(span) }
        if value.node.type.choices(in: scope.types) != nil {
            report(.everybodyKnows(self.name(value.type), at: arguments[0].value.span))
            return .broken(span)
        }
        return term(.knownToAdversary(value.node), .bool, span)
    }
}
