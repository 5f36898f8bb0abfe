import ScenModel

/// Evaluates watches on observed states, each for as long as it can still change.
struct WatchBoard {
    private var watches: [Watch] = []
    private var watched: [Watched] = []
    /// Indices of those to be evaluated on every observed state, and only at the end.
    private var active: [Int] = []
    private var atEnd: [Int] = []
    /// For `share`: since when it has been true (ns).
    private var since: [Int] = []
    /// In rounds a state counts from the observed state before it, else from when it is observed.
    private var countsBackwards = false
    /// Of the last observed state (ns).
    private var lastTime = 0

    mutating func begin(_ watches: [Watch], inRounds: Bool) {
        countsBackwards = inRounds
        lastTime = 0
        if watches != self.watches { self.watches = watches }
        watched.removeAll(keepingCapacity: true)
        active.removeAll(keepingCapacity: true)
        atEnd.removeAll(keepingCapacity: true)
        since.removeAll(keepingCapacity: true)
        for (i, watch) in watches.enumerated() {
            watched.append(Watched())
            since.append(0)
            switch watch.need {
            case .end, .value: atEnd.append(i)
            case .firstFalse, .firstTrue, .lastRise, .share: active.append(i)
            }
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
        lastTime = time
        return true
    }

    /// The state in which the run has ended. It is an observed state too: the outcome is known only now. It lasts until
    /// `end` (ns).
    mutating func observeEnd(_ machine: Machine, step: Int, time: Int, lastingUntil end: Int) -> Bool {
        for index in atEnd {
            guard let value = machine.observe(watches[index].routine) else { return false }
            if watches[index].need == .value {
                guard case .real(let number) = machine.value(value, .real) else { return false }
                watched[index].value = number
            } else {
                watched[index].atEnd = value.isTrue
            }
        }
        guard observe(machine, step: step, time: time) else { return false }
        for index in active where watches[index].need == .share { endShare(index, at: end) }
        return true
    }

    private mutating func endShare(_ index: Int, at end: Int) {
        let isTrue = watched[index].atEnd
        if isTrue { watched[index].value += Double(end - since[index]) }
        watched[index].value = end > 0 ? watched[index].value / Double(end) : isTrue ? 1 : 0
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
        case .share:
            let moment = countsBackwards ? lastTime : moment.time
            if isTrue && !wasTrue { since[index] = moment }
            if !isTrue && wasTrue { watched[index].value += Double(moment - since[index]) }
            return true
        case .end, .value:
            return true
        }
    }
}
