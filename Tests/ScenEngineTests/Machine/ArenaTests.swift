import ScenModel
import Testing

@testable import ScenEngine

/// The arena against Swift's own collections of `Value`.
struct ArenaTests {
    /// Random values of one type, with few different ones, so that equal values come about.
    private struct Values {
        var random: RandomStream
        var types: [ValueType] = [
            .int, .string, .real, .tuple([.int, .maybe(.int)]), .list(.int), .set(.string), .map(key: .int, value: .bool),
            .list(.set(.int)),
        ]

        mutating func below(_ bound: Int) -> Int { Int(random.below(UInt64(bound))) }

        mutating func value(_ type: ValueType) -> Value {
            switch type {
            case .int: return .int(below(24) - 12)
            case .bool: return .bool(below(2) == 0)
            case .string: return .string(["", "a", "ab", "b", "é", "abcdefgh", "abcdefghi", "z\u{10FFFF}"][below(8)])
            case .real: return .real([-1.5, -0.0, 0.0, 0.25, 1e300, 2][below(6)])
            case .maybe(let inner): return below(3) == 0 ? .none : value(inner)
            case .tuple(let types): return .tuple(types.map { value($0) })
            case .list(let element): return .list((0..<below(4)).map { _ in value(element) })
            case .set(let element): return .set(of: (0..<below(4)).map { _ in value(element) })
            case .map(let key, let content):
                return .map(of: (0..<below(4)).map { _ in .init(key: value(key), value: value(content)) })
            default: return .none
            }
        }
    }

    private func running() -> MachineFixture.Running { MachineFixture().start() }

    @Test(arguments: 0..<8)
    func equalValuesAreEqualWordsAndKeepTheirOrder(_ type: Int) {
        let machine = running().machine
        var values = Values(random: RandomStream(seed: UInt64(type)))
        let valueType = values.types[type]
        for _ in 0..<2000 {
            let (a, b) = (values.value(valueType), values.value(valueType))
            let (x, y) = (machine.word(a), machine.word(b))
            let order = Value.compare(a, b)
            #expect((order == 0) == (x == y), "\(a) and \(b)")
            #expect(machine.arena.compare(x, y).signum() == order, "\(a) and \(b)")
            #expect((machine.hash(x) == machine.hash(y)) == (x == y))
            #expect(Value.compare(machine.value(x, valueType), a) == 0)
        }
    }

    @Test func hashesDoNotDependOnWhatWasMadeBefore() {
        let (first, second) = (running().machine, running().machine)
        var values = Values(random: RandomStream(seed: 3))
        for _ in 0..<500 { _ = second.word(values.value(.list(.set(.int)))) }
        for _ in 0..<500 {
            let value = values.value(.map(key: .int, value: .bool))
            #expect(first.hash(first.word(value)) == second.hash(second.word(value)))
        }
    }

    @Test func kindsAreToldApart() {
        let machine = running().machine
        defer { withExtendedLifetime(machine) {} }
        let arena = machine.arena
        var one = Word(1).bits
        let list = arena.composite(.list, of: &one, count: 1)
        let set = arena.composite(.set, of: &one, count: 1)
        let tuple = arena.composite(.tuple, of: &one, count: 1)
        #expect(list != set && set != tuple && list != tuple)
        #expect(arena.hash(of: list) != arena.hash(of: set))
    }

