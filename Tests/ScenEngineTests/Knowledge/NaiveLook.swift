import ScenModel

@testable import ScenEngine

/// What a node sees of what it has seen, where values may be sealed: of a seal that is not for it, and that it has not made, only which of
/// those that it has received it is.
struct NaiveLook {
    enum Item: Hashable {
        case plain(NaiveExplorer.Seen)
        case event(Choice.Kind, Pattern, from: Int32)
        case sent(Pattern, to: Int)
        case held([Pattern])
        case lostAllBut([Pattern], input: Word, node: Int)
    }
    indirect enum Pattern: Hashable {
        case plain(Value)
        case raw(Word)
        case unknown(Int)
        case known(Pattern, for: Int)
        case parts([Pattern])
    }

    private let node: Int
    private let world: World
    private var numbers: [Value: Int] = [:]
    private var made: Set<Value> = []

    static func look(at view: [NaiveExplorer.Seen], of node: Int, _ world: World) -> [Item] {
        var look = NaiveLook(node: node, world: world)
        return view.map { look.item($0) }
    }

    private init(node: Int, world: World) {
        self.node = node
        self.world = world
    }

    private mutating func item(_ seen: NaiveExplorer.Seen) -> Item {
        switch seen {
        case .began, .chose, .madeUp: return .plain(seen)
        case .event(let kind, let word, let from):
            guard kind == .deliver else { return .plain(seen) }
            return .event(kind, pattern(world.machine.value(word, .message), received: true), from: from)
        case .sent(let word, let to): return .sent(pattern(world.machine.value(word, .message), received: false), to: to)
        case .held(let words): return .held(held(words, received: false))
        case .lostAllBut(let words, let input, let node): return .lostAllBut(held(words, received: true), input: input, node: node)
        }
    }

    private mutating func held(_ words: [Word], received: Bool) -> [Pattern] {
        let variables = world.machine.program.variables
        return words.enumerated().map { index, word in
            index < variables.count ? pattern(world.machine.value(word, variables[index].type), received: received) : .raw(word)
        }
    }

    private mutating func pattern(_ value: Value, received: Bool) -> Pattern {
        switch value {
        case .sealed(let reader, let content):
            if let number = numbers[value] { return .unknown(number) }
            if !received { made.insert(value) }
            if reader == node || made.contains(value) { return .known(pattern(content, received: received), for: reader) }
            numbers[value] = numbers.count
            return .unknown(numbers.count - 1)
        case .message(let type, let fields):
            var parts = [Pattern.plain(.int(type))]
            for field in fields { parts.append(pattern(field, received: received)) }
            return .parts(parts)
        default: return .plain(value)
        }
    }
}
