import ScenModel

@testable import ScenEngine

/// An adversary, on the links or behind faulty nodes, by the plainest means: what it has seen as trees of values, and all that it can make put together anew
/// for each state. For fields of finite types, `int`, tuples, and such values signed or sealed; of nodes' secrets it has none but what faulty ones sign with.
extension NaiveExplorer {
    private var network: NetworkModel { compiled.system.network }
    private var types: TypeTable { compiled.program.types }
    private var makes: Bool { compiled.system.faults.makesUp || !network.adversary.isDisjoint(with: [.modify, .spoof]) }

    /// Kinds of values that are worth remembering.
    private func isWanted(_ value: Value) -> Bool {
        func wants(_ type: ValueType) -> Bool {
            switch (type, value) {
            case (.int, .int), (.signed, .signed), (.sealed, .sealed): return true
            case (.sealed(let content), _): return wants(content)
            case (.tuple(let parts), _): return parts.contains(where: wants)
            default: return false
            }
        }
        return makes && types.messages.contains { $0.fields.contains { wants($0.type) } }
    }

    func see(_ message: Message, _ state: inout State) {
        let isInLeague = compiled.system.faults.makesUp && !state.faulty.isDisjoint(with: [message.from, message.to])
        guard isInLeague || network.adversary.contains(.eavesdrop), message.from != message.to else { return }
        takeApart(world.machine.value(message.word, .message), &state)
        if network.adversary.contains(.replay) { state.passages.insert(message) }
    }

    private func takeApart(_ value: Value, _ state: inout State) {
        if isWanted(value) { state.seen.insert(value) }
        switch value {
        case .message(_, let parts), .tuple(let parts), .record(_, let parts): for part in parts { takeApart(part, &state) }
        case .signed(_, let content): takeApart(content, &state)
        default: break
        }
    }

    private func values(_ type: ValueType, _ state: State) -> [Value] {
        switch type {
        case .int: return state.seen.filter { if case .int = $0 { true } else { false } }
        case .signed(let content):
            let seen = state.seen.filter { if case .signed = $0 { true } else { false } }
            let signers = compiled.system.nodes.kind == .byzantine ? state.faulty : []
            return Array(seen.union(signers.flatMap { node in values(content, state).map { .signed(by: node, $0) } }))
        case .sealed(let content):
            let seals = types.nodeNames.indices.flatMap { node in values(content, state).map { Value.sealed(for: node, $0) } }
            return Array(state.seen.filter { if case .sealed = $0 { true } else { false } }.union(seals))
        case .tuple(let parts): return combinations(parts.map { values($0, state) }).map { .tuple($0) }
        default: return type.allValues(in: types)
        }
    }

    private func combinations(_ lists: [[Value]]) -> [[Value]] {
        lists.reduce([[]]) { some, list in some.flatMap { beginning in list.map { beginning + [$0] } } }
    }

    func madeUp(_ state: State) -> [Message] {
        guard state.forgeries < scope.forgeries ?? .max else { return [] }
        var made: Set<Message> = state.passages
        let isSpoofing = network.adversary.contains(.spoof)
        let speakers = types.nodeNames.indices.filter { node in
            isSpoofing || state.faulty.contains(node) && compiled.system.faults.behaviour(of: node).contains(.arbitrary)
        }
        if !speakers.isEmpty {
            for (kind, shape) in types.messages.enumerated() {
                for fields in combinations(shape.fields.map { values($0.type, state) }) {
                    let word = world.machine.word(.message(type: kind, fields))
                    for to in types.nodeNames.indices {
                        for from in speakers where from != to { made.insert(Message(to: to, from: from, word: word)) }
                    }
                }
            }
        }
        return Array(made)
    }

    private func variants(_ value: Value, _ type: ValueType, _ state: State) -> [Value] {
        if case .tuple(let types) = type, case .tuple(let parts) = value, type.valueCount(in: self.types) == nil {
            return combinations(parts.indices.map { variants(parts[$0], types[$0], state) }).map { .tuple($0) }
        }
        return Array(Set(values(type, state) + [value]))
    }

    func variants(of message: Message, _ state: State) -> [Word] {
        guard network.links == .arbitrary, network.adversary.contains(.modify), message.from != message.to,
            state.forgeries < scope.forgeries ?? .max,
            case .message(let kind, let fields) = world.machine.value(message.word, .message)
        else { return [] }
        let shapes = types.messages[kind].fields
        let made = combinations(fields.indices.map { variants(fields[$0], shapes[$0].type, state) })
        return made.map { world.machine.word(.message(type: kind, $0)) }.filter { $0 != message.word }
    }

    func forged(_ state: State) -> State {
        var state = state
        if scope.forgeries != nil { state.forgeries += 1 }
        return state
    }
}
