extension TypeTable {
    /// Whether a value of the type may hold something sealed.
    package func seals(_ type: ValueType) -> Bool { holds(type) { if case .sealed = $0 { true } else { false } } }

    /// Whether it may hold something sealed in no order but that of values, in which what is in it has a say.
    package func sealsUnordered(_ type: ValueType) -> Bool {
        holds(type) { part in
            switch part {
            case .set(let element): seals(element)
            case .map(let key, _): seals(key)
            default: false
            }
        }
    }

    /// Whether this is so of the type, or of a part of it.
    private func holds(_ type: ValueType, inMessage: Bool = false, _ isSo: (ValueType) -> Bool) -> Bool {
        if isSo(type) { return true }
        return switch type {
        case .maybe(let part), .list(let part), .set(let part), .signed(let part), .sealed(let part): holds(part, inMessage: inMessage, isSo)
        case .map(let key, let value): holds(key, inMessage: inMessage, isSo) || holds(value, inMessage: inMessage, isSo)
        case .tuple(let parts): parts.contains { holds($0, inMessage: inMessage, isSo) }
        // A record holds no value of its own type.
        case .record(let index): records[index].fields.contains { holds($0.type, inMessage: inMessage, isSo) }
        case .message: !inMessage && messages.contains { $0.fields.contains { holds($0.type, inMessage: true, isSo) } }
        default: false
        }
    }
}
