import ScenDiagnostics
import ScenModel

/// `on broadcast(m)`: a request of the layer above. In an algorithm without one the node makes it itself: `broadcast(x)` runs the
/// handler as a function does, and is noted as a broadcast of the node.
extension Checker {
    func declareBroadcast(_ handlers: [AlgorithmSyntax.Handler]) {
        for handler in handlers {
            guard case .message(let name, let arguments, let sender) = handler.trigger, name.text == Self.broadcast,
                tables.messageNames[name.text] == nil
            else { continue }
            guard tables.functionNames[name.text] == nil else {
                report(.duplicateName(name.text, what: tables.broadcast == nil ? "a function" : "handled", at: name.span))
                continue
            }
            guard case .name(let parameter)? = arguments?.first, arguments?.count == 1, sender == nil else {
                report(.headerWantsMore("on broadcast(m)", at: name.span))
                continue
            }
            if tables.delivers == nil, !tables.isLayer { report(.broadcastNeedsType(at: name.span)) }
            tables.broadcast = tables.functions.count
            tables.functionNames[name.text] = tables.functions.count
            tables.functions.append(
                AlgorithmSyntax.Function(name: name, parameters: [parameter], body: .block(handler.body)))
        }
    }

    static let broadcast = "broadcast"

    func isBroadcast(_ function: AlgorithmSyntax.Function) -> Bool {
        tables.broadcast.map { tables.functions[$0].name.span == function.name.span } ?? false
    }

    /// What a function is called with; what is broadcast is of the type that is delivered.
    func checkArgument(_ value: Expression, of function: Int) -> Term {
        guard function == tables.broadcast else { return checkValue(value, soft: true) }
        let type = tables.delivers ?? .error
        return Term(node: check(value, as: type, for: "what is broadcast"), type: type)
    }

    /// What comes before the statements of a function whose parameters have been declared: nothing, but in `on broadcast`.
    func beginFunction(_ syntax: AlgorithmSyntax.Function, _ types: [TypeID]) -> [TypedStatement] {
        guard isBroadcast(syntax), let type = types.first else { return [] }
        let span = syntax.name.span
        noteNodeUse("'broadcast'", span)
        if syntax.body.givesValue { report(.handlerReturnsValue(at: span)) }
        let value = TypedExpression(.local(0), tables.store.value(type), at: span)
        return [TypedStatement(.broadcast(value), at: span)]
    }

    func warnAboutBroadcast(_ called: Set<Int>) {
        guard let index = tables.broadcast, !tables.isLayer, !called.contains(index) else { return }
        report(.nothingBroadcast(at: tables.functions[index].name.span))
    }

    static let histories = ["broadcasts", "deliveries", "repeats", "inventions"]

    /// `p.broadcasts` and its like, where the algorithm handles `on broadcast`.
    func checkHistory(_ node: TypedExpression, _ name: String, _ span: SourceSpan) -> Term? {
        guard tables.broadcast != nil, let delivers = tables.delivers else { return nil }
        let deliveries = tables.store.list(tables.store.tuple([.node, .int]))
        switch name {
        case "broadcasts":
            let type = tables.store.list(tables.store.tuple([delivers, deliveries, .duration]))
            return term(.factOf(node, .history(.broadcasts)), type, span)
        case "deliveries": return term(.factOf(node, .history(.deliveries)), deliveries, span)
        case "repeats": return term(.factOf(node, .history(.repeats)), .int, span)
        case "inventions": return term(.factOf(node, .history(.inventions)), .int, span)
        default: return nil
        }
    }
}
