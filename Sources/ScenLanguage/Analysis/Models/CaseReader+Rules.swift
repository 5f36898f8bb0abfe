import ScenDiagnostics
import ScenModel

/// What happens to particular messages. Read when the algorithm has declared its messages.
extension CaseReader {
    mutating func readRules(_ network: NetworkModel, known: Bool, _ timing: TimingModel) -> [MessageRule] {
        (syntax.network?.rules ?? []).compactMap { rule in
            let isKnown = checkMessage(rule.message)
            let from = rule.from.flatMap { members($0) }
            let to = rule.to.flatMap { members($0) }
            if let from, let to, from.count == 1, from == to, let place = rule.to {
                bag.report(.linkToItself(nodes.name(from[0]), at: place.span))
            }
            let action = self.action(rule, timing)
            let selection = self.selection(rule.selection)
            if rule.action.breaksReliability, network.links == .reliable {
                if known, isSurelyReliable(.reliable) { reportReliable(rule) }
                return nil
            }
            // A wrong name must not widen the rule.
            guard isKnown, from != nil || rule.from == nil, to != nil || rule.to == nil, let action, let selection else {
                return nil
            }
            let message = rule.message.flatMap { name in
                scope.types.messages.firstIndex { $0.name == name.text }
            }
            return MessageRule(message: message, from: from, to: to, action: action, selection: selection)
        }
    }

    private mutating func checkMessage(_ name: Identifier?) -> Bool {
        guard let name else { return true }
        let declared = syntax.algorithm.messages.map(\.name.text)
        if declared.contains(name.text) { return true }
        if scope.broken.contains(name.text) || syntax.refused.contains(name.text) { return false }
        bag.report(
            .unknownMessageOfRule(
                name.text, at: name.span, nearest: Suggestion.nearest(name.text, among: declared), known: declared))
        return false
    }

    private mutating func reportReliable(_ rule: ScenarioSyntax.Rule) {
        let action = if case .drop = rule.action { "drop" } else { "duplicate" }
        bag.report(.ruleOnReliableLinks(action, at: rule.span, network: syntax.network?.links?.span))
    }

    private mutating func action(_ rule: ScenarioSyntax.Rule, _ timing: TimingModel) -> MessageRule.Action? {
        switch rule.action {
        case .drop: return .drop
        case .duplicate: return .duplicate
        case .delay(let expression):
            guard let delay = distribution(expression) else { return nil }
            guard let bound = timing.bound, let place = boundPlace else { return .delay(delay) }
            let latency = timing.latency.largest ?? bound
            let sum = latency.addingReportingOverflow(delay.largest ?? Int.max)
            if sum.overflow || sum.partialValue > bound {
                bag.report(
                    .delayAboveBound(
                        delay.largest.map(DurationText.exact), latency: DurationText.exact(latency),
                        bound: DurationText.exact(bound), at: expression.span, timing: place))
                return nil
            }
            return .delay(delay)
        }
    }

    private mutating func selection(_ selection: ScenarioSyntax.Selection) -> MessageRule.Selection? {
        switch selection.kind {
        case .all: .all
        case .first(let count): ordinal(count, from: 0).map { .first($0) }
        case .after(let count): ordinal(count, from: 0).map { .after($0) }
        case .every(let step): ordinal(step).map { .every($0) }
        case .number(let number): ordinal(number).map { .number($0) }
        case .share(let share): probability(share, "the share of messages").map { .share($0) }
        }
    }

    private mutating func ordinal(_ expression: Expression, from least: Int = 1) -> Int? {
        guard let number = wholeNumber(expression) else { return nil }
        guard number >= least else {
            bag.report(
                .outOfRange("the number of messages", is: "\(number)", expected: "\(least) or more", at: expression.span))
            return nil
        }
        return number
    }
}

extension ScenarioSyntax.Rule.Action {
    fileprivate var breaksReliability: Bool {
        if case .delay = self { false } else { true }
    }
}
