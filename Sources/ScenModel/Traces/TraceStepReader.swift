import ScenDiagnostics

/// The lines of a trace below its header.
struct TraceStepReader {
    let nodes: TraceNodes

    private static let verbs = [
        "start", "deliver", "modify", "spoof", "replay", "fire", "round", "crash", "recover", "pause", "timeline", "cut", "observe", "end",
    ]
    private static let fates = [
        "at", "lost", "dropped", "delayed", "duplicated", "queues", "waits", "refused", "cut", "bad", "sent",
    ]
    /// A rule, a queue and what is left after them.
    private static let fateDepth = 4

    private func node(_ cursor: inout TraceCursor) throws(TraceProblem) -> Int {
        try nodes.index(try cursor.word("a node"))
    }

    func step(_ line: TraceCursor) throws(TraceProblem) -> Trace.Step {
        var cursor = line
        let time = try cursor.time()
        var step = Trace.Step(time: time, action: try action(&cursor))
        while cursor.passes(",") {
            let expected = "'choose', 'lie', 'crash' or 'unobserved'"
            let word = try cursor.word(expected)
            switch word.text {
            case "choose" where step.choices.isEmpty: step.choices = try cursor.numbers()
            case "lie" where step.lies.isEmpty: step.lies = try lies(&cursor)
            case "crash" where step.crash == nil: step.crash = try crash(&cursor)
            case "unobserved" where step.isObserved: step.isObserved = false
            default: throw TraceProblem(word, expected: expected + ", each once")
            }
        }
        if cursor.passes(":") { step.text = cursor.takeRest() }
        try cursor.requireEnd()
        return step
    }

    private func action(_ cursor: inout TraceCursor) throws(TraceProblem) -> Trace.Action {
        let verb = try cursor.word("a choice")
        switch verb.text {
        case "start": return .start(node: try node(&cursor))
        case "deliver":
            let number = try cursor.messageNumber()
            try cursor.skip("to")
            return .deliver(number: number, to: try node(&cursor))
        case "modify":
            let number = try cursor.messageNumber()
            try cursor.skip("to")
            return .modify(number: number, to: try node(&cursor))
        case "spoof":
            let from = try node(&cursor)
            try cursor.skip("to")
            return .spoof(from: from, to: try node(&cursor))
        case "replay":
            let number = try cursor.messageNumber()
            try cursor.skip("to")
            return .replay(number: number, to: try node(&cursor))
        case "fire": return .fire(node: try node(&cursor))
        case "round":
            let round = try cursor.number()
            try cursor.skip("of")
            return .round(node: try node(&cursor), round: round)
        case "crash": return .crash(node: try node(&cursor))
        case "recover": return .recover(node: try node(&cursor))
        case "pause":
            let node = try node(&cursor)
            try cursor.skip("since")
            let since = try cursor.time()
            guard let word = cursor.nextWord() else { return .pause(node: node, since: since, until: nil) }
            guard word.text == "until" else { throw TraceProblem(word, expected: "'until'") }
            return .pause(node: node, since: since, until: try cursor.time())
        case "timeline":
            let expected = TraceWords.phases.map { "'\($0.word)'" }.joined(separator: ", ")
            let item = try cursor.number()
            let word = try cursor.word(expected)
            guard item > 0, let phase = TraceWords.phases.first(where: { $0.word == word.text }) else {
                throw TraceProblem(word, expected: expected)
            }
            return .timeline(item: item - 1, phase.phase)
        case "cut":
            try cursor.skip("off")
            let number = try cursor.messageNumber()
            guard let word = cursor.nextWord() else { return .cutOff(number: number, isLost: false) }
            guard word.text == "lost" else { throw TraceProblem(word, expected: "'lost'") }
            return .cutOff(number: number, isLost: true)
        case "observe": return .observe
        case "end":
            let expected = TraceWords.ends.map { "'\($0.word)'" }.joined(separator: ", ")
            let word = try cursor.word(expected)
            guard let end = TraceWords.ends.first(where: { $0.word == word.text }) else {
                throw TraceProblem(word, expected: expected)
            }
            return .end(end.end)
        default:
            let nearest = Suggestion.nearest(verb.text, among: Self.verbs)
            throw TraceProblem(
                "there is no choice '\(DisplayText.line(verb.text, scalarsMax: 60))'", verb.span,
                nearest.map { "'\($0)'" } ?? "one of " + Self.verbs.joined(separator: ", "))
        }
    }

