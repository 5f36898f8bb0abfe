import ScenModel

@testable import ScenEngine

/// Everything that a Byzantine node may say, by the plainest means: each field of a finite type takes each of its values.
enum NaiveLies {
    /// Every sequence of messages that may go out in place of those that the node means to send.
    static func all(
        _ meant: [NaiveExplorer.Message], by node: Int, _ behaviour: FaultModel.Behaviour, _ machine: Machine
    ) -> Set<[NaiveExplorer.Message]> {
        var said: Set<[NaiveExplorer.Message]> = behaviour == .silent ? [] : [[]]
        for message in meant where behaviour != .silent {
            var options: [NaiveExplorer.Message?] = [message]
            if message.to != node {
                if !behaviour.isDisjoint(with: [.lie, .arbitrary]) {
                    options = variants(of: machine.value(message.word, .message), machine.program.types).map {
                        NaiveExplorer.Message(to: message.to, from: node, word: machine.word($0))
                    }
                }
                if !behaviour.isDisjoint(with: [.omit, .arbitrary]) { options.append(nil) }
            }
            said = Set(said.flatMap { before in options.map { before + [$0].compactMap { $0 } } })
        }
        if behaviour.contains(.silent) { said.insert(meant.filter { $0.to == node }) }
        return said
    }

    static func variants(of message: Value, _ types: TypeTable) -> [Value] {
        guard case .message(let type, let fields) = message else { return [message] }
        var all: [[Value]] = [[]]
        for (field, value) in zip(types.messages[type].fields, fields) {
            let values = field.type.valueCount(in: types) == nil ? [value] : field.type.allValues(in: types)
            all = all.flatMap { some in values.map { some + [$0] } }
        }
        return all.map { .message(type: type, $0) }
    }
}

extension NaiveExplorer {
    /// After a handler of the node.
    func lies(of node: Int) -> Set<[Message]> {
        let meant = world.effects.filter { $0.kind == .send }.map { Message(to: Int($0.node), from: node, word: $0.word) }
        return NaiveLies.all(meant, by: node, compiled.system.faults.behaviour(of: node), world.machine)
    }
}
