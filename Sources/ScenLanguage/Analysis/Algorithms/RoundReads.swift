import ScenDiagnostics
import ScenModel

/// Until when it makes a difference which round it is: the largest number that a handler compares it with. After that round
/// `on round` does the same in each.
extension Checker {
    /// `Int.max`: the round is read in other ways than compared with numbers that are known before the run.
    func lastRoundRead(_ pattern: Pattern, in body: [Statement]) -> Int {
        guard case .name(let name) = pattern, find(name.text) == nil else { return 0 }
        return body.map { lastRoundRead(name.text, in: $0) }.max() ?? 0
    }

    private func lastRoundRead(_ name: String, in statement: Statement) -> Int {
        let here = statement.expressions.map { lastRoundRead(name, in: $0) }.max() ?? 0
        return statement.bodies.joined().reduce(here) { max($0, lastRoundRead(name, in: $1)) }
    }

    private func lastRoundRead(_ name: String, in expression: Expression) -> Int {
        if expression.isName(name) { return .max }
        guard case .comparison(let first, let rest) = expression.kind else {
            return expression.parts.map { lastRoundRead(name, in: $0) }.max() ?? 0
        }
        let operands = [first] + rest.map(\.operand)
        return operands.indices.reduce(0) { last, index in
            guard operands[index].isName(name) else { return max(last, lastRoundRead(name, in: operands[index])) }
            let neighbours = [index - 1, index + 1].filter(operands.indices.contains)
            return neighbours.reduce(last) { max($0, largest(in: operands[$1]) ?? .max) }
        }
    }

    /// Of a number or of numbers that are known before the run.
    private func largest(in expression: Expression) -> Int? {
        switch expression.kind {
        case .range(let low, let high): return largest(in: low) == nil ? nil : largest(in: high)
        case .set(let items), .list(let items):
            let all = items.compactMap { largest(in: $0) }
            return all.count == items.count ? all.max() ?? 0 : nil
        default: break
        }
        guard isKnown(expression) else { return nil }
        // What is wrong with it is told where the body is checked.
        let count = diagnostics.count
        defer { diagnostics.removeLast(diagnostics.count - count) }
        return evaluateWhole(expression, for: "a round")
    }

    /// Made of parameters and constants, which are evaluated, and reported, when they are found.
    private func isKnown(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .integer: true
        case .name(let name): if case .value = find(name) { true } else { name == "n" }
        case .negate, .binary: expression.parts.allSatisfy(isKnown)
        default: false
        }
    }
}

extension Expression {
    fileprivate func isName(_ name: String) -> Bool { if case .name(name) = kind { true } else { false } }
}

extension Statement {
    /// Those of the statement itself.
    fileprivate var expressions: [Expression] {
        switch kind {
        case .assign(let target, _, let value): target.expressions + [value]
        case .bind(_, let value), .decide(let value), .assert(let value), .log(let value), .choose(_, in: let value), .call(let value):
            [value]
        case .add(let value, let target), .remove(let value, let target), .append(let value, let target): [value] + target.expressions
        case .send(let message, let to): [message, to]
        case .setTimer(let timer, let duration): timer.arguments + [duration]
        case .cancelTimer(let timer): timer.arguments
        case .deliver(let value, let from): [value] + [from].compactMap { $0 }
        case .respond(let request, let value): [request] + [value].compactMap { $0 }
        case .branch(let branches, _): branches.map(\.condition)
        case .loop(_, let collection, _): [collection]
        case .returns(let value): [value].compactMap { $0 }
        case .raise(_, let arguments): arguments
        }
    }

    fileprivate var bodies: [[Statement]] {
        switch kind {
        case .branch(let branches, let otherwise): branches.map(\.body) + [otherwise ?? []]
        case .loop(_, _, let body): [body]
        default: []
        }
    }
}

extension Target {
    fileprivate var expressions: [Expression] {
        [Expression(.name(name.text), at: name.span, height: 1)] + steps.compactMap { if case .index(let index) = $0 { index } else { nil } }
    }
}