    private func lies(_ cursor: inout TraceCursor) throws(TraceProblem) -> [Int] {
        let expected = "'=', '-' or a number"
        var word = try cursor.word(expected)
        var lies: [Int] = []
        while true {
            switch word.text {
            case "=": lies.append(Trace.honest)
            case "-": lies.append(Trace.withheld)
            default:
                guard let number = Int(word.text), number >= 0, !word.text.hasPrefix("+") else {
                    throw TraceProblem(word, expected: expected)
                }
                lies.append(number)
            }
            guard let next = cursor.nextWord() else { return lies }
            word = next
        }
    }

    private func crash(_ cursor: inout TraceCursor) throws(TraceProblem) -> Trace.Crash {
        try cursor.skip("at")
        try cursor.skip("point")
        var crash = Trace.Crash(point: try cursor.number(), reached: [])
        if let word = cursor.nextWord() {
            guard word.text == "reaching" else { throw TraceProblem(word, expected: "'reaching'") }
            crash.reached = try cursor.numbers()
            for (one, next) in zip(crash.reached, crash.reached.dropFirst()) where next <= one {
                throw TraceProblem("those that are reached are not in ascending order", word.span, nil)
            }
        }
        return crash
    }

    func send(_ line: TraceCursor) throws(TraceProblem) -> Trace.Send {
        var cursor = line
        let number = try cursor.messageNumber()
        try cursor.skip("to")
        let to = try node(&cursor)
        var send = Trace.Send(number: number, to: to, fate: try fate(&cursor, Self.fateDepth))
        if cursor.passes(",") {
            try cursor.skip("pushes")
            try cursor.skip("out")
            send.pushesOut = try cursor.messageNumber()
        }
        try cursor.requireEnd()
        return send
    }

    private func fate(_ cursor: inout TraceCursor, _ depth: Int) throws(TraceProblem) -> Story.Fate {
        let expected = "one of " + Self.fates.joined(separator: ", ")
        let word = try cursor.word(expected)
        guard depth > 0 else { throw TraceProblem(word, expected: "'at' or 'lost'") }
        if let rule = TraceWords.rules.first(where: { $0.word == word.text }) {
            return .ruled(rule.action, try fate(&cursor, depth - 1))
        }
        switch word.text {
        case "lost": return .lost
        case "refused": return .refused
        case "cut": return .cutOff(try fate(&cursor, depth - 1))
        case "bad":
            try cursor.skip("until")
            return .sentInBadPeriod(until: try cursor.time(), try fate(&cursor, depth - 1))
        case "sent": return .inFlight
        case "at":
            let first = try cursor.time()
            guard let and = cursor.nextWord() else { return .arrives(first) }
            guard and.text == "and" else { throw TraceProblem(and, expected: "'and'") }
            return .arrivesTwice(first, try cursor.time())
        case "queues":
            try cursor.skip("until")
            return .queues(until: try cursor.time(), try fate(&cursor, depth - 1))
        case "waits":
            guard let lost = cursor.nextWord() else { return .waits(lost: false) }
            guard lost.text == "lost" else { throw TraceProblem(lost, expected: "'lost'") }
            return .waits(lost: true)
        default: throw TraceProblem(word, expected: expected)
        }
    }
}

/// The nodes that a trace names.
struct TraceNodes {
    let names: [String]
    let indices: [String: Int]

    func index(_ word: TraceCursor.Token) throws(TraceProblem) -> Int {
        if let index = indices[word.text] { return index }
        let name = DisplayText.line(word.text, scalarsMax: 60)
        throw TraceProblem(.traceUnknownNode(name, nearest: Suggestion.nearest(word.text, among: names), at: word.span))
    }
}
