import ScenDiagnostics
import ScenModel

extension Checker {
    /// Goes through a routine until the types of its locals are settled; the diagnostics of the last time stand.
    func settle<Result>(at span: SourceSpan, _ body: (Checker) -> Result) -> Result {
        let mark = diagnostics.count
        var presets: [Int: TypeID] = [:]
        var passes = 0
        while true {
            passes += 1
            tables.store.overflowed = false
            routine = RoutineState()
            routine.presets = presets
            let result = body(self)
            reportUnreadLocals()
            if tables.store.overflowed || (routine.widened && passes == Self.passesMax) {
                report(.infiniteTypeOfLocal(at: span))
                return result
            }
            guard routine.widened else { return result }
            presets = routine.presets
            diagnostics.removeLast(diagnostics.count - mark)
        }
    }

    /// All handlers. Timers have no declaration: what is set tells the types of their arguments, so handlers are gone
    /// through again if something had used a type that turned out to be another.
    func checkHandlers(_ handlers: [AlgorithmSyntax.Handler]) -> Handlers {
        // Those of timers last: by then most timers have been set.
        let order =
            handlers.indices.filter { !handlers[$0].isForTimer } + handlers.indices.filter { handlers[$0].isForTimer }
        let mark = diagnostics.count
        var passes = 0
        while true {
            passes += 1
            timersChanged = false
            tables.instances.removeAll()
            for index in tables.timers.indices {
                tables.timers[index].isObserved = false
                tables.timers[index].isSet = false
                tables.timers[index].handled = nil
            }
            var result = Handlers()
            var typed = [TypedHandler?](repeating: nil, count: handlers.count)
            for index in order {
                typed[index] = check(handlers[index], &result)
                result.roots += routine.calls
            }
            if !timersChanged || passes == Self.passesMax {
                result.typed = zip(typed, handlers).compactMap { handler, syntax in handler.map { ($0, syntax.span) } }
                return result
            }
            diagnostics.removeLast(diagnostics.count - mark)
        }
    }

    struct Handlers {
        var typed: [(handler: TypedHandler, span: SourceSpan)] = []
        var whens: [TypedAlgorithm.When] = []
        /// Instances that handlers call.
        var roots: [Int] = []
        var lastNamedRound = 0
        /// As in `TypedAlgorithm`.
        var lastRoundRead = 0
    }

    private func check(_ handler: AlgorithmSyntax.Handler, _ result: inout Handlers) -> TypedHandler? {
        routine = RoutineState()
        let body = handler.body
        let span = handler.span
        switch handler.trigger {
        case .start: return checkHandler("on start", .start, [], [], body, span)
        case .recover: return checkHandler("on recover", .recover, [], [], body, span)
        case .message(let name, let arguments, let from):
            return checkMessageHandler(name, arguments, from, body, span)
        case .timer(let name, let arguments): return checkTimerHandler(name, arguments, body, span)
        case .round(let pattern):
            noteRound(pattern, &result)
            result.lastRoundRead = max(result.lastRoundRead, lastRoundRead(pattern, in: body))
            return checkHandler("on round", .round, [.int], [pattern], body, span)
        case .when(let condition):
            checkWhen(condition, body, span, &result)
            return nil
        case .request: report(.notSupported("'on request'", at: span))
        case .layerSend: report(.notSupported("'on send'", at: span))
        case .indication(let layer, let name, _):
            report(.notSupported("'on \(layer.text).\(name.text)'", at: span))
        }
        return nil
    }

    private func checkHandler(
        _ name: String, _ event: TypedHandler.Event, _ types: [TypeID], _ patterns: [Pattern?], _ body: [Statement],
        _ span: SourceSpan
    ) -> TypedHandler {
        settle(at: span) { checker in
            for type in types { checker.routine.locals.append(.init(name: "", type: type, declared: span)) }
            var typed: [TypedPattern] = []
            for (slot, pattern) in patterns.enumerated() {
                typed.append(pattern.map { checker.checkHeader($0, slot, types[slot]) } ?? .wildcard)
            }
            let statements = checker.checkBlock(body)
            let routine = TypedRoutine(
                name: name, parameters: types.count, locals: checker.typesOfLocals, body: statements,
                result: .nothing, span: span)
            return TypedHandler(event: event, patterns: typed, routine: routine)
        }
    }

    var typesOfLocals: [ValueType] { routine.locals.map { tables.store.value($0.type) } }

