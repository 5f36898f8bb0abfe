import ScenDiagnostics
import ScenModel

/// What `run: exhaustive` asks of a timeline.
extension CaseReader {
    mutating func checkExploredTimeline(_ system: SystemModel, _ expectations: [TypedCase.Expectation]) {
        guard let first = syntax.timeline.first else { return }
        switch system.timing.kind {
        case .asynchronous: break
        case .partiallySynchronous:
            return bag.report(.notExplored("a timeline with partially synchronous timing", at: first.key.span))
        case .synchronous where !system.timing.lockstep:
            return bag.report(.notExplored("a timeline where latency has a bound and there are no rounds", at: first.key.span))
        case .synchronous: break
        }
        for item in syntax.timeline where system.timing.kind == .asynchronous {
            if case .at(let moment) = item.moment {
                bag.report(.noClock("'at'", at: moment.span, hint: "'when: CONDITION' acts in the first state in which it holds"))
            }
            if let duration = item.duration {
                bag.report(.noClock("'for'", at: duration.span, hint: item.action.endedBy))
            }
        }
        if system.network.links == .arbitrary || system.faults.makesUp {
            bag.report(.notExplored("a timeline beside an adversary who makes up messages", at: first.key.span))
        }
        if system.timing.lockstep, expectations.contains(where: \.asksViews) {
            bag.report(.notExplored("a timeline in rounds beside what nodes know", at: first.key.span))
        }
        checkExploredLoss(system)
        checkCountedCrashes(system)
    }

    /// Whether a message in flight may be lost is known from its link, not from when it was sent.
    private mutating func checkExploredLoss(_ system: SystemModel) {
        let changes = syntax.timeline.filter { if case .loss = $0.action { true } else { false } }
        let losses = system.timeline.items.compactMap { if case .loss(let loss, _, _) = $0.action { loss } else { nil } }
        let usual = [system.network.loss] + system.network.between.compactMap(\.loss)
        guard let item = changes.first, !losses.isEmpty else { return }
        let isNeverZero = (usual + losses).allSatisfy { $0 > 0 }
        if !isNeverZero, (usual + losses).contains(where: { $0 > 0 }) {
            bag.report(.notExplored("a change of loss from or to 0%", at: item.key.span))
        }
    }

    /// A crash by the timeline is none of those that `crashes` counts.
    private mutating func checkCountedCrashes(_ system: SystemModel) {
        guard system.nodes.kind == .crashRecovery, system.faults.who != .nobody else { return }
        let isCounted = system.faults.courses.contains { if case .crashes = $0 { true } else { false } }
        let crash = syntax.timeline.first { if case .nodes(.crash, _) = $0.action { true } else { false } }
        if isCounted, let crash {
            bag.report(.notExplored("a crash of the timeline beside 'crashes', where nodes recover,", at: crash.key.span))
        }
    }

    /// Who is faulty has to be known from the beginning of a run.
    mutating func checkFaultyIsKnown(_ system: SystemModel, _ name: String, at place: SourceSpan) {
        guard system.timeline.crashesComputed, let item = syntax.timeline.first(where: { $0.action.isComputedCrash }) else { return }
        bag.report(.faultyFollowsFromRun(name, at: place, crash: item.key.span))
    }
}

extension TypedCase.Expectation {
    var asksViews: Bool {
        if case .indistinguishable = form { return true }
        return !knowledge.isEmpty
    }
}

extension ScenarioSyntax.TimelineItem.Action {
    /// What to say instead of `for` where there is no clock.
    fileprivate var endedBy: String {
        switch self {
        case .nodes(.crash, _): "a second item, 'when: CONDITION' and 'recover: ..', brings it back"
        case .nodes(.pause, _): "without it, the pause lasts until the node crashes"
        case .partition, .cut: "a second item, 'when: CONDITION' and 'heal: all', ends it"
        case .nodes(.recover, _), .heal, .latency: "leave it out: it makes no difference"
        case .loss: "a second item, 'when: CONDITION' and 'loss: ..', changes it again"
        }
    }

    fileprivate var isComputedCrash: Bool { if case .nodes(.crash, .expression) = self { true } else { false } }
}
