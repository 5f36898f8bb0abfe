import ScenModel

/// Conditions that are sets of nodes, and what came too late to be judged.
extension WatchBoard {
    /// False if the set cannot be evaluated.
    func noteSet(_ entry: Int, _ machine: Machine, _ moment: Watched.Moment) -> Bool {
        guard let set = machine.observe(entries[entry].watch.routine) else { return false }
        let (start, count, _) = machine.arena.elements(of: set)
        let words = UnsafeBufferPointer(start: start, count: count)
        if entries[entry].watch.need == .commonElement {
            entries[entry].elements.keep(words, since: moment, addingNew: false)
            guard entries[entry].elements.isEmpty else { return true }
            entries[entry].watched.moment = moment
            close(entry)
        } else {
            entries[entry].elements.keep(words, since: moment, addingNew: true)
            entries[entry].watched.moment = entries[entry].elements.oldest
        }
        return true
    }

    /// False if `settled` cannot be evaluated.
    func endLasting(_ entry: Int, _ machine: Machine) -> Bool {
        guard case .lasting(let settled) = entries[entry].watch.need, !entries[entry].watched.atEnd else { return true }
        guard let value = machine.observe(settled) else { return false }
        entries[entry].watched.isTooRecent = value.isTrue
        return true
    }
}
