import ScenDiagnostics
import ScenModel

extension Checker {
    func checkMember(_ syntax: Expression) -> Term {
        guard case .member(let receiver, let name) = syntax.kind else { return .broken(syntax.span) }
        let span = syntax.span
        let whole = unwrapped(check(receiver))
        switch tables.store[whole.type] {
        case .node: return checkNodeMember(receiver, whole.node, name, span)
        case .record(let number):
            let shape = scope.types.records[number]
            guard let index = shape.fields.firstIndex(where: { $0.name == name.text }) else {
                report(
                    .unknownMember(
                        name.text, of: "a '\(shape.name)'", at: name.span, known: suggested(shape.fields.map(\.name))))
                return .broken(span)
            }
            return term(.field(whole.node, index), tables.records[number][index], span)
        case .signed(let content): return checkSignedMember(whole.node, content, name, span)
        case .unknown, .error, .emptyBraces: return .broken(span).vague(whole.type)
        default:
            report(.noMembers(name.text, of: self.name(whole.type), advice: memberAdvice(whole.type, name.text), at: name.span))
            return .broken(span)
        }
    }

    private func memberAdvice(_ type: TypeID, _ name: String) -> String? {
        switch tables.store[type] {
        case .message: return "the fields of a message are named in its handler: 'on Order(path, plan) from p'"
        case .sealed where place == .handler: return "only the node for which it is sealed can read it: 'open(s)'"
        case .sealed: return "nobody reads it here"
        case .tuple: return "the parts of a tuple: 'let (a, b) = t', or 't[0]'"
        case .map where Self.mapMethods.contains(name): return "it is a method: '.\(name)()'"
        case .set(.node), .list(.node):
            return place == .observer ? "ask each of them: 'all(p.\(name) for p in ..)'" : nil
        default: return nil
        }
    }

    /// `p.crashed`, `p.STATE`.
    private func checkNodeMember(
        _ receiver: Expression, _ node: TypedExpression, _ name: Identifier, _ span: SourceSpan
    ) -> Term {
        guard place == .observer else {
            var isMe = false
            if case .name("me") = receiver.kind { isMe = true }
            report(.memberOfOtherNode(name.text, isMe: isMe, inHandler: place == .handler, at: name.span))
            return .broken(span)
        }
        if let index = tables.variables.firstIndex(where: { $0.name.text == name.text }) {
            return term(.variableOf(node, index), tables.variables[index].type, span)
        }
        if let history = checkHistory(node, name.text, span) { return history }
        switch name.text {
        case "up": return term(.factOf(node, .up), .bool, span)
        case "crashed": return term(.factOf(node, .crashed), .bool, span)
        case "up_for": return term(.factOf(node, .upFor), .duration, span)
        case "down_for": return term(.factOf(node, .downFor), .duration, span)
        case "neighbours": return term(.factOf(node, .neighbours), tables.store.set(.node), span)
        case "decisions":
            if tables.decides != nil { return term(.factOf(node, .decisions), .int, span) }
        case "input":
            if let type = tables.input { return term(.factOf(node, .input), type, span) }
        case "decision":
            if let type = tables.decides { return term(.factOf(node, .decision), tables.store.maybe(type), span) }
        case "delivered":
            if let type = tables.delivers { return term(.factOf(node, .delivered), tables.store.list(type), span) }
        default:
            let known = suggested(
                tables.variables.map(\.name.text) + Self.nodeFacts + (tables.broadcast == nil ? [] : Self.histories))
            report(.unknownMember(name.text, of: "a node", at: name.span, known: known))
            return .broken(span)
        }
        let key = name.text == "input" ? "input" : name.text == "delivered" ? "delivers" : "decides"
        report(.notDeclared(name.text, key: key, at: name.span))
        return .broken(span)
    }

    static let nodeFacts = ["up", "crashed", "up_for", "down_for", "input", "decision", "decisions", "delivered", "neighbours"]
    static let mapMethods = ["get", "keys", "values", "items"]

