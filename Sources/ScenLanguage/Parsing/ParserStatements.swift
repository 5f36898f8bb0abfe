import ScenDiagnostics

extension Parser {
    /// A statement that takes one line.
    func simpleStatement() throws(Skip) -> Statement {
        let start = self.start
        switch kind {
        case .keyword(.let): return try bind()
        case .keyword(.return):
            advance()
            let value = isAtLineEnd ? nil : try expression()
            return Statement(.returns(value), at: text.place(start, previousEnd))
        case .keyword(.else), .keyword(.elif):
            let word = spelling(current)
            throw fail { .branchWithoutIf(word, at: $0) }
        case .name(let word):
            if let word, isStatement(word) { return try statement(word) }
            try refuseForeignStatement()
            return try assignmentOrCall()
        default: return try assignmentOrCall()
        }
    }

    var isAtLineEnd: Bool {
        switch kind {
        case .newline, .end, .dedent: true
        default: false
        }
    }

    /// Whether the word at the beginning of a line begins a statement; else it is a variable of that name.
    func isStatement(_ word: SoftKeyword) -> Bool {
        guard word.beginsStatement else { return false }
        switch (word, nextKind) {
        case (_, .name), (_, .newline), (_, .end), (_, .dedent), (_, .invalid): return true
        case (_, .string), (_, .stringStart), (_, .integer), (_, .duration), (_, .real), (_, .percentage): return true
        case (.set, _), (.cancel, _), (.raise, _), (.respond, _): return false
        case (.log, _): return false
        case (_, .symbol(.openParenthesis)), (_, .symbol(.openBrace)), (_, .symbol(.minus)): return true
        // `add[1] = x`, but `append [1] to l`
        case (_, .symbol(.openBracket)): return !lineAssigns
        case (_, .keyword(let keyword)): return [.true, .false, .none, .not, .if].contains(keyword)
        case (_, .foreignLiteral): return true
        default: return false
        }
    }

    /// Whether an `=`, `+=` or the like stands on this line outside of brackets.
    var lineAssigns: Bool {
        var depth = 0
        for token in tokens[index...] {
            switch token.kind {
            case .newline, .end: return false
            case .symbol(let symbol):
                if symbol.closing != nil { depth += 1 } else if symbol.isClosing { depth -= 1 }
                if depth == 0, symbol.assignment != nil { return true }
            default: continue
            }
        }
        return false
    }

    private func statement(_ word: SoftKeyword) throws(Skip) -> Statement {
        let start = self.start
        advance()
        let kind = try rest(of: word)
        return Statement(kind, at: text.place(start, previousEnd))
    }

    private func rest(of word: SoftKeyword) throws(Skip) -> Statement.Kind {
        switch word {
        case .add:
            let value = try expression()
            try expect(.to, in: "add x to s")
            return .add(value, to: try target())
        case .append:
            let value = try expression()
            try expect(.to, in: "append x to l")
            return .append(value, to: try target())
        case .remove:
            let value = try expression()
            try expect(.from, in: "remove x from s")
            return .remove(value, from: try target())
        case .send:
            let message = try expression()
            try expect(.to, in: "send M(..) to p")
            return .send(message, to: try expression())
        case .set: return try setTimer()
        case .cancel:
            try expect(.timer, in: "cancel timer T(..)")
            return .cancelTimer(try timerCall())
        case .decide: return .decide(try expression())
        case .deliver:
            let message = try expression()
            return .deliver(message, from: accept(.from) ? try expression() : nil)
        case .respond:
            try expect(.to, in: "respond to id with v")
            let request = try expression()
            return .respond(to: request, with: accept(.with) ? try expression() : nil)
        case .assert: return .assert(try expression())
        case .log: return try log()
        case .choose:
            let pattern = try patterns()
            try expect(Keyword.in)
            return .choose(pattern, in: try expression())
        case .raise:
            let name = try name("the name of an indication")
            return .raise(name, isAt(.openParenthesis) ? try values() : [])
        default: throw unexpected("a statement")
        }
    }

