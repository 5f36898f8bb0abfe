import ScenDiagnostics
import ScenModel

/// An adversary on the links. What it makes up is handed over at once, as where all runs are explored.
extension Simulator {
    /// Above all numbers of messages: what comes once more has its number added, what is made up has none.
    static let forged: UInt64 = 1 << 62

    /// A message arrives: as it was sent, or with something else in it, or it was never sent so.
    func arrive(_ event: Event, _ adversary: LinkAdversary) {
        let (from, to) = (Int(event.source), Int(event.node))
        var (word, number) = (event.word, event.number)
        if number >= Self.forged {
            if memory.crashed[to] { return }
            number -= Self.forged
            if let teller { teller.interference = number == 0 ? .spoofs : .replays(number: Int(number)) }
        } else if !memory.crashed[to], let variant = adversary.variant(of: word, from: from, to: to) {
            if let teller { teller.interference = .modifies(number: Int(number), original: machine.value(word, .message)) }
            word = variant
        }
        perform(.deliver(word, from: from, to: to), number: number, at: event.time)
    }

    /// After an event, and what came of it.
    func letAdversaryMove(_ adversary: LinkAdversary, after event: Event) {
        guard failure == nil, event.source < 0 || event.number < Self.forged else { return }
        checkRoom(of: adversary)
        if failure == nil, let move = adversary.move() { carryOut(move) }
    }

    func checkRoom(of adversary: LinkAdversary) {
        guard adversary.isFull, failure == nil else { return }
        failure = RuntimeFailure(
            code: .memoryBudget, message: RuntimeMessages.adversaryHasSeenTooMuch(LinkAdversary.valuesMax),
            span: compiled.program.places.first ?? SourceSpan(.scenario, 0, 0), node: nil, time: memory.time)
    }

    /// Nothing else is left to happen. False if it leaves things as they are.
    func letAdversaryMoveLast(_ adversary: LinkAdversary) -> Bool {
        guard failure == nil, let move = adversary.lastMove() else { return false }
        carryOut(move)
        return true
    }

    private func carryOut(_ move: LinkAdversary.Move) {
        let event = event(of: move, at: max(memory.time, queue.now))
        if mayHand(event) { queue.push(event) }
    }

    func event(of move: LinkAdversary.Move, at time: Int) -> Event {
        switch move {
        case .spoof(let word, let from, let to): Event(arrival: word, number: Self.forged, from: from, to: to, at: time)
        case .replay(let passage):
            Event(arrival: passage.word, number: Self.forged + passage.number, from: passage.from, to: passage.to, at: time)
        }
    }

    /// A node that is down makes up nothing, and nothing comes over a link that is cut.
    func mayHand(_ event: Event) -> Bool {
        let (from, to) = (Int(event.source), Int(event.node))
        if event.number == Self.forged, memory.crashed[from], !compiled.system.network.adversary.contains(.spoof) { return false }
        return !network.hasCuts || !network.isCut(from: from, to: to)
    }
}
