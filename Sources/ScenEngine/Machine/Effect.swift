package import ScenModel

/// What a handler asks of the world, in the order in which it asked. The machine only records; `World.step` carries out.
package struct Effect: Hashable {
    package enum Kind: UInt8 {
        /// `word` is the message, `node` the recipient. A send to a set makes one for each member, in node order, with
        /// the same `amount`: the number of the send statement's execution within the handler, from 0.
        case send
        /// `word` is the timer, `amount` the delay in ns (not negative).
        case setTimer
        /// `word` is the timer.
        case cancelTimer
        /// `word` is the value; `amount` how often the node has decided by now, from 1.
        case decide
        /// `word` is what was delivered, `node` from whom, or -1.
        case deliver
        /// `word` is what the node broadcasts.
        case broadcast
        /// `amount` is the index in `Machine.logged`. Only while `Machine.keepsLog`.
        case log
        /// `word` is what was chosen, `amount` its index in value order, `node` that of its type in `Program.shownTypes`, or -1: a
        /// number. Only while `Machine.keepsLog`.
        case choose
    }
    package var kind: Kind
    package var node: Int32
    package var word: Word
    package var amount: Int
    @inlinable
    package init(kind: Kind, node: Int32 = -1, word: Word = .none, amount: Int = 0) {
        self.kind = kind
        self.node = node
        self.word = word
        self.amount = amount
    }
}