    private func setTimer() throws(Skip) -> Statement.Kind {
        if !isAt(.timer), isAtName, nextKind == .symbol(.assign) || nextKind == .name(.to) {
            throw unexpected("'timer'", form: "x = e")
        }
        let form = "set timer T(..) after d"
        try expect(.timer, in: form)
        let timer = try timerCall()
        try expect(.after, in: form)
        return .setTimer(timer, after: try expression())
    }

    private func timerCall() throws(Skip) -> TimerCall {
        let name = try name("the name of a timer")
        return TimerCall(name: name, arguments: isAt(.openParenthesis) ? try values() : [])
    }

    private func log() throws(Skip) -> Statement.Kind {
        switch kind {
        case .string, .stringStart: return .log(try string())
        case .invalid: throw Skip()
        default: throw fail { .logWantsString(at: $0) }
        }
    }

    /// Values in parentheses, without names.
    private func values() throws(Skip) -> [Expression] {
        advance()
        return try items(until: .closeParenthesis) { () throws(Skip) in
            if Self.isName(kind), nextKind == .symbol(.assign) {
                throw fail(here) { .namedArgument(at: $0) }
            }
            return try expression()
        }
    }

    private func bind() throws(Skip) -> Statement {
        let start = self.start
        advance()
        let pattern = try patterns()
        if isAt(.colon) { throw fail { .typeOfLocal(at: $0) } }
        try expect(.assign)
        let value = try expression()
        return Statement(.bind(pattern, value), at: text.place(start, previousEnd))
    }

    // MARK: Assignments and calls

    private func assignmentOrCall() throws(Skip) -> Statement {
        let first = index
        let start = self.start
        let value = try expression()
        if case .symbol(let symbol) = kind, let assignment = symbol.assignment {
            let target = try target(value, from: first)
            advance()
            let assigned = try expression()
            return Statement(.assign(target, assignment, assigned), at: text.place(start, previousEnd))
        }
        guard isAtLineEnd else { throw leftover() }
        switch value.kind {
        case .call, .method:
            try refuseForeignCall(value, from: first)
            return Statement(.call(value), at: value.span)
        default: throw valueAlone(value, from: first)
        }
    }

    private func valueAlone(_ value: Expression, from first: Int) -> Skip {
        let start = tokens[first].start
        if case .comparison(_, let rest) = value.kind, rest.first?.symbol == .equal {
            return fail(rest[0].place, at: start) { .comparisonAlone(at: $0) }
        }
        let word = spelling(tokens[first])
        let meant = Suggestion.nearest(word, among: Self.statementWords).map { "did you mean '\($0)'?" }
        return fail(value.span, at: start) { .valueAlone(at: $0, label: meant) }
    }

    /// A variable or a part of one.
    private func target() throws(Skip) -> Target {
        let first = index
        return try target(try expression(), from: first)
    }

    private func target(_ value: Expression, from first: Int) throws(Skip) -> Target {
        if tokens[first].kind == .symbol(.openParenthesis) {
            if case .tuple = value.kind { throw fail(value.span, at: tokens[first].start) { .tupleAssigned(at: $0) } }
            throw fail(place(first, index - 1), at: tokens[first].start) { .notATarget(at: $0) }
        }
        var steps: [Target.Step] = []
        var place = value
        while true {
            switch place.kind {
            case .name(let name):
                return Target(
                    name: Identifier(name, at: place.span), steps: steps.reversed(), at: value.span)
            case .index(let receiver, let index):
                steps.append(.index(index))
                place = receiver
            case .member(let receiver, let field):
                steps.append(.field(field))
                place = receiver
            default: throw fail(value.span, at: tokens[first].start) { .notATarget(at: $0) }
            }
        }
    }
}
