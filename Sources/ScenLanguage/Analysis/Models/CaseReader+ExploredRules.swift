import ScenDiagnostics
import ScenModel

/// What `run: exhaustive` asks of the rules of a network.
extension CaseReader {
    mutating func checkExploredRules(_ system: SystemModel) {
        guard !system.network.rules.isEmpty else { return }
        for rule in syntax.network?.rules ?? [] {
            switch rule.action {
            case .drop: break
            case .duplicate:
                // Of what is in flight only its link says whether it may be lost.
                if system.leavesToChance {
                    bag.report(.notExplored("a rule that duplicates beside loss or duplication by chance", at: rule.span))
                }
            case .delay: checkExploredDelay(rule, system)
            }
        }
    }

    /// Without ticks a delay means nothing.
    private mutating func checkExploredDelay(_ rule: ScenarioSyntax.Rule, _ system: SystemModel) {
        let delays = system.network.rules.compactMap { if case .delay(let delay) = $0.action { delay } else { nil } }
        guard system.timing.kind != .asynchronous, !system.timing.lockstep, !delays.isEmpty else { return }
        if system.timing.kind == .partiallySynchronous {
            bag.report(.notExplored("a rule that delays, with partially synchronous timing,", at: rule.span))
        } else if system.network.fifo {
            bag.report(.notExplored("a rule that delays where links keep their order, with synchronous timing,", at: rule.span))
        } else if system.leavesToChance {
            bag.report(.notExplored("a rule that delays beside loss or duplication by chance", at: rule.span))
        } else if delays.contains(where: { !$0.isInterval }) {
            bag.report(.notExplored("a delay other than a duration or a range", at: rule.span))
        }
    }
}

extension SystemModel {
    /// Messages may be lost or doubled by chance.
    fileprivate var leavesToChance: Bool {
        let changed = timeline.items.contains { if case .loss(let loss, _, _) = $0.action { loss > 0 } else { false } }
        return changed || network.loss > 0 || network.duplicate > 0
            || network.between.contains { $0.loss ?? 0 > 0 || $0.duplicate ?? 0 > 0 }
    }
}
