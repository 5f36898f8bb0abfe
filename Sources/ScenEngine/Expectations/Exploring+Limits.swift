import ScenDiagnostics
import ScenModel

/// Why there is no verdict, and what to do about it.
extension Exploring {
    /// Why not everything was seen.
    func reason(_ stop: Exploration.Stop?) -> String {
        switch stop {
        case .states(let count): "no answer in the first \(RuntimeMessages.grouped(count)) states, the limit" + clock + blame()
        case .memory:
            "no answer within \(Self.size(exploration.limits.bytes)) of memory, which \(RuntimeMessages.grouped(exploration.space.count)) states take" + blame()
        case .time:
            "no answer within \(exploration.limits.time ?? "the time given") by the clock, in which \(RuntimeMessages.grouped(exploration.space.count)) states "
                + "were reached this time" + blame()
        case .tooManyOutcomes:
            compiled.system.faults.behaviours.contains { !$0.isEmpty }
                ? "what a handler of a Byzantine node can say comes to more than a million combinations"
                : "a handler can end in more than a million ways"
        case .tooManyForgeries: "the adversary can make more than \(RuntimeMessages.grouped(ExploredAdversary.messagesMax)) messages of one kind"
        case .endlessRound(let count):
            exploration.adversary == nil
                ? "crashes and recoveries in one round come to more than \(RuntimeMessages.grouped(count)) states; bound them with 'crashes' of 'faulty'"
                : "what the adversary can make up in one round comes to more than \(RuntimeMessages.grouped(count)) states; bound the scope with 'forgeries'"
        case .tooManyBeginnings: "there are more than 16 million beginnings: faulty sets and inputs"
        case .tooManyTicks: "some durations are more than two thousand million ticks long"
        case .failed, .finerTick, .asymmetric, nil: "not every state was seen"
        }
    }

    private var clock: String {
        if exploration.lastRoundToWait == .max, scope.horizon == nil {
            return "; the adversary may wait for any number of rounds, and which round it is makes a difference: 'for' bounds that"
        }
        guard let time = exploration.time, time.isEndless, !compiled.needsViews else { return "" }
        return "; the time is part of every state, since 'now' or 'time' is read: 'for' bounds it"
    }

    /// What makes states many.
    private func blame() -> String {
        guard let part = StateParts.culprit(StateParts(exploration, isComplete: false).all()) else { return "" }
        let isForged = exploration.lastRoundToWait != nil && scope.forgeries == nil
        let advice = part.isGrowing ? "; bound it, or the scope with '\(isForged ? "forgeries" : "steps")'" : ""
        switch part.kind {
        case .variable(let name, let node):
            return part.isGrowing
                ? "; variable '\(name)' of \(node) takes ever more values, \(RuntimeMessages.grouped(part.values)) so far" + advice
                : "; variable '\(name)' of \(node) takes the most values, \(RuntimeMessages.grouped(part.values))"
        case .timers(let node): return "; the timers of \(node) are set in \(RuntimeMessages.grouped(part.values)) ways" + advice
        case .flight(let most):
            return part.isGrowing
                ? "; ever more messages are in flight, \(most) so far" + advice
                : "; messages are in flight in \(RuntimeMessages.grouped(part.values)) ways, up to \(most) at once"
        case .counts: return "; what is counted takes \(RuntimeMessages.grouped(part.values)) values" + advice
        }
    }

    /// `8 GiB`, `512 MiB`; rounded down.
    private static func size(_ bytes: Int) -> String {
        bytes & (1 << 30 - 1) == 0 ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB"
    }
}
