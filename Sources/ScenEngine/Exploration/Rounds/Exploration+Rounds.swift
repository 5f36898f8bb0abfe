import ScenModel

/// Rounds in lockstep (Lynch's synchronous model). A state is that at the end of a round; the next round hands over what was sent in
/// it, sorted by sender, and then runs `on round`.
extension Exploration {
    /// Fills `successors`: the states at the end of the next round.
    func expandRound(_ row: UnsafePointer<UInt32>) throws(Stop) {
        successors.clear()
        if timeline != nil, try act(row) { return }
        if hasEnded(row), !mayWait(row) { return }
        if layout.hasViews, counters.hasEnded(Int(row[layout.counters])) { return try addSilentRound(after: row) }
        if hasNodeRounds { return try expandRoundByNodes(row) }
        let rows = try rowsAfterNextRound(row)
        for index in 0..<rows.count {
            let new = successors.add(Transition(.event, node: -1, event: .round(0)), from: row)
            for (place, id) in rows.row(index).enumerated() { new[place] = id }
        }
    }

    func rowsAfterNextRound(_ row: UnsafePointer<UInt32>) throws(Stop) -> PartialRows {
        let round = counters.round(Int(row[layout.counters])) + 1
        let flight = Int(row[layout.flight])
        var first = copy(row)
        first[layout.flight] = UInt32(emptyFlight)
        var rows = partialRows()
        rows.add(first, [])
        return try afterRound(round, handingOver: flight, from: rows, before: first)
    }

    /// `before`: what nodes held when the round began; the first round has no before.
    func afterRound(
        _ round: Int, handingOver flight: Int, from rows: PartialRows, before: [UInt32]? = nil
    ) throws(Stop) -> PartialRows {
        var rows = round == 1 ? rows : try beginRound(round, in: rows)
        let messages = Array(flights[flight])
        rows = try listening(to: messages, in: rows)
        let made = try before.flatMap { before throws(Stop) in
            try before.withUnsafeBufferPointer { before throws(Stop) in try self.forgeries(after: before.baseAddress!) }
        }
        for node in 0..<nodeCount { rows = try takePart(node, in: round, messages.filter { $0 >> 48 == node }, rows, made) }
        return try each(rows) { row, trail, next throws(Stop) in
            var row = row
            let isLast = self.isLast(round, row, before)
            row[self.layout.counters] = try self.counted(
                after: Int(row[self.layout.counters]), losses: 0, duplicates: 0, isLast: isLast)
            next.add(row, trail)
        }
    }

    /// One node's part in a round, with the messages that are handed over to it, and those that are made up.
    func takePart(
        _ node: Int, in round: Int, _ messages: [Int], _ rows: PartialRows, _ made: RoundForgeries? = nil
    ) throws(Stop) -> PartialRows {
        var rows = try handOver(messages, to: node, made, in: rows)
        // Where nodes stay down a crash before `on round` is one at its beginning.
        if recovers { rows = try crashesAndRecoveries(of: node, in: rows) }
        rows = try each(rows) { row, trail, next throws(Stop) in
            if self.isDown(node, row) {
                next.add(row, trail)
            } else {
                try self.runEitherWay(.round(round), of: node, row, trail, into: &next)
            }
        }
        return try crashesAndRecoveries(of: node, in: rows)
    }

    /// Where traitors use signatures that one of them has seen they see all that the round brings them before any of them speaks.
    private func listening(to messages: [Int], in rows: PartialRows) throws(Stop) -> PartialRows {
        guard hasLiars, compiled.program.layout.keepsSeen, !messages.isEmpty else { return rows }
        return try each(rows) { row, trail, next throws(Stop) in
            var row = row
            for node in 0..<self.nodeCount where !self.isDown(node, row) {
                guard row.withUnsafeBufferPointer({ self.lying(node, $0.baseAddress!) }) > 0 else { continue }
                let place = self.layout.local(node)
                guard let local = self.steps.listened(Int(row[place]), to: messages.filter { $0 >> 48 == node }) else { throw .memory }
                row[place] = UInt32(local)
            }
            next.add(row, trail)
        }
    }

