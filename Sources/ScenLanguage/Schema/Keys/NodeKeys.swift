/// Nodes and their faults.
extension KeyTable {
    static let nodes = Key(
        "nodes",
        .oneOf([
            .code("a number of nodes"), nodeNames,
            .section(
                Section("nodes", "'nodes'", rules: [.exactlyOne(["count", "names", "groups"])], nodeKeys)),
        ]),
        """
        A number (`n1`, `n2`, ..), a list of names, or a mapping with `count`, `names` or `groups` and the node \
        model.
        """,
        example: "nodes: {count: n, prefix: general}", required: true)

    private static let nodeNames = Shape.list(
        ListShape(.name(.node), "a list of names", distinct: true))

    private static let nodeKeys: [Key] = [
        Key("count", .code("a number of nodes"), "How many there are.", example: "count: n"),
        Key(
            "prefix", .name(.nodePrefix), "What their names begin with; a number follows.",
            example: "prefix: general", standard: "`n`", goesWith: ["count"]),
        Key("names", nodeNames, "Their names.", example: "names: [client, store]"),
        Key(
            "groups",
            .entries(
                Entries(
                    "NAME", .name(.group), .code("a number of nodes"),
                    "a mapping from names of groups to numbers of nodes", atLeastOne: true)),
            "Name -> how many. `{client: 2, replica: 3}` makes `client1`, `client2`, `replica1` and so on; the name of "
                + "a group is the set of its nodes.",
            example: "groups: {client: 2, replica: replicas}"),
        Key(
            "model", .words(nodeWords, parameter: true),
            """
            What a faulty node may do. *Crash-stop*: stop for ever. *Crash-recovery*: lose `state`, keep `stable`, \
            come back with `on recover`. *Byzantine*: anything that its behaviour allows.
            """,
            example: "model: crash-stop", standard: "`crash-stop`"),
    ]

    static let faulty = Key(
        "faulty",
        .oneOf([
            .words("none"),
            .list(
                ListShape(
                    .name(.nodeReference), "a list of nodes and groups", count: 0...Int.max, distinct: true)),
            .section(
                Section(
                    "faulty", "'faulty'", rules: [.exactlyOne(["up-to", "exactly"]), onePlan], faultySetKeys)),
            .entries(
                Entries(
                    "NODE", .name(.nodeReference),
                    .section(Section("faulty.NODE", "the fault of a node", rules: [onePlan], faultKeys)),
                    "a mapping from nodes to their faults", atLeastOne: true)),
        ]),
        """
        Which nodes are faulty, and how: `none`, a list of nodes and groups, every set of `up-to` so many or of \
        `exactly` so many, or a mapping from nodes and groups to what happens to each. A faulty node fails at any \
        moment, or not at all, unless `crash`, `crashes` or `mttf` says when.
        """,
        example: "faulty: {up-to: 1, crash: {between: 0s..5s}}", standard: "`none`")

    private static func moment(_ key: String, example: String) -> Shape {
        .oneOf([
            .code("a moment like \(example)"),
            .section(
                Section(
                    "faulty.\(key)", "'\(key)'", [
                        Key(
                            "between", .code("a range of moments like 0s..5s"), "At a moment drawn from this range.",
                            example: "between: 0s..5s", required: true)
                    ])),
        ])
    }

    private static let crash = Key(
        "crash", moment("crash", example: "2s"), "When a faulty node crashes.",
        example: "crash: 2s", standard: "any moment, or never")

    private static let behaviourWords: Shape = .words([
        AllowedWord("lie"), AllowedWord("omit"), AllowedWord("silent"), AllowedWord("arbitrary"),
    ], parameter: true)

    private static let behaviour = Key(
        "behaviour",
        .oneOf([behaviourWords, .list(ListShape(behaviourWords, "a list of words", distinct: true))]),
        """
        What a faulty Byzantine node may do. *Lie*: put any value into each field of a finite type of each message, to each \
        recipient another. *Omit*: leave out any message. *Silent*: send nothing. *Arbitrary*: all of it, and any message \
        at any time.
        """,
        example: "behaviour: [lie, omit]", standard: "`[lie, omit]`")

    private static let recover = Key(
        "recover", moment("recover", example: "3s"), "When the node comes back: later than it crashes.",
        example: "recover: 3s", standard: "never, where `crash` is given", goesWith: ["crash"])

    private static let onePlan = Rule.atMostOne(["crash", "crashes", "mttf"])

    private static let drawnFaults: [Key] = [
        Key(
            "crashes", .code("a number"),
            "How often it crashes, at any moments, and comes back where the model allows it.", example: "crashes: 1"),
        Key(
            "mttf", .code("a duration"), "Mean time to failure: how long it is up, exponentially distributed.",
            example: "mttf: 9d"),
        Key(
            "mttr", .code("a duration"), "Mean time to repair: how long it is down, exponentially distributed.",
            example: "mttr: 1d", standard: "it stays down", goesWith: ["mttf"]),
    ]

    private static let faultySetKeys: [Key] = [
        Key("up-to", .code("a number of nodes"), "Every set of at most so many nodes.", example: "up-to: f"),
        Key("exactly", .code("a number of nodes"), "Every set of just so many nodes.", example: "exactly: 1"),
        Key(
            "of", .name(.nodeReference), "Only nodes of this group.", example: "of: replica", standard: "all nodes"),
        crash, recover,
    ] + drawnFaults + [behaviour]

    private static let faultKeys: [Key] = [crash, recover] + drawnFaults + [
        behaviour,
        Key(
            "runs", .name(.algorithm), "A Byzantine node that runs another of `algorithms`; a parameter may hold its name.",
            example: "runs: two-faced"),
    ]
}
