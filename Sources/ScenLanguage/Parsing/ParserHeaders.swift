import ScenDiagnostics

/// The keys of handlers and functions.
extension Parser {
    func trigger() throws(Skip) -> AlgorithmSyntax.Trigger {
        if accept(.when) {
            if kind == .end { throw fail(place(0, index - 1)) { .headerWantsMore("when CONDITION", at: $0) } }
            return .when(try expression())
        }
        let trigger = try event()
        guard kind == .end else { throw unexpected("the end of the header", near: ["from", "as"]) }
        return trigger
    }

    private func event() throws(Skip) -> AlgorithmSyntax.Trigger {
        guard accept(.on) else { throw misspeltHeader() }
        switch kind {
        case .name(.start):
            advance()
            return .start
        case .name(.recover):
            advance()
            return .recover
        case .name(.round):
            advance()
            if kind == .end { throw fail(place(0, index - 1)) { .headerWantsMore("on round r", at: $0) } }
            return .round(try headerPattern())
        case .name(.timer):
            advance()
            if kind == .end { throw fail(place(0, index - 1)) { .headerWantsMore("on timer NAME", at: $0) } }
            return .timer(try name("the name of a timer"), arguments: try headerArguments())
        case .name(.request): return try request()
        case .name(.send): return try layerSend()
        default: return try message()
        }
    }

    private func request() throws(Skip) -> AlgorithmSyntax.Trigger {
        advance()
        if kind == .end { throw fail(place(0, index - 1)) { .headerWantsMore("on request NAME(..) as id", at: $0) } }
        let name = try name("the name of a request")
        let arguments = try headerArguments()
        return .request(name, arguments: arguments, id: accept(.as) ? try self.name() : nil)
    }

    private func layerSend() throws(Skip) -> AlgorithmSyntax.Trigger {
        advance()
        let form = "on send(m) to q"
        guard let arguments = try headerArguments(), arguments.count == 1 else {
            throw fail(place(0, index - 1)) { .headerWantsMore(form, at: $0) }
        }
        try expect(.to, in: form)
        return .layerSend(arguments[0], to: try headerPattern())
    }

    /// `on Order(path) from p`, `on fd.suspect(p)`, `on broadcast(m)`
    private func message() throws(Skip) -> AlgorithmSyntax.Trigger {
        let first = index
        let name = try name("'start', 'recover', 'round', 'timer', 'request' or a message")
        if accept(.dot) {
            let indication = try self.name("the name of an indication")
            return .indication(layer: name, indication, arguments: try headerArguments())
        }
        let arguments = try headerArguments()
        let sender = accept(.from) ? try headerPattern() : nil
        if arguments == nil, sender == nil { try refuseMisspeltEvent(name, first) }
        return .message(name, arguments: arguments, from: sender)
    }

    private func headerArguments() throws(Skip) -> [Pattern]? {
        guard accept(.openParenthesis) else { return nil }
        return try items(until: .closeParenthesis) { () throws(Skip) in try headerPattern() }
    }

    /// A name to bind or to compare with, `_`, a tuple of patterns, or a value to compare with.
    private func headerPattern() throws(Skip) -> Pattern {
        if isAtWildcard { return wildcard() }
        if isAt(.openParenthesis), !isGroupOfExpression {
            try enter()
            defer { depth -= 1 }
            let start = self.start
            advance()
            let parts = try items(until: .closeParenthesis) { () throws(Skip) in try headerPattern() }
            return try tuplePattern(parts, from: start)
        }
        let value = try expression()
        if case .name(let name) = value.kind { return .name(Identifier(name, at: value.span)) }
        return .value(value)
    }

    // MARK: Misspelt headers

    private static let events = ["start", "recover", "round", "timer", "request"]

    private static let synonyms = [
        "init": "on start", "initialize": "on start", "startup": "on start", "boot": "on start",
        "restart": "on recover", "recovery": "on recover",
    ]

    /// In front of another name.
    private static let foreignEvents: [String: String] = [
        "timeout": "on timer NAME", "tick": "on timer NAME",
        "alarm": "on timer NAME", "message": "on NAME(..) from p", "msg": "on NAME(..) from p",
        "receive": "on NAME(..) from p", "receipt": "on NAME(..) from p", "deliver": "on NAME(..) from p",
    ]

    /// Neither `on` nor `when` stands first.
    private func misspeltHeader() -> Skip {
        guard isAtName else { return unexpected("'on' or 'when'") }
        let word = spelling(current)
        if let meant = Suggestion.nearest(word, among: ["on", "when"]), nextKind != .end {
            return fail { .unknownHeader(word, suggestion: meant, isMessage: false, at: $0) }
        }
        var rest = word.lowercased()
        if rest.hasPrefix("on") { rest.removeFirst(2) }
        rest = rest.filter { $0 != "_" && $0 != "-" }
        if let event = Suggestion.nearest(rest, among: Self.events) {
            return fail { .unknownHeader(word, suggestion: "on \(event)", isMessage: false, at: $0) }
        }
        return fail { .unknownHeader(word, suggestion: nil, isMessage: false, at: $0) }
    }

    /// Without parentheses and sender a message looks like an event: `on Start`, `on strat`, `on timer_Retry`.
    private func refuseMisspeltEvent(_ name: Identifier, _ first: Int) throws(Skip) {
        var suggestion: String?
        let isLowercase = name.text.first?.isLowercase ?? false
        if let meant = Self.synonyms[name.text.lowercased()] {
            suggestion = meant
        } else if let event = Suggestion.nearest(name.text, among: Self.events),
            isLowercase || event == name.text.lowercased()
        {
            suggestion = "on \(event)"
        } else if isAtName {
            suggestion = Self.foreignEvents[name.text.lowercased()]
        }
        if let suggestion {
            let isMessage = kind == .end
            throw fail(name.span) { .unknownHeader(name.text, suggestion: suggestion, isMessage: isMessage, at: $0) }
        }
        if isAtName {
            throw unexpected("'(', 'from' or the end of the header", near: ["from"])
        }
    }
}
