/// Draws sentences of a grammar. What the notation cannot say, and the grammar says in comments, is said here too.
struct SentenceGenerator {
    let grammar: EBNF
    private var random: SeededGenerator
    /// How many references it takes to get out of a production, at least.
    private let costs: [String: Int]

    /// Choices that were taken, of all productions: `expression/0` is the first one.
    private(set) var taken: Set<String> = []
    /// Words with hyphens of the sentence that was drawn last; the scenario declares them.
    private(set) var hyphenated: Set<String> = []

    private var tokens: [String] = []
    private var depth = 0
    private var openQuotes: Set<String> = []
    /// In a type, and where one may begin, no name is a word that makes a type.
    private var withoutTypeWords = false

    private static let depthMax = 45
    private static let tokensMax = 80
    private static let softKeywords = [
        "add", "append", "log", "send", "set", "timer", "to", "from", "with", "after", "as", "on", "when", "start",
        "of", "list", "map", "maybe", "round", "value", "first", "message", "s", "ms", "M", "f", "r",
    ]

    init(_ grammar: EBNF, seed: UInt64) {
        self.grammar = grammar
        random = SeededGenerator(seed: seed)
        var costs: [String: Int] = [:]
        var changed = true
        while changed {
            changed = false
            for name in grammar.names {
                guard let node = grammar.productions[name], let cost = Self.cost(node, costs) else { continue }
                if cost + 1 < costs[name] ?? Int.max {
                    costs[name] = cost + 1
                    changed = true
                }
            }
        }
        self.costs = costs
    }

    private static func cost(_ node: EBNF.Node, _ costs: [String: Int]) -> Int? {
        switch node {
        case .literal, .characters, .optional: 0
        case .reference(let name): costs[name]
        case .sequence(let nodes):
            nodes.reduce(0) { sum, node in
                guard let sum, let cost = cost(node, costs) else { return nil }
                return max(sum, cost)
            }
        case .choice(let nodes): nodes.compactMap { cost($0, costs) }.min()
        case .repeated(let node, let atLeast): atLeast == 0 ? 0 : cost(node, costs)
        case .difference(let node, _): cost(node, costs)
        }
    }

    /// Every choice there is, to compare with `taken`.
    var allChoices: Set<String> {
        var all: Set<String> = []
        func visit(_ node: EBNF.Node, _ path: String) {
            switch node {
            case .choice(let nodes):
                for (index, node) in nodes.enumerated() {
                    all.insert("\(path)/\(index)")
                    visit(node, "\(path)/\(index)")
                }
            case .sequence(let nodes):
                for (index, node) in nodes.enumerated() { visit(node, "\(path).\(index)") }
            case .optional(let node), .repeated(let node, _): visit(node, path + "?")
            case .literal, .characters, .reference, .difference: return
            }
        }
        for name in grammar.names {
            all.insert(name)
            if let node = grammar.productions[name] { visit(node, name) }
        }
        return all
    }

    /// The tokens of a sentence; layout stands among them as `NEWLINE`, `INDENT`, `DEDENT`.
    mutating func sentence(_ start: String) -> [String] {
        tokens = []
        hyphenated = []
        depth = 0
        openQuotes = []
        withoutTypeWords = false
        expand(.reference(start), start)
        return tokens
    }

    // MARK: Between tokens

    private var mustEnd: Bool { depth > Self.depthMax || tokens.count > Self.tokensMax }

    private mutating func expand(_ node: EBNF.Node, _ path: String) {
        switch node {
        case .literal(let literal): tokens.append(literal)
        case .characters, .difference: tokens.append(token(node, path))
        case .reference(let name): expand(production: name)
        case .sequence(let nodes):
            for (index, node) in nodes.enumerated() { expand(node, "\(path).\(index)") }
        case .choice(let nodes):
            let index = choose(nodes, path)
            taken.insert("\(path)/\(index)")
            expand(nodes[index], "\(path)/\(index)")
        case .optional(let node): if !mustEnd, random.chance(40) { expand(node, path + "?") }
        case .repeated(let node, let atLeast):
            for _ in 0..<count(atLeast) { expand(node, path + "?") }
        }
    }

    private mutating func count(_ atLeast: Int) -> Int {
        var count = atLeast
        while !mustEnd, count < atLeast + 3, random.chance(25) { count += 1 }
        return count
    }

