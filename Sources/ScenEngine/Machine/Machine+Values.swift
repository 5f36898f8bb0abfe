package import ScenModel

/// Values between trees and words of this worker's arena.
extension Machine {
    /// Composites are refused only when the arena is full; then they are `none`.
    package func word(_ value: Value) -> Word {
        let word = converted(value)
        return word.hasFailed ? .none : word
    }

    private func converted(_ value: Value) -> Word {
        switch value {
        case .bool(let truth): Word(truth)
        case .int(let number), .duration(let number): Word(min(max(number, Word.smallest), Word.largest))
        case .node(let index): Word(index)
        case .enumeration(_, let word): Word(word)
        case .none: .none
        case .real(let number): arena.real(number)
        case .string(let text): arena.string(text)
        case .tuple(let values), .record(_, let values): composite(.tuple, values)
        case .list(let values): composite(.list, values)
        case .set(let values): composite(.set, values)
        case .map(let entries): composite(.map, entries.flatMap { [$0.key, $0.value] })
        case .message(let type, let values): composite(.message, [.int(type)] + values)
        case .signed(let node, let content), .sealed(let node, let content): composite(.tuple, [.node(node), content])
        }
    }

    private func composite(_ kind: CompositeKind, _ values: [Value]) -> Word {
        var words: [Int] = []
        words.reserveCapacity(values.count)
        for value in values {
            let word = converted(value)
            if word.hasFailed { return word }
            words.append(word.bits)
        }
        return words.withUnsafeBufferPointer { words in
            guard let start = words.baseAddress else { return arena.interned(kind, count: 0) }
            return switch kind {
            case .set: arena.set(of: start, count: words.count)
            case .map: arena.map(of: start, count: words.count / 2)
            default: arena.composite(kind, of: start, count: words.count)
            }
        }
    }

    /// `word` is of that type.
    package func value(_ word: Word, _ type: ValueType) -> Value {
        if word.isNone { return .none }
        switch type {
        case .bool: return .bool(word.isTrue)
        case .int, .range: return .int(word.number)
        case .duration: return .duration(word.number)
        case .node: return .node(word.number)
        case .enumeration(let index): return .enumeration(type: index, word: word.number)
        case .maybe(let inner): return value(word, inner)
        case .nothing: return .none
        default: break
        }
        guard word.isComposite else { return .none }
        switch type {
        case .real: return .real(arena.real(word))
        case .string: return .string(arena.text(word))
        case .list(let element): return .list(elements(word, element))
        case .set(let element): return .set(elements(word, element))
        case .map(let key, let value): return .map(entries(word, key, value))
        case .tuple(let types): return .tuple(fields(word, from: 0, types))
        case .record(let index):
            return .record(type: index, fields(word, from: 0, program.types.records[index].fields.map(\.type)))
        case .message:
            let index = shape(word)
            return .message(type: index, fields(word, from: 1, program.types.messages[index].fields.map(\.type)))
        case .signed(let content): return .signed(by: signatory(word), value(Word(bits: arena.contents(of: word)[1]), content))
        case .sealed(let content): return .sealed(for: signatory(word), value(Word(bits: arena.contents(of: word)[1]), content))
        default: return .none
        }
    }

    /// Who has signed it, or for whom it is sealed.
    private func signatory(_ word: Word) -> Int { arena.contents(of: word)[0] >> 1 }

    private func elements(_ word: Word, _ type: ValueType) -> [Value] {
        (0..<arena.count(of: word)).map { value(Word(bits: arena.contents(of: word)[$0]), type) }
    }

    private func entries(_ word: Word, _ key: ValueType, _ value: ValueType) -> [Value.Entry] {
        (0..<arena.count(of: word)).map { index in
            let words = arena.contents(of: word) + index * 2
            return Value.Entry(key: self.value(Word(bits: words[0]), key), value: self.value(Word(bits: words[1]), value))
        }
    }

    private func fields(_ word: Word, from first: Int, _ types: [ValueType]) -> [Value] {
        types.enumerated().map { value(Word(bits: arena.contents(of: word)[first + $0.offset]), $0.element) }
    }

    /// Content hash of a word: equal values have equal hashes in every worker and every process.
    package func hash(_ word: Word) -> UInt64 { arena.hash(of: word) }

    /// Index in `TypeTable.messages` of a message, or in `TypeTable.timers` of a timer.
    package func shape(_ word: Word) -> Int { arena.contents(of: word)[0] >> 1 }

    /// What a timer carries.
    package func timerArguments(_ timer: Word) -> [Value] {
        fields(timer, from: 1, program.types.timers[shape(timer)].fields.map(\.type))
    }
}
