import ScenModel

/// What can be made of values that were seen, by the rules of Dolev and Yao (1983): cryptography is perfect, and all else open.
///
/// Composites are taken apart as far as they go. What is signed can be read by everybody and made by its signer alone; what is sealed
/// can be made by everybody and read by its node alone. Values of finite types everybody can say. Of a type without end only those
/// are known that were seen; for them, and for what is signed or sealed, a type has a *slot* in `Seen`.
final class Deduction {
    unowned let machine: Machine
    let types: TypeTable
    /// Types of what has to be remembered.
    let slots: [ValueType]
    /// Slots for what is seen of a type.
    private var slotsFor: [ValueType: [Int]] = [:]
    private var finite: [ValueType: [Int]?] = [:]

    /// `wanted`: types of what is to be made or known. `hasKeys`: somebody's signatures can be made, or seals opened.
    init(_ machine: Machine, wanted: [ValueType], hasKeys: Bool) {
        self.machine = machine
        types = machine.program.types
        var slots: [ValueType] = []
        var seen: Set<ValueType> = []
        for type in wanted { Self.collect(type, machine.program.types, hasKeys, &slots, &seen) }
        self.slots = slots
    }

    private static func collect(
        _ type: ValueType, _ types: TypeTable, _ hasKeys: Bool, _ slots: inout [ValueType], _ seen: inout Set<ValueType>
    ) {
        guard seen.insert(type).inserted, type.choices(in: types) == nil else { return }
        switch type {
        case .maybe(let inner): collect(inner, types, hasKeys, &slots, &seen)
        case .tuple(let parts): for part in parts { collect(part, types, hasKeys, &slots, &seen) }
        case .record(let index):
            for field in types.records[index].fields { collect(field.type, types, hasKeys, &slots, &seen) }
        case .signed(let content):
            slots.append(type)
            if hasKeys { collect(content, types, hasKeys, &slots, &seen) }
        case .sealed(let content):
            slots.append(type)
            collect(content, types, hasKeys, &slots, &seen)
        case .list(let element), .set(let element):
            slots.append(type)
            collect(element, types, hasKeys, &slots, &seen)
        case .map(let key, let value):
            slots.append(type)
            collect(key, types, hasKeys, &slots, &seen)
            collect(value, types, hasKeys, &slots, &seen)
        default: slots.append(type)
        }
    }

    // MARK: Taking apart

    /// Adds to `seen` what a value of that type tells somebody who has the secrets of the nodes `keys`.
    func learn(_ word: Word, _ type: ValueType, _ keys: Set<Int>, into seen: Seen) {
        if slots.isEmpty || word.isNone { return }
        for slot in slots(for: type) where admits(word, slots[slot]) { seen.insert(word.bits, into: slot) }
        switch type {
        case .maybe(let inner): learn(word, inner, keys, into: seen)
        case .tuple(let parts):
            for (index, part) in parts.enumerated() { learn(self.part(word, index), part, keys, into: seen) }
        case .record(let index):
            for (place, field) in types.records[index].fields.enumerated() {
                learn(part(word, place), field.type, keys, into: seen)
            }
        case .message:
            for (place, field) in types.messages[machine.shape(word)].fields.enumerated() {
                learn(part(word, place + 1), field.type, keys, into: seen)
            }
        case .list(let element), .set(let element):
            for index in 0..<machine.arena.count(of: word) { learn(part(word, index), element, keys, into: seen) }
        case .map(let key, let value):
            for index in 0..<machine.arena.count(of: word) {
                learn(part(word, index * 2), key, keys, into: seen)
                learn(part(word, index * 2 + 1), value, keys, into: seen)
            }
        case .signed(let content): learn(part(word, 1), content, keys, into: seen)
        case .sealed(let content):
            if keys.contains(part(word, 0).number) { learn(part(word, 1), content, keys, into: seen) }
        case .bool, .int, .range, .real, .string, .duration, .node, .enumeration, .nothing: break
        }
    }

    func part(_ word: Word, _ index: Int) -> Word { Word(bits: machine.arena.contents(of: word)[index]) }

    private func slots(for type: ValueType) -> [Int] {
        if let known = slotsFor[type] { return known }
        let found = slots.indices.filter { type.mayBe(slots[$0]) }
        slotsFor[type] = found
        return found
    }

