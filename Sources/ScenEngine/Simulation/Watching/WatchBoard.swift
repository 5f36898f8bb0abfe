import ScenModel

/// Evaluates watches on observed states, each for as long as it can still change, and no more of it than what was read
/// and has changed. A state between two observed ones is the earlier of them.
///
/// What is evaluated is a *unit*: a routine with its arguments. A watch is one unit; or, where it asks about all or any elements
/// of sets, one for each of them; or two for each assignment of the variables of a `leads-to`.
final class WatchBoard {
    struct Unit {
        var routine: Program.RoutineID
        /// Its arguments, in `arguments`.
        var first = 0
        var count = 0
        var entry: Int
        var value = false
        /// It is among `dirty`.
        var isDirty = false
        /// It was dirty when nobody needed it.
        var isStale = false
    }
    struct Entry {
        enum Kind { case single, all, any, response }
        var watch: Watch
        var watched = Watched()
        var isOpen = false
        var kind = Kind.single
        /// A part could not be evaluated, and may not need to be: the whole is.
        var isWhole = false
        /// For `all` and `any` the whole comes first, then the parts.
        var units = 0..<0
        /// Parts that are false, or that are true, and decide the whole.
        var deciding = 0
        /// For `share`: since when it has been true (ns).
        var since = 0
        var obligations: Obligations?
        var elements = ElementWatch()

        /// Of the time until `end` (ns).
        mutating func endShare(at end: Int) {
            let total = watched.value + (watched.atEnd ? Double(end - since) : 0)
            watched.value = end > 0 ? total / Double(end) : watched.atEnd ? 1 : 0
        }
    }

    /// False in tests only: everything is evaluated as a whole on every observed state.
    var isIncremental = true
    /// Nothing is open: no state needs to be observed.
    private(set) var isIdle = true
    /// Nodes that take a step are to be told.
    private(set) var isTracking = false

    var entries: [Entry] = []
    var units: [Unit] = []
    var arguments: [Word] = []
    /// For these watches; and some of them depend on who is faulty, or on inputs.
    var areUnitsMade = false
    var areSetsDrawn = false
    /// By entry, for which the units were made.
    var sets: [Assignments?] = []
    var readSets: [Program.RoutineID: ReadSet] = [:]
    var tracker: ChangeTracker?
    var alwaysStale: [Int] = []
    var staleAtEnd: [Int] = []
    /// Of entries that are evaluated as a whole from now on in this run.
    var wholes: [Int] = []
    private var watches: [Watch] = []
    private var atEnd: [Int] = []
    private var openCount = 0
    private var isPrepared = false
    private var dirty: [Int] = []
    private var changed: [Int] = []
    /// Nodes that have taken steps since the last observed state.
    private var touched: [Int] = []
    /// In rounds a state counts from the observed state before it, else from when it is observed.
    private var countsBackwards = false
    /// Of the last observed state (ns).
    private var lastTime = 0
    /// The earliest moment by which something must be met.
    var deadline = Int.max

    func begin(_ watches: [Watch], inRounds: Bool) {
        countsBackwards = inRounds
        lastTime = 0
        deadline = Int.max
        isPrepared = false
        isTracking = false
        dirty.removeAll(keepingCapacity: true)
        touched.removeAll(keepingCapacity: true)
        if watches != self.watches {
            self.watches = watches
            areUnitsMade = false
            areSetsDrawn = false
        }
        if !areUnitsMade { entries = watches.map { Entry(watch: $0) } }
        atEnd.removeAll(keepingCapacity: true)
        openCount = 0
        for index in entries.indices {
            entries[index].watched = Watched()
            switch entries[index].watch.need {
            case .end, .value: atEnd.append(index)
            default:
                entries[index].elements = ElementWatch()
                entries[index].isOpen = true
                openCount += 1
            }
        }
        isIdle = openCount == 0
    }

    /// Observes nothing until it begins again.
    func rest() {
        isIdle = true
        isTracking = false
    }

    var results: [Watched] { entries.map(\.watched) }
    /// A node has taken a step.
    func touch(_ node: Int) { touched.append(node) }

    // MARK: Observing

    /// The state after step `step`; false if a condition could not be evaluated.
    func observe(_ machine: Machine, step: Int, time: Int) -> Bool {
        if !isPrepared {
            guard prepare(machine) else { return false }
        } else if isIncremental {
            markChanges()
        } else {
            for unit in units.indices { mark(unit) }
        }
        if time > deadline { expire(machine, step: step, before: time) }
        let moment = Watched.Moment(step: step, time: time)
        guard dirty.isEmpty || evaluate(machine, moment) else { return false }
        lastTime = time
        return true
    }

    /// The state in which the run has ended. It is an observed state too: the outcome is known only now. It lasts until
    /// `end` (ns). `wasCut`: more would have happened after that.
    func observeEnd(_ machine: Machine, step: Int, time: Int, lastingUntil end: Int, wasCut: Bool) -> Bool {
        for index in atEnd {
            guard let value = machine.observe(entries[index].watch.routine) else { return false }
            if entries[index].watch.need == .value {
                guard case .real(let number) = machine.value(value, .real) else { return false }
                entries[index].watched.value = number
            } else {
                entries[index].watched.atEnd = value.isTrue
            }
        }
        guard !isIdle else { return true }
        for unit in staleAtEnd where isPrepared { mark(unit) }
        guard observe(machine, step: step, time: time) else { return false }
        for index in entries.indices where entries[index].isOpen {
            if entries[index].watch.need == .share { entries[index].endShare(at: end) }
            guard endLasting(index, machine) else { return false }
            endResponse(index, machine, at: time, wasCut: wasCut)
        }
        return true
    }

