import ScenDiagnostics
import ScenModel

extension Checker {
    /// Handlers that never run, and messages and timers that nobody handles.
    func warn(_ syntax: AlgorithmSyntax, _ handlers: Handlers) {
        warnUnreachable(handlers)
        // Others send and handle what one that few nodes run does not.
        for (index, message) in syntax.messages.enumerated() where !isAlternative {
            let use = tables.messageUses[index]
            if let made = use.made, use.handled == nil {
                report(.unhandledMessage(message.name.text, at: made))
            } else if use.made == nil, let handled = use.handled {
                report(.messageNeverSent(message.name.text, at: handled))
            }
        }
        let set = tables.timers.filter(\.isSet).map(\.name.text)
        for timer in tables.timers {
            if let handled = timer.handled, !timer.isSet {
                report(.timerNeverSet(timer.name.text, nearest: Suggestion.nearest(timer.name.text, among: set), at: handled))
            } else if timer.isSet, timer.handled == nil {
                let known = tables.timers.filter { $0.handled != nil }.map(\.name.text)
                report(.unhandledTimer(timer.name.text, nearest: Suggestion.nearest(timer.name.text, among: known), at: timer.name.span))
            }
        }
    }

    private func warnUnreachable(_ handlers: Handlers) {
        var catchAll: [TypedHandler.Event: SourceSpan] = [:]
        for (handler, span) in handlers.typed {
            if let first = catchAll[handler.event] {
                report(.handlerHidden(first: first, at: span))
            } else if handler.patterns.allSatisfy(\.alwaysMatches) {
                catchAll[handler.event] = span
            }
        }
    }

    /// Timers that are cancelled but neither set nor handled.
    func checkTimerNames() {
        let known = tables.timers.filter { $0.isSet || $0.handled != nil }.map(\.name.text)
        for timer in tables.timers where !timer.isSet && timer.handled == nil {
            report(.unknownTimer(timer.name.text, at: timer.name.span, known: known))
        }
    }

    /// Functions that nothing calls: what is wrong whatever their arguments are.
    func checkUncalled(_ called: Set<Int>) {
        let count = tables.instances.count
        let mark = diagnostics.count
        for (index, function) in tables.functions.enumerated() where !called.contains(index) {
            let parameters = function.parameters.map { _ in TypeID.error }
            settle(at: function.name.span) { checker in
                checker.routine.result = function.body.givesValue ? .unknown : nil
                _ = checker.checkFunctionBody(function, parameters)
            }
        }
        tables.instances.removeLast(tables.instances.count - count)
        // What a call would tell is not missing.
        let open: Set<DiagnosticCode> = [.unknownTypeOfValue, .ambiguousName]
        let certain = diagnostics[mark...].filter { !open.contains($0.code) }
        diagnostics.replaceSubrange(mark..., with: certain)
    }
}

extension TypedPattern {
    var alwaysMatches: Bool {
        switch self {
        case .local, .wildcard: true
        case .tuple(let parts): parts.allSatisfy(\.alwaysMatches)
        case .equals: false
        }
    }
}