    /// Whether all numbers in it are in the ranges that the type has.
    private func admits(_ word: Word, _ type: ValueType) -> Bool {
        if word.isNone { return true }
        switch type {
        case .range(let low, let high): return low <= word.number && word.number <= high
        case .maybe(let inner): return admits(word, inner)
        case .tuple(let parts): return parts.indices.allSatisfy { admits(part(word, $0), parts[$0]) }
        case .list(let element), .set(let element):
            return (0..<machine.arena.count(of: word)).allSatisfy { admits(part(word, $0), element) }
        case .map(let key, let value):
            return (0..<machine.arena.count(of: word)).allSatisfy {
                admits(part(word, $0 * 2), key) && admits(part(word, $0 * 2 + 1), value)
            }
        case .signed(let content), .sealed(let content): return admits(part(word, 1), content)
        default: return true
        }
    }

    // MARK: Putting together

    /// Whether the value can be made.
    func knows(_ word: Word, _ type: ValueType, _ keys: Set<Int>, _ seen: Seen) -> Bool {
        if word.isNone || choices(type) != nil { return true }
        for slot in slots.indices where slots[slot] == type && seen.contains(word.bits, in: slot) { return true }
        switch type {
        case .maybe(let inner): return knows(word, inner, keys, seen)
        case .tuple(let parts): return parts.indices.allSatisfy { knows(part(word, $0), parts[$0], keys, seen) }
        case .record(let index):
            let fields = types.records[index].fields
            return fields.indices.allSatisfy { knows(part(word, $0), fields[$0].type, keys, seen) }
        case .message:
            let fields = types.messages[machine.shape(word)].fields
            return fields.indices.allSatisfy { knows(part(word, $0 + 1), fields[$0].type, keys, seen) }
        case .list(let element), .set(let element):
            return (0..<machine.arena.count(of: word)).allSatisfy { knows(part(word, $0), element, keys, seen) }
        case .map(let key, let value):
            return (0..<machine.arena.count(of: word)).allSatisfy {
                knows(part(word, $0 * 2), key, keys, seen) && knows(part(word, $0 * 2 + 1), value, keys, seen)
            }
        case .signed(let content):
            return keys.contains(part(word, 0).number) && knows(part(word, 1), content, keys, seen)
        case .sealed(let content): return knows(part(word, 1), content, keys, seen)
        default: return false
        }
    }

    /// All values of the type that can be put into a message, without doubles, in a fixed order; nil: more than `max`, or no room.
    ///
    /// New lists, sets, maps and messages are not put together, since there is no end of them: those that were seen are taken.
    func values(_ type: ValueType, _ keys: Set<Int>, _ seen: Seen, max: Int) -> [Int]? {
        if let choices = choices(type) { return choices }
        var found: [Int] = []
        for slot in slots.indices where slots[slot] == type { found += seen.words[slot].sorted() }
        let made: [Int]?
        switch type {
        case .maybe(let inner): made = values(inner, keys, seen, max: max).map { [Word.none.bits] + $0 }
        case .tuple(let parts): made = combined(parts, [], .tuple, keys, seen, max: max)
        case .record(let index):
            made = combined(types.records[index].fields.map(\.type), [], .tuple, keys, seen, max: max)
        case .signed(let content):
            made = keys.isEmpty ? [] : attached(keys.sorted(), content, keys, seen, max: max)
        case .sealed(let content): made = attached(Array(types.nodeNames.indices), content, keys, seen, max: max)
        default: made = []
        }
        guard let made, found.count + made.count <= max else { return nil }
        let known = Set(found)
        return found + made.filter { !known.contains($0) }
    }

    /// Contents, each with each of the nodes.
    private func attached(_ nodes: [Int], _ content: ValueType, _ keys: Set<Int>, _ seen: Seen, max: Int) -> [Int]? {
        guard let contents = values(content, keys, seen, max: max), contents.count * nodes.count <= max else { return nil }
        var made: [Int] = []
        for node in nodes {
            for content in contents {
                let word = composite(.tuple, [Word(node).bits, content])
                if word.hasFailed { return nil }
                made.append(word.bits)
            }
        }
        return made
    }

    /// All messages of that kind that can be made.
    func messages(_ kind: Int, _ keys: Set<Int>, _ seen: Seen, max: Int) -> [Int]? {
        combined(types.messages[kind].fields.map(\.type), [Word(kind).bits], .message, keys, seen, max: max)
    }

    /// What can be put in place of a message, other than itself: of the same kind, with other values in its fields. A part of which
    /// nothing else is known stays as it is.
    func variants(of message: Word, _ keys: Set<Int>, _ seen: Seen, max: Int) -> [Int]? {
        let kind = machine.shape(message)
        let fields = types.messages[kind].fields.map(\.type)
        return variants(message, fields, from: 1, [Word(kind).bits], .message, keys, seen, max: max)?.filter { $0 != message.bits }
    }

