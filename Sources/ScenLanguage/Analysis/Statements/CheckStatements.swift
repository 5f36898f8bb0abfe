import ScenDiagnostics
import ScenModel

extension Checker {
    /// Statements with the names that they bind among themselves.
    func checkBlock(_ statements: [Statement]) -> [TypedStatement] {
        let depth = routine.visible.count
        defer { closeClauses(depth) }
        var typed: [TypedStatement] = []
        typed.reserveCapacity(statements.count)
        for statement in statements {
            guard enter(statement.span) else { break }
            typed += check(statement)
            leave()
        }
        return typed
    }

    private func check(_ statement: Statement) -> [TypedStatement] {
        let span = statement.span
        func one(_ kind: TypedStatement.Kind) -> [TypedStatement] { [TypedStatement(kind, at: span)] }
        switch statement.kind {
        case .assign(let target, let symbol, let value): return checkAssignment(target, symbol, value, span)
        case .bind(let pattern, let value): return checkLet(pattern, value, span)
        case .add(let element, let target): return checkUpdate(.add, element, target, span)
        case .remove(let element, let target): return checkUpdate(.remove, element, target, span)
        case .append(let element, let target): return checkUpdate(.append, element, target, span)
        case .send(let message, let recipients): return checkSend(message, recipients, span)
        case .setTimer(let timer, let delay): return checkSetTimer(timer, delay, span)
        case .cancelTimer(let timer): return checkCancelTimer(timer, span)
        case .decide(let value): return checkDecide(value, span)
        case .deliver(let value, let sender): return checkDeliver(value, sender, span)
        case .branch(let branches, let otherwise): return checkBranches(branches, otherwise, span)
        case .loop(let pattern, let collection, let body): return checkLoop(pattern, collection, body, span)
        case .returns(let value): return checkReturn(value, span)
        case .assert(let condition):
            return one(.assert(check(condition, as: .bool, for: "what 'assert' demands")))
        case .log(let text): return one(.log(checkLog(text)))
        case .choose(let pattern, let collection):
            noteNodeUse("'choose'", span)
            let (node, element) = iterate(check(collection), pattern)
            return one(.choose(bind(pattern, element), in: node))
        case .call(let call): return checkCallStatement(call, span)
        case .respond:
            report(.notSupported("'respond'", at: span))
            return []
        case .raise:
            report(.notSupported("'raise'", at: span))
            return []
        }
    }

    private func checkBranches(
        _ branches: [Statement.Branch], _ otherwise: [Statement]?, _ span: SourceSpan
    ) -> [TypedStatement] {
        var typed: [TypedStatement.Branch] = []
        var ends: [(assigned: Bits, isReachable: Bool)] = []
        let start = (routine.assigned, routine.isReachable)
        for branch in branches {
            let condition = check(branch.condition, as: .bool, for: "a condition")
            let body = checkBlock(branch.body)
            typed.append(.init(condition: condition, body: body))
            ends.append((routine.assigned, routine.isReachable))
            (routine.assigned, routine.isReachable) = start
        }
        let last = otherwise.map { checkBlock($0) } ?? []
        for end in ends { routine.meet(end) }
        return [TypedStatement(.branch(typed, otherwise: last), at: span)]
    }

    private func checkLoop(
        _ pattern: Pattern, _ collection: Expression, _ body: [Statement], _ span: SourceSpan
    ) -> [TypedStatement] {
        let (node, element) = iterate(check(collection), pattern)
        let depth = routine.visible.count
        defer { closeClauses(depth) }
        let typed = bind(pattern, element)
        let start = (routine.assigned, routine.isReachable)
        let statements = checkBlock(body)
        (routine.assigned, routine.isReachable) = start
        return [TypedStatement(.loop(typed, in: node, statements), at: span)]
    }

    private func checkReturn(_ value: Expression?, _ span: SourceSpan) -> [TypedStatement] {
        defer { routine.isReachable = false }
        guard let value else {
            if routine.result != nil { report(.returnWithoutValue(at: span)) }
            return [TypedStatement(.returns(nil), at: span)]
        }
        guard let result = routine.result else {
            _ = check(value, soft: true)
            report(.handlerReturnsValue(at: value.span))
            return []
        }
        let node = giveBack(checkValue(value, hint: result == .unknown ? nil : result), value)
        return [TypedStatement(.returns(node), at: span)]
    }

    private func checkLog(_ text: Expression) -> [TypedStatement.LogPart] {
        guard case .string(let parts) = text.kind else { return [.value(checkValue(text).node)] }
        return parts.map { part in
            switch part {
            case .text(let text): .text(text)
            case .expression(let value): .value(checkValue(value).node)
            }
        }
    }

    private func checkCallStatement(_ call: Expression, _ span: SourceSpan) -> [TypedStatement] {
        let count = diagnostics.count
        let term = check(call, soft: true)
        if case .call = term.node.kind { return [TypedStatement(.call(term.node), at: span)] }
        if diagnostics.count == count, term.type != .error {
            if case .make(.message, _) = term.node.kind {
                report(.messageNotSent(at: span))
            } else {
                report(.valueNotUsed(at: span))
            }
        }
        return []
    }

    private func checkLet(_ pattern: Pattern, _ value: Expression, _ span: SourceSpan) -> [TypedStatement] {
        let hint = hint(for: pattern)
        let term = checkValue(value, hint: hint == .unknown ? nil : hint)
        let type = grown(pattern, term.type)
        let node = convert(term, to: type, for: "this name")
        let first = routine.locals.count
        let typed = bind(pattern, type)
        for slot in routine.locals.indices[first...] { routine.locals[slot].bound = nil }
        if case .local(let slot) = typed { return [TypedStatement(.assignLocal(slot, node), at: span)] }
        return [TypedStatement(.bind(typed, node), at: span)]
    }

    /// What the pass before has found out about the names.
    private func hint(for pattern: Pattern) -> TypeID {
        switch pattern {
        case .name(let name): routine.presets[name.span.start] ?? .unknown
        case .tuple(let parts, _): tables.store.tuple(parts.map { hint(for: $0) })
        default: .unknown
        }
    }

    /// The type of a bound value, with what the pass before has found out about the names.
    private func grown(_ pattern: Pattern, _ type: TypeID) -> TypeID {
        switch pattern {
        case .name(let name):
            guard let known = routine.presets[name.span.start] else { return type }
            return tables.store.join(known, type) ?? type
        case .tuple(let parts, _):
            guard case .tuple(let types) = tables.store[type], types.count == parts.count else { return type }
            var grownTypes: [TypeID] = []
            for (part, type) in zip(parts, types) { grownTypes.append(grown(part, type)) }
            return tables.store.tuple(grownTypes)
        default: return type
        }
    }
}
