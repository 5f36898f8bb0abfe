/// What is expected.
extension KeyTable {
    /// The library's properties.
    package static let properties: [AllowedWord] = LibraryProperty.all.map { AllowedWord($0.name) }

    /// One line for a property of the library.
    package static func meaning(of property: String) -> String {
        guard let known = LibraryProperty.all.first(where: { $0.name == property }) else { return "" }
        return known.definition.prefix(1).uppercased() + known.definition.dropFirst() + "."
    }

    static let expect = Key(
        "expect",
        .section(
            Section(
                "expect", "'expect'",
                open: Entries(
                    "NAME", .free,
                    .section(
                        Section(
                            "expect.NAME", "an expectation",
                            rules: [.oneForm(forms.map(\.name)), .atMostOne(comparisonNames)],
                            hint: "forms are \(Wording.list(runnable, "and"))",
                            forms + [verdict, condition] + modifiers)),
                    "a mapping from names to expectations", atLeastOne: true, besideProperties: true),
                properties.map(property))),
        """
        Name -> expectation. A property of the library stands by its name with a verdict; an expectation of one's own \
        has a name of any words and exactly one form.
        """,
        example: """
            expect:
              agreement: holds
              every extra messenger helps:
                probability: outcome == "army 1 defeated"
                equals: 0.5 ** k
            """, required: true)

    private static let verdictText = Shape.text(TextShape(.verdict, "holds, violated, or holds iff with a condition"))

    private static let verdict = Key(
        "verdict", verdictText,
        "What is expected: `holds`, `violated`, or `holds iff` a condition over parameters.",
        example: "verdict: holds iff n > 3 * f", standard: "`holds`")

    private static let condition = Key(
        "when", .value("a condition over parameters"), "The cases to which it applies.",
        example: "when: bound <= 10ms", standard: "all cases")

    private static func property(_ word: AllowedWord) -> Key {
        // Only what must be reached can be late.
        let isReached = LibraryProperty.all.contains { $0.name == word.text && $0.isReached }
        return Key(
            word.text,
            .oneOf([
                verdictText,
                .section(
                    Section(
                        isReached ? "expect.\(word.text)" : "expect.PROPERTY", "a property of the library",
                        hint: "'\(word.text)' is a property of the library: an expectation of your own needs another name",
                        [verdict, condition] + (isReached ? [within] : []))),
            ]),
            meaning(of: word.text), example: "\(word.text): holds", word.support)
    }

    private static let within = Key(
        "within", .code("a duration"), "How soon it must be reached, or follow.", example: "within: 2s",
        standard: "any time")

    private static let conditionText = Shape.value("a condition")
    static let comparisonNames = ["at-least", "at-most", "equals", "between"]
    /// Forms that need a comparison.
    private static let measured = ["probability", "mean", "quantile", "fraction-of-time", "availability"]

    private static func logical(_ name: String, _ meaning: String, _ example: String) -> Key {
        Key(name, conditionText, meaning, example: "\(name): \(example)")
    }

    private static func measure(_ name: String, _ expected: String, _ meaning: String, _ example: String) -> Key {
        Key(
            name, .code(expected), meaning, example: "\(name): \(example)", name == "availability" ? .later : .now,
            needs: name == "quantile" ? [["q"], comparisonNames] : [comparisonNames])
    }

    private static let runnable = forms.filter { $0.support == .now }.map(\.name)

    package static func form(_ name: String) -> Key? { forms.first { $0.name == name } }

