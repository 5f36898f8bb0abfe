import ScenModel

/// `leads-to`.
extension WatchBoard {
    func respond(
        _ entry: Int, _ dirty: ArraySlice<Int>, _ machine: Machine, _ moment: Watched.Moment
    ) -> Bool {
        guard let obligations = entries[entry].obligations else { return true }
        let first = entries[entry].units.lowerBound
        var next = dirty.startIndex
        while next < dirty.endIndex {
            let assignment = (dirty[next] - first) / 2
            let (from, to) = (first + assignment * 2, first + assignment * 2 + 1)
            while next < dirty.endIndex, dirty[next] <= to {
                units[dirty[next]].isStale = true
                next += 1
            }
            guard let isDue = current(from, machine) else { return false }
            // What follows is asked for only where something is owed.
            guard isDue || obligations.isOpen(assignment) else { continue }
            guard let isMet = current(to, machine) else { return false }
            if isMet {
                entries[entry].watched.hasMet = true
                if obligations.isOpen(assignment) { obligations.meet(assignment) }
            } else if !obligations.isOpen(assignment) {
                obligations.open(assignment, at: moment.time)
            }
        }
        findDeadline()
        return true
    }

    private func current(_ unit: Int, _ machine: Machine) -> Bool? {
        guard units[unit].isStale else { return units[unit].value }
        units[unit].isStale = false
        return value(of: unit, machine)
    }

    private func findDeadline() {
        deadline = Int.max
        for entry in entries where entry.isOpen {
            if let due = entry.obligations?.first?.deadline { deadline = min(deadline, due) }
        }
    }

    /// Whatever had to be met before `time` has not been, as shows after step `step`.
    func expire(_ machine: Machine, step: Int, before time: Int) {
        for index in entries.indices where entries[index].isOpen {
            guard let first = entries[index].obligations?.first, let due = first.deadline, due < time else { continue }
            entries[index].watched.moment = Watched.Moment(step: step, time: due)
            owe(index, first.assignment, since: first.since, machine)
            close(index)
        }
        findDeadline()
    }

    /// A run that has ended by itself goes on in its last state; one that was cut off says nothing of what could still follow.
    func endResponse(_ entry: Int, _ machine: Machine, at time: Int, wasCut: Bool) {
        guard let first = entries[entry].obligations?.first else { return }
        if wasCut, let due = first.deadline, due > time {
            entries[entry].watched.wasCut = true
        } else {
            owe(entry, first.assignment, since: first.since, machine)
        }
    }

    private func owe(_ entry: Int, _ assignment: Int, since: Int, _ machine: Machine) {
        guard case .response(let response) = entries[entry].watch.need else { return }
        let unit = units[entries[entry].units.lowerBound + assignment * 2]
        let values = response.variables.enumerated().map { index, variable in
            machine.value(arguments[unit.first + index], variable.type)
        }
        entries[entry].watched.unmet = Watched.Obligation(assignment: values, since: since)
    }
}