    /// A pattern of a header: known names filter, others bind. `slot` is the parameter, or -1 inside a tuple.
    private func checkHeader(_ pattern: Pattern, _ slot: Int, _ type: TypeID) -> TypedPattern {
        switch pattern {
        case .wildcard: return .wildcard
        case .value(let expression):
            return .equals(check(expression, as: type, for: "what this header compares"))
        case .tuple(let parts, let span):
            guard case .tuple(let types) = tables.store[type], types.count == parts.count else {
                if !tables.store.isVague(type) {
                    report(.tuplePattern(parts: parts.count, type: name(type), at: span))
                }
                return .tuple(parts.map { checkHeader($0, -1, .error) })
            }
            return .tuple(zip(parts, types).map { checkHeader($0, -1, $1) })
        case .name(let name):
            switch find(name.text) {
            case .value?, .words?, .broken?, .reserved(.me)?, .reserved(.n)?, .reserved(.bound)?:
                let term = checkName(name.text, at: name.span, hint: type, soft: false)
                return .equals(convert(term, to: type, for: "a known name in a header filters: what it is compared with"))
            case let known?:
                report(.hidesName(name.text, what: meaning(of: known) ?? "a name of the language", at: name.span))
            case nil: break
            }
            return .local(bindHeader(name, slot, type))
        }
    }

    private func bindHeader(_ name: Identifier, _ slot: Int, _ type: TypeID) -> Int {
        if let other = routine.slot(name.text) {
            report(.boundAgain(name.text, first: routine.locals[other].declared, at: name.span))
        }
        guard slot >= 0 else {
            return bindLocal(name, type)
        }
        routine.locals[slot].name = name.text
        routine.locals[slot].declared = name.span
        routine.locals[slot].bound = type
        routine.locals[slot].type = outgrown(name, type)
        routine.visible.append(slot)
        return slot
    }

    private func checkMessageHandler(
        _ name: Identifier, _ arguments: [Pattern]?, _ from: Pattern?, _ body: [Statement], _ span: SourceSpan
    ) -> TypedHandler? {
        var types: [TypeID] = [.node]
        var patterns = [from]
        let message = tables.messageNames[name.text]
        if let message {
            types += tables.messages[message]
            if tables.messageUses[message].handled == nil { tables.messageUses[message].handled = span }
            let fields = scope.types.messages[message].fields.map(\.name)
            if let arguments, arguments.count != fields.count {
                report(
                    .wrongFields(name.text, kind: "message", fields: fields, found: arguments.count, at: name.span))
            }
        } else if name.text == Self.broadcast {
            return nil
        } else if Self.layerRequests.contains(name.text) {
            report(.notSupported("'on \(name.text)(..)', a request of a layer above,", at: name.span))
            return nil
        } else {
            report(unknownMessage(name))
            types += (arguments ?? []).map { _ in TypeID.error }
        }
        for place in 0..<types.count - 1 {
            patterns.append(arguments.flatMap { place < $0.count ? $0[place] : nil })
        }
        // What is too much is bound all the same, so that its uses are no mistakes.
        for extra in (arguments ?? []).dropFirst(types.count - 1) {
            types.append(.error)
            patterns.append(extra)
        }
        let handler = checkHandler("on \(name.text)", .message(message ?? 0), types, patterns, body, span)
        return message == nil ? nil : handler
    }

    private static let layerRequests: Set<String> = ["send", "propose"]

    private func checkTimerHandler(
        _ name: Identifier, _ arguments: [Pattern]?, _ body: [Statement], _ span: SourceSpan
    ) -> TypedHandler? {
        let count = arguments?.count
        let known = tables.timers.firstIndex { $0.name.text == name.text }
        guard let index = count.map({ timer(name, arguments: $0) }) ?? known ?? timer(name, arguments: 0) else {
            return nil
        }
        tables.timers[index].isObserved = true
        if tables.timers[index].handled == nil { tables.timers[index].handled = name.span }
        let types = tables.timers[index].arguments
        let patterns: [Pattern?] = arguments ?? types.map { _ in nil }
        return checkHandler("on timer \(name.text)", .timer(index), types, patterns, body, span)
    }

    private func checkWhen(
        _ condition: Expression, _ body: [Statement], _ span: SourceSpan, _ result: inout Handlers
    ) {
        let test = settle(at: span) { checker in
            let node = checker.check(condition, as: .bool, for: "a condition")
            return TypedRoutine(
                name: "when", parameters: 0, locals: checker.typesOfLocals,
                body: [TypedStatement(.returns(node), at: condition.span)], result: .bool, span: condition.span)
        }
        result.roots += routine.calls
        let action = settle(at: span) { checker in
            let statements = checker.checkBlock(body)
            return TypedRoutine(
                name: "when", parameters: 0, locals: checker.typesOfLocals, body: statements, result: .nothing,
                span: span)
        }
        result.whens.append(.init(condition: test, body: action))
    }

    /// `on round E`: the run goes on at least until that round.
    private func noteRound(_ pattern: Pattern, _ result: inout Handlers) {
        let expression: Expression
        switch pattern {
        case .value(let value): expression = value
        case .name(let name):
            guard let known = find(name.text) else { return }
            if case .variable = known { return }
            expression = Expression(.name(name.text), at: name.span, height: 1)
        default: return
        }
        guard let round = evaluateWhole(expression, for: "a round") else { return }
        if round < 1 { report(.roundBeforeFirst(round, at: pattern.span)) }
        result.lastNamedRound = max(result.lastNamedRound, round)
    }
}

extension AlgorithmSyntax.Handler {
    fileprivate var isForTimer: Bool {
        if case .timer = trigger { true } else { false }
    }
}
