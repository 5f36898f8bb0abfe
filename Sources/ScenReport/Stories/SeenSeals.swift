import ScenModel

/// What is sealed for somebody else, as the node sees it to which it comes: a seal with a number. What it has sealed itself it knows.
final class SeenSeals {
    private let node: Int
    private var numbers: [Value: Int] = [:]
    private var made: Set<Value> = []

    init(node: Int) { self.node = node }

    func seen(_ value: Value, received: Bool) -> Value {
        switch value {
        case .sealed(let reader, let content):
            if let number = numbers[value] { return .unopened(number) }
            if !received { made.insert(value) }
            if reader == node || made.contains(value) { return .sealed(for: reader, seen(content, received: received)) }
            numbers[value] = numbers.count + 1
            return .unopened(numbers.count)
        case .signed(let signer, let content): return .signed(by: signer, seen(content, received: received))
        case .message(let type, let fields): return .message(type: type, fields.map { seen($0, received: received) })
        case .record(let type, let fields): return .record(type: type, fields.map { seen($0, received: received) })
        case .tuple(let values): return .tuple(values.map { seen($0, received: received) })
        case .list(let values): return .list(values.map { seen($0, received: received) })
        default: return value
        }
    }
}
