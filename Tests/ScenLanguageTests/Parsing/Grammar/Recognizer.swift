/// Whether tokens are a sentence of a grammar, by trying everything and remembering what was tried.
struct Recognizer {
    let grammar: EBNF
    private let tokens: [String]
    /// Where a production that begins at a token may end.
    private var ends: [String: [Int: Set<Int>]] = [:]

    static func accepts(_ tokens: [String], as start: String, in grammar: EBNF) -> Bool {
        var recognizer = Recognizer(grammar: grammar, tokens: tokens)
        return recognizer.ends(of: .reference(start), from: 0).contains(tokens.count)
    }

    private init(grammar: EBNF, tokens: [String]) {
        self.grammar = grammar
        self.tokens = tokens
    }

    private mutating func ends(of node: EBNF.Node, from start: Int) -> Set<Int> {
        switch node {
        case .literal(let literal): return start < tokens.count && tokens[start] == literal ? [start + 1] : []
        case .characters, .difference: return []
        case .reference(let name): return ends(ofProduction: name, from: start)
        case .choice(let nodes):
            var all: Set<Int> = []
            for node in nodes { all.formUnion(ends(of: node, from: start)) }
            return all
        case .sequence(let nodes):
            var places: Set<Int> = [start]
            for node in nodes {
                var next: Set<Int> = []
                for place in places { next.formUnion(ends(of: node, from: place)) }
                places = next
            }
            return places
        case .optional(let node): return ends(of: node, from: start).union([start])
        case .repeated(let node, let atLeast):
            var reached: Set<Int> = []
            var new = atLeast == 0 ? [start] : ends(of: node, from: start)
            while !new.isEmpty {
                reached.formUnion(new)
                var next: Set<Int> = []
                for place in new { next.formUnion(ends(of: node, from: place)) }
                new = next.subtracting(reached)
            }
            return reached
        }
    }

    private mutating func ends(ofProduction name: String, from start: Int) -> Set<Int> {
        if let known = ends[name]?[start] { return known }
        guard let node = grammar.productions[name] else { return [] }
        let found: Set<Int>
        if EBNF.isToken(name) {
            let isLayout = ["NEWLINE", "INDENT", "DEDENT"].contains(name)
            let matches = start < tokens.count && (isLayout ? tokens[start] == name : isToken(tokens[start], node))
            found = matches ? [start + 1] : []
        } else {
            found = ends(of: node, from: start)
        }
        ends[name, default: [:]][start] = found
        return found
    }

    // MARK: Within a token

    private func isToken(_ token: String, _ node: EBNF.Node) -> Bool {
        let characters = Array(token.unicodeScalars)
        return lengths(of: node, in: characters, from: 0).contains(characters.count)
    }

    private func lengths(of node: EBNF.Node, in text: [Unicode.Scalar], from start: Int) -> Set<Int> {
        switch node {
        case .literal(let literal):
            let wanted = Array(literal.unicodeScalars)
            return text[start...].starts(with: wanted) ? [start + wanted.count] : []
        case .characters(let ranges, let negated):
            guard start < text.count else { return [] }
            return ranges.contains { $0.contains(text[start].value) } != negated ? [start + 1] : []
        case .reference(let name):
            return grammar.productions[name].map { lengths(of: $0, in: text, from: start) } ?? []
        case .choice(let nodes):
            return nodes.reduce(into: []) { $0.formUnion(lengths(of: $1, in: text, from: start)) }
        case .sequence(let nodes):
            return nodes.reduce([start]) { places, node in
                places.reduce(into: []) { $0.formUnion(lengths(of: node, in: text, from: $1)) }
            }
        case .optional(let node): return lengths(of: node, in: text, from: start).union([start])
        case .repeated(let node, let atLeast):
            var reached: Set<Int> = []
            var new = atLeast == 0 ? [start] : lengths(of: node, in: text, from: start)
            while !new.isEmpty {
                reached.formUnion(new)
                var next: Set<Int> = []
                for place in new { next.formUnion(lengths(of: node, in: text, from: place)) }
                new = next.subtracting(reached)
            }
            return reached
        case .difference(let node, let excluded):
            return lengths(of: node, in: text, from: start).filter { end in
                !lengths(of: excluded, in: Array(text[..<end]), from: start).contains(end)
            }
        }
    }
}
