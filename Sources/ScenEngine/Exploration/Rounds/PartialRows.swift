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

    mutating func add(_ row: [UInt32], _ trail: [Transition]) {
        let index = known[row] ?? count
        guard index == count else {
            if let faults, faults(trail) < faults(trails[index]) { trails[index] = trail }
            return
        }
        known[row] = index
        words += row
        if keepsTrails { trails.append(trail) }
    }
}
