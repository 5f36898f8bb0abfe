import ScenDiagnostics
import ScenModel

extension Checker {
    func checkAssignment(
        _ target: Target, _ symbol: AssignmentOperator, _ value: Expression, _ span: SourceSpan
    ) -> [TypedStatement] {
        if target.steps.isEmpty, routine.slot(target.name.text) == nil, find(target.name.text) == nil {
            guard symbol == .set else {
                _ = check(value, soft: true)
                report(unknownName(target.name))
                return []
            }
            return assignNew(target.name, value, span)
        }
        guard var spot = resolve(target) else {
            _ = check(value, soft: true)
            return []
        }
        let leaf = spot.leafType
        var term: Term
        if symbol == .set {
            term = checkValue(value, hint: leaf == .unknown ? nil : leaf)
        } else {
            let old = read(spot, target.span)
            let operand = checkValue(value, hint: leaf, soft: tables.store.isOpen(leaf))
            term = combine(symbol.operation, old, operand, span)
        }
        return write(&spot, &term, span, from: symbol == .set ? value : nil)
    }

    /// The first assignment to a name makes a local of the routine.
    private func assignNew(_ name: Identifier, _ value: Expression, _ span: SourceSpan) -> [TypedStatement] {
        let preset = routine.presets[name.span.start]
        let term = checkValue(value, hint: preset)
        let type = preset.flatMap { tables.store.join($0, term.type) } ?? term.type
        let node = convert(term, to: type, for: "this variable")
        let slot = routine.locals.count
        routine.locals.append(
            .init(name: name.text, type: type, declared: name.span, isImplicit: true))
        routine.implicit.append(slot)
        routine.assigned.insert(routine.implicit.count - 1)
        return [TypedStatement(.assignLocal(slot, node), at: span)]
    }

    /// Locals that only an assignment mentions are slips of the pen.
    func reportUnreadLocals() {
        if isPartial { return }
        for slot in routine.implicit where !routine.locals[slot].isRead {
            let local = routine.locals[slot]
            if local.name == "_" || routine.unknown.contains(local.name) { continue }
            var known = tables.variables.map(\.name.text)
            known += routine.locals.filter { !$0.isImplicit && !$0.name.isEmpty }.map(\.name)
            report(.neverRead(local.name, nearest: nearest(local.name, among: known), at: local.declared))
        }
    }

    /// Gives the value to the place; a local takes on the type that takes both.
    func write(_ spot: inout Spot, _ term: inout Term, _ span: SourceSpan, from value: Expression?) -> [TypedStatement] {
        guard case .local(let slot) = spot.base else {
            let node = convert(term, to: spot.leafType, for: spot.purpose)
            return spot.prelude + [TypedStatement(stored(spot, node), at: span)]
        }
        if spot.steps.isEmpty { markAssigned(slot) }
        guard grow(&spot, slot, term, span) else { return [] }
        if let value, tables.store.isOpen(term.type), !tables.store.isOpen(spot.leafType) {
            term = check(value, hint: spot.leafType)
        }
        let node = convert(term, to: spot.leafType, for: spot.purpose)
        return spot.prelude + [TypedStatement(stored(spot, node), at: span)]
    }

    private func markAssigned(_ slot: Int) {
        if let order = routine.implicit.firstIndex(of: slot) { routine.assigned.insert(order) }
    }

    /// Widens a local so that the value fits at the place. False, after a report, if no type can.
    func grow(_ spot: inout Spot, _ slot: Int, _ term: Term, _ span: SourceSpan) -> Bool {
        let local = routine.locals[slot]
        let joined = grown(spot, 0, term.type)
        if let bound = local.bound, joined.map({ tables.store.fit(bound, to: $0) != .same }) ?? true { return true }
        guard let joined else {
            report(
                .localHasOtherType(
                    spot.steps.isEmpty ? local.name : "this part of \(local.name)", name(spot.leafType), name(term.type),
                    declared: local.declared, at: term.node.span,
                    advice: advice(for: term, wanted: spot.leafType)))
            return false
        }
        if joined == local.type { return true }
        routine.locals[slot].type = joined
        routine.presets[local.declared.start] = joined
        if !tables.store.isVague(local.type) { routine.widened = true }
        retype(&spot, joined)
        return true
    }

    /// The type of the whole with a value of type `leaf` at the place.
    private func grown(_ spot: Spot, _ level: Int, _ leaf: TypeID) -> TypeID? {
        let type = spot.types[level]
        guard level < spot.steps.count else { return tables.store.join(type, leaf) }
        guard let inner = grown(spot, level + 1, leaf) else { return nil }
        switch (spot.steps[level], tables.store[type]) {
        case (.element, .list): return tables.store.list(inner)
        case (.key(_, let key), .map(let known, _)):
            return tables.store.join(known, key).map { tables.store.map($0, inner) }
        case (.key(_, let key), .emptyBraces), (.key(_, let key), .unknown): return tables.store.map(key, inner)
        default: return type
        }
    }

    /// The types along the way, after the local's type has changed.
    private func retype(_ spot: inout Spot, _ type: TypeID) {
        var type = type
        for level in spot.types.indices {
            spot.types[level] = type
            guard level < spot.steps.count else { break }
            switch (spot.steps[level], tables.store[type]) {
            case (.element, .list(let element)): type = element
            case (.key, .map(_, let value)): type = value
            default: type = spot.types[level + 1]
            }
        }
    }
}

extension AssignmentOperator {
    /// Of a compound assignment.
    var operation: BinaryOperator {
        switch self {
        case .plus, .set: .plus
        case .minus: .minus
        case .times: .times
        case .union: .union
        case .intersection: .intersection
        }
    }
}
