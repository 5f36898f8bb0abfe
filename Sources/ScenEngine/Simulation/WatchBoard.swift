import ScenModel

/// Evaluates watches on observed states, each for as long as it can still change.
struct WatchBoard {
    private var watches: [Watch] = []
    private var watched: [Watched] = []
    /// Indices of those to be evaluated on every observed state, and only at the end.
    private var active: [Int] = []
    private var atEnd: [Int] = []

    mutating func begin(_ watches: [Watch]) {
        if watches != self.watches { self.watches = watches }
        watched.removeAll(keepingCapacity: true)
        active.removeAll(keepingCapacity: true)
        atEnd.removeAll(keepingCapacity: true)
        for (i, watch) in watches.enumerated() {
            watched.append(Watched())
            if watch.need == .end { atEnd.append(i) } else { active.append(i) }
        }
    }

    var isIdle: Bool { active.isEmpty }
    var results: [Watched] { watched }

    /// The state after step `step`; false if a condition could not be evaluated.
    mutating func observe(_ machine: Machine, step: Int, time: Int) -> Bool {
        var kept = 0
        for i in active.indices {
            let index = active[i]
            guard let value = machine.observe(watches[index].routine) else { return false }
            if note(index, value.isTrue, Watched.Moment(step: step, time: time)) {
                active[kept] = index
                kept += 1
            }
        }
        if kept < active.count { active.removeLast(active.count - kept) }
        return true
    }

    /// The state in which the run has ended. It is an observed state too: the outcome is known only now.
    mutating func observeEnd(_ machine: Machine, step: Int, time: Int) -> Bool {
        for index in atEnd {
            guard let value = machine.observe(watches[index].routine) else { return false }
            watched[index].atEnd = value.isTrue
        }
        return observe(machine, step: step, time: time)
    }

    /// Whether the watch is still open.
    private mutating func note(_ index: Int, _ isTrue: Bool, _ moment: Watched.Moment) -> Bool {
        let wasTrue = watched[index].atEnd
        watched[index].atEnd = isTrue
        switch watches[index].need {
        case .firstFalse:
            if !isTrue { watched[index].moment = moment }
            return isTrue
        case .firstTrue:
            if isTrue { watched[index].moment = moment }
            return !isTrue
        case .lastRise:
            if !isTrue {
                watched[index].moment = nil
            } else if !wasTrue {
                watched[index].moment = moment
            }
            return true
        case .end:
            return true
        }
    }
}
