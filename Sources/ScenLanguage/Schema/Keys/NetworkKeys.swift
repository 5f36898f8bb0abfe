/// What is not the same for all links and all messages.
extension KeyTable {
    static let topologyWords = ["complete", "ring", "line", "star", "grid", "tree"].map { AllowedWord($0) }

    private static let link = Shape.code("a link like a -> b or a <-> b")

    static let topology = Key(
        "topology",
        .oneOf([
            .words(topologyWords, parameter: true),
            .section(
                Section(
                    "network.topology", "'topology'", [
                        Key(
                            "edges", .list(ListShape(link, "a list of links")),
                            """
                            The links: `a <-> b` carries messages both ways, `a -> b` one way. Either end may be a group, \
                            which stands for each of its nodes.
                            """,
                            example: "edges: [a <-> b, b -> c]", required: true)
                    ])),
        ]),
        """
        Which nodes are joined by a link. *ring* and *line* join each node with the next one, in node order; in a *star* the \
        first node is joined with all others; a *grid* has as many columns as rows, or one more, and is filled row by row; in a \
        *tree* node i has the children 2i and 2i + 1, counted from 1. A node can send over its links and to itself; in \
        handlers `neighbours` is the set of nodes to which it has a link. To send to another node is the error `no-link`.
        """,
        example: "topology: ring", standard: "`complete`")

    static let bandwidth = Key(
        "bandwidth", .oneOf([rate, .section(bandwidthSection)]),
        """
        How many messages a link carries in each direction; those beyond it queue. A link serves one message at a time, in \
        the order of sending, and latency comes after that; what is lost has been served all the same. With asynchronous \
        timing only.
        """,
        example: "bandwidth: 1000 per second", standard: "unlimited")

    private static let rate = Shape.code("a rate like 1000 per second")

    private static let bandwidthSection = Section(
        "network.bandwidth", "'bandwidth'", [
            Key(
                "rate", rate, "Messages that the link carries, in the mean.", example: "rate: 1000 per second",
                required: true),
            Key(
                "capacity", .code("a number of messages"),
                "How many messages may wait beside the one that is served. Not on reliable links.",
                example: "capacity: 50", standard: "unlimited"),
            Key(
                "when-full", .words("drop-new", "drop-oldest", parameter: true),
                "Which message is dropped where `capacity` are waiting: the new one, or the one that has waited longest.",
                example: "when-full: drop-oldest", standard: "`drop-new`", goesWith: ["capacity"]),
            Key(
                "service", .words("constant", "exponential", parameter: true),
                "Whether each message takes the same time, or an exponentially distributed one.",
                example: "service: exponential", standard: "`constant`"),
        ])

    static let between = Key(
        "between",
        .list(
            ListShape(
                .section(
                    Section(
                        "network.between", "an item of 'between'",
                        rules: [.atLeastOne(["loss", "duplicate", "latency", "bandwidth"])], [
                            Key(
                                "link", link,
                                """
                                The links that differ: from a node or group to a node or group, with `<->` back as well. \
                                `others` stands for all nodes.
                                """, example: "link: a -> b", required: true),
                            Key("loss", probability, "Their loss. Not on reliable links.", example: "loss: 100%"),
                            Key(
                                "duplicate", probability, "Their duplication. Not on reliable links.",
                                example: "duplicate: 5%"),
                            Key(
                                "latency", distribution, "Their latency. It stays within the bound, where there is one.",
                                example: "latency: exponential(50ms)"),
                            Key(
                                "bandwidth", .oneOf([rate, .section(bandwidthSection)]), "Their bandwidth.",
                                example: "bandwidth: 10 per second"),
                        ])), "a list of links with what they have of their own")),
        "Links that differ from the others. Where several items say something of a link, the last one holds.",
        example: "between: [{link: a -> b, loss: 100%}]")

    static let rules = Key(
        "rules", .list(ListShape(.section(rule), "a list of rules")),
        """
        What happens to particular messages on their way. Each rule counts the messages that it is about, from the beginning of \
        a run and in the order of sending: `first 3` are the first three of them, `after 3` all but these, `every 3` the \
        third, sixth and so on, `number 3` only the third, `20%` each with this chance, `all` all. The first rule that means a \
        message decides about it. No rule is about what a node sends to itself.
        """,
        example: "rules: [{message: Ack, from: general2, drop: first 3}]")

    private static let selection = Shape.code("which messages, like first 3")

    private static let rule = Section(
        "network.rules", "an item of 'rules'", rules: [.exactlyOne(["drop", "delay", "duplicate"])], [
            Key("message", .name(.message), "The message it is about.", example: "message: Ack", standard: "any"),
            Key(
                "from", .name(.nodeReference), "Sent by this node or group.", example: "from: general2",
                standard: "any node"),
            Key(
                "to", .name(.nodeReference), "Sent to this node or group.", example: "to: general1",
                standard: "any node"),
            Key("drop", selection, "These are lost. Not on reliable links.", example: "drop: first 3"),
            Key(
                "delay", distribution,
                "They take this much longer than their latency. They stay within the bound, where there is one.",
                example: "delay: 1s"),
            Key(
                "only", selection, "Which of them are delayed.", example: "only: first 3", standard: "`all`",
                goesWith: ["delay"]),
            Key(
                "duplicate", selection, "These arrive twice, and are not lost. Not on reliable links.",
                example: "duplicate: all"),
        ])
}
