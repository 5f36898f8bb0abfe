import ScenDiagnostics

extension Expression {
    /// A number, duration or truth value as it is written, with or without a sign.
    var isLiteral: Bool {
        switch kind {
        case .integer, .real, .percentage, .duration, .bool, .name: true
        case .negate(let operand): operand.isLiteral
        default: false
        }
    }

    /// The first name in the text, in the order of writing, that is wanted; names that a comprehension binds count too.
    func firstName(where wanted: (String) -> Bool) -> Identifier? {
        if case .name(let text) = kind { return wanted(text) ? Identifier(text, at: span) : nil }
        for part in parts {
            if let found = part.firstName(where: wanted) { return found }
        }
        return nil
    }

    /// The expressions of which it is made.
    var parts: [Expression] {
        switch kind {
        case .integer, .real, .percentage, .duration, .bool, .none, .name, .emptyBraces: []
        case .string(let pieces):
            pieces.compactMap { if case .expression(let part) = $0 { part } else { nil } }
        case .list(let items), .set(let items), .tuple(let items): items
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .range(let low, let high): [low, high]
        case .not(let operand), .negate(let operand): [operand]
        case .binary(_, let a, let b): [a, b]
        case .comparison(let first, let rest): [first] + rest.map(\.operand)
        case .conditional(let then, let condition, let otherwise): [then, condition, otherwise]
        case .call(_, let arguments): arguments.map(\.value)
        case .method(let receiver, _, let arguments): [receiver] + arguments.map(\.value)
        case .member(let receiver, _): [receiver]
        case .index(let receiver, let index): [receiver, index]
        case .slice(let receiver, let from, let to): [receiver] + [from, to].compactMap { $0 }
        case .comprehension(_, let element, let value, let clauses):
            [element] + [value].compactMap { $0 } + clauses.flatMap { [$0.collection] + $0.conditions }
        }
    }
}
