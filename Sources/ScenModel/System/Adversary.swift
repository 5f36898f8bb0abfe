/// What an active adversary may do on arbitrary links, all of which it holds. What a node sends to itself is out of its reach.
package struct AdversaryPowers: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Learn what every message says that is sent.
    package static let eavesdrop = AdversaryPowers(rawValue: 1)
    /// Let a message arrive with something else in its fields.
    package static let modify = AdversaryPowers(rawValue: 2)
    /// Lose a message.
    package static let drop = AdversaryPowers(rawValue: 4)
    /// Make up a message, from any other node to any node.
    package static let spoof = AdversaryPowers(rawValue: 8)
    /// Let a message that was sent on a link arrive there once more, at any time.
    package static let replay = AdversaryPowers(rawValue: 16)

    package static let all: AdversaryPowers = [.eavesdrop, .modify, .drop, .spoof, .replay]
}

/// One of them, as a scenario names it.
package enum AdversaryPower: String, Sendable, CaseIterable {
    case eavesdrop, modify, drop, spoof, replay

    package var powers: AdversaryPowers {
        switch self {
        case .eavesdrop: .eavesdrop
        case .modify: .modify
        case .drop: .drop
        case .spoof: .spoof
        case .replay: .replay
        }
    }
}

/// What the adversary does about one message that arrives.
package enum Interference: Sendable, Hashable {
    /// It lets the message with this number arrive with something else in it; what was sent is its `original`.
    case modifies(number: Int, original: Value)
    case spoofs
    /// The message with this number comes once more.
    case replays(number: Int)
}
