import ScenModel

/// What is tried, one kind after the other.
extension Shrinker {
    func dropFaults() {
        dropFaulty()
        dropFaultsOfMessages()
        dropDeeds()
        for node in Set(best.drawn.crashes).sorted() {
            let count = best.drawn.crashes.count { $0 == node }
            for fewer in 0..<count where take({ $0.crashes[node] = fewer }) { break }
        }
        for (node, reached) in best.drawn.interrupted {
            let unreached = best.amendments.unreached[node] ?? []
            minimise(reached) { amendments, kept in
                amendments.unreached[node] = unreached.union(reached.filter { !kept.contains($0) })
            }
        }
    }

    /// A smaller set of faulty nodes, where the model says who may be.
    private func dropFaulty() {
        guard case .some(_, false, _) = simulator.compiled.system.faults.who else { return }
        let faulty = best.amendments.faulty ?? FaultPlan.drawn(simulator.compiled, seed: seed)
        minimise(faulty) { $0.faulty = $1 }
    }

    private func dropFaultsOfMessages() {
        let lost = best.drawn.sent.filter(\.isLost).map(\.key)
        let duplicated = best.drawn.sent.filter(\.isDuplicated).map(\.key)
        // The same run: but what is lost no longer is not duplicated instead, and what is sent only now suffers nothing.
        best.amendments.losses = Set(lost)
        best.amendments.duplicates = Set(duplicated)
        let late = late
        minimise(lost) { [endsEarly] amendments, kept in
            let kept = Set(kept)
            amendments.losses = kept
            guard endsEarly, amendments.latencies != nil else { return }
            for key in lost where !kept.contains(key) { amendments.latencies?[key] = late }
        }
        minimise(duplicated) { $0.duplicates = Set($1) }
    }

    /// Lies, and what an adversary on the links does.
    private func dropDeeds() {
        guard !best.drawn.lies.isEmpty || !best.drawn.moves.isEmpty else { return }
        let (lies, moves) = (best.drawn.lies, best.drawn.moves)
        best.amendments.lies = Set(lies)
        best.amendments.moves = Set(moves)
        minimise(lies) { $0.lies = Set($1) }
        minimise(moves) { $0.moves = Set($1) }
    }

    /// The same plain time for all messages but those that need another.
    func simplifyTimes() {
        if best.amendments.latencies == nil {
            if take({ $0.latencies = [:] }) { return }
            let drawn = Dictionary(best.drawn.sent.map { ($0.key, $0.latency) }) { first, _ in first }
            guard take({ $0.latencies = drawn }) else { return }
        }
        // In the order of sending: a dictionary has none.
        let latencies = best.amendments.latencies ?? [:]
        let keys = best.drawn.sent.map(\.key).filter { latencies[$0] != nil }
        minimise(keys) { amendments, kept in
            let kept = Set(kept)
            amendments.latencies = latencies.filter { kept.contains($0.key) }
        }
    }

    /// ns: a latency with which a message arrives after the end, where links may be so slow.
    private var late: Int { RoundTime.roundedUp(max(1, min(best.endTime, Word.largest / 4)) * 2, within: Word.largest) }

    /// Messages that change nothing arrive after what decides, where links may be so slow.
    func delayWhatIsNotNeeded() {
        guard best.amendments.latencies != nil else { return }
        let late = late
        let others = best.drawn.sent.filter { !$0.isLost && best.amendments.latencies?[$0.key] != late }
        minimise(others.map(\.key)) { amendments, kept in
            let kept = Set(kept)
            for message in others where !kept.contains(message.key) { amendments.latencies?[message.key] = late }
        }
    }

    func roundTimes() {
        for message in best.drawn.sent {
            guard let latency = best.amendments.latencies?[message.key] else { continue }
            for candidate in RoundTime.candidates(for: latency) {
                if take({ $0.latencies?[message.key] = candidate }) { break }
            }
        }
        for (name, time) in best.drawn.moments {
            for candidate in RoundTime.candidates(for: best.amendments.moments[name] ?? time) {
                if take({ $0.moments[name] = candidate }) { break }
            }
        }
    }

    func takeFirstInputs() {
        for (node, source) in simulator.compiled.system.inputs.sources.enumerated() {
            guard case .any(let values) = source, values.count > 1, best.amendments.inputs[node] == nil else { continue }
            take { $0.inputs[node] = 0 }
        }
    }
}
