/// What may stand under a key. The checker, the JSON Schema and the key reference all read it, so that what one of
/// them refuses the others refuse too.
package indirect enum Shape: Sendable {
    case text(TextShape)
    case list(ListShape)
    case section(Section)
    case entries(Entries)
    /// At most one text and one list. Where there are several mappings, `Entries` come last, and the keys that are
    /// written choose among the sections before them.
    case oneOf([Shape])
    /// Part of the language, but its shape is left to the version that carries it out.
    case anything
}

/// Whether this version carries something out. What it does not is refused as `not-supported`, never ignored.
package enum Support: Sendable { case now, later }

package struct AllowedWord: Sendable {
    package var text: String
    package var support: Support
    package init(_ text: String, _ support: Support = .now) {
        self.text = text
        self.support = support
    }
}

/// One scalar.
package struct TextShape: Sendable {
    package enum Kind: Sendable {
        /// Any text that is not blank; parsed later where it is code.
        case free
        /// The same, where an expression may well begin with a bracket and then needs quotes.
        case value
        /// One of the words or, with `parameter`, the name of a parameter.
        case words([AllowedWord], parameter: Bool)
        case name(NameRule)
        /// `holds`, `violated`, `holds iff EXPRESSION`
        case verdict
        /// One word without spaces.
        case tag
    }
    package var kind: Kind
    /// Completes "expected …".
    package var expected: String
    package init(_ kind: Kind, _ expected: String) {
        self.kind = kind
        self.expected = expected
    }

    /// Of several lines, usually.
    var isCode: Bool { expected.hasSuffix("statements") }
}

package struct ListShape: Sendable {
    package var item: Shape
    package var count: ClosedRange<Int>
    /// No text stands twice.
    package var distinct: Bool
    /// Completes "expected …".
    package var expected: String
    package init(
        _ item: Shape, _ expected: String, count: ClosedRange<Int> = 1...Int.max, distinct: Bool = false
    ) {
        self.item = item
        self.expected = expected
        self.count = count
        self.distinct = distinct
    }
}

/// A mapping whose keys are the language's.
package struct Section: Sendable {
    /// Path of keys, with a capital word where a name of the user's stands: `faulty.NODE`. Unique.
    package var path: String
    /// Completes "in …" and "belongs under …": "'network'", "an expectation".
    package var place: String
    package var keys: [Key]
    package var rules: [Rule]
    /// Keys that are handlers, beside those in `keys`.
    package var handlers: HandlerKeys?
    /// Any other key is a name of the user's.
    package var open: Entries?
    /// Said when a key is unknown here, instead of where else it is known.
    package var hint: String?

    package init(
        _ path: String, _ place: String, rules: [Rule] = [], handlers: HandlerKeys? = nil, open: Entries? = nil,
        hint: String? = nil, _ keys: [Key]
    ) {
        self.path = path
        self.place = place
        self.keys = keys
        self.rules = rules
        self.handlers = handlers
        self.open = open
        self.hint = hint
    }

    package func key(_ name: String) -> Key? { keys.first { $0.name == name } }
}

/// `on …` and `when …` keys of an algorithm.
package struct HandlerKeys: Sendable {
    package var body: Shape
    /// Offered where a key looks like one of them.
    package var examples: [String]
}

package enum Rule: Sendable {
    case exactlyOne([String])
    case atLeastOne([String])
    case atMostOne([String])
    /// As `exactlyOne`, with the diagnostics of expectations.
    case oneForm([String])
}

/// A mapping whose keys are names of the user's.
package struct Entries: Sendable {
    package enum Naming: Sendable {
        case name(NameRule)
        /// Any text that is not blank.
        case free
        /// `value(path)`
        case functionHeader
    }
    /// Stands in paths for the name: "NAME".
    package var placeholder: String
    package var naming: Naming
    package var value: Shape
    package var atLeastOne: Bool
    /// With one entry refused the whole is: a message that lacks a field is another message.
    package var whole: Bool
    /// A text instead of a value is taken for the verdict on a property of the library that there is not.
    package var besideProperties: Bool
    /// Completes "expected …".
    package var expected: String
    package init(
        _ placeholder: String, _ naming: Naming, _ value: Shape, _ expected: String, atLeastOne: Bool = false,
        whole: Bool = false, besideProperties: Bool = false
    ) {
        self.placeholder = placeholder
        self.naming = naming
        self.value = value
        self.expected = expected
        self.atLeastOne = atLeastOne
        self.whole = whole
        self.besideProperties = besideProperties
    }
}

package struct Key: Sendable {
    package var name: String
    package var shape: Shape
    package var support: Support
    package var required: Bool
    /// What holds where the key is left out, in words.
    package var standard: String?
    /// One or two sentences of Markdown.
    package var meaning: String
    /// YAML, from this key on.
    package var example: String
    /// Makes sense only beside one of these.
    package var goesWith: [String]
    /// Makes sense only with one key of each of these lists beside it.
    package var needs: [[String]]

    package init(
        _ name: String, _ shape: Shape, _ meaning: String, example: String, _ support: Support = .now,
        required: Bool = false, standard: String? = nil, goesWith: [String] = [], needs: [[String]] = []
    ) {
        self.name = name
        self.shape = shape
        self.support = support
        self.required = required
        self.standard = standard
        self.meaning = meaning
        self.example = example
        self.goesWith = goesWith
        self.needs = needs
    }
}
