import ScenLanguage
import ScenModel
import Testing

/// Typed trees as text, so that a test shows at a glance what was inserted.
struct TypedText {
    let types: TypeTable
    var variables: [String] = []
    var functions: [String] = []

    init(_ typed: TypedCase) {
        types = typed.types
        variables = typed.algorithm.variables.map(\.name)
        functions = typed.algorithm.functions.map(\.name)
    }

    func type(_ type: ValueType) -> String {
        switch type {
        case .bool: "bool"
        case .int: "int"
        case .range(let low, let high): "\(low)..\(high)"
        case .real: "real"
        case .string: "string"
        case .duration: "duration"
        case .node: "node"
        case .message: "message"
        case .nothing: "nothing"
        case .enumeration(let number): types.enumerations[number].name
        case .record(let number): types.records[number].name
        case .maybe(let inner): "maybe \(self.type(inner))"
        case .tuple(let parts): "(" + parts.map(self.type).joined(separator: ", ") + ")"
        case .list(let element): "list of \(self.type(element))"
        case .set(let element): "set of \(self.type(element))"
        case .map(let key, let value): "map of \(self.type(key)) to \(self.type(value))"
        case .signed(let content): "signed \(self.type(content))"
        case .sealed(let content): "sealed \(self.type(content))"
        }
    }

    func value(_ value: Value) -> String {
        switch value {
        case .bool(let truth): "\(truth)"
        case .int(let number): "\(number)"
        case .real(let number): "\(number)"
        case .string(let text): "\"\(text)\""
        case .duration(let time): "\(time)ns"
        case .node(let index): types.nodeNames[index]
        case .enumeration(let type, let word): types.enumerations[type].words[word]
        case .none: "none"
        case .tuple(let parts): "(" + parts.map(self.value).joined(separator: " ") + ")"
        case .list(let elements): "[" + elements.map(self.value).joined(separator: " ") + "]"
        case .set(let elements): "{" + elements.map(self.value).joined(separator: " ") + "}"
        case .map(let entries): "{" + entries.map { "\(self.value($0.key)) \(self.value($0.value))" }.joined(separator: ", ") + ":}"
        case .record(let type, let fields): types.records[type].name + fields.map(self.value).description
        case .message(let type, let fields): types.messages[type].name + fields.map(self.value).description
        case .signed(let node, let content): "(signed \(types.nodeNames[node]) \(self.value(content)))"
        case .sealed(let node, let content): "(sealed \(types.nodeNames[node]) \(self.value(content)))"
        }
    }

    private func list(_ name: String, _ parts: [TypedExpression]) -> String {
        "(" + ([name] + parts.map { self.expression($0) }).joined(separator: " ") + ")"
    }

    func expression(_ node: TypedExpression) -> String {
        switch node.kind {
        case .constant(let value): return self.value(value)
        case .local(let slot): return "$\(slot)"
        case .variable(let index): return variables[index]
        case .own(let fact): return "\(fact)"
        case .variableOf(let p, let index): return expression(p) + "." + variables[index]
        case .factOf(let p, let fact): return expression(p) + ".\(fact)"
        case .global(let fact): return "\(fact)"
        case .sentCount(let message): return "(sent\(message.map { " " + types.messages[$0].name } ?? ""))"
        case .knownToAdversary(let x): return list("known", [x])
        case .receivedCount(let p): return list("received", [p])
        case .knowledge(let knowledge): return list(knowledge.kind.rawValue, [knowledge.who, knowledge.fact])
        case .not(let a): return list("not", [a])
        case .and(let a, let b): return list("and", [a, b])
        case .or(let a, let b): return list("or", [a, b])
        case .implies(let a, let b): return list("implies", [a, b])
        case .conditional(let condition, let then, let otherwise): return list("if", [condition, then, otherwise])
        case .operation(let operation, let operands): return list(operation.rawValue, operands)
        case .call(let index, let arguments): return list(functions[index], arguments)
        case .make(let constructor, let parts): return list(self.constructor(constructor), parts)
        case .range(let low, let high): return list("..", [low, high])
        case .field(let whole, let index): return list("field\(index)", [whole])
        case .comprehension(let comprehension): return self.comprehension(comprehension)
        case .checkRange(let inner, let low, let high): return list("check \(low)..\(high)", [inner])
        case .toReal(let inner): return list("real", [inner])
        case .unwrap(let inner): return list("unwrap", [inner])
        case .binding(let local, let bound, let body):
            return "(with $\(local) \(expression(bound)) \(expression(body)))"
        }
    }

