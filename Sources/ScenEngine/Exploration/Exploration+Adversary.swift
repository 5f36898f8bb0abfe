import ScenModel

/// What an adversary does, on the links beside losing messages, and by the mouth of faulty nodes. What it makes up is handed over at
/// once: later is the same as made up later.
extension Exploration {
    /// What it sees of the messages of an outcome.
    func watch(_ outcome: LocalSteps.Outcome, _ row: UnsafeMutablePointer<UInt32>) throws(Stop) {
        guard let adversary, let place = layout.adversary, outcome.sendCount > 0 else { return }
        let sent = steps.sends[outcome.firstSend..<outcome.firstSend + outcome.sendCount]
        let known = Int(row[place])
        guard let next = adversary.after(known, keys[Int(row[RowLayout.beginning])], sent) else { throw .memory }
        row[place] = UInt32(next)
    }

    func knowledge(_ row: UnsafePointer<UInt32>) -> Int { layout.adversary.map { Int(row[$0]) } ?? 0 }

    func mayForge(_ row: UnsafePointer<UInt32>) -> Bool {
        scope.forgeries.map { counters.forgeries(Int(row[layout.counters])) < $0 } ?? true
    }

    /// A message in flight arrives with something else in it.
    func modify(_ event: LocalEvent, _ place: Int, _ row: UnsafePointer<UInt32>) throws(Stop) {
        for variant in try variants(of: event, knowing: knowledge(row), row) {
            let node = event.recipient
            try append(variant, of: node, row, place: place, kind: .modified, original: event, crashing: false)
            if isCrashPossible(node, row) {
                try append(variant, of: node, row, place: place, kind: .modified, original: event, crashing: true)
            }
        }
    }

    private func variants(
        of event: LocalEvent, knowing known: Int, _ row: UnsafePointer<UInt32>
    ) throws(Stop) -> [LocalEvent] {
        guard let adversary, adversary.powers.contains(.modify), event.sender != event.recipient, mayForge(row) else {
            return []
        }
        let keys = keys[Int(row[RowLayout.beginning])]
        guard let variants = adversary.variants(of: event.message, known, keys) else { throw .tooManyForgeries }
        return variants.map { .delivery(to: event.recipient, from: event.sender, message: Word(bits: $0)) }
    }

    /// The same in rounds: `known` is what was seen before any of its messages was handed over.
    func runModified(
        _ message: LocalEvent, of node: Int, knowing known: Int, _ row: [UInt32], _ trail: [Transition],
        into next: inout PartialRows
    ) throws(Stop) {
        let variants = try row.withUnsafeBufferPointer { row throws(Stop) -> [LocalEvent] in
            try self.variants(of: message, knowing: known, row.baseAddress!)
        }
        guard !variants.isEmpty else { return }
        var counted = row
        counters.begin(Int(row[layout.counters]))
        counters.addForgery()
        try endCount(&counted)
        for variant in variants {
            func told(_ steps: [Transition]) -> [Transition] {
                trail + steps.map { Transition(.modified, node: node, event: variant, outcome: $0.outcome, original: message) }
            }
            var changed = partialRows()
            do throws(Stop) {
                try runEitherWay(variant, of: node, counted, [], into: &changed)
            } catch {
                failedTrail = told(failedTrail)
                throw error
            }
            for index in 0..<changed.count { next.add(changed.row(index), keepsTrails ? told(changed.trail(index)) : []) }
        }
    }

    /// Messages that nobody has sent, and messages that come once more.
    func makeUp(_ row: UnsafePointer<UInt32>) throws(Stop) {
        guard let adversary, mayForge(row) else { return }
        let keys = keys[Int(row[RowLayout.beginning])]
        let speakers = (0..<nodeCount).filter { adversary.mayMakeUp(from: $0, keys) && maySpeak($0, row) }
        if !speakers.isEmpty {
            guard let messages = adversary.messages(knowledge(row), keys) else { throw .tooManyForgeries }
            for to in 0..<nodeCount {
                for from in speakers where from != to && hasLink(from, to) {
                    for message in messages {
                        try handOver(.delivery(to: to, from: from, message: Word(bits: message)), .spoofed, row)
                    }
                }
            }
        }
        for passage in adversary.passages(knowledge(row)) { try handOver(LocalEvent(bits: passage), .replayed, row) }
    }

    /// On arbitrary links a message may be from anybody; a node that makes up messages does so while it is up.
    func maySpeak(_ node: Int, _ row: UnsafePointer<UInt32>) -> Bool {
        compiled.system.network.adversary.contains(.spoof) || !LocalState.isDown(steps.locals[Int(row[layout.local(node)])])
    }

    func hasLink(_ from: Int, _ to: Int) -> Bool {
        compiled.system.network.topology?.hasLink(from: from, to: to) ?? true
    }

    /// What the node makes of a message that nobody has sent need not be told.
    func changesNothing(_ outcome: Int, of node: Int, _ row: UnsafePointer<UInt32>) -> Bool {
        !counters.countsReceived && steps.outcomes[outcome].sendCount == 0
            && steps.outcomes[outcome].local == Int(row[layout.local(node)])
    }

    private func handOver(_ event: LocalEvent, _ kind: Transition.Kind, _ row: UnsafePointer<UInt32>) throws(Stop) {
        let node = event.recipient
        if LocalState.isDown(steps.locals[Int(row[layout.local(node)])]) { return }
        try append(event, of: node, row, kind: kind, crashing: false)
        if isCrashPossible(node, row) { try append(event, of: node, row, kind: kind, crashing: true) }
    }
}

extension Transition.Kind {
    /// The adversary's doing, beside losses.
    var isForgery: Bool { self == .modified || isMadeUp }
    /// It was not in flight.
    var isMadeUp: Bool { self == .spoofed || self == .replayed }
}

extension Transition {
    /// The message that leaves what is in flight, or the event; nil for what was not in flight.
    var arriving: LocalEvent? { kind.isMadeUp ? nil : original }
}

/// Answers what an adversary can make of what it has seen.
protocol KnowingAdversary: AnyObject {
    func knows(_ word: Word, _ type: ValueType) -> Bool
}
