import ScenModel

/// Whether a condition may hold in a state and not in the one before: it does not need to be asked again if all that it reads is the
/// same in both.
struct ChangedReads {
    /// Words of local states that it reads: of any node, and of particular ones.
    private let ofAny: [Int]
    private let ofNode: [[Int]]
    private let readsCounters: Bool
    private let isAlwaysStale: Bool
    private let steps: LocalSteps
    private let layout: RowLayout

    init(_ routine: Program.RoutineID, in exploration: Exploration) {
        let program = exploration.compiled.program
        let reads = ReadSet(of: routine, in: program)
        steps = exploration.steps
        layout = exploration.layout
        var (ofAny, ofNode) = ([Int](), [[Int]](repeating: [], count: exploration.nodeCount))
        var readsCounters = !reads.messages.isEmpty
        var isStale = reads.isAlwaysStale
        for cell in reads.cells {
            var word = LocalState.variables + cell.kind
            if cell.kind == ReadSet.crashed(program.layout) { word = LocalState.status }
            if cell.kind == ReadSet.received(program.layout) {
                readsCounters = true
                continue
            }
            if cell.kind > ReadSet.received(program.layout) { isStale = true }
            if case .number(let node) = cell.node, ofNode.indices.contains(node) {
                ofNode[node].append(word)
            } else {
                ofAny.append(word)
            }
        }
        self.ofAny = ofAny
        self.ofNode = ofNode
        self.readsCounters = readsCounters
        isAlwaysStale = isStale
    }

    /// Of two states of runs from the same beginning.
    func mayDiffer(_ row: UnsafePointer<UInt32>, from before: UnsafePointer<UInt32>) -> Bool {
        if isAlwaysStale || row[RowLayout.beginning] != before[RowLayout.beginning] { return true }
        if readsCounters, row[layout.counters] != before[layout.counters] { return true }
        for place in layout.counters + 1..<max(layout.width, layout.counters + 1) where row[place] != before[place] { return true }
        for node in 0..<layout.nodeCount {
            let place = layout.local(node)
            if row[place] == before[place] { continue }
            let (new, old) = (steps.locals[Int(row[place])], steps.locals[Int(before[place])])
            for word in ofAny where new[word] != old[word] { return true }
            for word in ofNode[node] where new[word] != old[word] { return true }
        }
        return false
    }
}
