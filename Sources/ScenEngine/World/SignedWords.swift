import ScenModel

/// Signed values in the messages of a program: which of them traitors can put into a field, since one of them signs it or has
/// seen it (Dolev and Yao 1983).
///
/// What a node has seen is a set of pairs: the index of a type in `types`, and the signed value.
struct SignedWords {
    private let machine: Machine
    /// All signed types that messages may hold, at any depth.
    let types: [ValueType]
    /// More values of one field than this nobody goes through; an exploration that meets so many gives up.
    static let valuesMax = 1 << 20

    init(_ machine: Machine) {
        self.machine = machine
        types = Self.types(in: machine.program.types)
    }

    static func types(in table: TypeTable) -> [ValueType] {
        var found: [ValueType] = []
        func add(_ type: ValueType) {
            switch type {
            case .signed(let content):
                if !found.contains(type) { found.append(type) }
                add(content)
            case .maybe(let inner), .list(let inner), .set(let inner), .sealed(let inner): add(inner)
            case .map(let key, let value):
                add(key)
                add(value)
            case .tuple(let parts): for part in parts { add(part) }
            // A record holds no value of its own type.
            case .record(let index): for field in table.records[index].fields { add(field.type) }
            default: break
            }
        }
        for message in table.messages { for field in message.fields { add(field.type) } }
        return found
    }

    // MARK: Seeing

    /// `seen` with every signed value that the node can read in the message; `Word.failed` without room.
    func adding(_ message: Word, to seen: Word, at node: Int) -> Word {
        var seen = seen
        let fields = machine.program.types.messages[machine.shape(message)].fields
        for (index, field) in fields.enumerated() {
            add(Word(bits: machine.arena.contents(of: message)[index + 1]), field.type, node, &seen)
        }
        return seen
    }

    private func add(_ word: Word, _ type: ValueType, _ node: Int, _ seen: inout Word) {
        guard !seen.hasFailed, word.isComposite else { return }
        let arena = machine.arena
        func part(_ index: Int) -> Word { Word(bits: arena.contents(of: word)[index]) }
        switch type {
        case .signed(let content):
            if let index = types.firstIndex(of: type) {
                let pair = arena.composite(.tuple, of: [Word(index).bits, word.bits], count: 2)
                seen = pair.hasFailed ? pair : arena.adding(seen, pair)
            }
            add(part(1), content, node, &seen)
        case .sealed(let content): if part(0).number == node { add(part(1), content, node, &seen) }
        case .maybe(let inner): add(word, inner, node, &seen)
        case .list(let inner), .set(let inner):
            for index in 0..<arena.count(of: word) { add(part(index), inner, node, &seen) }
        case .map(let key, let value):
            for index in 0..<arena.count(of: word) {
                add(part(2 * index), key, node, &seen)
                add(part(2 * index + 1), value, node, &seen)
            }
        case .tuple(let parts): for (index, type) in parts.enumerated() { add(part(index), type, node, &seen) }
        case .record(let record):
            for (index, field) in machine.program.types.records[record].fields.enumerated() {
                add(part(index), field.type, node, &seen)
            }
        default: break
        }
    }

    // MARK: Making

    /// What these nodes together can put into a field of this type: what they sign, then what they have seen; nil if it is nothing
    /// that is signed.
    func values(of type: ValueType, signers: [Int], seen: Word) -> [Word]? {
        if case .maybe(let inner) = type { return values(of: inner, signers: signers, seen: seen).map { [.none] + $0 } }
        guard case .signed(let content) = type else { return nil }
        let arena = machine.arena
        let contents = values(of: content, signers: signers, seen: seen) ?? plain(content)
        var found: [Word] = []
        for signer in signers {
            for content in contents where found.count <= Self.valuesMax {
                found.append(arena.composite(.tuple, of: [Word(signer).bits, content.bits], count: 2))
            }
        }
        guard let index = types.firstIndex(of: type) else { return found }
        for place in 0..<arena.count(of: seen) {
            let pair = arena.contents(of: Word(bits: arena.contents(of: seen)[place]))
            let word = Word(bits: pair[1])
            if pair[0] == Word(index).bits, !signers.contains(Word(bits: arena.contents(of: word)[0]).number) || !found.contains(word) {
                found.append(word)
            }
        }
        return found
    }

    /// None where there is no end of them: then only what has been seen can be used.
    private func plain(_ type: ValueType) -> [Word] {
        let types = machine.program.types
        guard let count = type.valueCount(in: types), count <= 1_000 else { return [] }
        return type.allValues(in: types).map { machine.word($0) }
    }
}
