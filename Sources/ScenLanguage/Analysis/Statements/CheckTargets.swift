import ScenDiagnostics
import ScenModel

/// What an assignment changes: a variable, or a part of one.
struct Spot {
    enum Base {
        case variable(Int)
        case local(Int)
    }
    enum Step {
        case element(TypedExpression)
        /// With the type of the key as it was written.
        case key(TypedExpression, TypeID)
        case field(Int)
    }
    var name: String
    var base: Base
    var steps: [Step] = []
    /// Of the whole, then after each step.
    var types: [TypeID]
    /// Keeps what stands in brackets in locals, so that it is evaluated once.
    var prelude: [TypedStatement] = []

    var leafType: TypeID { types[types.count - 1] }
    var purpose: String { steps.isEmpty ? "'\(name)'" : "this part of '\(name)'" }
}

extension Checker {
    func resolve(_ target: Target) -> Spot? {
        guard var spot = resolveBase(target.name, hasSteps: !target.steps.isEmpty) else { return nil }
        for step in target.steps {
            switch step {
            case .index(let index):
                guard resolveIndex(index, &spot, target) else { return nil }
            case .field(let name):
                guard case .record(let number) = tables.store[spot.leafType] else {
                    if !tables.store.isVague(spot.leafType) {
                        report(.noFieldToAssign(name.text, self.name(spot.leafType), at: name.span))
                    }
                    return nil
                }
                let fields = scope.types.records[number].fields.map(\.name)
                guard let index = fields.firstIndex(of: name.text) else {
                    let record = scope.types.records[number].name
                    report(.unknownMember(name.text, of: "a '\(record)'", at: name.span, known: fields))
                    return nil
                }
                spot.steps.append(.field(index))
                spot.types.append(tables.records[number][index])
            }
        }
        return spot
    }

    private func resolveBase(_ name: Identifier, hasSteps: Bool) -> Spot? {
        if let slot = routine.slot(name.text) {
            if hasSteps { _ = checkName(name.text, at: name.span, hint: nil, soft: true) }
            return Spot(name: name.text, base: .local(slot), types: [routine.locals[slot].type])
        }
        switch find(name.text) {
        case .variable(let index)?:
            noteNodeUse("the state variable '\(name.text)'", name.span)
            return Spot(name: name.text, base: .variable(index), types: [tables.variables[index].type])
        case .broken?: break
        case let known?:
            if case .reserved(let reserved) = known, reserved == .input || reserved == .decision || reserved == .delivered {
                report(.notAssignableFact(name.text, at: name.span))
            } else {
                report(.notAssignable(name.text, what: meaning(of: known) ?? "a name of the language", at: name.span))
            }
        case nil: report(unknownName(name))
        }
        return nil
    }

    private func resolveIndex(_ index: Expression, _ spot: inout Spot, _ target: Target) -> Bool {
        switch tables.store[spot.leafType] {
        case .list(let element):
            let node = check(index, as: .int, for: "an index of a list")
            spot.steps.append(.element(kept(node, .int, &spot)))
            spot.types.append(element)
        case .map(let key, let value):
            var isLocal = false
            if case .local = spot.base { isLocal = true }
            let term = checkValue(index, hint: key)
            let fits = tables.store.fit(term.type, to: key) != .never
            let type = isLocal && !fits ? term.type : key
            let node = fits ? convert(term, to: key, for: "a key of this map") : term.node
            if !isLocal, !fits { _ = convert(term, to: key, for: "a key of this map") }
            spot.steps.append(.key(kept(node, type, &spot), tables.store.join(key, term.type) ?? type))
            spot.types.append(value)
        case .emptyBraces, .unknown:
            let term = checkValue(index)
            spot.steps.append(.key(kept(term.node, term.type, &spot), term.type))
            spot.types.append(.unknown)
        case .error: return false
        case .tuple:
            report(.tupleNotAssignable(at: target.span))
            return false
        default:
            report(.notIndexable(name(spot.leafType), nil, at: target.span))
            return false
        }
        return true
    }

    /// The index in a local, unless it costs nothing to read it again.
    private func kept(_ node: TypedExpression, _ type: TypeID, _ spot: inout Spot) -> TypedExpression {
        switch node.kind {
        case .constant, .local, .own: return node
        default:
            let slot = routine.temporary(type, node.span)
            spot.prelude.append(TypedStatement(.assignLocal(slot, node), at: node.span))
            return TypedExpression(.local(slot), node.type, at: node.span)
        }
    }

    /// The value at the place now.
    func read(_ spot: Spot, _ span: SourceSpan) -> Term {
        if spot.steps.isEmpty, case .local = spot.base {
            return checkName(spot.name, at: span, hint: nil, soft: true)
        }
        return Term(node: value(spot, upTo: spot.steps.count, span), type: spot.leafType)
    }

