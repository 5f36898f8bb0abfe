import ScenModel

/// Rounds in which no node's part depends on the others'.
extension Exploration {
    /// As `expandRound`, in the same order; some rows come more than once.
    func expandRoundByNodes(_ row: UnsafePointer<UInt32>) throws(Stop) {
        var product = try RoundProduct(after: copy(row), self)
        try product.forEach { row, _ throws(Stop) in
            _ = self.successors.add(Transition(.event, node: -1, event: .round(0)), from: row)
            if self.successors.count & 0xFFFF == 0 { try self.checkSuccessors() }
        }
    }

    /// So many as there are now may be the owner's affair, who knows how much room there is.
    private func checkSuccessors() throws(Stop) {
        if nodeRounds.isFrozen { throw .memory }
        try checkLimits()
    }

    /// What a round comes to for one node, as if all others were up: what is sent to those who are not is taken out later. With `isFirst`
    /// it starts before.
    func rounds(
        of node: Int, in round: Int, isFirst: Bool, _ row: [UInt32], handingOver messages: [Int]
    ) throws(Stop) -> PartialRows {
        var alone = row
        // The first local state is that in which the first node begins.
        for other in 0..<nodeCount where other != node { alone[layout.local(other)] = 0 }
        alone[layout.flight] = UInt32(emptyFlight)
        alone[layout.counters] = UInt32(noCounters)
        let keptTrails = keepsTrails
        keepsTrails = true
        defer { keepsTrails = keptTrails }
        var rows = partialRows()
        rows.add(alone, [])
        return try takePart(node, in: round, messages, isFirst ? try start(node, rows) : rows)
    }

    func isWithinScope(_ counted: Int, losses: Int, duplicates: Int) -> Bool {
        (losses == 0 || counters.losses(counted) + losses <= scope.losses ?? Int.max)
            && (duplicates == 0 || counters.duplicates(counted) + duplicates <= duplicatesMax)
    }

    /// At the end of a round, after `counted` at its beginning.
    func counted(after counted: Int, losses: Int, duplicates: Int, isLast: Bool) throws(Stop) -> UInt32 {
        counters.begin(counted)
        for _ in 0..<losses { counters.addLoss() }
        for _ in 0..<duplicates { counters.addDuplicate() }
        counters.addRound()
        counters.removeEnd()
        if isLast { counters.addEnd() }
        guard let number = counters.end() else { throw .memory }
        return UInt32(number)
    }
}
