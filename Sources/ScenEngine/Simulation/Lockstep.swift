import ScenModel

/// What a run in rounds keeps beside the queue: the messages of the present round, and what nodes held when it began.
final class Lockstep {
    /// ns; positive.
    let bound: Int
    /// ns: when the present round is over.
    private(set) var end = 0
    /// In the order of sending.
    private var messages = GrowingMemory<Event>()
    /// By sender: where its messages begin.
    private var firstOfSender: [Int]
    private let before: UnsafeMutableBufferPointer<Word>

    init(bound: Int, words: Int, nodeCount: Int) {
        self.bound = max(1, bound)
        firstOfSender = Array(repeating: 0, count: nodeCount + 1)
        before = .allocate(capacity: words)
        before.initialize(repeating: .none)
    }

    deinit {
        messages.release()
        before.deallocate()
    }

    func begin() {
        messages.removeAll()
        end = bound
    }

    func beginNext() {
        end = min(end &+ bound, Word.largest)
    }

    func add(_ message: Event) { messages.append(message) }

    /// Messages of the present round.
    var count: Int { messages.count }

    /// The messages of the round that ends, sorted by sender and then in the order of sending.
    func handOver(_ take: (Event) -> Void) {
        for node in firstOfSender.indices { firstOfSender[node] = 0 }
        for i in 0..<messages.count { firstOfSender[Int(messages.start[i].source) + 1] += 1 }
        for node in 1..<firstOfSender.count { firstOfSender[node] += firstOfSender[node - 1] }
        let order = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, messages.count))
        for i in 0..<messages.count {
            let sender = Int(messages.start[i].source)
            order[firstOfSender[sender]] = Int32(truncatingIfNeeded: i)
            firstOfSender[sender] += 1
        }
        for i in 0..<messages.count { take(messages.start[Int(order[i])]) }
        order.deallocate()
        messages.removeAll()
    }

    /// Whether nodes hold other words than when this was last asked.
    func hasChanged(_ words: UnsafeMutablePointer<Word>) -> Bool {
        var changed = false
        for i in before.indices where before[i] != words[i] {
            before[i] = words[i]
            changed = true
        }
        return changed
    }

    func forEach(_ body: (Event) -> Void) {
        for i in 0..<messages.count { body(messages.start[i]) }
    }

    func forEachMessage(_ body: (Word) -> Void) {
        for i in 0..<messages.count { body(messages.start[i].word) }
    }

    func roots(_ mark: (Word) -> Void) {
        forEachMessage(mark)
        for word in before { mark(word) }
    }
}
