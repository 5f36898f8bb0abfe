/// Memory is foreseen: what tables will take when they grow next counts before they do.
extension Exploration {
    /// In use, and about to be.
    var bytes: Int {
        space.bytes + steps.bytes + flights.store.bytes + counters.bytes + histories.bytes + timeStore.bytes
            + nodeRounds.bytes + successors.bytes + world.machine.arenaBytes + (layout.hasViews ? views.bytes : 0)
            + (symmetry?.bytes ?? 0)
    }

    func checkLimits() throws(Stop) {
        if bytes > limits.bytes { throw .memory }
        if limits.isTimeUp?() ?? false { throw .time }
    }

    /// A round may have no end where nodes answer what is made up, or keep what they do as they recover, and nodes multiply what each of
    /// them comes to. Each row takes some hundred bytes.
    func checkRoom(for rows: PartialRows) throws(Stop) {
        if rows.count > min(4_000_000, limits.bytes / (layout.width * 8 + 256)) { throw .endlessRound(rows.count) }
        if limits.isTimeUp?() ?? false { throw .time }
    }
}

/// A table over open addressing in which so many of the slots are in use at most.
enum TableGrowth {
    /// Bytes of the slots, or, close to the next growth, of those after it.
    static func bytes(slots: Int, used: Int, usedMax: Int, slotBytes: Int) -> Int {
        used > usedMax - usedMax >> 4 ? slots * 2 * slotBytes : slots * slotBytes
    }
}
