import ScenDiagnostics

@testable import ScenLanguage

extension YAMLScalar {
    /// The text as if it stood alone in a file, every byte at its own place.
    init(alone text: String, style: Style = .literal) {
        self.init(
            text: text, style: style, span: SourceSpan(.scenario, 0, text.utf8.count),
            pieces: text.isEmpty ? [] : [Piece(content: 0, file: 0)])
    }
}

extension TextParser {
    init(_ text: String, style: YAMLScalar.Style = .literal, hyphenated: Set<String> = []) {
        self.init(YAMLScalar(alone: text, style: style), hyphenated: hyphenated)
    }
}

/// Trees as text: every operation in parentheses, operator first.
enum Dump {
    static func expression(_ expression: Expression) -> String {
        switch expression.kind {
        case .integer(let value): "\(value)"
        case .real(let value): "\(value)"
        case .percentage(let value): "%\(value)"
        case .duration(let value): "\(value)ns"
        case .string(let parts): "\"" + parts.map(part).joined() + "\""
        case .bool(let value): "\(value)"
        case .none: "none"
        case .name(let name): name
        case .list(let elements): "[\(list(elements))]"
        case .emptyBraces: "{}"
        case .set(let elements): "{\(list(elements))}"
        case .map(let entries):
            "{\(entries.map { "\(self.expression($0.key)): \(self.expression($0.value))" }.joined(separator: ", "))}"
        case .tuple(let elements): "(, \(list(elements)))"
        case .range(let low, let high): "(.. \(self.expression(low)) \(self.expression(high)))"
        case .not(let operand): "(not \(self.expression(operand)))"
        case .negate(let operand): "(- \(self.expression(operand)))"
        case .binary(let symbol, let left, let right):
            "(\(symbol.rawValue) \(self.expression(left)) \(self.expression(right)))"
        case .comparison(let first, let rest):
            "(\(self.expression(first))"
                + rest.map { " \($0.symbol.rawValue) \(self.expression($0.operand))" }.joined() + ")"
        case .conditional(let then, let condition, let otherwise):
            "(if \(self.expression(condition)) \(self.expression(then)) \(self.expression(otherwise)))"
        case .call(let name, let arguments): "\(name.text)(\(self.arguments(arguments)))"
        case .method(let receiver, let name, let arguments):
            "\(self.expression(receiver)).\(name.text)(\(self.arguments(arguments)))"
        case .member(let receiver, let name): "\(self.expression(receiver)).\(name.text)"
        case .index(let receiver, let index): "\(self.expression(receiver))[\(self.expression(index))]"
        case .slice(let receiver, let from, let to):
            "\(self.expression(receiver))[\(from.map(self.expression) ?? ""):\(to.map(self.expression) ?? "")]"
        case .comprehension(let kind, let element, let value, let clauses):
            "<\(kind) \(self.expression(element))\(value.map { ": " + self.expression($0) } ?? "")"
                + clauses.map(clause).joined() + ">"
        }
    }

    private static func list(_ expressions: [Expression]) -> String {
        expressions.map(expression).joined(separator: ", ")
    }

    private static func part(_ part: Expression.StringPart) -> String {
        switch part {
        case .text(let text): text
        case .expression(let value): "⟨\(expression(value))⟩"
        }
    }

    private static func arguments(_ arguments: [Expression.Argument]) -> String {
        arguments.map { ($0.label.map { $0.text + "=" } ?? "") + expression($0.value) }.joined(separator: ", ")
    }

    private static func clause(_ clause: Expression.Clause) -> String {
        " for \(pattern(clause.pattern)) in \(expression(clause.collection))"
            + clause.conditions.map { " if \(expression($0))" }.joined()
    }

    static func pattern(_ pattern: Pattern) -> String {
        switch pattern {
        case .name(let name): name.text
        case .wildcard: "_"
        case .tuple(let parts, _): "(\(parts.map(self.pattern).joined(separator: ", ")))"
        case .value(let value): "=\(expression(value))"
        }
    }

    static func patterns(_ patterns: [Pattern]?) -> String {
        patterns.map { "(\($0.map(pattern).joined(separator: ", ")))" } ?? ""
    }

