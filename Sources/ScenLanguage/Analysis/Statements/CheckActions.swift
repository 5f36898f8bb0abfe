import ScenDiagnostics
import ScenModel

extension Checker {
    func checkSend(_ message: Expression, _ recipients: Expression, _ span: SourceSpan) -> [TypedStatement] {
        noteNodeUse("'send'", span)
        let node = check(message, as: .message, for: "'send' sends a message")
        let nodeSet = tables.store.set(.node)
        let to = unwrapped(check(recipients, hint: nodeSet))
        let many: Bool
        switch tables.store[to.type] {
        case .node: many = false
        case .set(.node), .list(.node): many = true
        case .unknown, .error, .emptyBraces, .set(.unknown), .list(.unknown), .set(.error), .list(.error): many = true
        default:
            report(.notARecipient(name(to.type), at: recipients.span, advice: advice(for: to, wanted: .node)))
            return []
        }
        return [TypedStatement(.send(node, to: to.node, many: many), at: span)]
    }

    func checkDecide(_ value: Expression, _ span: SourceSpan) -> [TypedStatement] {
        noteNodeUse("'decide'", span)
        guard let type = tables.decides else {
            _ = check(value, soft: true)
            if !tables.isLayer { report(.notDeclared("decide", key: "decides", at: span)) }
            return []
        }
        return [TypedStatement(.decide(check(value, as: type, for: "what is decided")), at: span)]
    }

    func checkDeliver(_ value: Expression, _ sender: Expression?, _ span: SourceSpan) -> [TypedStatement] {
        noteNodeUse("'deliver'", span)
        if sender == nil, tables.deliverWithoutSender == nil { tables.deliverWithoutSender = span }
        let from = sender.map { check($0, as: .node, for: "the node that it comes from") }
        guard let type = tables.delivers else {
            _ = check(value, soft: true)
            if !tables.isLayer { report(.notDeclared("deliver", key: "delivers", at: span)) }
            return []
        }
        return [TypedStatement(.deliver(check(value, as: type, for: "what is delivered"), from: from), at: span)]
    }

    func checkSetTimer(_ timer: TimerCall, _ delay: Expression, _ span: SourceSpan) -> [TypedStatement] {
        noteNodeUse("'set timer'", span)
        let after = check(delay, as: .duration, for: "the time after which a timer fires")
        if case .constant(.duration(let time)) = after.kind, time < 0 {
            report(.negativeDelay(at: delay.span))
        }
        guard let (index, nodes) = checkTimer(timer) else { return [] }
        tables.timers[index].isSet = true
        return [TypedStatement(.setTimer(timer: index, nodes, after: after), at: span)]
    }

    func checkCancelTimer(_ timer: TimerCall, _ span: SourceSpan) -> [TypedStatement] {
        noteNodeUse("'cancel timer'", span)
        guard let (index, nodes) = checkTimer(timer) else { return [] }
        return [TypedStatement(.cancelTimer(timer: index, nodes), at: span)]
    }

    /// The timer of that name; the first mention tells how many arguments it has.
    func timer(_ name: Identifier, arguments count: Int) -> Int? {
        guard let index = tables.timers.firstIndex(where: { $0.name.text == name.text }) else {
            tables.timers.append(.init(name: name, arguments: Array(repeating: .unknown, count: count)))
            return tables.timers.count - 1
        }
        let known = tables.timers[index]
        if known.arguments.count == count { return index }
        report(
            .timerArguments(
                name.text, expected: known.arguments.count, found: count, first: known.name.span, at: name.span))
        return nil
    }

    private func checkTimer(_ call: TimerCall) -> (Int, [TypedExpression])? {
        guard let index = timer(call.name, arguments: call.arguments.count) else {
            for argument in call.arguments { _ = check(argument, soft: true) }
            return nil
        }
        var nodes: [TypedExpression] = []
        for (place, argument) in call.arguments.enumerated() {
            let known = tables.timers[index].arguments[place]
            var term = checkValue(argument, hint: known == .unknown ? nil : known, soft: true)
            guard let joined = tables.store.join(known, tables.store.withoutRanges(term.type)) else {
                report(
                    .typesDiffer(
                        "the arguments of timer '\(call.name.text)'", name(known), name(term.type), at: argument.span,
                        advice: advice(for: term, wanted: known)))
                continue
            }
            if joined != known {
                tables.timers[index].arguments[place] = joined
                if known != .unknown || tables.timers[index].isObserved { timersChanged = true }
            }
            if tables.store.isOpen(term.type) { term = check(argument, hint: joined) }
            nodes.append(convert(term, to: joined, for: "an argument of timer '\(call.name.text)'"))
        }
        return (index, nodes)
    }
}
