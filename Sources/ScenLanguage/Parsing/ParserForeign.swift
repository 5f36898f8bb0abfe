import ScenDiagnostics

/// What people write who come from other languages, and what scen has instead.
enum Foreign {
    /// At the beginning of a statement.
    static let statements: [String: String] = [
        "while": "repeat with 'for x in 1..k:', or use a handler 'when CONDITION'",
        "until": "repeat with 'for x in 1..k:', or use a handler 'when CONDITION'",
        "repeat": "write 'for x in 1..k:'", "foreach": "write 'for x in s:'", "loop": "write 'for x in s:'",
        "pass": "write 'return', or leave the handler out",
        "break": "'return' leaves a function; a loop ends with its collection",
        "continue": "put the rest of the loop below an 'if'",
        "print": "write 'log \"text {x}\"'", "println": "write 'log \"text {x}\"'", "echo": "write 'log \"text {x}\"'",
        "def": "functions stand under 'functions'", "func": "functions stand under 'functions'",
        "function": "functions stand under 'functions'", "fn": "functions stand under 'functions'",
        "elseif": "write 'elif'", "elsif": "write 'elif'", "elif": "write 'elif'", "unless": "write 'if not ..:'",
        "var": "write 'let x = e'", "const": "write 'let x = e'", "val": "write 'let x = e'",
        "switch": "write 'if', 'elif' and 'else'", "match": "write 'if', 'elif' and 'else'",
        "case": "write 'if', 'elif' and 'else'",
        "try": "there are no exceptions", "except": "there are no exceptions", "catch": "there are no exceptions",
        "throw": "there are no exceptions; 'assert e' fails the run",
        "del": "write 'remove k from m'", "delete": "write 'remove k from m'", "insert": "write 'add x to s'",
        "push": "write 'append x to l'", "put": "write 'm[k] = v'",
        "global": "state is known in every handler", "nonlocal": "state is known in every handler",
        "import": "an algorithm names what it needs under 'uses'", "class": "records stand under 'types'",
        "sleep": "write 'set timer T() after d' and a handler 'on timer T()'",
        "wait": "write 'set timer T() after d' and a handler 'on timer T()'",
        "await": "write a handler for what is awaited", "receive": "write a handler 'on M(..) from p'",
        "broadcast": "write 'send M(..) to nodes'", "multicast": "write 'send M(..) to s'",
        "call": "write the call alone: 'f(x)'", "end": "a block ends where its indentation does",
        "endif": "a block ends where its indentation does", "do": "a block begins with ':' and is indented",
        "begin": "a block begins with ':' and is indented", "require": "write 'assert e'",
        "start": "write 'set timer T(..) after d'", "reset": "write 'set timer T(..) after d'",
        "stop": "write 'cancel timer T(..)'",
    ]

    /// Between two values.
    static let operators: [String: String] = [
        "and": "write 'and'", "or": "write 'or'", "not": "write 'not'", "implies": "write 'implies'",
        "in": "write 'in'", "div": "write 'div'", "mod": "write 'mod'",
        "xor": "write '!='", "iff": "write '=='", "equals": "write '=='", "eq": "write '=='",
        "contains": "write 'x in s'", "isin": "write 'in'", "notin": "write 'not in'", "union": "write '|'",
        "intersect": "write '&'", "of": "write '*'", "minus": "write '-'", "plus": "write '+'", "times": "write '*'",
        "upto": "write '..'", "rem": "write 'mod'", "where": "write 'if'", "unless": "write 'if not'",
        "then": "write 'implies', or ':' in a statement",
    ]

    /// Never the name of a function of one's own.
    static let notFunctions: Set<String> = ["print", "println", "while", "elseif", "elsif"]

    /// Methods that change their receiver, and the statement for it.
    static let methods: [String: (verb: String, preposition: String)] = [
        "append": ("append", "to"), "push": ("append", "to"), "push_back": ("append", "to"),
        "add": ("add", "to"), "remove": ("remove", "from"), "discard": ("remove", "from"),
        "delete": ("remove", "from"),
    ]
}

