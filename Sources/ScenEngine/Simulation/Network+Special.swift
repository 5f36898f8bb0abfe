import ScenModel

extension Network {
    /// As `admit`, where links, messages or moments differ. A message that waits for its turn has no copies yet: `turn`
    /// says when to ask for them.
    @inline(never)
    mutating func admitSpecial(
        _ message: Word, kind: Int, number: UInt64, from: Int, to: Int, at time: Int
    ) -> Fate {
        guard let special else { return draw(from, to, time) }
        special.note = SpecialLinks.Note()
        if from == to, ledger == nil { return draw(from, to, time) }
        let draws = draws(from, to)
        if from == to { return departToSelf(draws, from, at: time) }
        var traits = special.traits(from: from, to: to)
        special.changes.change(&traits, from: from, to: to)
        let rule = special.rules.action(message: kind, from: from, to: to, draws)
        special.note.rule = rule

        let bad = special.badPeriods?.period(at: time)
        let own = traits
        if let bad { traits.latency = bad.latency }
        var passage = passage(traits, rule, draws)
        let isCut = special.changes.isCut(from: from, to: to)
        ledger?.note(draws.key, at: time, passage, rule, isCutOff: isCut && special.isLossy)
        if isCut {
            special.note.isCut = true
            if special.isLossy { passage.copies = 0 }
        }
        passage.number = number
        passage.message = message
        passage.from = from
        passage.to = to
        passage.latestArrival = traits.latestArrival
        if let bad {
            passage.latestArrival = bad.latestArrival
            if special.badPeriods?.bound == nil {
                passage.latestArrival = Self.sum(bad.latestArrival, latency(own, .latencyAfterBadPeriod, draws))
            }
            special.note.badUntil = bad.end
        }
        guard traits.queue >= 0 else { return depart(passage, at: time) }

        let queue = special.queue(traits.queue)
        var stream = draws.stream(.service)
        passage.service = queue.service(&stream)
        switch queue.admit(passage, at: time) {
        case .served(let begin, let end):
            if begin > time { special.note.queuesUntil = begin }
            return depart(passage, at: end)
        case .refused:
            special.note.isRefused = true
        case .waits(let pushedOut, let wake):
            special.note.waits = true
            if pushedOut == nil { special.waiting += 1 }
            special.note.isLostLater = passage.copies == 0
            special.note.pushedOut = pushedOut
            special.turn = wake.map { SpecialLinks.Turn(queue: traits.queue, time: $0) }
        }
        return .lost
    }

    /// What chance and a rule make of a message. A rule that drops or duplicates leaves nothing to chance.
    private func passage(_ traits: SpecialLinks.Traits, _ rule: MessageRules.Action?, _ draws: MessageDraws) -> Passage {
        var passage = Passage(
            number: 0, message: .none, from: 0, to: 0, copies: 1, latency: latency(traits, .latency, draws),
            secondLatency: 0, service: 0)
        var delay = 0
        switch rule {
        case .drop: passage.copies = 0
        case .duplicate: passage.copies = 2
        case .delay(let longer): delay = longer
        case nil: break
        }
        switch rule {
        case .drop, .duplicate: break
        case .delay, nil:
            if traits.loss > 0, ledger?.loses(draws, traits.loss) ?? draws.happens(traits.loss, .loss) {
                passage.copies = 0
            } else if traits.duplicate > 0,
                ledger?.duplicates(draws, traits.duplicate) ?? draws.happens(traits.duplicate, .duplication)
            {
                passage.copies = 2
            }
        }
        passage.latency = Self.sum(passage.latency, delay)
        if passage.copies == 2 { passage.secondLatency = Self.sum(latency(traits, .latencyOfCopy, draws), delay) }
        return passage
    }

    private func latency(_ traits: SpecialLinks.Traits, _ purpose: RandomPurpose, _ draws: MessageDraws) -> Int {
        if let ledger {
            return traits.latency.map { ledger.latency(draws, purpose, $0.sampler) }
                ?? ledger.latency(draws, purpose, latency)
        }
        var stream = draws.stream(purpose)
        return traits.latency.map { $0.sampler.draw(&stream) } ?? latency.draw(&stream)
    }

    /// Where draws may be amended: what `draw` makes of a message to oneself.
    private mutating func departToSelf(_ draws: MessageDraws, _ node: Int, at time: Int) -> Fate {
        let latency = ledger?.latency(draws, .latency, latency) ?? 0
        let passage = Passage(
            number: 0, message: .none, from: node, to: node, copies: 1, latency: latency, secondLatency: 0, service: 0)
        ledger?.note(draws.key, at: time, passage, nil)
        return depart(passage, at: time)
    }

    /// The message leaves its sender, or the link's queue, at a moment.
    private mutating func depart(_ passage: Passage, at time: Int) -> Fate {
        guard passage.copies > 0 else { return .lost }
        var fate = Fate(
            copies: passage.copies, arrival: min(Self.sum(time, passage.latency), passage.latestArrival),
            secondArrival: passage.copies == 2
                ? min(Self.sum(time, passage.secondLatency), passage.latestArrival) : 0)
        keepOrder(&fate, from: passage.from, to: passage.to)
        return fate
    }

    /// A moment at which a queue has to be asked for its next message; asked once.
    mutating func takeTurn() -> SpecialLinks.Turn? {
        guard let special, let turn = special.turn else { return nil }
        special.turn = nil
        return turn
    }

    /// The next message that waited in a queue leaves it.
    mutating func leave(queue index: Int, at time: Int) -> (passage: Passage, fate: Fate)? {
        guard let special else { return nil }
        let (passage, end, wake) = special.queue(index).next(at: time)
        special.waiting -= 1
        special.turn = wake.map { SpecialLinks.Turn(queue: index, time: $0) }
        return (passage, depart(passage, at: end))
    }

    /// Messages that wait for their turn on a link.
    var waiting: Int { special?.waiting ?? 0 }

    /// Beside the arrival: what is worth telling of the message that was admitted last.
    var note: SpecialLinks.Note? { special?.note }

    func roots(_ mark: (Word) -> Void) { special?.roots(mark) }
}

/// The draws of one message: a stream of its own for each purpose.
struct MessageDraws {
    /// Well mixed.
    let key: UInt64

    @inline(__always)
    func stream(_ purpose: RandomPurpose) -> RandomStream { RandomStream(state: key ^ purpose.salt) }

    /// For one of several with the same purpose.
    func stream(_ purpose: RandomPurpose, _ index: Int) -> RandomStream {
        RandomStream(state: RandomStream.mix((key ^ purpose.salt) &+ UInt64(truncatingIfNeeded: index) &* RandomStream.golden))
    }

    @inline(__always)
    func happens(_ threshold: UInt64, _ purpose: RandomPurpose) -> Bool {
        var stream = stream(purpose)
        return stream.next() < threshold || threshold == .max
    }

    func happens(_ threshold: UInt64, _ purpose: RandomPurpose, _ index: Int) -> Bool {
        var stream = stream(purpose, index)
        return stream.next() < threshold || threshold == .max
    }
}
