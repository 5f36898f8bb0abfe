/// What a name may be, by what it names. `TextParser` reads the same names in code.
package enum NameRule: Sendable, CaseIterable {
    /// State, constants: values that one node has.
    case variable
    case parameter
    case function
    case message
    case field
    case type
    /// A node by its full name; hyphens are allowed.
    case node
    /// Start of the names of nodes that are numbered: no hyphens, so that `n - 1` stays a subtraction in every case.
    case nodePrefix
    /// The same, and the set of these nodes.
    case group
    /// Where an existing node or group is meant.
    case nodeReference
    /// A word of an enumeration; hyphens are allowed.
    case word
    /// An algorithm or an alias of one.
    case algorithm

    package var what: String {
        switch self {
        case .variable: "the name of a variable"
        case .parameter: "the name of a parameter"
        case .function: "the name of a function"
        case .message: "the name of a message"
        case .field: "the name of a field"
        case .type: "the name of a type"
        case .node: "the name of a node"
        case .nodePrefix: "the beginning of node names"
        case .group: "the name of a group"
        case .nodeReference: "the name of a node or group"
        case .word: "a word of an enumeration"
        case .algorithm: "the name of an algorithm"
        }
    }

    package var allowsHyphens: Bool {
        switch self {
        case .node, .nodeReference, .word, .algorithm: true
        default: false
        }
    }

    /// Words that mean something already where such a name would stand.
    package var reserved: [String] {
        let more: [String] =
            switch self {
            case .variable: ["me", "nodes", "others", "neighbours", "n", "now", "bound", "up", "crashed"]
            // `n` and `bound` are allowed where the model declares them so, which analysis sees.
            case .parameter: ["me", "nodes", "others", "neighbours", "now", "input", "outcome", "time", "faulty", "correct"]
            case .node, .group:
                [
                    "me", "nodes", "others", "neighbours", "n", "now", "bound", "input", "outcome", "time", "faulty",
                    "correct", "any",
                ] + NameRule.faultKeys
            case .nodeReference: ["any"] + NameRule.faultKeys
            case .type:
                [
                    "bool", "int", "real", "string", "duration", "node", "message", "list", "set", "map",
                    "maybe", "signed", "sealed",
                ]
            case .word: ["me", "nodes", "others", "neighbours", "n", "now", "bound", "input", "faulty", "correct"]
            case .function, .message, .field, .algorithm, .nodePrefix: []
            }
        return NameRule.keywords + more
    }

    /// Keys that stand under `faulty` where otherwise names of nodes do.
    private static let faultKeys = [
        "up-to", "exactly", "of", "crash", "recover", "crashes", "mttf", "mttr", "behaviour",
    ]

    /// Words of the expression language, its own and those that other languages would put there; no name of any kind.
    package static let keywords: [String] =
        Keyword.allCases.map(\.rawValue).sorted() + Keyword.foreignLiterals.keys.sorted()

    /// A regular expression, of the kind that JSON Schema has, for the form of the name. Outside of ASCII it lets
    /// more through than `admits`.
    package var pattern: String {
        let first = "([A-Za-z_]|[^\\x00-\\x7F])"
        let rest = "([A-Za-z0-9_]|[^\\x00-\\x7F])"
        return allowsHyphens ? "^\(first)\(rest)*(-\(rest)+)*$" : "^\(first)\(rest)*$"
    }

    /// The form alone.
    package func admits(_ text: String) -> Bool {
        var previous: Unicode.Scalar = "-"
        var isFirst = true
        for scalar in text.unicodeScalars {
            if scalar == "-" {
                if !allowsHyphens || previous == "-" { return false }
            } else if isFirst {
                if !NameRule.begins(scalar) { return false }
            } else if !NameRule.begins(scalar), !NameRule.continues(scalar) {
                return false
            }
            previous = scalar
            isFirst = false
        }
        return previous != "-"
    }

    private static func begins(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar == "_" || scalar.properties.isAlphabetic }
        return scalar.properties.isXIDStart && LookAlike.of(scalar) == nil
    }

    private static func continues(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return ("0"..."9").contains(scalar) }
        return scalar.properties.isXIDContinue && LookAlike.of(scalar) == nil
    }
}
