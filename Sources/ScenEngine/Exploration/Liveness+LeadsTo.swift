import ScenModel

/// `leads-to`: what comes up in a state has to be met in it or later, for each assignment of the variables.
extension Liveness {
    func answer(to leadsTo: CompiledExpectation.LeadsTo) throws(Exploration.Stop) -> Answer {
        let assignments = try assignments(leadsTo)
        defer { exploration.held = [] }
        var undecided: String?
        var wasMet = false
        for index in 0..<(assignments.map(\.count).max() ?? 0) {
            let arguments: (Int) -> ArraySlice<Word>? = { [exploration] in
                guard exploration.isJudged($0) else { return nil }
                let these = assignments[Int(exploration.space.row($0)[RowLayout.beginning])]
                return index < these.count ? these.row(index) : nil
            }
            let begins = try values(of: leadsTo.from, arguments) { $0?.isTrue ?? false }
            let ends = try values(of: leadsTo.to, arguments) { $0?.isTrue ?? false }
            let roots = begins.indices.filter { begins[$0] && !ends[$0] }
            if let within = leadsTo.within {
                let (answer, left) = try late(from: roots, staying: { !ends[$0] }, within, fromBeginnings: false)
                if case .violated = answer { return answer }
                if case .undecided(let reason) = answer { undecided = reason }
                wasMet = wasMet || left
                continue
            }
            if let violation = try violation(from: roots, staying: { !ends[$0] }) { return .violated(violation) }
        }
        // What was cut off says nothing, but others do.
        return wasMet ? .holds : undecided.map { .undecided($0) } ?? .holds
    }

    /// By beginning: the sets that variables range over are the same throughout a run.
    private func assignments(_ leadsTo: CompiledExpectation.LeadsTo) throws(Exploration.Stop) -> [Assignments] {
        let machine = exploration.world.machine
        var found: [Assignments] = []
        for state in beginnings() where Int(exploration.space.row(state)[RowLayout.beginning]) == found.count {
            exploration.load(UnsafePointer(exploration.space.row(state)))
            guard let these = Assignments(of: leadsTo.variables.map(\.domain), machine) else {
                throw exploration.failed(in: state)
            }
            if these.count > Assignments.countMax {
                let place = machine.program.places[machine.program.routines[leadsTo.from].entry]
                throw .failed(.tooManyAssignments(Assignments.countMax, span: place), from: state, nil)
            }
            exploration.held += these.values
            found.append(these)
        }
        return found
    }
}