    private func prepare(_ machine: Machine) -> Bool {
        guard makeUnits(machine) else { return false }
        isPrepared = true
        isTracking = isIncremental
        touched.removeAll(keepingCapacity: true)
        tracker?.see()
        for unit in units.indices {
            units[unit].isDirty = false
            units[unit].isStale = false
            let entry = units[unit].entry
            // Until it has been evaluated a part decides nothing.
            units[unit].value = entries[entry].kind == .all
            // The whole of what has parts is evaluated only if one of them cannot be.
            let hasParts = entries[entry].kind == .all || entries[entry].kind == .any
            if !hasParts || unit > entries[entry].units.lowerBound { mark(unit) }
        }
        return true
    }

    private func markChanges() {
        changed.removeAll(keepingCapacity: true)
        for node in touched { tracker?.changes(of: node, into: &changed) }
        touched.removeAll(keepingCapacity: true)
        tracker?.changesOfMessages(into: &changed)
        for unit in changed { mark(unit) }
        for unit in alwaysStale { mark(unit) }
        for unit in wholes { mark(unit) }
    }

    private func mark(_ unit: Int) {
        if units[unit].isDirty { return }
        units[unit].isDirty = true
        dirty.append(unit)
    }

    // MARK: Evaluating

    /// In the order of watches, as if all were evaluated: the first that fails is the one that is reported.
    private func evaluate(_ machine: Machine, _ moment: Watched.Moment) -> Bool {
        if dirty.count > 1 { dirty.sort() }
        var next = 0
        while next < dirty.count {
            let entry = units[dirty[next]].entry
            var end = next
            while end < dirty.count, units[dirty[end]].entry == entry {
                units[dirty[end]].isDirty = false
                end += 1
            }
            if entries[entry].isOpen, !update(entry, dirty[next..<end], machine, moment) { return false }
            next = end
        }
        dirty.removeAll(keepingCapacity: true)
        return true
    }

    private func update(
        _ entry: Int, _ dirty: ArraySlice<Int>, _ machine: Machine, _ moment: Watched.Moment
    ) -> Bool {
        switch entries[entry].kind {
        case .single where entries[entry].watch.isOfSet: return noteSet(entry, machine, moment)
        case .single, .all, .any:
            let isOne = entries[entry].kind == .single
            let found = isOne ? value(of: entries[entry].units.lowerBound, machine) : quantified(entry, dirty, machine)
            guard let found else { return false }
            note(entry, found, moment)
        case .response:
            return respond(entry, dirty, machine, moment)
        }
        return true
    }

    private func quantified(_ entry: Int, _ dirty: ArraySlice<Int>, _ machine: Machine) -> Bool? {
        let whole = entries[entry].units.lowerBound
        let ofAll = entries[entry].kind == .all
        if !entries[entry].isWhole {
            for unit in dirty where unit > whole {
                let before = units[unit].value
                guard let value = value(of: unit, machine) else {
                    // The whole may end before it comes to this part.
                    entries[entry].isWhole = true
                    wholes.append(whole)
                    break
                }
                if value != before { entries[entry].deciding += value == ofAll ? -1 : 1 }
            }
        }
        if entries[entry].isWhole { return value(of: whole, machine) }
        return ofAll == (entries[entry].deciding == 0)
    }

    func value(of unit: Int, _ machine: Machine) -> Bool? {
        let (first, count) = (units[unit].first, units[unit].count)
        let word = arguments.withUnsafeBufferPointer {
            machine.observe(units[unit].routine, UnsafeBufferPointer(rebasing: $0[first..<first + count]))
        }
        guard let word else { return nil }
        units[unit].value = word.isTrue
        return word.isTrue
    }

    // MARK: Noting

    func close(_ entry: Int) {
        entries[entry].isOpen = false
        openCount -= 1
        if openCount == 0 {
            isIdle = true
            isTracking = false
        }
    }

    private func note(_ entry: Int, _ isTrue: Bool, _ moment: Watched.Moment) {
        let wasTrue = entries[entry].watched.atEnd
        entries[entry].watched.atEnd = isTrue
        switch entries[entry].watch.need {
        case .firstFalse where isTrue, .firstTrue where !isTrue: break
        case .firstFalse, .firstTrue:
            entries[entry].watched.moment = moment
            close(entry)
        case .lastRise, .lasting:
            if !isTrue {
                entries[entry].watched.moment = nil
            } else if !wasTrue {
                entries[entry].watched.moment = moment
            }
        case .share:
            let edge = countsBackwards ? lastTime : moment.time
            if isTrue && !wasTrue { entries[entry].since = edge }
            if !isTrue && wasTrue { entries[entry].watched.value += Double(edge - entries[entry].since) }
        default: break
        }
    }

    /// What must survive a collection.
    func roots(_ mark: (Word) -> Void) {
        for argument in arguments { mark(argument) }
        for node in touched { tracker?.roots(of: node, mark) }
    }
}
