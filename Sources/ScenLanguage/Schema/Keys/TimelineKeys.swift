/// What happens at given moments.
extension KeyTable {
    private static let actions = [
        "crash", "recover", "pause", "partition", "heal", "cut", "latency", "loss", "request",
    ]
    /// What can be undone.
    private static let lasting = ["crash", "pause", "partition", "cut", "latency", "loss"]

    static let timeline = Key(
        "timeline",
        .list(
            ListShape(
                .section(
                    Section(
                        "timeline", "an item of 'timeline'",
                        rules: [.exactlyOne(["at", "when"]), .exactlyOne(actions)], timelineKeys)),
                "a list of items with a moment and an action")),
        """
        Faults at given moments. Each item has a moment (`at`, or `when` for the first state in which something holds) and one \
        action, which `for` undoes after a while. At one moment they happen in the order of the file, before anything else.
        """,
        example: "timeline:\n  - {at: 1s, partition: [[a, b], [c]], for: 2s}", standard: "nothing")

    private static let target: Shape = .oneOf([
        .value("a node, a group or an expression that gives nodes"),
        .list(ListShape(.name(.nodeReference), "a list of nodes and groups", distinct: true)),
    ])

    private static let timelineKeys: [Key] = [
        Key("at", .code("a moment"), "The moment.", example: "at: 1s"),
        Key(
            "when", .value("a condition"),
            "The first observed state in which it holds, as an expectation would see it; the action follows at once.",
            example: "when: a.leader"),
        Key(
            "for", .code("a duration"), "How long it lasts; then it is undone.", example: "for: 2s",
            standard: "for ever", goesWith: lasting),
        Key(
            "crash", target,
            """
            These nodes crash, and are `faulty` from the beginning of the run: a node, a group, a list of them, or an \
            expression over the state at that moment that gives a node or a set of nodes.
            """,
            example: "crash: \"{p for p in nodes if p.leader}\""),
        Key("recover", target, "These nodes come back.", example: "recover: n1"),
        Key(
            "pause", target, "These nodes run no handler; what reaches them waits. Not with synchronous timing.",
            example: "pause: n1"),
        Key(
            "partition",
            .list(
                ListShape(
                    .list(ListShape(.name(.nodeReference), "a list of nodes and groups")),
                    "at least two lists of nodes, like [[a], [others]]", count: 2...Int.max)),
            """
            No message crosses from one of these sets to another. `[others]` are the nodes that are in no other set; \
            a node that is in no set at all reaches everybody.
            """,
            example: "partition: [[a, b], [others]]"),
        Key("heal", .words("all"), "Every partition and every cut ends.", example: "heal: all"),
        Key(
            "cut", .code("a link like a -> b or a <-> b"),
            "Nothing arrives over these links: `a -> b` one way, `a <-> b` both. Either end may be a group.",
            example: "cut: a -> b"),
        Key(
            "latency", distribution, "What messages take that are sent from now on.",
            example: "latency: exponential(1s)"),
        Key("loss", probability, "The loss from now on. Not on reliable links.", example: "loss: 50%"),
        Key(
            "link", .code("a link like a -> b or a <-> b"), "The links whose `latency` or `loss` changes.",
            example: "link: a -> b", standard: "all links", goesWith: ["latency", "loss"]),
        Key("request", .code("a request like Get(1)"), "A client issues it.", example: "request: Get(1)", .later),
    ]
}
