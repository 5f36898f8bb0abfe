/// Rows of states in which some nodes have yet to take part in a common step, each row once.
struct PartialRows {
    private let width: Int
    private var words: [UInt32] = []
    private var known: [[UInt32]: Int] = [:]
    /// What led to each row within the step, with the fewest faults; only kept when a run is told.
    private let faults: (([Transition]) -> Int)?
    private var keepsTrails: Bool { faults != nil }
    private(set) var trails: [[Transition]] = []

    /// `faults`: of a trail; nil: trails are not kept.
    init(width: Int, faults: (([Transition]) -> Int)?) {
        self.width = width
        self.faults = faults
    }

    var count: Int { words.count / width }

    func row(_ index: Int) -> [UInt32] { Array(words[index * width..<(index + 1) * width]) }

    func trail(_ index: Int) -> [Transition] { keepsTrails ? trails[index] : [] }

    mutating func add(_ row: [UInt32], _ trail: [Transition]) { _ = place(row, trail) }

    /// Adds it. Its index; nil if it was known with as few faults.
    mutating func place(_ row: [UInt32], _ trail: [Transition]) -> Int? {
        let index = known[row] ?? count
        guard index == count else {
            guard let faults, faults(trail) < faults(trails[index]) else { return nil }
            trails[index] = trail
            return index
        }
        known[row] = index
        words += row
        if keepsTrails { trails.append(trail) }
        return index
    }
}
