import Foundation

/// A grammar in the W3C's notation, read from its file.
struct EBNF {
    indirect enum Node {
        case literal(String)
        /// Characters of which one stands here; what `[^..]` excludes is `negated`.
        case characters([ClosedRange<UInt32>], negated: Bool)
        case reference(String)
        case sequence([Node])
        case choice([Node])
        case optional(Node)
        case repeated(Node, atLeast: Int)
        case difference(Node, Node)
    }

    struct Failure: Error { var message: String }

    private(set) var productions: [String: Node] = [:]
    /// In the order of the file.
    private(set) var names: [String] = []

    init(_ text: String) throws {
        var scanner = Scanner(text: Array(text.unicodeScalars))
        while let name = try scanner.productionName() {
            guard productions[name] == nil else { throw Failure(message: "\(name) is there twice") }
            productions[name] = try scanner.choice()
            names.append(name)
        }
        for (name, node) in productions {
            for used in Self.references(node) where productions[used] == nil {
                throw Failure(message: "\(name) uses \(used), which does not exist")
            }
        }
    }

    static func references(_ node: Node) -> [String] {
        switch node {
        case .literal, .characters: []
        case .reference(let name): [name]
        case .sequence(let nodes), .choice(let nodes): nodes.flatMap(references)
        case .optional(let node), .repeated(let node, _): references(node)
        case .difference(let node, let excluded): references(node) + references(excluded)
        }
    }

    /// The words of a production that is a choice of literals.
    func words(_ name: String) -> [String] {
        guard case .choice(let nodes)? = productions[name] else { return [] }
        return nodes.compactMap { if case .literal(let word) = $0 { word } else { nil } }
    }

    static func isToken(_ name: String) -> Bool { name.first?.isUppercase ?? false }
}

private struct Scanner {
    let text: [Unicode.Scalar]
    var at = 0

    private var current: Unicode.Scalar? { at < text.count ? text[at] : nil }

    private func fail(_ message: String) -> EBNF.Failure {
        let line = text[..<min(at, text.count)].count { $0 == "\n" } + 1
        return EBNF.Failure(message: "line \(line): \(message)")
    }

    private mutating func skipBlanks() {
        while let scalar = current {
            if scalar.properties.isWhitespace {
                at += 1
            } else if scalar == "/", at + 1 < text.count, text[at + 1] == "*" {
                while at + 1 < text.count, !(text[at] == "*" && text[at + 1] == "/") { at += 1 }
                at += 2
            } else {
                return
            }
        }
    }

    private mutating func accept(_ string: String) -> Bool {
        skipBlanks()
        let wanted = Array(string.unicodeScalars)
        guard at + wanted.count <= text.count, Array(text[at..<at + wanted.count]) == wanted else { return false }
        at += wanted.count
        return true
    }

    private mutating func name() -> String? {
        skipBlanks()
        var name = String.UnicodeScalarView()
        while let scalar = current, scalar.properties.isAlphabetic || scalar == "_" {
            name.append(scalar)
            at += 1
        }
        return name.isEmpty ? nil : String(name)
    }

    mutating func productionName() throws -> String? {
        skipBlanks()
        guard current != nil else { return nil }
        guard let name = name(), accept("::=") else { throw fail("expected 'name ::='") }
        return name
    }

    mutating func choice() throws -> EBNF.Node {
        var nodes = [try sequence()]
        while accept("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .choice(nodes)
    }

    private mutating func sequence() throws -> EBNF.Node {
        var nodes: [EBNF.Node] = []
        while let item = try item() { nodes.append(item) }
        guard !nodes.isEmpty else { throw fail("expected something") }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func item() throws -> EBNF.Node? {
        guard let first = try repeated() else { return nil }
        guard accept("-") else { return first }
        guard let excluded = try repeated() else { throw fail("expected what '-' excludes") }
        return .difference(first, excluded)
    }

    private mutating func repeated() throws -> EBNF.Node? {
        guard let node = try primary() else { return nil }
        if accept("?") { return .optional(node) }
        if accept("*") { return .repeated(node, atLeast: 0) }
        if accept("+") { return .repeated(node, atLeast: 1) }
        return node
    }

    private mutating func primary() throws -> EBNF.Node? {
        skipBlanks()
        switch current {
        case nil: return nil
        case "(":
            at += 1
            let node = try choice()
            guard accept(")") else { throw fail("expected ')'") }
            return node
        case "\"", "'": return .literal(try literal())
        case "[": return try characters()
        case "#":
            let code = try code()
            return .characters([code...code], negated: false)
        default:
            let before = at
            guard let name = name() else { return nil }
            // The name of the next production.
            if accept("::=") {
                at = before
                return nil
            }
            return .reference(name)
        }
    }

    private mutating func literal() throws -> String {
        let quote = text[at]
        at += 1
        var literal = String.UnicodeScalarView()
        while let scalar = current, scalar != quote {
            literal.append(scalar)
            at += 1
        }
        guard current != nil else { throw fail("the literal does not end") }
        at += 1
        return String(literal)
    }

    private mutating func code() throws -> UInt32 {
        guard accept("#x") else { throw fail("expected '#x'") }
        var digits = ""
        while let scalar = current, Character(scalar).isHexDigit {
            digits.unicodeScalars.append(scalar)
            at += 1
        }
        guard let code = UInt32(digits, radix: 16) else { throw fail("expected a code") }
        return code
    }

    private mutating func characters() throws -> EBNF.Node {
        at += 1
        let negated = current == "^"
        if negated { at += 1 }
        var ranges: [ClosedRange<UInt32>] = []
        while let scalar = current, scalar != "]" {
            let low = try character(scalar)
            if current == "-" {
                at += 1
                guard let scalar = current else { break }
                ranges.append(low...(try character(scalar)))
            } else {
                ranges.append(low...low)
            }
        }
        guard current == "]" else { throw fail("expected ']'") }
        at += 1
        return .characters(ranges, negated: negated)
    }

    private mutating func character(_ scalar: Unicode.Scalar) throws -> UInt32 {
        if scalar == "#" { return try code() }
        at += 1
        return scalar.value
    }
}