    /// Pairs of a value and its word go through random operations and collections.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func operationsAgreeWithANaiveModelAcrossCollections(_ seed: UInt64) {
        let machine = running().machine
        let arena = machine.arena
        var values = Values(random: RandomStream(seed: seed))
        let element = values.types[Int(seed)]
        var sets: [(model: Value, word: Word)] = (0..<6).map { _ in (.set([]), machine.word(.set([]))) }
        var lists: [(model: Value, word: Word)] = (0..<6).map { _ in (.list([]), machine.word(.list([]))) }
        var maps: [(model: Value, word: Word)] = (0..<6).map { _ in (.map([]), machine.word(.map([]))) }
        for step in 0..<4000 {
            let value = values.value(element)
            let word = machine.word(value)
            let (i, j) = (values.below(6), values.below(6))
            switch values.below(9) {
            case 0, 1, 2: sets[i] = (Model.adding(sets[i].model, value), arena.adding(sets[i].word, word))
            case 3: sets[i] = (Model.removing(sets[i].model, value), arena.removing(sets[i].word, word))
            case 4:
                let both = (sets[i], sets[j])
                sets[i] = (Model.union(both.0.model, both.1.model), arena.union(both.0.word, both.1.word))
                sets[j] = (Model.difference(both.1.model, both.0.model), arena.difference(both.1.word, both.0.word))
            case 5: lists[i] = (Model.appending(lists[i].model, value), arena.appending(lists[i].word, word))
            case 6:
                lists[i] = (Model.slice(lists[i].model, from: 1), arena.slice(lists[i].word, 1, Word.largest))
                #expect(arena.containsInList(lists[j].word, word) == lists[j].model.parts.contains { Value.compare($0, value) == 0 })
            case 7:
                maps[i] = (Model.inserting(maps[i].model, value, .int(step)), arena.inserting(maps[i].word, word, Word(step)))
            default:
                maps[i] = (Model.removingKey(maps[i].model, value), arena.removingFromMap(maps[i].word, word))
            }
            #expect(arena.contains(sets[j].word, word) == sets[j].model.parts.contains { Value.compare($0, value) == 0 })
            if values.below(97) == 0 {
                let before = machine.arenaBytes
                machine.collect { mark in
                    for each in sets + lists + maps { mark(each.word) }
                }
                #expect(machine.arenaBytes <= before)
            }
            if step % 50 == 0 {
                for each in sets { check(each, .set(element), machine) }
                for each in lists { check(each, .list(element), machine) }
                for each in maps { check(each, .map(key: element, value: .int), machine) }
            }
        }
    }

    private func check(_ pair: (model: Value, word: Word), _ type: ValueType, _ machine: Machine) {
        #expect(Value.compare(machine.value(pair.word, type), pair.model) == 0)
        #expect(machine.word(pair.model) == pair.word)
    }

    @Test func whatIsNotReachableIsFreedAndWordsStayValid() {
        let machine = running().machine
        var kept: [Word] = []
        for number in 0..<5000 {
            let word = machine.word(.list([.int(number), .int(1), .int(2)]))
            if number % 10 == 0 { kept.append(word) }
        }
        let before = machine.arenaBytes
        machine.collect { mark in kept.forEach(mark) }
        #expect(machine.arenaBytes < before / 4)
        for (index, word) in kept.enumerated() {
            #expect(machine.value(word, .list(.int)) == .list([.int(index * 10), .int(1), .int(2)]))
        }
        // Freed ids are used again.
        for number in 0..<4500 { _ = machine.word(.list([.int(number), .int(7), .int(2)])) }
        #expect(machine.arenaBytes <= before + 8 << 10)
    }

    @Test func valuesNestedTooDeepAreRefused() {
        let machine = running().machine
        defer { withExtendedLifetime(machine) {} }
        let arena = machine.arena
        var word = arena.emptyList()
        var depth = 0
        while !word.hasFailed, depth < 1000 {
            var bits = word.bits
            word = arena.composite(.list, of: &bits, count: 1)
            depth += 1
        }
        #expect(word.hasFailed && arena.problem == .tooDeep && depth == CompositeHeader.depthMax + 1)
    }
}

/// The same operations on trees, without any thought of speed.
private enum Model {
    static func adding(_ set: Value, _ element: Value) -> Value { .set(of: set.parts + [element]) }
    static func removing(_ set: Value, _ element: Value) -> Value {
        .set(set.parts.filter { Value.compare($0, element) != 0 })
    }
    static func union(_ a: Value, _ b: Value) -> Value { .set(of: a.parts + b.parts) }
    static func difference(_ a: Value, _ b: Value) -> Value {
        .set(a.parts.filter { element in !b.parts.contains { Value.compare($0, element) == 0 } })
    }
    static func appending(_ list: Value, _ element: Value) -> Value { .list(list.parts + [element]) }
    static func slice(_ list: Value, from: Int) -> Value { .list(Array(list.parts.dropFirst(from))) }
    static func inserting(_ map: Value, _ key: Value, _ value: Value) -> Value {
        .map(of: map.pairs + [.init(key: key, value: value)])
    }
    static func removingKey(_ map: Value, _ key: Value) -> Value {
        .map(map.pairs.filter { Value.compare($0.key, key) != 0 })
    }
}

extension Value {
    fileprivate var parts: [Value] {
        switch self {
        case .list(let elements), .set(let elements): elements
        default: []
        }
    }
    fileprivate var pairs: [Entry] {
        if case .map(let entries) = self { entries } else { [] }
    }
}
