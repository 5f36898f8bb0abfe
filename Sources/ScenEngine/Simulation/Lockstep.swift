import ScenModel

/// What a run in rounds keeps beside the queue: the messages of the present round, and what nodes held when it began.
final class Lockstep {
    /// ns; positive.
    let bound: Int
    /// ns: when the present round is over.
    private(set) var end = 0
    private var messages = EventBucket()
    private let before: UnsafeMutableBufferPointer<Word>

    init(bound: Int, words: Int) {
        self.bound = max(1, bound)
        before = .allocate(capacity: words)
        before.initialize(repeating: .none)
    }

    deinit {
        messages.free()
        before.deallocate()
    }

    func begin() {
        messages.clear()
        end = bound
    }

    func beginNext() {
        end = min(end &+ bound, Word.largest)
    }

    func add(_ message: Event) { messages.append(message) }

    /// The messages of the round that ends, sorted by sender and then in the order of sending.
    func takeMessages() -> UnsafeMutableBufferPointer<Event> {
        var sent = messages.take()
        sent.sort { ($0.source, $0.number) < ($1.source, $1.number) }
        return sent
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

    func roots(_ mark: (Word) -> Void) {
        messages.forEach { mark($0.word) }
        for word in before { mark(word) }
    }
}