    private func constructor(_ constructor: Constructor) -> String {
        switch constructor {
        case .tuple: "tuple"
        case .list: "list"
        case .set: "set"
        case .map: "map"
        case .record(let number): types.records[number].name
        case .message(let number): types.messages[number].name
        case .signed: "signed"
        case .sealed: "sealed"
        }
    }

    private func comprehension(_ comprehension: TypedComprehension) -> String {
        var text = "(\(comprehension.result) \(expression(comprehension.element))"
        if let value = comprehension.value { text += ": " + expression(value) }
        for clause in comprehension.clauses {
            text += " for \(pattern(clause.pattern)) in \(expression(clause.collection))"
            for condition in clause.conditions { text += " if \(expression(condition))" }
        }
        return text + ")"
    }

    func pattern(_ pattern: TypedPattern) -> String {
        switch pattern {
        case .local(let slot): "$\(slot)"
        case .wildcard: "_"
        case .tuple(let parts): "(" + parts.map(self.pattern).joined(separator: ", ") + ")"
        case .equals(let node): "=" + expression(node)
        }
    }

    func statements(_ statements: [TypedStatement]) -> [String] { statements.flatMap(lines) }

    private func lines(_ statement: TypedStatement) -> [String] {
        switch statement.kind {
        case .assignVariable(let index, let value): return ["\(variables[index]) = \(expression(value))"]
        case .assignLocal(let slot, let value): return ["$\(slot) = \(expression(value))"]
        case .bind(let pattern, let value): return ["\(self.pattern(pattern)) = \(expression(value))"]
        case .send(let message, let to, let many):
            return ["send \(expression(message)) to \(many ? "all " : "")\(expression(to))"]
        case .setTimer(let timer, let arguments, let after):
            return ["set \(list(types.timers[timer].name, arguments)) after \(expression(after))"]
        case .cancelTimer(let timer, let arguments): return ["cancel \(list(types.timers[timer].name, arguments))"]
        case .decide(let value): return ["decide \(expression(value))"]
        case .deliver(let value, let from):
            return ["deliver \(expression(value))" + (from.map { " from " + expression($0) } ?? "")]
        case .broadcast(let value): return ["broadcast \(expression(value))"]
        case .branch(let branches, let otherwise):
            return branches.flatMap { ["if \(expression($0.condition))"] + indented($0.body) }
                + (otherwise.isEmpty ? [] : ["else"] + indented(otherwise))
        case .loop(let pattern, let collection, let body):
            return ["for \(self.pattern(pattern)) in \(expression(collection))"] + indented(body)
        case .returns(let value): return ["return" + (value.map { " " + expression($0) } ?? "")]
        case .assert(let condition): return ["assert \(expression(condition))"]
        case .log(let parts):
            let shown = parts.map { part in
                switch part {
                case .text(let text): "\"\(text)\""
                case .value(let value): expression(value)
                }
            }
            return ["log " + shown.joined(separator: " ")]
        case .choose(let pattern, let collection):
            return ["choose \(self.pattern(pattern)) in \(expression(collection))"]
        case .call(let call): return [expression(call)]
        }
    }

    private func indented(_ body: [TypedStatement]) -> [String] { statements(body).map { "  " + $0 } }
}

/// What `on start` of these statements becomes, line by line.
func startLines(_ statements: String, _ declarations: String = "") throws -> [String] {
    let typed = try loadCase(Wrapped.handler(statements, declarations))
    let handler = typed.algorithm.handlers.first { $0.event == .start }
    return TypedText(typed).statements(handler?.routine.body ?? [])
}

/// What an expectation's condition becomes.
func observed(_ condition: String, _ algorithm: String) throws -> String {
    let typed = try loadCase(Wrapped.algorithm(algorithm, observer: condition))
    guard case .returns(let node?)? = typed.expectations.first?.condition.body.first?.kind else { return "" }
    return TypedText(typed).expression(node)
}
