import ScenModel

/// What liars may put in place of messages, as words of one worker's arena.
///
/// The variants of a message have all combinations of the values that its fields may hold, and are numbered from 0: in value order,
/// signed fields in the order of `SignedWords`.
package final class FalseWords {
    /// What traitors can do about signatures: who they are, and what they have seen together.
    struct Context: Hashable {
        var signers: [Int]
        var seen: Word
    }
    private let machine: Machine
    /// By message and field: the words of its values, in value order; nil: the field is left as it is, or signed.
    private let values: [[[Word]?]]
    let signed: SignedWords
    private var context = Context(signers: [], seen: .none)
    /// The same for signed fields, in this context.
    private var signedValues: [[[Word]?]] = []

    init(_ machine: Machine) {
        self.machine = machine
        values = Falsehoods(machine.program.types).values.map { fields in
            fields.map { values in values.map { $0.map { machine.word($0) } } }
        }
        signed = SignedWords(machine)
    }

    var hasSigned: Bool { machine.program.layout.keepsSeen }

    /// Whose lies the next questions are about. Only needed where something is signed. False if the arena is full.
    func enter(_ context: Context) -> Bool {
        guard context != self.context || signedValues.isEmpty else { return true }
        self.context = context
        signedValues = machine.program.types.messages.map { message in
            message.fields.map { signed.values(of: $0.type, signers: context.signers, seen: context.seen) }
        }
        let hasFailed = context.seen.hasFailed || signedValues.contains { $0.contains { $0?.contains(where: \.hasFailed) ?? false } }
        if hasFailed { signedValues = [] }
        return !hasFailed
    }

    private func choices(_ message: Int, _ field: Int) -> [Word]? {
        let choices = values[message][field] ?? (signedValues.isEmpty ? nil : signedValues[message][field])
        return choices?.isEmpty == true ? nil : choices
    }

    /// How many variants the message has; it is one of them, unless a field holds a signature that nobody here can give.
    func count(of message: Word) -> Int {
        let kind = machine.shape(message)
        return values[kind].indices.reduce(1) { count, field in
            let (product, overflow) = count.multipliedReportingOverflow(by: choices(kind, field)?.count ?? 1)
            return overflow ? Int.max : product
        }
    }

    /// Equal for messages that differ in their fields only.
    func kind(of message: Word) -> Int { machine.shape(message) }

    /// Which of its variants the message is; nil: none.
    func number(of message: Word) -> Int? {
        let contents = machine.arena.contents(of: message)
        let kind = machine.shape(message)
        var number = 0
        for field in values[kind].indices {
            guard let choices = choices(kind, field) else { continue }
            guard let place = choices.firstIndex(where: { $0.bits == contents[field + 1] }) else { return nil }
            number = number * choices.count + place
        }
        return number
    }

    /// `number` is below `count`. `Word.failed` if the arena is full.
    func variant(_ number: Int, of message: Word) -> Word {
        let arena = machine.arena
        let kind = machine.shape(message)
        var contents = Array(UnsafeBufferPointer(start: arena.contents(of: message), count: values[kind].count + 1))
        var rest = number
        for field in values[kind].indices.reversed() {
            guard let choices = choices(kind, field) else { continue }
            contents[field + 1] = choices[rest % choices.count].bits
            rest /= choices.count
        }
        return arena.composite(.message, of: contents, count: contents.count)
    }

    func roots(_ mark: (Word) -> Void) {
        for fields in values { for words in fields { for word in words ?? [] { mark(word) } } }
        for fields in signedValues { for words in fields { for word in words ?? [] { mark(word) } } }
        mark(context.seen)
    }
}