    private func isLast(_ round: Int, _ row: [UInt32], _ before: [UInt32]?) -> Bool {
        guard let before, isTimelineOver(after: round, in: row) else { return isLast(round, isSilent: false) }
        let isSilent = Int(row[layout.flight]) == emptyFlight && !counters.hasSent(Int(row[layout.counters]))
        return isLast(round, isSilent: isSilent && row[1...nodeCount] == before[1...nodeCount])
    }

    /// Cut off by `for`, or later than all rounds that are named, and nothing was sent or changed in it (`isSilent`).
    func isLast(_ round: Int, isSilent: Bool) -> Bool {
        isCutOff(after: round) || isSilent && round > compiled.program.lastNamedRound
    }

    /// Between two events of a round: the node may crash, and come back, and crash again.
    private func crashesAndRecoveries(of node: Int, in rows: PartialRows) throws(Stop) -> PartialRows {
        try each(rows) { row, trail, next throws(Stop) in
            var here = self.partialRows()
            here.add(row, trail)
            let reached = try self.closure(of: here) { row, trail, next throws(Stop) in
                try self.crashOrRecover(node, row, trail, into: &next)
            }
            for index in 0..<reached.count { next.add(reached.row(index), reached.trail(index)) }
        }
    }

    private func crashOrRecover(
        _ node: Int, _ row: [UInt32], _ trail: [Transition], into next: inout PartialRows
    ) throws(Stop) {
        if isDown(node, row) {
            guard row.withUnsafeBufferPointer({ mayRecover(node, $0.baseAddress!) }) else { return }
            try runEitherWay(.recovery, of: node, row, trail, into: &next)
        } else if row.withUnsafeBufferPointer({ isCrashPossible(node, $0.baseAddress!) }) {
            try run(.crash, of: node, row, trail, crashing: false, into: &next)
        }
    }

    /// Before it the node may crash, or recover; the message may be lost, or come twice.
    func handOver(
        _ message: LocalEvent, knowing known: Int, in rows: PartialRows
    ) throws(Stop) -> PartialRows {
        let node = message.recipient
        let before = try crashesAndRecoveries(of: node, in: rows)
        return try each(before) { row, trail, next throws(Stop) in
            if self.isDown(node, row) {
                next.add(row, trail)
                return
            }
            let link = row.withUnsafeBufferPointer { self.choices(of: message.link, in: $0.baseAddress!) }
            try self.runEitherWay(message, of: node, row, trail, into: &next)
            if self.adversary != nil { try self.runModified(message, of: node, knowing: known, row, trail, into: &next) }
            let counted = Int(row[self.layout.counters])
            if link.contains(.mayLose), self.counters.losses(counted) < self.scope.losses ?? Int.max {
                var lost = row
                self.counters.begin(counted)
                self.counters.addLoss()
                try self.endCount(&lost)
                next.add(lost, trail + [Transition(.lost, node: node, event: message)])
            }
            if link.contains(.mayDuplicate), self.counters.duplicates(counted) < self.duplicatesMax {
                try self.runTwice(message, of: node, row, trail, into: &next)
            }
        }
    }

    private func runTwice(
        _ message: LocalEvent, of node: Int, _ row: [UInt32], _ trail: [Transition], into next: inout PartialRows
    ) throws(Stop) {
        var counted = row
        counters.begin(Int(row[layout.counters]))
        counters.addDuplicate()
        try endCount(&counted)
        var once = partialRows()
        try runEitherWay(message, of: node, counted, trail, .duplicated, into: &once)
        for index in 0..<once.count {
            if isDown(node, once.row(index)) {
                next.add(once.row(index), once.trail(index))
            } else {
                try runEitherWay(message, of: node, once.row(index), once.trail(index), into: &next)
            }
        }
    }
}
