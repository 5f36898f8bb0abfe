import ScenModel

/// All that a Byzantine node may make of what its handler means to send: for each message to another node what the node's
/// behaviour allows, in every combination.
struct LieChoices {
    /// A message to another node: how many variants it has, and which it is.
    struct Message {
        var variants: Int
        /// Nil: none of them.
        var number: Int?
    }
    /// By message; none for one to the node itself. What is no lie comes first, so that the runs that are found first lie least.
    private let options: [[Lie]]
    /// Beside all that, nothing is sent.
    private let alsoSilent: Bool
    let count: Int

    /// Nil: `max` or more. `messages`: nil for one to the node itself.
    init?(_ messages: [Message?], _ behaviour: FaultModel.Behaviour, max: Int) {
        var product = 1
        var options: [[Lie]] = []
        for message in messages {
            let these = Self.options(message, behaviour, max: max)
            let (combinations, overflow) = product.multipliedReportingOverflow(by: Swift.max(1, these.count))
            guard !overflow, combinations < max else { return nil }
            product = combinations
            options.append(these)
        }
        self.options = options
        let isSaid = options.contains { !$0.isEmpty }
        alsoSilent = isSaid && behaviour.contains(.silent) && behaviour.canBeHonest && !behaviour.canOmit
        count = product + (alsoSilent ? 1 : 0)
    }

    private static func options(_ message: Message?, _ behaviour: FaultModel.Behaviour, max: Int) -> [Lie] {
        guard let message else { return [] }
        guard behaviour.canBeHonest else { return [.omission] }
        var options = [Lie.none]
        if behaviour.canLie {
            // More than can be told apart is refused by whoever multiplies them.
            for number in 0..<min(message.variants, max) where number != message.number { options.append(Lie(number: number)) }
        }
        if behaviour.canOmit { options.append(.omission) }
        return options
    }

    /// One for each message. The last one changes first.
    func lies(_ number: Int) -> [Lie] {
        if alsoSilent, number == count - 1 { return options.map { $0.isEmpty ? .none : .omission } }
        var lies = [Lie](repeating: .none, count: options.count)
        var rest = number
        for index in options.indices.reversed() where !options[index].isEmpty {
            lies[index] = options[index][rest % options[index].count]
            rest /= options[index].count
        }
        return lies
    }
}

extension LocalSteps {
    /// Nil: more than can be told apart.
    func lieChoices(for manner: Manner) -> LieChoices? {
        guard let meant = manner.meant, enterContext(manner.lying) else { return nil }
        let node = meant.isEmpty ? 0 : LocalEvent(bits: sends[meant.lowerBound]).sender
        let words = world.falseWords
        let messages = meant.map { index -> LieChoices.Message? in
            let message = LocalEvent(bits: sends[index])
            if message.recipient == node { return nil }
            return .init(variants: words.count(of: message.message), number: words.number(of: message.message))
        }
        return LieChoices(messages, faults.behaviour(of: node), max: Self.outcomesMax)
    }

    /// Adds to `sends` what the node says. False if there is no room for it.
    func say(_ choices: LieChoices, _ number: Int, meant: Range<Int>) -> Bool {
        for (index, lie) in zip(meant, choices.lies(number)) {
            let message = LocalEvent(bits: sends[index])
            if lie == .omission { continue }
            var word = message.message
            if lie != .none { word = world.falseWords.variant(lie.number, of: word) }
            if word.hasFailed { return false }
            sends.append(LocalEvent.delivery(to: message.recipient, from: message.sender, message: word).bits)
        }
        return true
    }
}
