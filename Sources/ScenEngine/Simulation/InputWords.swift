import ScenModel

/// What each node's `input` may be, as words.
struct InputWords: ~Copyable {
    private let words: [Word]
    /// Those of node i are `words[first[i] ..< first[i + 1]]`.
    private let first: [Int]

    init(_ model: InputModel, machine: Machine) {
        var words: [Word] = []
        var first = [0]
        for source in model.sources {
            switch source {
            case .given(let value): words.append(machine.word(value))
            case .any(let values): words += values.map { machine.word($0) }
            }
            first.append(words.count)
        }
        self.words = words
        self.first = first
    }

    func draw(into inputs: UnsafeMutablePointer<Word>, seed: UInt64, instead: [Int: Int]? = nil) {
        for node in 0..<first.count - 1 {
            let count = first[node + 1] - first[node]
            guard count > 0 else { continue }
            var index = first[node]
            if let choice = instead?[node] {
                index += min(choice, count - 1)
            } else if count > 1 {
                var stream = RandomStream(seed: seed, purpose: .input, index: node)
                index += Int(stream.below(UInt64(count)))
            }
            inputs[node] = words[index]
        }
    }

    func roots(_ mark: (Word) -> Void) {
        for word in words { mark(word) }
    }
}
