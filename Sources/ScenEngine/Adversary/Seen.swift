import ScenModel

/// Values that somebody has seen: words, by the slot of their type in a `Deduction`, each once. It only grows.
final class Seen {
    private struct Entry: Hashable {
        var slot: Int
        var bits: Int
    }
    /// In the order in which they were seen.
    private(set) var words: [[Int]]
    private var known: Set<Entry> = []

    init(slots: Int) { words = Array(repeating: [], count: slots) }

    var count: Int { known.count }

    func contains(_ bits: Int, in slot: Int) -> Bool { known.contains(Entry(slot: slot, bits: bits)) }

    /// True if it is new.
    @discardableResult
    func insert(_ bits: Int, into slot: Int) -> Bool {
        guard known.insert(Entry(slot: slot, bits: bits)).inserted else { return false }
        words[slot].append(bits)
        return true
    }

    func clear() {
        known.removeAll(keepingCapacity: true)
        for slot in words.indices { words[slot].removeAll(keepingCapacity: true) }
    }

    // MARK: As part of a state

    /// Slot, word, slot, word .. in ascending order.
    var vector: [Int] {
        words.indices.flatMap { slot in words[slot].sorted().flatMap { [slot, $0] } }
    }

    /// Becomes what `vector` has given.
    func load(_ vector: UnsafeBufferPointer<Int>) {
        clear()
        for index in stride(from: 0, to: vector.count - 1, by: 2) { insert(vector[index + 1], into: vector[index]) }
    }
}