    private func value(_ spot: Spot, upTo count: Int, _ span: SourceSpan) -> TypedExpression {
        let type = tables.store.value(spot.types[count])
        guard count > 0 else {
            let kind: TypedExpression.Kind =
                switch spot.base {
                case .variable(let index): .variable(index)
                case .local(let slot): .local(slot)
                }
            return TypedExpression(kind, type, at: span)
        }
        let whole = value(spot, upTo: count - 1, span)
        let kind: TypedExpression.Kind =
            switch spot.steps[count - 1] {
            case .element(let index): .operation(.elementAt, [whole, index])
            case .key(let key, _): .operation(.lookUp, [whole, key])
            case .field(let index): .field(whole, index)
            }
        return TypedExpression(kind, type, at: span)
    }

    /// The statement that puts a value at the place: every whole around it is made anew.
    func stored(_ spot: Spot, _ value: TypedExpression) -> TypedStatement.Kind {
        var node = value
        for level in spot.steps.indices.reversed() {
            let whole = self.value(spot, upTo: level, value.span)
            let type = tables.store.value(spot.types[level])
            let kind: TypedExpression.Kind
            switch spot.steps[level] {
            case .element(let index): kind = .operation(.replacingElement, [whole, index, node])
            case .key(let key, _): kind = .operation(.insertingIntoMap, [whole, key, node])
            case .field(let index):
                let place = TypedExpression(.constant(.int(index)), .int, at: value.span)
                kind = .operation(.replacingField, [whole, place, node])
            }
            node = TypedExpression(kind, type, at: value.span)
        }
        switch spot.base {
        case .variable(let index): return .assignVariable(index, node)
        case .local(let slot): return .assignLocal(slot, node)
        }
    }

    enum Update: String { case add, remove, append }

    /// `add x to s`, `remove x from s`, `append x to l`.
    func checkUpdate(
        _ update: Update, _ element: Expression, _ target: Target, _ span: SourceSpan
    ) -> [TypedStatement] {
        guard var spot = resolve(target) else {
            _ = check(element, soft: true)
            return []
        }
        if spot.steps.isEmpty, case .local(let slot) = spot.base {
            // Read, so that it must have a value.
            let read = checkName(spot.name, at: target.span, hint: nil, soft: true)
            if read.type == .error { return [] }
            _ = slot
        }
        let wanted = tables.store.element(of: spot.leafType)
        let term = checkValue(element, hint: wanted == .unknown ? nil : wanted)
        guard let (operation, whole) = updated(update, spot.leafType, term, target.span) else { return [] }
        if case .local(let slot) = spot.base {
            guard grow(&spot, slot, Term(node: term.node, type: whole), span) else { return [] }
        }
        guard let type = tables.store.element(of: spot.leafType) else { return [] }
        let node = convert(term, to: type, for: "an element of '\(spot.name)'")
        let old = value(spot, upTo: spot.steps.count, target.span)
        let new = TypedExpression(.operation(operation, [old, node]), tables.store.value(spot.leafType), at: span)
        return spot.prelude + [TypedStatement(stored(spot, new), at: span)]
    }

    /// The operation, and the smallest type of a collection with such an element.
    private func updated(
        _ update: Update, _ type: TypeID, _ element: Term, _ span: SourceSpan
    ) -> (Operation, TypeID)? {
        switch (update, tables.store[type]) {
        case (.add, .set), (.add, .emptyBraces): return (.adding, tables.store.set(element.type))
        case (.append, .list): return (.appending, tables.store.list(element.type))
        case (.remove, .set), (.remove, .emptyBraces): return (.removing, tables.store.set(element.type))
        case (.remove, .list): return (.removingFromList, tables.store.list(element.type))
        case (.remove, .map(_, let value)): return (.removingFromMap, tables.store.map(element.type, value))
        case (_, .unknown), (_, .error): return nil
        case (.add, .list): report(.wrongUpdate("add", name(type), "write 'append x to l'", at: span))
        case (.append, .set), (.append, .emptyBraces):
            report(.wrongUpdate("append", name(type), "write 'add x to s'", at: span))
        case (.add, .map), (.append, .map): report(.wrongUpdate(update.rawValue, name(type), "write 'm[k] = v'", at: span))
        case (.add, .int), (.add, .range), (.add, .real), (.add, .duration):
            report(.wrongUpdate("add", name(type), "write 'x += 1'", at: span))
        default: report(.wrongUpdate(update.rawValue, name(type), nil, at: span))
        }
        return nil
    }
}