    static func type(_ type: TypeSyntax) -> String {
        switch type.kind {
        case .name(let name): name
        case .range(let low, let high): "\(expression(low))..\(expression(high))"
        case .maybe(let inner): "maybe<\(self.type(inner))>"
        case .tuple(let parts): "(\(parts.map(self.type).joined(separator: ", ")))"
        case .list(let element): "list<\(self.type(element))>"
        case .set(let element): "set<\(self.type(element))>"
        case .map(let key, let value): "map<\(self.type(key)), \(self.type(value))>"
        case .signed(let inner): "signed<\(self.type(inner))>"
        case .sealed(let inner): "sealed<\(self.type(inner))>"
        }
    }

    static func block(_ statements: [Statement]) -> String {
        statements.map(statement).joined(separator: "; ")
    }

    static func statement(_ statement: Statement) -> String {
        switch statement.kind {
        case .assign(let target, let symbol, let value):
            "\(self.target(target)) \(symbol.rawValue) \(expression(value))"
        case .bind(let pattern, let value): "let \(self.pattern(pattern)) = \(expression(value))"
        case .add(let value, let to): "add \(expression(value)) to \(target(to))"
        case .remove(let value, let from): "remove \(expression(value)) from \(target(from))"
        case .append(let value, let to): "append \(expression(value)) to \(target(to))"
        case .send(let message, let to): "send \(expression(message)) to \(expression(to))"
        case .setTimer(let timer, let after): "set timer \(self.timer(timer)) after \(expression(after))"
        case .cancelTimer(let timer): "cancel timer \(self.timer(timer))"
        case .decide(let value): "decide \(expression(value))"
        case .deliver(let message, let from):
            "deliver \(expression(message))\(from.map { " from " + expression($0) } ?? "")"
        case .respond(let to, let with):
            "respond to \(expression(to))\(with.map { " with " + expression($0) } ?? "")"
        case .branch(let branches, let otherwise):
            branches.map { "if \(expression($0.condition)) {\(block($0.body))}" }.joined(separator: " el")
                + (otherwise.map { " else {\(block($0))}" } ?? "")
        case .loop(let pattern, let collection, let body):
            "for \(self.pattern(pattern)) in \(expression(collection)) {\(block(body))}"
        case .returns(let value): "return\(value.map { " " + expression($0) } ?? "")"
        case .assert(let value): "assert \(expression(value))"
        case .log(let value): "log \(expression(value))"
        case .choose(let pattern, let collection): "choose \(self.pattern(pattern)) in \(expression(collection))"
        case .call(let value): "call \(expression(value))"
        case .raise(let name, let values): "raise \(name.text)(\(list(values)))"
        }
    }

    private static func timer(_ timer: TimerCall) -> String { "\(timer.name.text)(\(list(timer.arguments)))" }

    static func target(_ target: Target) -> String {
        target.steps.reduce(target.name.text) { text, step in
            switch step {
            case .index(let index): text + "[\(expression(index))]"
            case .field(let field): text + ".\(field.text)"
            }
        }
    }

    static func trigger(_ trigger: AlgorithmSyntax.Trigger) -> String {
        switch trigger {
        case .start: "start"
        case .recover: "recover"
        case .message(let name, let arguments, let from):
            "message \(name.text)\(patterns(arguments))\(from.map { " from " + pattern($0) } ?? "")"
        case .timer(let name, let arguments): "timer \(name.text)\(patterns(arguments))"
        case .round(let round): "round \(pattern(round))"
        case .request(let name, let arguments, let id):
            "request \(name.text)\(patterns(arguments))\(id.map { " as " + $0.text } ?? "")"
        case .layerSend(let message, let to): "send \(pattern(message)) to \(pattern(to))"
        case .indication(let layer, let name, let arguments):
            "indication \(layer.text).\(name.text)\(patterns(arguments))"
        case .when(let condition): "when \(expression(condition))"
        }
    }

    static func variable(_ variable: VariableSyntax) -> String {
        "\(variable.type.map(type) ?? "?") = \(variable.initial.map(expression) ?? "?")"
            + (variable.ambiguous ? " ambiguous" : "")
    }
}
