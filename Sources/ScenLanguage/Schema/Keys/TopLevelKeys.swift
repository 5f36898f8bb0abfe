/// What a scenario is called, its parameters, inputs and outcomes.
extension KeyTable {
    static let scenario = Key(
        "scenario", .code("a title"),
        "The title, as reports show it.",
        example: "scenario: General 1 attacks without waiting for an answer", required: true)

    static let description = Key(
        "description", .code("text"),
        "Prose in Markdown: what the scenario shows, and why it is so.",
        example: "description: >\n  More messengers help, and never enough.")

    private static let tag = Shape.text(TextShape(.tag, "a word without spaces"))

    static let tags = Key(
        "tags", .oneOf([tag, .list(ListShape(tag, "a list of words", distinct: true))]),
        "Words by which `scen run --tag` selects scenarios.",
        example: "tags: [lecture, two-generals]")

    static let parameters = Key(
        "parameters",
        .entries(
            Entries(
                "NAME", .name(.parameter),
                .oneOf([
                    .value("a value or a range like 1..3"),
                    .list(ListShape(.value("a value"), "a list of values")),
                ]),
                "a mapping from names to values")),
        """
        Name -> value, list of values, or range of whole numbers. Every combination is a *case* of its own. \
        A list of words declares an enumeration; such a parameter may stand wherever the model wants one of its \
        words.
        """,
        example: "parameters:\n  k: [1, 2, 4, 8]\n  n: 3..6\n  links: [reliable, fair-loss]",
        standard: "one case")

    static let filter = Key(
        "where", .value("a condition over parameters"),
        "Combinations of parameters that do not satisfy it are left out.",
        example: "where: n > 3 * f", standard: "all combinations")

    static let inputs = Key(
        "inputs", .oneOf([.value("a value or any"), .section(inputChoice("inputs", "'inputs'")), .entries(inputOfNode)]),
        """
        Each node's `input`. `any` is any value of the input's type: the explorer takes each, the simulator draws \
        one. A mapping gives it by node or group; `others` are the nodes that it does not name.
        """,
        example: "inputs: {general1: any, others: retreat}")

    private static func inputChoice(_ path: String, _ place: String) -> Section {
        Section(
            path, place, [
                Key(
                    "any",
                    .oneOf([
                        .value("a range like 1..7"), .list(ListShape(.value("a value"), "a list of values")),
                    ]),
                    "Any of these values: a range, a list, or an expression that gives a set or list.",
                    example: "any: 1..7", required: true)
            ])
    }

    private static let inputOfNode = Entries(
        "NODE", .name(.nodeReference),
        .oneOf([.value("a value or any"), .section(inputChoice("inputs.NODE", "the input of a node"))]),
        "a mapping from nodes to values", atLeastOne: true)

    static let outcomes = Key(
        "outcomes",
        .entries(
            Entries(
                "NAME", .free, .value("a condition at the end of a run"), "a mapping from names to conditions",
                atLeastOne: true)),
        """
        Name -> condition at the end of a run. The first that holds names the `outcome` of the run, which \
        expectations compare: `outcome == "city captured"`.
        """,
        example: "outcomes:\n  city captured: general1.attacks and general2.attacks\n  nothing happens: true")

    static let workload = Key(
        "workload",
        .entries(
            Entries(
                "NAME", .free,
                .section(
                    Section(
                        "workload.NAME", "a workload", [
                            Key(
                                "from", .name(.nodeReference), "The clients that issue the requests.",
                                example: "from: client", required: true),
                            Key(
                                "every", .code("a duration or distribution"), "Time from one request to the next.",
                                example: "every: 20ms", required: true),
                            Key(
                                "request", .code("a request like Get(1)"), "The request that is issued.",
                                example: "request: Checkout()", required: true),
                            Key(
                                "timeout", .code("a duration"), "A request that waits longer is unanswered.",
                                example: "timeout: 1s"),
                        ])),
                "a mapping from names to workloads", atLeastOne: true)),
        "Requests that clients issue over time.",
        example: "workload:\n  checkout: {from: client, every: 20ms, request: Checkout(), timeout: 1s}", .later)

    static let exercise = Key(
        "exercise",
        .section(
            Section(
                "exercise", "'exercise'", [
                    Key(
                        "task", .code("text"), "What the student is asked, in Markdown.",
                        example: "task: Make it agree.", required: true),
                    Key(
                        "blank",
                        .list(ListShape(.code("the path of a key"), "a list of paths of keys", distinct: true)),
                        "What is removed from the hand-out.",
                        example: "blank: [algorithm.on timer Retry]"),
                    Key(
                        "points",
                        .entries(Entries("NAME", .free, .code("a number"), "a mapping from expectations to points")),
                        "What each expectation is worth.", example: "points: {agreement: 4, termination: 6}"),
                    Key(
                        "hints", .list(ListShape(.code("text"), "a list of texts")),
                        "Hints, from the first to the last.", example: "hints: [Who may lie?]"),
                ])),
        "What a student gets and what it is worth.",
        example: "exercise:\n  task: Make it agree.\n  blank: [algorithm.functions]", .later)
}
