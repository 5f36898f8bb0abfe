import ScenModel

/// The rules of the network where every run is explored. How many messages each was about belongs to a state, as far as it makes a
/// difference; a rule that takes a message with some probability takes it, or does not.
final class ExploredRules {
    let rules: [MessageRule]
    private var machine: MessageRules
    private var counts: [[Int]] = []
    private var numberOfCounts: [[Int]: Int] = [:]
    /// Whether rules with a probability take what a step sends, in the order in which they are asked.
    private(set) var draws: [[Int]] = [[]]
    private var numberOfDraws: [[Int]: Int] = [[]: 0]
    private let tape = ChoiceTape()
    /// No other draws are left for the step.
    private(set) var isLast = true

    /// When nothing has been sent.
    static let first = 0
    /// Of what is drawn in one step.
    static let drawsMax = 1 << 16

    /// Nil if there are none.
    init?(_ network: NetworkModel) {
        guard !network.rules.isEmpty else { return nil }
        rules = network.rules
        machine = MessageRules(rules)
        _ = number(of: machine.counts)
    }

    private func number(of counts: [Int]) -> Int {
        if let number = numberOfCounts[counts] { return number }
        numberOfCounts[counts] = self.counts.count
        self.counts.append(counts)
        return self.counts.count - 1
    }

    /// The rule that decides about a message, and the number of the counts after it.
    /// `draws`: false if no rule with a probability takes it.
    func select(
        _ message: Int, _ event: LocalEvent, counted number: Int, draws: Bool = true
    ) -> (rule: MessageRule?, counts: Int) {
        machine.counts = counts[number]
        let chosen = machine.select(message: message, from: event.sender, to: event.recipient) { _, share in
            Self.happens(share) { draws && tape.choose(of: 2) == 1 }
        }
        return (chosen.map { rules[$0] }, self.number(of: machine.counts))
    }

    static func happens(_ share: Double, draw: () -> Bool) -> Bool { share >= 1 || share > 0 && draw() }

    /// Ends a step: the number of what was drawn in it. Then the next draws are prescribed, unless `isLast`. Nil: too many.
    func endStep() -> Int? {
        let taken = tape.taken.map(\.choice)
        let next = LocalSteps.next(tape.taken)
        tape.reset(prescribed: next)
        isLast = next.isEmpty
        if let number = numberOfDraws[taken] { return number }
        guard draws.count < Self.drawsMax else { return nil }
        numberOfDraws[taken] = draws.count
        draws.append(taken)
        return draws.count - 1
    }

    /// Some rule may or may not take it.
    func mayTake(_ message: Int, _ event: LocalEvent) -> Bool {
        rules.contains { rule in
            guard case .share(let share) = rule.selection, case .drop = rule.action, share > 0, share < 1 else { return false }
            return rule.message.map { $0 == message } ?? true && rule.from?.contains(event.sender) ?? true
                && rule.to?.contains(event.recipient) ?? true
        }
    }
}

extension Exploration {
    /// How many of a message that is sent now are on their way; counts it.
    @inline(__always)
    func copies(of message: LocalEvent, _ row: UnsafeMutablePointer<UInt32>) -> Int {
        rules == nil ? 1 : rule(for: message, row).copies
    }

    /// With its delay (ns).
    func rule(for message: LocalEvent, _ row: UnsafeMutablePointer<UInt32>) -> (copies: Int, delay: Window) {
        let none = Window(0, 0)
        guard let rules, let place = layout.rules, message.sender != message.recipient else { return (1, none) }
        let (rule, counts) = rules.select(world.machine.shape(message.message), message, counted: Int(row[place]))
        row[place] = UInt32(counts)
        switch rule?.action {
        case .drop: return (0, none)
        case .duplicate: return (2, none)
        case .delay(let delay): return (1, delay.window)
        case nil: return (1, none)
        }
    }

    /// After a step: whether chance may decide otherwise about what it sent.
    @inline(__always)
    func drawAgain() throws(Stop) -> Bool {
        guard let rules else { return false }
        successors.note(draws: try draws(rules))
        return !rules.isLast
    }

    func draws(_ rules: ExploredRules) throws(Stop) -> Int {
        guard let number = rules.endStep() else { throw .tooManyOutcomes }
        return number
    }
}
