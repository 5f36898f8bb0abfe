package import ScenModel

/// What happens next: the one thing that a chooser (the simulator's clock and chance, the explorer's search) decides and
/// `World.step` carries out.
///
/// `word` belongs to the arena of the worker; a trace that leaves it writes the message's number instead.
package struct Choice: Hashable, Sendable {
    package enum Kind: UInt8, Sendable {
        /// `on start` of a node.
        case start
        /// A message reaches a node.
        case deliver
        /// A timer of a node fires.
        case fire
        /// `on round` of a node.
        case round
        /// A node crashes between two handlers.
        case crash
        /// A node that has crashed comes back: `on recover`.
        case recover
    }
    package var kind: Kind
    package var node: Int32
    /// The sender; -1 if it is no delivery.
    package var from: Int32
    /// Message or timer.
    package var word: Word

    @inlinable
    init(_ kind: Kind, _ node: Int32, from: Int32 = -1, word: Word = .none) {
        self.kind = kind
        self.node = node
        self.from = from
        self.word = word
    }

    package static func start(_ node: Int) -> Choice { Choice(.start, Int32(node)) }
    package static func round(_ node: Int) -> Choice { Choice(.round, Int32(node)) }
    package static func crash(_ node: Int) -> Choice { Choice(.crash, Int32(node)) }
    package static func recover(_ node: Int) -> Choice { Choice(.recover, Int32(node)) }
    @inlinable
    package static func deliver(_ message: Word, from: Int, to node: Int) -> Choice {
        Choice(
            .deliver, Int32(truncatingIfNeeded: node), from: Int32(truncatingIfNeeded: from), word: message)
    }
    @inlinable
    package static func fire(_ timer: Word, of node: Int) -> Choice {
        Choice(.fire, Int32(truncatingIfNeeded: node), word: timer)
    }
}
