/// Rows of states in which some nodes have yet to take part in a common step, each row once.
struct PartialRows {
    private let width: Int
    private var words: [UInt32] = []
    private var known: Set<[UInt32]> = []
    /// What led to each row within the step; only kept when a run is told.
    private let keepsTrails: Bool
    private(set) var trails: [[Transition]] = []

    init(width: Int, keepsTrails: Bool) {
        self.width = width
        self.keepsTrails = keepsTrails
    }

    var count: Int { words.count / width }

    func row(_ index: Int) -> [UInt32] { Array(words[index * width..<(index + 1) * width]) }

    func trail(_ index: Int) -> [Transition] { keepsTrails ? trails[index] : [] }

    mutating func add(_ row: [UInt32], _ trail: [Transition]) {
        guard known.insert(row).inserted else { return }
        words += row
        if keepsTrails { trails.append(trail) }
    }
}
