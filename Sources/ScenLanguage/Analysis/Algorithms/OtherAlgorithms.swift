import ScenDiagnostics
import ScenModel

/// Several algorithms in one case: those that faulty nodes run in place of the algorithm. They share their messages, and types
/// of the same name; each knows only what it declares.
extension Checker {
    var isAlternative: Bool { scope.ownTypes != nil }

    /// Places for what other algorithms have declared.
    func knowOthers() {
        guard isAlternative else { return }
        tables.records = scope.types.records.map { $0.fields.map { tables.store.id($0.type) } }
        tables.messages = scope.types.messages.map { $0.fields.map { tables.store.id($0.type) } }
        tables.messageUses = scope.types.messages.map { _ in .init() }
    }

    func reportOther(_ what: String, _ fields: [TypeTable.Field], at span: SourceSpan) {
        let there = fields.map { "\($0.name): \($0.type.described(in: scope.types))" }.joined(separator: ", ")
        report(.algorithmsDiffer(what, there: "{\(there)}", at: span))
    }

    /// The same enumeration in another algorithm.
    func other(_ enumeration: TypeTable.Enumeration) -> Int? {
        guard let own = scope.ownTypes else { return nil }
        return scope.types.enumerations.indices.first { $0 >= own && scope.types.enumerations[$0] == enumeration }
    }
}
