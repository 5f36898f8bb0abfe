import ScenModel

/// What `loadKnown` reads. For an operator, and values of the names around it, a bit for each view says whether who has this view
/// knows the fact; an operator holds in a state if this is so for each node that it asks about.
final class KnownFacts {
    struct Question: Hashable {
        /// In `Program.knowledge`.
        var index: Int
        /// Values of the names that are bound around the operator.
        var given: [Word]
    }
    /// An operator as it was evaluated in a state.
    struct Answer {
        var question: Question
        /// Nodes that do not know it, ascending.
        var ignorant: [Int]
        var holds: Bool
    }

    private let arena: Arena
    private let operators: [KnowledgeOperator]
    /// Of the state that is observed, by node.
    var views: UnsafePointer<UInt32>?
    /// What was asked last and is not known yet.
    private(set) var unanswered: Question?
    /// While a verdict is explained: what was asked, in order.
    var answers: [Answer]?
    private var places: [Question: Int] = [:]
    /// By operator that is given nothing: place + 1.
    private var closed: [Int]
    private var bits: [ViewSet] = []

    init(_ operators: [KnowledgeOperator], arena: Arena) {
        self.operators = operators
        self.arena = arena
        closed = [Int](repeating: 0, count: operators.count)
    }

    /// `operands`: the node or set of nodes, then what is given. Nil if it is not known yet.
    func holds(_ index: Int, _ operands: UnsafeMutablePointer<Int>) -> Bool? {
        guard let views else { return nil }
        let parameters = operators[index].parameters
        var place = -1
        if parameters == 0 {
            place = closed[index] - 1
        } else if let known = places[question(index, operands)] {
            place = known
        }
        guard place >= 0 else {
            unanswered = question(index, operands)
            return nil
        }
        var ignorant: [Int] = []
        if operators[index].kind == .knows {
            let node = operands[0] >> 1
            if !bits[place].contains(views[node]) { ignorant.append(node) }
        } else {
            let (start, count, _) = arena.elements(of: Word(bits: operands[0]))
            for member in 0..<count {
                let node = start[member] >> 1
                if bits[place].contains(views[node]) { continue }
                ignorant.append(node)
                if answers == nil { break }
            }
        }
        answers?.append(Answer(question: question(index, operands), ignorant: ignorant, holds: ignorant.isEmpty))
        return ignorant.isEmpty
    }

    private func question(_ index: Int, _ operands: UnsafeMutablePointer<Int>) -> Question {
        Question(index: index, given: (0..<operators[index].parameters).map { Word(bits: operands[1 + $0]) })
    }

    /// An observer is asked from its beginning.
    func forgetAnswers() {
        if answers != nil { answers = [] }
    }

    func takeUnanswered() -> Question? {
        defer { unanswered = nil }
        return unanswered
    }

    func learn(_ question: Question, _ known: consuming ViewSet) {
        bits.append(known)
        if question.given.isEmpty {
            closed[question.index] = bits.count
        } else {
            places[question] = bits.count - 1
        }
    }

    func roots(_ mark: (Word) -> Void) {
        for question in places.keys { for word in question.given { mark(word) } }
    }
}

/// A set of views, by their numbers.
struct ViewSet {
    private var words: [UInt64]

    /// All of the first `count`, or none.
    init(count: Int, full: Bool) {
        words = [UInt64](repeating: full ? .max : 0, count: (count + 63) / 64)
    }

    @inline(__always)
    func contains(_ view: UInt32) -> Bool { words[Int(view >> 6)] & (1 << UInt64(view & 63)) != 0 }
    @inline(__always)
    mutating func insert(_ view: UInt32) { words[Int(view >> 6)] |= 1 << UInt64(view & 63) }
    @inline(__always)
    mutating func remove(_ view: UInt32) { words[Int(view >> 6)] &= ~(1 << UInt64(view & 63)) }
}
