import ScenDiagnostics
import ScenModel

extension Checker {
    /// `soft`: a word that several enumerations have is not reported; who asks asks again with a hint.
    func checkName(_ name: String, at span: SourceSpan, hint: TypeID?, soft: Bool) -> Term {
        if let slot = routine.slot(name) { return readLocal(slot, at: span) }
        switch find(name) {
        case .value(let role, let value, let type):
            if place == .parameters, role == .node || role == .group {
                report(.notOverParameters(name, at: span))
                return .broken(span)
            }
            return constant(value, type, span)
        case .words(let words, let node):
            return checkWord(name, words, node, at: span, hint: hint, soft: soft)
        case .variable(let index):
            return readVariable(index, at: span)
        case .reserved(let reserved):
            return readReserved(reserved, at: span)
        case .broken:
            return .broken(span)
        case nil:
            report(unknownName(Identifier(name, at: span)))
            return .broken(span)
        }
    }

    func find(_ name: String) -> KnownName? {
        if tables.hasNames {
            let known = tables.names[name] ?? pendingConstant(name)
            // A node's 'time' is not the time that an observer sees.
            if place == .observer, case .variable? = known, let reserved = Reserved(rawValue: name) {
                return .reserved(reserved)
            }
            return known
        }
        return scope.find(name, &tables.store)
    }

    private func readLocal(_ slot: Int, at span: SourceSpan) -> Term {
        let local = routine.locals[slot]
        routine.locals[slot].isRead = true
        if local.isImplicit, routine.isReachable, let order = routine.implicit.firstIndex(of: slot),
            !routine.assigned.contains(order)
        {
            report(.perhapsUnassigned(local.name, declared: local.declared, at: span))
            return .broken(span)
        }
        return term(.local(slot), local.type, span)
    }

    private func readVariable(_ index: Int, at span: SourceSpan) -> Term {
        let variable = tables.variables[index]
        guard place == .handler else {
            report(.stateOutsideHandlers(variable.name.text, observer: place == .observer, at: span))
            return .broken(span)
        }
        noteNodeUse("the state variable '\(variable.name.text)'", span)
        return term(.variable(index), variable.type, span)
    }

    func noteNodeUse(_ what: @autoclosure () -> String, _ span: SourceSpan) {
        if routine.nodeUse == nil { routine.nodeUse = Instance.NodeUse(what: what(), span: span) }
    }

    private func checkWord(
        _ name: String, _ words: [KnownName.Word], _ node: Int?, at span: SourceSpan, hint: TypeID?, soft: Bool
    ) -> Term {
        let wanted = hint.map { tables.store.withoutMaybe($0) }
        if let wanted, case .enumeration(let type) = tables.store[wanted] {
            if let word = words.first(where: { $0.type == type }) {
                return constant(.enumeration(type: type, word: word.word), wanted, span)
            }
        }
        // A node may stand where nodes are wanted: `send .. to shop`.
        if let node, wanted == .node || wanted == tables.store.set(.node) || (wanted == nil && !soft) {
            return constant(.node(node), .node, span)
        }
        if words.count == 1, node == nil {
            let type = tables.store.enumeration(words[0].type)
            return constant(.enumeration(type: words[0].type, word: words[0].word), type, span)
        }
        if soft { return term(.constant(.none), .unknown, span) }
        if wanted == .error { return .broken(span) }
        let types = words.map { scope.types.enumerations[$0.type].name }
        report(.ambiguousWord(name, types: types, isNode: node != nil, at: span))
        return .broken(span)
    }

    private func readReserved(_ reserved: Reserved, at span: SourceSpan) -> Term {
        guard isAllowed(reserved) else {
            report(notAllowed(reserved, at: span))
            return .broken(span)
        }
        switch reserved {
        case .me:
            noteNodeUse("'me'", span)
            return term(.own(.me), .node, span)
        case .others:
            noteNodeUse("'others'", span)
            return term(.own(.others), tables.store.set(.node), span)
        case .neighbours:
            noteNodeUse("'neighbours'", span)
            return term(.own(.neighbours), tables.store.set(.node), span)
        case .now:
            noteNodeUse("'now'", span)
            return term(.own(.now), .duration, span)
        case .nodes: return constant(allNodes, tables.store.set(.node), span)
        case .n: return constant(.int(scope.types.nodeNames.count), .int, span)
        case .bound:
            guard let bound = scope.bound else {
                report(.noBound(at: span))
                return .broken(span)
            }
            return constant(.duration(bound), .duration, span)
        case .input, .decision, .delivered: return readDeclared(reserved, at: span)
        case .faulty: return term(.global(.faulty), tables.store.set(.node), span)
        case .correct: return term(.global(.correct), tables.store.set(.node), span)
        case .time: return term(.global(.time), .duration, span)
        case .outcome: return term(.global(.outcome), .outcome, span)
        }
    }

    private var allNodes: Value {
        tables.hasNames ? tables.names.allNodes : .set(scope.types.nodeNames.indices.map { .node($0) })
    }

    /// What there is only if the algorithm declares it.
    private func readDeclared(_ reserved: Reserved, at span: SourceSpan) -> Term {
        noteNodeUse("'\(reserved.rawValue)'", span)
        switch reserved {
        case .input:
            if let type = tables.input { return term(.own(.input), type, span) }
        case .decision:
            if let type = tables.decides { return term(.own(.decision), tables.store.maybe(type), span) }
        default:
            if let type = tables.delivers { return term(.own(.delivered), tables.store.list(type), span) }
        }
        report(.notDeclared(reserved.rawValue, key: Self.key(of: reserved), at: span))
        return .broken(span)
    }

    /// The key of an algorithm that declares it.
    static func key(of reserved: Reserved) -> String {
        switch reserved {
        case .decision: "decides"
        case .delivered: "delivers"
        default: "input"
        }
    }

    private func isAllowed(_ reserved: Reserved) -> Bool {
        switch reserved {
        case .nodes, .n, .bound: place != .parameters
        case .me, .others, .neighbours, .input: place == .handler || place == .initial
        case .now, .decision, .delivered: place == .handler
        case .faulty, .correct, .outcome, .time: place == .observer
        }
    }

    private func notAllowed(_ reserved: Reserved, at span: SourceSpan) -> Diagnostic {
        let name = reserved.rawValue
        switch (place, reserved) {
        case (.parameters, _): return .notOverParameters(name, at: span)
        case (.observer, _): return .ownFactInObserver(name, at: span)
        case (.handler, .time): return .nameNotAllowedHere(name, "a node reads its clock with 'now'", at: span)
        case (.handler, _):
            return .nameNotAllowedHere(name, "no node can know it; it can stand in expectations", at: span)
        default: return .nameNotAllowedHere(name, "it is known in a run only", at: span)
        }
    }
}