    private func variants(
        _ word: Word, _ parts: [ValueType], from first: Int, _ beginning: [Int], _ kind: CompositeKind, _ keys: Set<Int>,
        _ seen: Seen, max: Int
    ) -> [Int]? {
        var lists: [[Int]] = []
        for (index, part) in parts.enumerated() {
            guard let list = variants(self.part(word, first + index), part, keys, seen, max: max) else { return nil }
            lists.append(list)
        }
        return combined(lists, beginning, kind, max: max)
    }

    /// The value itself is one of them.
    private func variants(_ word: Word, _ type: ValueType, _ keys: Set<Int>, _ seen: Seen, max: Int) -> [Int]? {
        if let choices = choices(type) { return choices }
        switch type {
        case .tuple(let parts): return variants(word, parts, from: 0, [], .tuple, keys, seen, max: max)
        case .record(let index):
            return variants(word, types.records[index].fields.map(\.type), from: 0, [], .tuple, keys, seen, max: max)
        default:
            guard let values = values(type, keys, seen, max: max) else { return nil }
            return values.contains(word.bits) ? values : [word.bits] + values
        }
    }

    /// Whether the message can be put in place of another, of which it may keep parts.
    func isVariant(_ word: Word, of other: Word, _ type: ValueType, _ keys: Set<Int>, _ seen: Seen) -> Bool {
        if word == other || knows(word, type, keys, seen) { return true }
        if word.isNone || other.isNone { return false }
        func areVariants(_ parts: [ValueType], from first: Int) -> Bool {
            parts.indices.allSatisfy { isVariant(part(word, first + $0), of: part(other, first + $0), parts[$0], keys, seen) }
        }
        switch type {
        case .tuple(let parts): return areVariants(parts, from: 0)
        case .record(let index): return areVariants(types.records[index].fields.map(\.type), from: 0)
        case .message:
            let kind = machine.shape(word)
            return kind == machine.shape(other) && areVariants(types.messages[kind].fields.map(\.type), from: 1)
        default: return false
        }
    }

    /// All combinations, the last part changing first.
    private func combined(
        _ parts: [ValueType], _ beginning: [Int], _ kind: CompositeKind, _ keys: Set<Int>, _ seen: Seen, max: Int
    ) -> [Int]? {
        var lists: [[Int]] = []
        for part in parts {
            guard let values = values(part, keys, seen, max: max) else { return nil }
            lists.append(values)
        }
        return combined(lists, beginning, kind, max: max)
    }

    func combined(_ lists: [[Int]], _ beginning: [Int], _ kind: CompositeKind, max: Int) -> [Int]? {
        if lists.contains(where: \.isEmpty) { return [] }
        var contents = [beginning]
        for list in lists {
            guard contents.count * list.count <= max else { return nil }
            contents = contents.flatMap { some in list.map { some + [$0] } }
        }
        var made: [Int] = []
        made.reserveCapacity(contents.count)
        for content in contents {
            let word = composite(kind, content)
            if word.hasFailed { return nil }
            made.append(word.bits)
        }
        return made
    }

    func composite(_ kind: CompositeKind, _ contents: [Int]) -> Word {
        contents.withUnsafeBufferPointer { contents in
            guard let start = contents.baseAddress else { return machine.arena.interned(kind, count: 0) }
            return machine.arena.composite(kind, of: start, count: contents.count)
        }
    }

    /// The words of a finite type; nil for others.
    func choices(_ type: ValueType) -> [Int]? {
        if let known = finite[type] { return known }
        let choices = type.choices(in: types).map { $0.map { machine.word($0).bits } }
        finite[type] = .some(choices)
        return choices
    }

    /// Words of finite types, which nobody else holds.
    func roots(_ mark: (Word) -> Void) {
        for choices in finite.values { for bits in choices ?? [] { mark(Word(bits: bits)) } }
    }
}

extension ValueType {
    /// Whether values of this type are values of the other, but for the ranges in it.
    fileprivate func mayBe(_ other: ValueType) -> Bool {
        switch (self, other) {
        case (.int, .range), (.range, .int), (.range, .range): true
        case (.maybe(let a), .maybe(let b)), (.list(let a), .list(let b)), (.set(let a), .set(let b)),
            (.signed(let a), .signed(let b)), (.sealed(let a), .sealed(let b)):
            a.mayBe(b)
        case (_, .maybe(let b)): mayBe(b)
        case (.map(let k, let a), .map(let l, let b)): k.mayBe(l) && a.mayBe(b)
        case (.tuple(let x), .tuple(let y)): x.count == y.count && zip(x, y).allSatisfy { $0.mayBe($1) }
        default: self == other
        }
    }
}
