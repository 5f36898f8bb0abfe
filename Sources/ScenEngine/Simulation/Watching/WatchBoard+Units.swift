import ScenDiagnostics
import ScenModel

/// What is evaluated, and when it must be again.
extension WatchBoard {
    /// Units for the watches and what has been drawn for this run; false if a set cannot be evaluated.
    func makeUnits(_ machine: Machine) -> Bool {
        if !areUnitsMade || areSetsDrawn {
            var sets: [Assignments?] = []
            for entry in entries {
                switch self.sets(of: entry, machine) {
                case .none: sets.append(nil)
                case .some(.some(let found)): sets.append(found)
                case .some(.none): return false
                }
            }
            // Numbers of composites may have gone to others.
            if !areUnitsMade || sets != self.sets || arguments.contains(where: \.isComposite) { make(sets, machine) }
            self.sets = sets
            areUnitsMade = true
        }
        wholes.removeAll(keepingCapacity: true)
        for index in entries.indices {
            entries[index].deciding = 0
            entries[index].isWhole = false
            guard case .response(let response) = entries[index].watch.need else { continue }
            entries[index].obligations = Obligations(within: response.within, count: entries[index].units.count / 2)
        }
        return true
    }

    // MARK: Sets

    /// Nil where the watch is one unit; none within if it has to have sets that cannot be evaluated.
    private func sets(of entry: Entry, _ machine: Machine) -> Assignments?? {
        switch entry.watch.need {
        case .end, .value: return nil
        case .response(let response):
            let domains = response.variables.map(\.domain)
            guard let found = assignments(domains, machine) else { return .some(nil) }
            if found.count > Assignments.countMax {
                let place = machine.program.places[machine.program.routines[response.from].entry]
                machine.failure = .tooManyAssignments(Assignments.countMax, span: place)
                return .some(nil)
            }
            return found
        case .firstFalse, .firstTrue, .lastRise, .lasting, .commonElement, .lastingElement, .share:
            guard isIncremental, let parts = machine.program.quantified[entry.watch.routine],
                let found = assignments(parts.domains, machine), 2...Assignments.countMax ~= found.count
            else { return nil }
            return found
        }
    }

    private func assignments(_ domains: [Program.RoutineID], _ machine: Machine) -> Assignments? {
        for domain in domains where reads(domain, machine).readsDraws { areSetsDrawn = true }
        return Assignments(of: domains, machine)
    }

    // MARK: Units

    private struct Readings {
        var cells: [ChangeTracker.Reading] = []
        var messages: [(message: Int, unit: Int)] = []
    }

    private func make(_ sets: [Assignments?], _ machine: Machine) {
        units.removeAll(keepingCapacity: true)
        arguments.removeAll(keepingCapacity: true)
        alwaysStale.removeAll(keepingCapacity: true)
        staleAtEnd.removeAll(keepingCapacity: true)
        var readings = Readings()
        for index in entries.indices {
            let start = units.count
            let watch = entries[index].watch
            entries[index].kind = .single
            switch watch.need {
            case .end, .value: break
            case .response(let response):
                entries[index].kind = .response
                add([response.from, response.to], sets[index] ?? Assignments(), index, machine, &readings)
            case .firstFalse, .firstTrue, .lastRise, .lasting, .commonElement, .lastingElement, .share:
                if let set = sets[index], let parts = machine.program.quantified[watch.routine] {
                    entries[index].kind = parts.ofAll ? .all : .any
                    units.append(Unit(routine: watch.routine, entry: index))
                    add([parts.part], set, index, machine, &readings)
                } else {
                    add([watch.routine], Assignments(), index, machine, &readings)
                }
            }
            entries[index].units = start..<units.count
        }
        guard isIncremental else { return }
        let tracker = self.tracker ?? ChangeTracker(machine.memory, machine.program)
        tracker.subscribe(readings.cells, messages: readings.messages)
        self.tracker = tracker
    }

    /// For each assignment a unit of each routine.
    private func add(
        _ routines: [Program.RoutineID], _ set: Assignments, _ entry: Int, _ machine: Machine, _ readings: inout Readings
    ) {
        let first = arguments.count
        arguments += set.values
        for index in 0..<set.count {
            for routine in routines {
                let unit = Unit(
                    routine: routine, first: first + index * set.variables, count: set.variables, entry: entry)
                subscribe(unit, reads(routine, machine), &readings)
                units.append(unit)
            }
        }
    }

    private func subscribe(_ unit: Unit, _ reads: ReadSet, _ readings: inout Readings) {
        let index = units.count
        for cell in reads.cells {
            var node: Int?
            switch cell.node {
            case .any: break
            case .number(let number): node = number
            case .argument(let place):
                let argument = arguments[unit.first + place]
                if argument.isNumber { node = argument.number }
            }
            readings.cells.append(ChangeTracker.Reading(kind: cell.kind, node: node, unit: index))
        }
        for message in reads.messages { readings.messages.append((message, index)) }
        if reads.isAlwaysStale { alwaysStale.append(index) }
        if reads.readsOutcome { staleAtEnd.append(index) }
    }

    private func reads(_ routine: Program.RoutineID, _ machine: Machine) -> ReadSet {
        if let known = readSets[routine] { return known }
        let found = ReadSet(of: routine, in: machine.program)
        readSets[routine] = found
        return found
    }
}
