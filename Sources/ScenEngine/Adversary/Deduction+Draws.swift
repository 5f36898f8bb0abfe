import ScenModel

/// One of the many things that can be put together, by chance.
extension Deduction {
    /// Nil: no such message can be made.
    func draw(message kind: Int, _ keys: Set<Int>, _ seen: Seen, _ draws: inout RandomStream) -> Word? {
        draw(types.messages[kind].fields.map(\.type), [Word(kind).bits], .message, keys, seen, &draws)
    }

    private func draw(
        _ parts: [ValueType], _ beginning: [Int], _ kind: CompositeKind, _ keys: Set<Int>, _ seen: Seen,
        _ draws: inout RandomStream
    ) -> Word? {
        var contents = beginning
        for part in parts {
            guard let word = draw(part, keys, seen, &draws) else { return nil }
            contents.append(word.bits)
        }
        return made(kind, contents)
    }

    private func draw(_ type: ValueType, _ keys: Set<Int>, _ seen: Seen, _ draws: inout RandomStream) -> Word? {
        if let choices = choices(type) { return choices.isEmpty ? nil : Word(bits: pick(choices, &draws)) }
        let known = slots.firstIndex(of: type).map { seen.words[$0] } ?? []
        if !known.isEmpty, !type.canBeMade(keys) || draws.below(2) == 0 { return Word(bits: pick(known, &draws)) }
        switch type {
        case .maybe(let inner): return draws.below(2) == 0 ? Word.none : draw(inner, keys, seen, &draws) ?? Word.none
        case .tuple(let parts): return draw(parts, [], .tuple, keys, seen, &draws)
        case .record(let index):
            return draw(types.records[index].fields.map(\.type), [], .tuple, keys, seen, &draws)
        case .signed(let content):
            guard !keys.isEmpty, let word = draw(content, keys, seen, &draws) else { return nil }
            return made(.tuple, [Word(pick(keys.sorted(), &draws)).bits, word.bits])
        case .sealed(let content):
            guard let word = draw(content, keys, seen, &draws) else { return nil }
            return made(.tuple, [Word(Int(draws.below(UInt64(types.nodeNames.count)))).bits, word.bits])
        default: return nil
        }
    }

    /// In place of a message: each of its fields stays as it is with probability 1/2, and where nothing else is known.
    func draw(inPlaceOf message: Word, _ keys: Set<Int>, _ seen: Seen, _ draws: inout RandomStream) -> Word? {
        let kind = machine.shape(message)
        return draw(
            inPlaceOf: message, types.messages[kind].fields.map(\.type), from: 1, [Word(kind).bits], .message, keys, seen,
            &draws)
    }

    private func draw(
        inPlaceOf word: Word, _ parts: [ValueType], from first: Int, _ beginning: [Int], _ kind: CompositeKind,
        _ keys: Set<Int>, _ seen: Seen, _ draws: inout RandomStream
    ) -> Word? {
        var contents = beginning
        for (index, part) in parts.enumerated() {
            let old = self.part(word, first + index)
            guard draws.below(2) == 0 else {
                contents.append(old.bits)
                continue
            }
            var new: Word?
            switch part {
            case .tuple(let inner) where choices(part) == nil:
                new = draw(inPlaceOf: old, inner, from: 0, [], .tuple, keys, seen, &draws)
            case .record(let number) where choices(part) == nil:
                let inner = types.records[number].fields.map(\.type)
                new = draw(inPlaceOf: old, inner, from: 0, [], .tuple, keys, seen, &draws)
            default: new = draw(part, keys, seen, &draws)
            }
            contents.append((new ?? old).bits)
        }
        return made(kind, contents)
    }

    private func pick(_ words: [Int], _ draws: inout RandomStream) -> Int { words[Int(draws.below(UInt64(words.count)))] }

    private func made(_ kind: CompositeKind, _ contents: [Int]) -> Word? {
        let word = composite(kind, contents)
        return word.hasFailed ? nil : word
    }
}

extension ValueType {
    /// Beside what was seen of it, more of it can be put together.
    fileprivate func canBeMade(_ keys: Set<Int>) -> Bool {
        switch self {
        case .maybe, .tuple, .record, .sealed: true
        case .signed: !keys.isEmpty
        default: false
        }
    }
}
