import ScenModel

/// What `leads-to` still owes, for each assignment of its variables. An obligation comes up in the first observed state in which
/// `from` holds and `to` does not, and is met in the first one after it in which `to` holds; until then another would be due
/// later than it is.
final class Obligations {
    let within: Int?
    /// By assignment: since when (ns) it has been owed; -1: it is not.
    private var since: [Int]
    /// Those that came up, in that order; some have been met meanwhile.
    private var queue: [(since: Int, assignment: Int)] = []
    private var head = 0

    init(within: Int?, count: Int) {
        self.within = within
        since = Array(repeating: -1, count: count)
    }

    func isOpen(_ assignment: Int) -> Bool { since[assignment] >= 0 }

    func open(_ assignment: Int, at time: Int) {
        since[assignment] = time
        queue.append((time, assignment))
    }

    func meet(_ assignment: Int) {
        since[assignment] = -1
        dropMet()
    }

    /// The one that came up first, with the moment by which it must be met.
    var first: (assignment: Int, since: Int, deadline: Int?)? {
        guard head < queue.count else { return nil }
        let (since, assignment) = queue[head]
        return (assignment, since, within.map { since + $0 })
    }

    private func dropMet() {
        while head < queue.count, since[queue[head].assignment] != queue[head].since { head += 1 }
        if head > 64, head * 2 > queue.count {
            queue.removeFirst(head)
            head = 0
        }
    }
}
