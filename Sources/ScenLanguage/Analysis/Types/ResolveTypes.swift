import ScenDiagnostics
import ScenModel

extension Checker {
    func resolve(_ syntax: TypeSyntax) -> TypeID {
        tables.store.overflowed = false
        let type = resolveParts(syntax)
        if tables.store.overflowed { report(.nestedTooDeeply(at: syntax.span)) }
        tables.store.overflowed = false
        return type
    }

    private func resolveParts(_ syntax: TypeSyntax) -> TypeID {
        switch syntax.kind {
        case .name(let name): return resolveName(name, at: syntax.span)
        case .range(let low, let high): return resolveRange(low, high, syntax.span)
        case .maybe(let inner): return tables.store.maybe(resolveParts(inner))
        case .tuple(let parts): return tables.store.tuple(parts.map { resolveParts($0) })
        case .list(let element): return tables.store.list(resolveParts(element))
        case .set(let element): return tables.store.set(resolveParts(element))
        case .map(let key, let value): return tables.store.map(resolveParts(key), resolveParts(value))
        case .signed(let content): return tables.store.signed(resolveParts(content))
        case .sealed(let content): return tables.store.sealed(resolveParts(content))
        }
    }

    static let builtinTypes = ["bool", "int", "real", "string", "duration", "node", "message"]

    static func builtinType(_ name: String) -> TypeID? {
        switch name {
        case "bool": .bool
        case "int": .int
        case "real": .real
        case "string": .string
        case "duration": .duration
        case "node": .node
        case "message": .message
        default: nil
        }
    }

    /// Nil if there is no such type.
    func findType(_ name: String) -> TypeID? {
        Self.builtinType(name) ?? tables.typeNames[name] ?? resolvePending(name)
    }

    private func resolveName(_ name: String, at span: SourceSpan) -> TypeID {
        if let type = findType(name) { return type }
        report(
            .unknownType(
                name, at: span, known: suggested(Self.builtinTypes + tables.typeNames.keys.sorted()), advice: Self.typeHabit(name)))
        return .error
    }

    private static func typeHabit(_ name: String) -> String? {
        switch name.lowercased() {
        case "float", "double", "number", "probability": "did you mean 'real'?"
        case "str", "text": "did you mean 'string'?"
        case "boolean": "did you mean 'bool'?"
        case "integer", "nat", "long", "uint": "did you mean 'int'?"
        case "time", "timestamp", "interval": "did you mean 'duration'?"
        case "process", "id", "nodeid": "did you mean 'node'?"
        case "dict": "write 'map of K to V'"
        case "list", "array", "set": "write '\(name.lowercased() == "set" ? "set" : "list") of T'"
        case "map": "write 'map of K to V'"
        case "optional", "option": "write 'maybe T'"
        case "any", "object": "every value has one type"
        default: nil
        }
    }

    /// An alias is resolved when it is first asked for.
    private func resolvePending(_ name: String) -> TypeID? {
        guard let definition = pending.types[name], case .alias(let syntax) = definition.content else { return nil }
        guard pending.running.insert("type " + name).inserted else {
            report(.infiniteType(name, at: definition.name.span))
            tables.typeNames[name] = .error
            return .error
        }
        let type = resolve(syntax)
        pending.running.remove("type " + name)
        // A cycle has been reported on the way.
        let known = tables.typeNames[name] ?? type
        tables.typeNames[name] = known
        return known
    }

    private func resolveRange(_ low: Expression, _ high: Expression, _ span: SourceSpan) -> TypeID {
        let from = evaluateWhole(low, for: "the lower bound of a range")
        let to = evaluateWhole(high, for: "the upper bound of a range")
        guard let from, let to else { return .error }
        guard from <= to else {
            report(.emptyRange(low: from, high: to, at: span))
            return .error
        }
        return tables.store.range(from, to)
    }

    /// A whole number that must be known before the run.
    func evaluateWhole(_ syntax: Expression, for purpose: String) -> Int? {
        guard let (value, _) = evaluate(syntax, as: .int, for: purpose) else { return nil }
        guard case .int(let number) = value else { return nil }
        return number
    }

    /// The value of an expression over parameters, constants and nodes; nil after a report.
    func evaluate(_ syntax: Expression, as type: TypeID?, for purpose: String) -> (Value, TypeID)? {
        var outer = RoutineState()
        swap(&outer, &routine)
        let outerPlace = place
        place = .model
        defer {
            swap(&outer, &routine)
            place = outerPlace
        }
        let count = diagnostics.count
        let node: TypedExpression
        var found = type ?? .error
        if let type {
            node = check(syntax, as: type, for: purpose)
        } else {
            let term = checkValue(syntax)
            node = term.node
            found = term.type
        }
        guard found != .error, !diagnostics[count...].contains(where: { $0.severity == .error }) else { return nil }
        if case .constant(let value) = node.kind { return (value, found) }
        var bag = DiagnosticBag()
        let value = ConstantEvaluator.evaluate(node, into: &bag)
        diagnostics += bag.all
        return value.map { ($0, found) }
    }

    /// A constant is evaluated when it is first asked for, so that they may stand in any order.
    func pendingConstant(_ name: String) -> KnownName? {
        guard let constant = pending.constants[name] else { return nil }
        guard pending.running.insert("constant " + name).inserted else {
            report(.definedByItself(name, at: constant.name.span))
            return addBroken(name)
        }
        let result = evaluate(constant.content, as: nil, for: "")
        pending.running.remove("constant " + name)
        pending.constants[name] = nil
        if let known = tables.names[name] { return known }
        guard let (value, type) = result else { return addBroken(name) }
        let closed = tables.store.withoutRanges(type)
        scope.constants.append(.init(name: name, value: value, type: tables.store.value(closed)))
        tables.names[name] = .value(.constant, value, closed)
        return tables.names[name]
    }

    private func addBroken(_ name: String) -> KnownName {
        scope.broken.append(name)
        tables.names[name] = .broken
        return .broken
    }
}