    func checkMethod(_ syntax: Expression) -> Term {
        guard case .method(let receiver, let name, let arguments) = syntax.kind else { return .broken(syntax.span) }
        let span = syntax.span
        if case .name("adversary") = receiver.kind, routine.slot("adversary") == nil {
            return checkAdversary(name, arguments, span)
        }
        let whole = unwrapped(check(receiver))
        if case .map(let key, let value) = tables.store[whole.type], Self.mapMethods.contains(name.text) {
            return checkMapMethod(whole, key, value, name, arguments, span)
        }
        for argument in arguments { _ = check(argument.value, soft: true) }
        if tables.store.isVague(whole.type) || whole.type == .emptyBraces {
            return .broken(span).vague(whole.type)
        }
        let habit = Self.methodHabit(name.text)
        report(.unknownMethod(name.text, of: self.name(whole.type), advice: habit ?? methodAdvice(whole.type, name.text), at: name.span))
        return .broken(span)
    }

    private func methodAdvice(_ type: TypeID, _ name: String) -> String? {
        guard case .map = tables.store[type] else { return nil }
        return Suggestion.nearest(name, among: Self.mapMethods).map { "did you mean '\($0)'?" }
    }

    private func checkMapMethod(
        _ map: Term, _ key: TypeID, _ value: TypeID, _ name: Identifier, _ arguments: [Expression.Argument],
        _ span: SourceSpan
    ) -> Term {
        let counts = name.text == "get" ? 1...2 : 0...0
        guard checkCount(name, arguments, counts) else { return .broken(span) }
        switch name.text {
        case "get":
            let wanted = check(arguments[0].value, as: key, for: "a key of this map")
            guard arguments.count == 2 else {
                let type = tables.store.maybe(value)
                return term(.operation(.lookUpMaybe, [map.node, wanted]), type, span)
            }
            return lookUp(map, key, value, wanted, arguments[1].value, span)
        case "keys": return term(.operation(.keys, [map.node]), tables.store.set(key), span)
        case "values": return term(.operation(.values, [map.node]), tables.store.list(value), span)
        default:
            let pair = tables.store.tuple([key, value])
            return term(.operation(.items, [map.node]), tables.store.list(pair), span)
        }
    }

    /// `m.get(k, default)`; the default may be wider than the values: `none`, a real number.
    private func lookUp(
        _ map: Term, _ key: TypeID, _ value: TypeID, _ wanted: TypedExpression, _ otherwise: Expression,
        _ span: SourceSpan
    ) -> Term {
        var fallback = check(otherwise, hint: value, soft: true)
        var type = tables.store.join(value, fallback.type)
        if tables.store.isOpen(fallback.type), let known = type {
            fallback = check(otherwise, hint: known)
            type = tables.store.join(value, fallback.type)
        }
        guard let type else {
            _ = convert(fallback, to: value, for: "the default stands for a value of the map")
            return .broken(span)
        }
        let node =
            tables.store.fit(value, to: type) == .converts
            ? convert(map, to: tables.store.map(key, type), for: "") : map.node
        let last = convert(fallback, to: type, for: "the default")
        return term(.operation(.lookUpOr, [node, wanted, last]), type, span)
    }

    /// False, after a report, where there are too few or too many arguments or one has a name.
    func checkCount(
        _ name: Identifier, _ arguments: [Expression.Argument], _ counts: ClosedRange<Int>
    ) -> Bool {
        if let label = arguments.lazy.compactMap(\.label).first {
            report(.namedArgument(label.text, of: name.text, at: label.span))
        } else if !counts.contains(arguments.count) {
            report(.wrongArgumentCount(name.text, expected: counts, found: arguments.count, at: name.span))
        } else {
            return true
        }
        for argument in arguments { _ = check(argument.value, soft: true) }
        return false
    }
}