    /// The form of a scenario's own expectation.
    private static let forms: [Key] = [
        logical("always", "Holds in every state of every run.", "not (a.leader and b.leader)"),
        logical("never", "Holds in no state of any run.", "outcome == \"army 2 defeated\""),
        logical("eventually", "Every run reaches a state in which it holds.", "client.served"),
        logical(
            "eventually-always", "Every run reaches a state from which on it holds.",
            "all(p.leader == n1 for p in correct)"),
        logical("finally", "Holds at the end of every run.", "all(p.decision != none for p in correct)"),
        logical("possible", "Some run reaches a state in which it holds.", "outcome == \"city captured\""),
        measure(
            "probability", "a condition",
            "The share of runs whose end satisfies it compares as asked.", "outcome == \"army 1 defeated\""),
        Key(
            "leads-to", .section(leadsTo), "Whenever `from` holds, `to` follows.",
            example: "leads-to: {from: p.crashed, to: p in q.suspected, for-all: {p: faulty, q: correct}}"),
        measure(
            "mean", "a number or duration", "The mean over runs, or over the operations of a workload.", "sent(Data)"),
        measure(
            "quantile", "a number or duration", "A quantile over runs, or over the operations of a workload.",
            "client.waited"),
        measure("fraction-of-time", "a condition", "The share of time during which it holds.", "a.up or b.up"),
        measure("availability", "the name of a workload", "The share of its requests that are answered.", "checkout"),
        Key(
            "slo", .section(objective), "A service-level objective: so many requests are answered so soon.",
            example: "slo: {of: checkout, within: 200ms, at-least: 99%}", .later),
        Key(
            "linearizable", .code("the name of a workload"), "Its history has a linearization.",
            example: "linearizable: operations", .later),
        Key(
            "indistinguishable-to", .code("a node"),
            "There are run ends, one for each of `executions`, with equal views of this node.",
            example: "indistinguishable-to: general3", needs: [["executions"]]),
        Key(
            "single-points-of-failure",
            .list(
                ListShape(
                    .code("a node or link"), "a list of nodes and links", count: 0...Int.max, distinct: true)),
            "Exactly these nodes and links, failing alone, break the expectation `of`.",
            example: "single-points-of-failure: [balancer, client <-> balancer]", .later, needs: [["of"]]),
    ]

    private static let leadsTo = Section(
        "expect.NAME.leads-to", "'leads-to'", [
            Key("from", conditionText, "What happens.", example: "from: p.crashed", required: true),
            Key("to", conditionText, "What must follow.", example: "to: p in q.suspected", required: true),
            Key(
                "for-all",
                .entries(
                    Entries(
                        "NAME", .name(.field), .value("a set"), "a mapping from names to sets", atLeastOne: true)),
                "For all values of these names.", example: "for-all: {p: faulty, q: correct}"),
        ])

    private static let objective = Section(
        "expect.NAME.slo", "'slo'", [
            Key("of", .code("the name of a workload"), "The workload.", example: "of: checkout", required: true),
            Key("within", .code("a duration"), "How soon.", example: "within: 200ms", required: true),
            Key("at-least", probability, "How many.", example: "at-least: 99%", required: true),
        ])

    private static func comparison(_ name: String, _ shape: Shape, _ meaning: String, _ value: String) -> Key {
        Key(name, shape, meaning, example: "\(name): \(value)", goesWith: measured)
    }

    private static let modifiers: [Key] = [
        within.beside(["eventually", "eventually-always", "leads-to"]),
        comparison("at-least", .value("a value"), "It is not less than this.", "99%"),
        comparison("at-most", .value("a value"), "It is not more than this.", "10%"),
        comparison("equals", .value("a value"), "It is this, within `tolerance`.", "0.5 ** k"),
        comparison(
            "between", .list(ListShape(.value("a value"), "a list of two values", count: 2...2)),
            "It is not less than the first and not more than the second.", "[45, 60]"),
        Key(
            "tolerance", .value("a value"), "How wide the confidence interval may be.",
            example: "tolerance: 0.01", standard: "a tenth of the value, at least 0.01 or 1us", goesWith: ["equals"]),
        Key("q", .code("a share like 99%"), "Which quantile.", example: "q: 99%", goesWith: ["quantile"]),
        Key(
            "executions",
            .list(
                ListShape(.value("a condition"), "a list of at least two conditions", count: 2...Int.max)),
            "Conditions on run ends, one for each execution.",
            example: "executions: [faulty == {general1}, faulty == {general2}]",
            goesWith: ["indistinguishable-to"]),
        Key(
            "at", .words("any"), "States are compared, not only run ends.",
            example: "at: any", standard: "run ends", goesWith: ["indistinguishable-to"]),
        Key(
            "of", .code("the name of an expectation"), "The expectation that they break.",
            example: "of: the client is served", .later, goesWith: ["single-points-of-failure"]),
        Key(
            "apart-from",
            .list(ListShape(.code("a node or link"), "a list of nodes and links", distinct: true)),
            "Nodes and links that are not asked about.", example: "apart-from: [client]", .later,
            goesWith: ["single-points-of-failure"]),
    ]
}

extension Key {
    fileprivate func beside(_ others: [String]) -> Key {
        var key = self
        key.goesWith = others
        return key
    }
}
