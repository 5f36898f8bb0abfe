import ScenDiagnostics
import ScenModel

extension Checker {
    func checkCall(_ syntax: Expression, _ hint: TypeID?, _ soft: Bool) -> Term {
        guard case .call(let name, let arguments) = syntax.kind else { return .broken(syntax.span) }
        let span = syntax.span
        if let builtin = Builtin(rawValue: name.text) {
            return checkBuiltin(builtin, name, arguments, span, hint, soft)
        }
        if let function = tables.functionNames[name.text] {
            return checkFunctionCall(function, name, arguments, span)
        }
        let record = tables.recordNames[name.text]
        if let message = tables.messageNames[name.text] {
            if let record, let hint, tables.store[tables.store.withoutMaybe(hint)] == .record(record) {
                return makeRecord(record, name, arguments, span)
            }
            noteMade(message, span)
            let fields = scope.types.messages[message].fields.map(\.name)
            let nodes = checkFields(tables.messages[message], fields, "message", name, arguments)
            return term(.make(.message(message), nodes), .message, span)
        }
        if let record { return makeRecord(record, name, arguments, span) }
        for argument in arguments { _ = check(argument.value, soft: true) }
        report(unknownFunction(name, arguments))
        return .broken(span)
    }

    private func makeRecord(
        _ record: Int, _ name: Identifier, _ arguments: [Expression.Argument], _ span: SourceSpan
    ) -> Term {
        let fields = scope.types.records[record].fields.map(\.name)
        let nodes = checkFields(tables.records[record], fields, "record", name, arguments)
        return term(.make(.record(record), nodes), tables.store.record(record), span)
    }

    private func noteMade(_ message: Int, _ span: SourceSpan) {
        if tables.messageUses[message].made == nil { tables.messageUses[message].made = span }
    }

    /// The fields of a message or record in their order, whether given by place or by name.
    private func checkFields(
        _ types: [TypeID], _ names: [String], _ kind: String, _ name: Identifier,
        _ arguments: [Expression.Argument]
    ) -> [TypedExpression] {
        var nodes = [TypedExpression?](repeating: nil, count: types.count)
        var isComplete = true
        for (place, argument) in arguments.enumerated() {
            let index = argument.label.map { names.firstIndex(of: $0.text) } ?? place
            guard let index, index < types.count, nodes[index] == nil else {
                _ = check(argument.value, soft: true)
                if let label = argument.label {
                    let problem: Diagnostic =
                        index == nil
                        ? .unknownField(label.text, of: name.text, kind: kind, fields: names, at: label.span)
                        : .fieldTwice(label.text, of: name.text, at: label.span)
                    report(problem)
                    return []
                }
                isComplete = false
                continue
            }
            nodes[index] = check(
                argument.value, as: types[index], for: "the field '\(names[index])' of '\(name.text)'")
        }
        if !isComplete || nodes.contains(where: { $0 == nil }) {
            report(.wrongFields(name.text, kind: kind, fields: names, found: arguments.count, at: name.span))
        }
        return nodes.compactMap { $0 }
    }

    private func unknownFunction(_ name: Identifier, _ arguments: [Expression.Argument]) -> Diagnostic {
        if let habit = Self.functionHabit(name.text, arguments.count) {
            return .unknownFunction(name.text, at: name.span, label: habit)
        }
        if let known = find(name.text), let what = meaning(of: known) {
            return .unknownFunction(name.text, at: name.span, label: "'\(name.text)' is \(what); it is written without parentheses")
        }
        let known =
            Builtin.allCases.map(\.rawValue) + tables.functions.map(\.name.text)
            + scope.types.messages.map(\.name) + scope.types.records.map(\.name)
        let nearest = nearest(name.text, among: known)
        return .unknownFunction(name.text, at: name.span, label: nearest.map { "did you mean '\($0)'?" })
    }

    /// What stands here for a function that Python has.
    private static func functionHabit(_ name: String, _ count: Int) -> String? {
        switch name {
        case "append": "write 'append x to l'"
        case "add": "write 'add x to s'"
        case "remove", "discard": "write 'remove x from s'"
        case "send": "write 'send M(..) to p'"
        case "range": count == 1 ? "a range is written '0..k-1', both ends included" : "a range is written 'a..b', both ends included"
        case "str", "repr", "format": "text is built in 'log' only: log \"..{x}\""
        case "print": "write: log \"..{x}\""
        case "int": "'floor(..)' and 'round(..)' give whole numbers"
        case "float": "whole numbers become real where they must; divide with '/'"
        case "dict": "an empty map is '{}'"
        case "tuple": "a tuple is written '(a, b)'"
        case "size", "length": "did you mean 'len'?"
        case "ceiling": "did you mean 'ceil'?"
        case "pow": "a power is written 'a ** b'"
        case "enumerate", "zip", "map", "filter": "there is no '\(name)'; loop over '0..len(l)-1', or write a comprehension"
        case "isinstance", "type": "every value has one type, known before the run"
        case "random", "randint", "choice", "choose": "write 'choose x in s'"
        case "sleep", "wait": "a handler does not wait; write 'set timer T() after d'"
        default: nil
        }
    }

    /// The same for methods.
    static func methodHabit(_ name: String) -> String? {
        switch name {
        case "append": "write 'append x to l'"
        case "add": "write 'add x to s'"
        case "remove", "discard": "write 'remove x from s'"
        case "extend": "write 'l += [..]'"
        case "update": "write 's |= {..}', or 'm[k] = v'"
        case "pop": "read the element, then 'remove x from s'"
        case "clear": "assign an empty value: '[]' or '{}'"
        case "union": "sets are united with '|'"
        case "intersection": "sets are intersected with '&'"
        case "difference": "sets are subtracted with '-'"
        case "issubset": "write 'a <= b'"
        case "copy": "values are copied when they are assigned"
        case "sort": "'sorted(l)' gives a sorted list"
        case "reverse": "'reversed(l)' gives a reversed list"
        case "index", "count": "write a comprehension: 'count(x for x in l if ..)'"
        case "contains", "has", "has_key": "write 'x in s'"
        case "length", "size": "write 'len(x)'"
        case "send": "write 'send M(..) to p'"
        default: nil
        }
    }
}
