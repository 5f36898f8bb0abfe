package import ScenModel

/// What a Byzantine node makes of one message that its handler sends to another node.
///
/// As a number, which a trace shows: -2 it goes out as it is, -1 it is left out, from 0 on the number of a variant
/// (`FalseWords`). What a node sends to itself always goes out as it is.
package struct Lie: Hashable, Sendable {
    package let number: Int
    package init(number: Int) { self.number = number }
    package static let none = Lie(number: Trace.honest)
    package static let omission = Lie(number: Trace.withheld)

    package func isPossible(for behaviour: FaultModel.Behaviour) -> Bool {
        switch self {
        case .none: behaviour.canBeHonest
        case .omission: behaviour.canOmit || behaviour.contains(.silent)
        default: behaviour.canLie
        }
    }
}

/// Decides what a node that lies makes of its messages.
protocol Liar: AnyObject {
    /// One for each of the messages that a handler of the node sends to others, in the order of sending.
    func lies(about messages: [Speech.Message], by node: Int, _ words: FalseWords) -> [Lie]
}

/// What a handler sends to other nodes, and what a lying node makes of it.
struct Speech {
    struct Message {
        var word: Word
        var to: Int
    }
    var meant: [Message] = []
    /// One for each of `meant`; empty if all go out as they are.
    var lies: [Lie] = []
    static let honest = Speech()
}
