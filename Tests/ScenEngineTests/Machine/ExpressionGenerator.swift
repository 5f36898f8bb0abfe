import ScenLanguage
import ScenModel

@testable import ScenEngine

/// Random typed expressions that need no run: small numbers, few different values, and now and then something that fails.
struct ExpressionGenerator {
    var random: RandomStream
    var types = TypeTable()
    /// Types of the locals that are bound where the next expression stands.
    var locals: [ValueType] = []
    private(set) var bound: [Int] = []
    private var places = 0

    init(seed: UInt64) {
        random = RandomStream(seed: seed)
        types.enumerations = [.init(name: "plan", words: ["attack", "retreat"])]
        types.records = [.init(name: "entry", fields: [.init(name: "term", type: .int), .init(name: "name", type: .string)])]
        types.messages = [
            .init(name: "A", fields: [.init(name: "x", type: .int)]),
            .init(name: "B", fields: [.init(name: "s", type: .set(.int)), .init(name: "p", type: .node)]),
        ]
        types.nodeNames = ["n1", "n2", "n3"]
    }

    mutating func below(_ bound: Int) -> Int { Int(random.below(UInt64(bound))) }
    mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

    mutating func expression(_ type: ValueType, depth: Int) -> TypedExpression {
        places += 1
        let span = place(places)
        let kind = depth <= 0 ? .constant(value(type)) : kind(type, depth: depth - 1)
        return TypedExpression(kind, type, at: span)
    }

    // MARK: Types and values

    mutating func type(depth: Int = 2) -> ValueType {
        let simple: [ValueType] = [
            .int, .int, .bool, .real, .string, .duration, .node, .enumeration(0), .record(0), .message, .maybe(.int),
        ]
        if depth == 0 || below(2) == 0 { return pick(simple) }
        switch below(5) {
        case 0: return .list(type(depth: depth - 1))
        case 4: return below(2) == 0 ? .signed(type(depth: depth - 1)) : .sealed(type(depth: depth - 1))
        case 1: return .set(type(depth: depth - 1))
        case 2: return .map(key: type(depth: depth - 1), value: type(depth: depth - 1))
        default: return .tuple([type(depth: depth - 1), type(depth: depth - 1)])
        }
    }

    mutating func value(_ type: ValueType) -> Value {
        switch type {
        case .bool: return .bool(below(2) == 0)
        case .int: return .int(below(40) == 0 ? pick([Word.largest, Word.smallest, 1 << 40]) : below(9) - 3)
        case .range(let low, let high): return .int(low + below(high - low + 1))
        case .real: return .real(pick([-2.5, -1, 0, 0.5, 1, 3, 1e200]))
        case .string: return .string(pick(["", "a", "ab", "é", "abcabcab", "abcabcabc"]))
        case .duration: return .duration(below(5) * 500_000)
        case .node: return .node(below(3))
        case .enumeration(let index): return .enumeration(type: index, word: below(2))
        case .maybe(let inner): return below(3) == 0 ? .none : value(inner)
        case .tuple(let types): return .tuple(types.map { value($0) })
        case .list(let element): return .list((0..<below(4)).map { _ in value(element) })
        case .set(let element): return .set(of: (0..<below(4)).map { _ in value(element) })
        case .map(let key, let content):
            return .map(of: (0..<below(4)).map { _ in .init(key: value(key), value: value(content)) })
        case .record(let index): return .record(type: index, types.records[index].fields.map { value($0.type) })
        case .message:
            let index = below(2)
            return .message(type: index, types.messages[index].fields.map { value($0.type) })
        case .signed(let content): return .signed(by: below(3), value(content))
        case .sealed(let content): return .sealed(for: below(3), value(content))
        case .nothing: return .none
        }
    }

    // MARK: Kinds

