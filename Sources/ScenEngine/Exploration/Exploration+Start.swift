import ScenDiagnostics
import ScenModel

/// Where runs begin: all `on start` run in one step, in node order. A node that may crash may do so before, in or after its own.
extension Exploration {
    /// As `firstRows`, each with the fewest faults that lead to it; some may come more than once.
    func forEachFirstRow(
        of number: Int, _ take: (UnsafePointer<UInt32>, _ faults: Int) throws(Stop) -> Void
    ) throws(Stop) {
        if hasNodeRounds {
            var product = try RoundProduct(after: try firstRow(of: number), isFirst: true, self)
            return try product.forEach(take)
        }
        let rows = try firstRows(of: number)
        for index in 0..<rows.count {
            let faults = faults(of: rows.trail(index))
            try rows.row(index).withUnsafeBufferPointer { row throws(Stop) in
                if let start = row.baseAddress { try take(start, faults) }
            }
        }
    }

    /// The states after `on start` of one beginning; in lockstep those at the end of the first round.
    func firstRows(of number: Int) throws(Stop) -> PartialRows {
        var rows = partialRows()
        rows.add(try firstRow(of: number), [])
        if compiled.system.timing.lockstep { rows = try beginRound(1, in: rows) }
        for node in 0..<nodeCount { rows = try start(node, rows) }
        return compiled.system.timing.lockstep ? try afterRound(1, handingOver: emptyFlight, from: rows) : rows
    }

    /// Before anybody has started.
    private func firstRow(of number: Int) throws(Stop) -> [UInt32] {
        let beginning = beginnings.beginning(number)
        lastBeginning = number
        while isFaulty.count <= number { isFaulty.append([]) }
        isFaulty[number] = (0..<nodeCount).map { beginning.faulty.contains($0) }
        while keys.count <= number { keys.append(0) }
        keys[number] = adversary?.keys(of: compiled.system.nodes.kind == .byzantine ? beginning.faulty : []) ?? 0
        try load(beginning)
        var row = [UInt32](repeating: 0, count: layout.width)
        row[RowLayout.beginning] = UInt32(number)
        row[layout.counters] = UInt32(noCounters)
        row[layout.flight] = UInt32(emptyFlight)
        if let place = layout.rules { row[place] = UInt32(ExploredRules.first) }
        if let place = layout.timeline { row[place] = UInt32(ExploredTimeline.first) }
        for node in 0..<nodeCount {
            let local = try initialLocal(node)
            symmetry?.note(node, input: beginning.inputs[node], local: local)
            row[layout.local(node)] = UInt32(local)
        }
        if let place = layout.history {
            guard let history = histories.intern(world.machine) else { throw .memory }
            row[place] = history
        }
        try beginViews(&row)
        if let time, let place = layout.time {
            let state = TimedState(nodeCount: nodeCount, isStable: !time.isPartial)
            try row.withUnsafeMutableBufferPointer { row throws(Stop) in try write(state, into: row.baseAddress!, place) }
        }
        return row
    }

    func start(_ node: Int, _ rows: PartialRows) throws(Stop) -> PartialRows {
        try each(rows) { row, trail, next throws(Stop) in try self.start(node, row, trail, into: &next) }
    }

    private func load(_ beginning: Beginnings.Beginning) throws(Stop) {
        loadedRow.forget()
        for node in 0..<nodeCount { world.memory.inputs[node] = inputs[node][beginning.inputs[node]] }
        setFaulty(beginning.faulty)
        // What nodes hold in the world's memory is other than before.
        steps.explored += 1
        guard world.begin() else {
            throw failed(in: nil)
        }
    }

    /// What the machine stopped at while a state was observed, or before there was any.
    func failed(in state: Int?) -> Stop {
        guard let failure = world.machine.failure, failure.code != .memoryBudget else { return .memory }
        return .failed(failure, from: knowledge?.failedState ?? state, nil)
    }

    /// Those, and the nodes that the timeline crashes.
    func setFaulty(_ drawn: [Int]) {
        let faulty = timeline.map { $0.faulty(beside: drawn) } ?? drawn
        let correct = (0..<nodeCount).filter { !faulty.contains($0) }
        world.memory.faulty = world.machine.word(.set(faulty.map { .node($0) }))
        world.memory.correct = world.machine.word(.set(correct.map { .node($0) }))
    }

    private func initialLocal(_ node: Int) throws(Stop) -> Int {
        let words = world.memory.nodes + node * world.memory.width
        let vector =
            [node, world.memory.inputs[node].bits, 0] + (0..<world.memory.width).map { words[$0].bits }
        guard let local = vector.withUnsafeBufferPointer({ steps.locals.intern($0.baseAddress!, $0.count) }) else {
            throw .memory
        }
        return local
    }

    private func start(
        _ node: Int, _ row: [UInt32], _ trail: [Transition], into next: inout PartialRows
    ) throws(Stop) {
        if timeline != nil, isDown(node, row) { return next.add(row, trail) }
        if let course = time?.courses[node], course.crash.earliest == 0, isFaulty[Int(row[RowLayout.beginning])][node] {
            // A fault at a moment comes before what happens at it.
            try run(.crash, of: node, row, trail, crashing: false, into: &next)
            if course.crash.latest == 0 { return }
        }
        try runEitherWay(.start, of: node, row, trail, into: &next)
        if row.withUnsafeBufferPointer({ isCrashPossible(node, $0.baseAddress!) }) {
            try run(.crash, of: node, row, trail, crashing: false, into: &next)
        }
    }
}