    private mutating func choose(_ nodes: [EBNF.Node], _ path: String) -> Int {
        let possible = nodes.indices.filter { !isForbidden(nodes[$0]) }
        guard mustEnd else {
            let new = possible.filter { !taken.contains("\(path)/\($0)") }
            return random.pick(new.isEmpty || random.chance(50) ? possible : new)
        }
        let cheapest = possible.map { Self.cost(nodes[$0], costs) ?? Int.max }.min()
        return random.pick(possible.filter { (Self.cost(nodes[$0], costs) ?? Int.max) == cheapest })
    }

    /// A string within a string takes the other quote, and there are only two.
    private func isForbidden(_ node: EBNF.Node) -> Bool {
        guard case .reference(let name) = node else { return false }
        return openQuotes.contains(name) || (name == "string" && openQuotes.count == 2)
    }

    private mutating func expand(production name: String) {
        taken.insert(name)
        if ["NEWLINE", "INDENT", "DEDENT"].contains(name) { return tokens.append(name) }
        guard let node = grammar.productions[name] else { return }
        if EBNF.isToken(name) { return tokens.append(token(production: name, node)) }
        let before = (quotes: openQuotes, types: withoutTypeWords)
        if name == "doubleQuoted" || name == "singleQuoted" { openQuotes.insert(name) }
        if name == "type" || name == "variable" { withoutTypeWords = true }
        depth += 1
        expand(node, name)
        depth -= 1
        (openQuotes, withoutTypeWords) = before
    }

    // MARK: Within tokens

    private mutating func token(production name: String, _ node: EBNF.Node) -> String {
        while true {
            if name == "WORD", random.chance(25) { return random.pick(Self.softKeywords) }
            let text = token(node, name)
            switch name {
            case "HYPHENATED": hyphenated.insert(text)
            case "EXPONENT" where text.count(where: \.isNumber) > 2: continue
            // At most 146 years.
            case "DURATION" where text.hasSuffix("y") && text.count > 2: continue
            case "NAME" where withoutTypeWords && ["list", "set", "map", "maybe", "signed", "sealed"].contains(text):
                continue
            default: break
            }
            return text
        }
    }

    private mutating func token(_ node: EBNF.Node, _ path: String) -> String {
        switch node {
        case .literal(let literal): return literal
        case .characters(let ranges, let negated): return character(ranges, negated)
        case .reference(let name):
            taken.insert(name)
            return grammar.productions[name].map { token(production: name, $0) } ?? ""
        case .sequence(let nodes):
            return nodes.enumerated().map { token($0.element, "\(path).\($0.offset)") }.joined()
        case .choice(let nodes):
            while true {
                let index = random.below(nodes.count)
                let text = token(nodes[index], "\(path)/\(index)")
                if path == "ESCAPE", isOpenQuote(text.last) { continue }
                taken.insert("\(path)/\(index)")
                return text
            }
        case .optional(let node): return random.chance(40) ? token(node, path + "?") : ""
        case .repeated(let node, let atLeast):
            var text = ""
            var count = 0
            while count < atLeast || (count < atLeast + 2 && random.chance(50)) {
                text += token(node, path + "?")
                count += 1
            }
            return text
        case .difference(let node, let excluded):
            while true {
                let text = token(node, path)
                if !literals(excluded).contains(text) { return text }
            }
        }
    }

    private func isOpenQuote(_ character: Character?) -> Bool {
        (character == "\"" && openQuotes.contains("doubleQuoted") && openQuotes.count == 2)
            || (character == "'" && openQuotes.contains("singleQuoted") && openQuotes.count == 2)
    }

    private func literals(_ node: EBNF.Node) -> Set<String> {
        switch node {
        case .literal(let literal): [literal]
        case .choice(let nodes): nodes.reduce(into: []) { $0.formUnion(literals($1)) }
        case .reference(let name): grammar.productions[name].map(literals) ?? []
        default: []
        }
    }

    private mutating func character(_ ranges: [ClosedRange<UInt32>], _ negated: Bool) -> String {
        if !negated {
            let range = random.pick(ranges)
            let code = range.lowerBound + UInt32(random.below(Int(range.upperBound - range.lowerBound) + 1))
            return Unicode.Scalar(code).map { String(Character($0)) } ?? "x"
        }
        while true {
            let character = random.pick(Array("abc XYZ 019 .,:;#$%&()[]<>/\"'é→“☃"))
            let code = character.unicodeScalars.first?.value ?? 0
            if ranges.contains(where: { $0.contains(code) }) || isOpenQuote(character) { continue }
            return String(character)
        }
    }
}