    private mutating func kind(_ type: ValueType, depth: Int) -> TypedExpression.Kind {
        let known = bound.filter { locals[$0] == type }
        if !known.isEmpty, below(3) == 0 { return .local(pick(known)) }
        switch below(14) {
        case 0: return .constant(value(type))
        case 1:
            return .conditional(
                condition: expression(.bool, depth: depth), then: expression(type, depth: depth),
                otherwise: expression(type, depth: depth))
        case 2: return .unwrap(expression(.maybe(type), depth: depth))
        case 3: return .operation(.elementAt, [expression(.list(type), depth: depth), expression(.int, depth: 1)])
        case 4:
            let key = self.type(depth: 0)
            let map = expression(.map(key: key, value: type), depth: depth)
            let wanted = expression(key, depth: depth)
            return below(2) == 0
                ? .operation(.lookUp, [map, wanted]) : .operation(.lookUpOr, [map, wanted, expression(type, depth: depth)])
        case 5: return .operation(pick([.first, .last, .minimum, .maximum]), [collection(of: type, depth: depth)])
        case 6: return .operation(.majority, [expression(.list(type), depth: depth), expression(type, depth: depth)])
        case 7:
            let other = self.type(depth: 1)
            switch below(4) {
            case 0: return .field(expression(.signed(type), depth: depth), 1)
            case 1:
                let opened = TypedExpression(
                    .operation(.open, [expression(.sealed(type), depth: depth), expression(.node, depth: depth)]), .maybe(type),
                    at: place(0))
                return .unwrap(opened)
            default: return .field(expression(.tuple([other, type]), depth: depth), 1)
            }
        case 8: return binding(type, depth: depth)
        case 9: return .operation(pick([.minimum, .maximum]), (0..<2 + below(2)).map { _ in expression(type, depth: depth) })
        default: return special(type, depth: depth)
        }
    }

    private mutating func binding(_ type: ValueType, depth: Int) -> TypedExpression.Kind {
        let other = self.type(depth: 1)
        let value = expression(other, depth: depth)
        let slot = bind(other)
        let body = expression(type, depth: depth)
        bound.removeLast()
        return .binding(local: slot, value, in: body)
    }

    mutating func bind(_ type: ValueType) -> Int {
        locals.append(type)
        bound.append(locals.count - 1)
        return locals.count - 1
    }
    mutating func unbind(_ count: Int) { bound.removeLast(count) }

    mutating func collection(of type: ValueType, depth: Int) -> TypedExpression {
        expression(below(2) == 0 ? .list(type) : .set(type), depth: depth)
    }

    private mutating func special(_ type: ValueType, depth: Int) -> TypedExpression.Kind {
        switch type {
        case .bool: return bool(depth)
        case .int: return int(depth)
        case .real: return real(depth)
        case .duration:
            if below(3) == 0 {
                return .operation(.scaleDuration, [expression(.duration, depth: depth), expression(.real, depth: depth)])
            }
            return .operation(pick([.addInt, .subtractInt]), pair(.duration, .duration, depth))
        case .string: return .operation(.concatenateStrings, pair(.string, .string, depth))
        case .tuple(let types): return .make(.tuple, types.map { expression($0, depth: depth) })
        case .signed(let content): return .make(.signed, [expression(.node, depth: depth), expression(content, depth: depth)])
        case .sealed(let content): return .make(.sealed, [expression(.node, depth: depth), expression(content, depth: depth)])
        case .record(let index):
            if below(3) == 0 {
                let field = TypedExpression(.constant(.int(0)), .int, at: place(0))
                return .operation(.replacingField, [expression(type, depth: depth), field, expression(.int, depth: depth)])
            }
            return .make(.record(index), types.records[index].fields.map { expression($0.type, depth: depth) })
        case .message:
            let index = below(2)
            return .make(.message(index), types.messages[index].fields.map { expression($0.type, depth: depth) })
        case .maybe(let inner):
            if below(3) == 0 {
                return .operation(.lookUpMaybe, [expression(.map(key: .int, value: inner), depth: depth), expression(.int, depth: depth)])
            }
            return expression(inner, depth: depth).kind
        case .list(let element): return list(element, depth)
        case .set(let element): return set(element, depth)
        case .map(let key, let content): return map(key, content, depth)
        default: return .constant(value(type))
        }
    }

    mutating func pair(_ a: ValueType, _ b: ValueType, _ depth: Int) -> [TypedExpression] {
        [expression(a, depth: depth), expression(b, depth: depth)]
    }

    mutating func several(_ type: ValueType, _ depth: Int) -> [TypedExpression] {
        (0..<below(4)).map { _ in expression(type, depth: depth) }
    }
}
