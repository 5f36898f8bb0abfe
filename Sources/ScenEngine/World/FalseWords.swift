import ScenModel

/// What liars may put in place of messages, as words of one worker's arena.
///
/// The variants of a message have all combinations of the values that its fields may hold, and are numbered from 0 in value order.
package final class FalseWords {
    private let machine: Machine
    /// By message and field: the words of its values, in value order; nil: the field is left as it is.
    private let values: [[[Word]?]]

    init(_ machine: Machine) {
        self.machine = machine
        values = Falsehoods(machine.program.types).values.map { fields in
            fields.map { values in values.map { $0.map { machine.word($0) } } }
        }
    }

    /// How many variants the message has; it is one of them.
    func count(of message: Word) -> Int {
        values[machine.shape(message)].reduce(1) { $0 * max(1, $1?.count ?? 1) }
    }

    /// Equal for messages that differ in their fields only.
    func kind(of message: Word) -> Int { machine.shape(message) }

    /// Which of its variants the message is.
    func number(of message: Word) -> Int {
        let contents = machine.arena.contents(of: message)
        var number = 0
        for (index, values) in values[machine.shape(message)].enumerated() {
            guard let values, !values.isEmpty else { continue }
            number = number * values.count + (values.firstIndex { $0.bits == contents[index + 1] } ?? 0)
        }
        return number
    }

    /// `number` is below `count`. `Word.failed` if the arena is full.
    func variant(_ number: Int, of message: Word) -> Word {
        let arena = machine.arena
        let fields = values[machine.shape(message)]
        var contents = Array(UnsafeBufferPointer(start: arena.contents(of: message), count: fields.count + 1))
        var rest = number
        for (index, values) in fields.enumerated().reversed() {
            guard let values, !values.isEmpty else { continue }
            contents[index + 1] = values[rest % values.count].bits
            rest /= values.count
        }
        return arena.composite(.message, of: contents, count: contents.count)
    }

    func roots(_ mark: (Word) -> Void) {
        for fields in values { for words in fields { for word in words ?? [] { mark(word) } } }
    }
}