extension Parser {
    /// Words at the beginning of a line that a misspelt one may have meant.
    static let statementWords =
        SoftKeyword.allCases.filter(\.beginsStatement).map(\.rawValue) + ["let", "return", "if", "elif", "else", "for"]

    /// A name at the beginning of a line that something other than an operator follows is no variable.
    func refuseForeignStatement() throws(Skip) {
        let word = spelling(current)
        guard beginsLikeStatement || (isLastOnLine && Foreign.statements[word] != nil) else { return }
        if nextKind == .symbol(.colon), tokens[min(index + 2, tokens.count - 1)].kind != .newline {
            throw fail(place(index + 1, index + 1)) { .typeOfLocal(at: $0) }
        }
        if let advice = Foreign.statements[word.lowercased()] {
            throw fail { .writtenOtherwise(word, advice: advice, at: $0) }
        }
        throw fail { .unknownStatement(word, nearest: Suggestion.nearest(word, among: Self.statementWords), at: $0) }
    }

    /// Whether the word here is one that begins statements, here or elsewhere, or nearly.
    var resemblesStatement: Bool {
        let word = spelling(current)
        return Foreign.statements[word.lowercased()] != nil
            || Suggestion.nearest(word, among: Self.statementWords) != nil
    }

    private var isLastOnLine: Bool { nextKind == .newline || nextKind == .end }

    /// Whether the name here is followed by something that cannot go on an expression.
    var beginsLikeStatement: Bool {
        switch nextKind {
        case .name, .string, .stringStart, .integer, .real, .percentage, .duration,
            .keyword(.true), .keyword(.false), .keyword(.none), .foreignLiteral, .symbol(.colon):
            true
        case .keyword(.not): tokens[min(index + 2, tokens.count - 1)].kind != .keyword(.in)
        case .symbol(.openParenthesis): Foreign.notFunctions.contains(spelling(current))
        default: false
        }
    }

    /// `s.add(x)`, `log("..")`.
    func refuseForeignCall(_ call: Expression, from first: Int) throws(Skip) {
        switch call.kind {
        case .method(_, let name, let arguments):
            guard arguments.count == 1, let verb = Foreign.methods[name.text] else { return }
            let (collection, value) = sources(ofMethodCallFrom: first)
            let advice = "write '\(verb.verb) \(value) \(verb.preposition) \(collection)'"
            throw fail(name.span, at: tokens[first].start) {
                .writtenOtherwise("\(name.text)()", advice: advice, at: $0)
            }
        case .call(let name, _) where name.text == "log":
            throw fail(name.span, at: tokens[first].start) {
                .writtenOtherwise("log()", advice: "write 'log \"text {x}\"'", at: $0)
            }
        default: return
        }
    }

    /// What stands before the last point and in the parentheses of a call that was just read.
    private func sources(ofMethodCallFrom first: Int) -> (receiver: String, argument: String) {
        var depth = 0
        var dot: Int?
        for index in first..<index {
            guard case .symbol(let symbol) = tokens[index].kind else { continue }
            if symbol.closing != nil { depth += 1 } else if symbol.isClosing { depth -= 1 }
            if depth == 0, symbol == .dot { dot = index }
        }
        guard let dot, dot > first, index - 2 >= dot + 3 else { return ("s", "x") }
        let receiver = text.string(tokens[first].start, tokens[dot - 1].end)
        let argument = text.string(tokens[dot + 3].start, tokens[index - 2].end)
        let lengthMax = 30
        func short(_ source: String, _ name: String) -> String {
            source.utf8.count > lengthMax || source.contains("\n") ? name : source
        }
        return (short(receiver, "s"), short(argument, "x"))
    }

    /// Something follows a statement on its line.
    func leftover() -> Skip {
        let needsBlock = text.scalar.style != .literal
        switch kind {
        case .name(let word):
            if let word, isStatement(word) { return fail { .severalStatements(needsBlock: needsBlock, at: $0) } }
        case .keyword(.let), .keyword(.return), .keyword(.for):
            return fail { .severalStatements(needsBlock: needsBlock, at: $0) }
        case .symbol(.comma): return fail { .tupleWithoutParentheses(at: $0) }
        default: break
        }
        return unexpected("the end of the line")
    }
}
