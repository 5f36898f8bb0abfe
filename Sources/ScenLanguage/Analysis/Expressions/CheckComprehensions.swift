import ScenDiagnostics
import ScenModel

extension Checker {
    func checkComprehension(_ syntax: Expression, _ hint: TypeID?, _ soft: Bool) -> Term {
        guard case .comprehension(let kind, let element, let value, let clauses) = syntax.kind else {
            return .broken(syntax.span)
        }
        let span = syntax.span
        let (depth, typed) = openClauses(clauses)
        defer { closeClauses(depth) }
        let wanted = hint.map { tables.store.withoutMaybe($0) }
        switch kind {
        case .map:
            var hints: (TypeID?, TypeID?) = (nil, nil)
            if let wanted, case .map(let key, let value) = tables.store[wanted] { hints = (key, value) }
            let key = checkValue(element, hint: hints.0, soft: soft)
            let value = value.map { checkValue($0, hint: hints.1, soft: soft) } ?? .broken(span)
            let type = tables.store.map(key.type, value.type)
            return comprehension(.map, typed, key.node, value.node, type, span)
        case .set:
            let hint = wanted.flatMap { tables.store.element(of: $0) }
            let element = checkValue(element, hint: hint, soft: soft)
            return comprehension(.set, typed, element.node, nil, tables.store.set(element.type), span)
        case .list, .generator:
            let hint = wanted.flatMap { tables.store.element(of: $0) }
            let element = checkValue(element, hint: hint, soft: soft)
            return comprehension(.list, typed, element.node, nil, tables.store.list(element.type), span)
        }
    }

    func comprehension(
        _ result: TypedComprehension.Result, _ clauses: [TypedComprehension.Clause], _ element: TypedExpression,
        _ value: TypedExpression?, _ type: TypeID, _ span: SourceSpan
    ) -> Term {
        term(
            .comprehension(
                TypedComprehension(result: result, clauses: clauses, element: element, value: value)),
            type, span)
    }

    /// Binds the names of `for .. in .. if ..`; `closeClauses` with the number that comes back lets go of them.
    func openClauses(_ clauses: [Expression.Clause]) -> (Int, [TypedComprehension.Clause]) {
        let depth = routine.visible.count
        var typed: [TypedComprehension.Clause] = []
        for clause in clauses {
            let (collection, element) = iterate(check(clause.collection), clause.pattern)
            let pattern = bind(clause.pattern, element, mayHideLocals: true)
            let conditions = clause.conditions.map { check($0, as: .bool, for: "a condition") }
            typed.append(.init(pattern: pattern, collection: collection, conditions: conditions))
        }
        return (depth, typed)
    }

    func closeClauses(_ depth: Int) {
        routine.visible.removeLast(routine.visible.count - depth)
    }

    /// What a loop goes through, and the type of what it binds.
    func iterate(_ term: Term, _ pattern: Pattern) -> (TypedExpression, TypeID) {
        let collection = unwrapped(term)
        switch tables.store[collection.type] {
        case .map(let key, let value):
            let keys = TypedExpression(
                .operation(.keys, [collection.node]), .set(tables.store.value(key)), at: term.node.span)
            if case .tuple(let parts, _) = pattern, parts.count == 2 {
                if case .tuple = tables.store[key] { return (keys, key) }
                report(.loopOverMapEntries(at: term.node.span))
                return (keys, tables.store.tuple([key, value]))
            }
            return (keys, key)
        default:
            if let element = tables.store.element(of: collection.type) { return (collection.node, element) }
        }
        let isNumber = tables.store.isWhole(collection.type)
        report(
            .notACollection(
                name(collection.type), at: term.node.span,
                advice: isNumber ? "a range has two ends: '0..k-1'" : nil))
        return (collection.node, .error)
    }

    /// Binds the names of a pattern to new locals.
    func bind(_ pattern: Pattern, _ type: TypeID, mayHideLocals: Bool = false) -> TypedPattern {
        switch pattern {
        case .wildcard: return .wildcard
        case .name(let name):
            return .local(declare(name, type, mayHideLocals: mayHideLocals))
        case .tuple(let parts, let span):
            return bindTuple(parts, span, type, mayHideLocals)
        case .value(let expression):
            report(.patternIsValue(at: expression.span))
            return .wildcard
        }
    }

    private func bindTuple(
        _ parts: [Pattern], _ span: SourceSpan, _ type: TypeID, _ mayHideLocals: Bool
    ) -> TypedPattern {
        var types = [TypeID](repeating: tables.store.isVague(type) ? type : .error, count: parts.count)
        if case .tuple(let known) = tables.store[type] {
            if known.count == parts.count {
                types = known
            } else {
                report(.tuplePattern(parts: parts.count, type: name(type), at: span))
            }
        } else if !tables.store.isVague(type) {
            report(.tuplePattern(parts: parts.count, type: name(type), at: span))
        }
        return .tuple(zip(parts, types).map { bind($0, $1, mayHideLocals: mayHideLocals) })
    }

    /// A new local for a name that is bound; one that hides another meaning is reported.
    func declare(_ name: Identifier, _ type: TypeID, mayHideLocals: Bool = false) -> Int {
        var type = type
        // What a property of the library binds may be the name of something in the scenario.
        if name.span.source != .library, let known = find(name.text) {
            if let what = meaning(of: known) {
                report(.hidesName(name.text, what: what, at: name.span))
                type = .error
            }
        } else if !mayHideLocals, let slot = routine.slot(name.text) {
            report(.boundAgain(name.text, first: routine.locals[slot].declared, at: name.span))
        }
        return bindLocal(name, type)
    }

    /// A local for what is bound from outside.
    func bindLocal(_ name: Identifier, _ type: TypeID) -> Int {
        let slot = routine.locals.count
        routine.locals.append(
            .init(name: name.text, type: outgrown(name, type), declared: name.span, bound: type))
        routine.visible.append(slot)
        return slot
    }

    /// The type of a name for what is bound to it, with what the pass before has found out about it.
    func outgrown(_ name: Identifier, _ type: TypeID) -> TypeID {
        guard let known = routine.presets[name.span.start], let joined = tables.store.join(known, type),
            tables.store.fit(type, to: joined) == .same
        else { return type }
        return joined
    }

    /// What a name stands for, as a phrase; nil where it stands for nothing here.
    func meaning(of known: KnownName) -> String? {
        switch known {
        case .value(let role, _, _): "a \(role.rawValue)"
        case .words(let words, _):
            words.first.map { "a value of '\(scope.types.enumerations[$0.type].name)'" } ?? "a node"
        case .variable: place == .observer ? nil : "a state variable"
        case .reserved(let reserved): reservedMeaning(reserved)
        case .broken: "a parameter or constant"
        }
    }

    private func reservedMeaning(_ reserved: Reserved) -> String? {
        switch reserved {
        case .me: "the node that runs"
        case .nodes: "the set of all nodes"
        case .others: "the set of all nodes but 'me'"
        case .neighbours: "the set of nodes to which 'me' has a link"
        case .n: "the number of nodes"
        case .now: "the time on the node's clock"
        case .bound: "the bound on latency"
        case .input, .decision, .delivered: place == .observer ? nil : "what the language calls the node's \(reserved.rawValue)"
        case .faulty, .correct, .outcome, .time: place == .observer ? "known in every expectation" : nil
        }
    }
}
