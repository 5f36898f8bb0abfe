import ScenDiagnostics
import ScenModel

/// What of a timeline the model excludes, and what can never make sense.
extension CaseReader {
    /// Whether the model has such a fault. Where its words vary from case to case, a case leaves out what it does not have.
    mutating func allows(
        _ action: Timeline.NodeAction, _ item: ScenarioSyntax.TimelineItem, _ system: SystemModel
    ) -> Bool {
        switch action {
        case .crash: return true
        case .recover: return allowsRecovery(item.key, system.nodes.kind)
        case .pause:
            guard system.timing.kind == .synchronous else { return true }
            if !varies(syntax.timing?.model) {
                bag.report(.pausesWithSynchrony(at: item.key.span, timing: syntax.timing?.model?.span))
            }
            return false
        }
    }

    /// How long it lasts (ns); nil: for ever. Where the node model varies, those that do not recover stay down.
    mutating func lasts(_ item: ScenarioSyntax.TimelineItem, _ system: SystemModel) -> Int? {
        guard let written = item.duration, let duration = duration(written, "how long it lasts", from: 1) else { return nil }
        guard case .nodes(.crash, _) = item.action, system.nodes.kind == .crashStop else { return duration }
        if !varies(syntax.nodes.model) { bag.report(.neverComesBack(at: written.span, modelAt: syntax.nodes.model?.span)) }
        return nil
    }

    /// Whether something may keep messages from arriving: what is reliable and synchronous arrives within the bound.
    mutating func mayCut(_ key: Identifier, _ system: SystemModel) -> Bool {
        guard system.timing.kind == .synchronous, system.network.links == .reliable, let place = boundPlace else {
            return true
        }
        if !varies(syntax.timing?.model), isSurelyReliable(.reliable) {
            bag.report(.cutWithBound(key.text, at: key.span, timing: place, network: syntax.network?.links?.span))
        }
        return false
    }

    /// To heal makes sense where a partition or a cut may have come before. `moments`: of the items, as far as they are
    /// sound.
    mutating func checkHeals(_ moments: [Timeline.Moment?]) {
        for (index, item) in syntax.timeline.enumerated() {
            guard case .heal = item.action else { continue }
            let mayBeCut = syntax.timeline.indices.contains { other in
                guard syntax.timeline[other].action.cuts else { return false }
                guard case .at(let end) = moments[index], case .at(let start) = moments[other] else { return true }
                return start < end || start == end && other < index
            }
            if !mayBeCut { bag.report(.nothingToHeal(at: item.key.span)) }
        }
    }
}

extension ScenarioSyntax.TimelineItem.Action {
    fileprivate var cuts: Bool {
        switch self {
        case .partition, .cut: true
        default: false
        }
    }
}
