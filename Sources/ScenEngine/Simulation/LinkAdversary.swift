import ScenModel

/// Draws what the adversary does in simulated runs, on arbitrary links and by faulty nodes that make up messages. What it loses
/// is drawn as on fair-loss links.
///
/// How busy it is differs from run to run: each power has a rate, which is drawn for the run.
final class LinkAdversary {
    /// A message with its link, that may come once more.
    struct Passage {
        var word: Word
        var number: UInt64
        var from: Int
        var to: Int
    }
    let observer: LinkObserver
    private let machine: Machine
    private let ledger: DrawLedger?
    private let topology: Topology?
    private let nodeCount: Int
    private var draws = RandomStream(state: 0)
    private var passages: [Passage] = []
    private var passed: UInt64 = 0
    /// From whom a message may be that it makes up.
    private var speakers: [Int] = []
    /// Powers of two: one in so many.
    private var rates = (modify: UInt64(1), spoof: UInt64(1), replay: UInt64(1))

    /// Of the passages of a run so many are kept, each with the same chance.
    private static let passagesMax = 4_096
    /// An adversary that has seen more values takes too much memory.
    static let valuesMax = 1_000_000

    /// Nil: nobody holds the links, and no node makes up messages.
    init?(_ system: SystemModel, _ machine: Machine, ledger: DrawLedger? = nil) {
        guard let observer = LinkObserver(system, machine) else { return nil }
        self.observer = observer
        self.machine = machine
        self.ledger = ledger
        topology = system.network.topology
        nodeCount = system.nodes.count
    }

    func begin(seed: UInt64, faulty: [Int]) {
        draws = RandomStream(seed: seed, purpose: .linkAdversary)
        rates = (rate(), rate(), rate())
        observer.begin(faulty: faulty)
        speakers = (0..<nodeCount).filter(observer.mayMakeUp)
        passages.removeAll(keepingCapacity: true)
        passed = 0
    }

    private func rate() -> UInt64 { 2 << draws.below(4) }

    var isFull: Bool { observer.seen.count > Self.valuesMax }

    /// A message is sent.
    func saw(_ word: Word, _ number: UInt64, from: Int, to: Int) {
        guard observer.sees(from: from, to: to) else { return }
        observer.saw(word, from: from, to: to)
        guard observer.powers.contains(.replay) else { return }
        passed += 1
        let passage = Passage(word: word, number: number, from: from, to: to)
        if passages.count < Self.passagesMax {
            passages.append(passage)
        } else {
            let place = draws.below(passed)
            if place < UInt64(Self.passagesMax) { passages[Int(place)] = passage }
        }
    }

    // MARK: Moves

    /// What arrives in place of a message; nil: it arrives as it was sent.
    func variant(of word: Word, from: Int, to: Int) -> Word? {
        guard from != to, observer.powers.contains(.modify), draws.below(rates.modify) == 0 else { return nil }
        let variant = observer.deduction.draw(inPlaceOf: word, observer.keys, observer.seen, &draws)
        return amended(variant.flatMap { $0 == word ? nil : $0 })
    }

    /// Where draws may be amended it may have to let something be.
    private func amended<Deed>(_ deed: Deed?) -> Deed? { ledger == nil ? deed : ledger?.amended(deed) }

    enum Move {
        case spoof(Word, from: Int, to: Int)
        case replay(Passage)

        /// From whom it claims to be.
        var from: Int {
            switch self {
            case .spoof(_, let from, _): from
            case .replay(let passage): passage.from
            }
        }
    }

    /// What it does of its own accord after an event.
    func move() -> Move? { amended(drawMove()) }

    private func drawMove() -> Move? {
        if !speakers.isEmpty, draws.below(rates.spoof) == 0, let move = spoof() { return move }
        if observer.powers.contains(.replay), draws.below(rates.replay) == 0 { return replay() }
        return nil
    }

    /// The same when nothing else is left to happen: mostly it does something, until it has had enough.
    func lastMove() -> Move? { amended(drawLastMove()) }

    private func drawLastMove() -> Move? {
        guard draws.below(2) == 0 else { return nil }
        let powers = observer.powers
        if !speakers.isEmpty, !powers.contains(.replay) || draws.below(2) == 0 { return spoof() }
        return powers.contains(.replay) ? replay() : nil
    }

    // MARK: Rounds

    /// Messages that nobody has sent arrive, or some arrive once more.
    var makesUp: Bool { !speakers.isEmpty || observer.powers.contains(.replay) }

    /// What comes after so many messages of the node that it claims to be from.
    struct Deed {
        var move: Move
        var place: Int
    }

    /// What it does of its own accord in a round in which each node has sent so many messages: as often as after events, and where nothing
    /// is in flight as when nothing else is left to happen.
    func deeds(among sent: [Int]) -> [Deed] {
        guard makesUp else { return [] }
        let count = sent.reduce(0, +)
        var deeds = (0..<count + nodeCount).compactMap { _ in amended(deed(drawMove(), among: sent)) }
        while count == 0, let deed = deed(drawLastMove(), among: sent) {
            if let amended = amended(deed) { deeds.append(amended) }
        }
        return deeds
    }

    /// Its place is drawn even if the ledger has it left out, so that all other draws stay as they are.
    private func deed(_ move: Move?, among sent: [Int]) -> Deed? {
        move.map { Deed(move: $0, place: Int(draws.below(UInt64(sent[$0.from] + 1)))) }
    }

    func waits() -> Bool { draws.below(2) == 0 }

    private func spoof() -> Move? {
        let kinds = machine.program.types.messages.count
        guard nodeCount > 1, kinds > 0 else { return nil }
        let from = speakers[Int(draws.below(UInt64(speakers.count)))]
        let other = Int(draws.below(UInt64(nodeCount - 1)))
        let to = other < from ? other : other + 1
        guard topology?.hasLink(from: from, to: to) ?? true else { return nil }
        let kind = Int(draws.below(UInt64(kinds)))
        return observer.deduction.draw(message: kind, observer.keys, observer.seen, &draws).map { .spoof($0, from: from, to: to) }
    }

    private func replay() -> Move? {
        passages.isEmpty ? nil : .replay(passages[Int(draws.below(UInt64(passages.count)))])
    }

    func roots(_ mark: (Word) -> Void) {
        observer.roots(mark)
        for passage in passages { mark(passage.word) }
    }
}
