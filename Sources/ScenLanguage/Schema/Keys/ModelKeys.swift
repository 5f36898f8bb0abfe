/// Links and timing.
extension KeyTable {
    static let linkWords = [AllowedWord("reliable"), AllowedWord("fair-loss"), AllowedWord("arbitrary")]
    static let timingWords = [
        AllowedWord("synchronous"), AllowedWord("partially-synchronous"), AllowedWord("asynchronous"),
    ]
    static let nodeWords = [
        AllowedWord("crash-stop"), AllowedWord("crash-recovery"), AllowedWord("byzantine"),
    ]
    static let adversaryWords: Shape = .words("eavesdrop", "modify", "drop", "spoof", "replay", parameter: true)
    static let distribution = Shape.code(
        "a duration like 5ms, a range like 1ms..10ms, or a distribution like exponential(10ms)")
    static let probability = Shape.code("a probability like 20%")

    static let network = Key(
        "network",
        .oneOf([
            .words(linkWords, parameter: true),
            .section(Section("network", "'network'", linkKeys)),
        ]),
        """
        How links behave. *Reliable*: a message is received if and only if it is sent, once, in any order. \
        *Fair-loss*: messages are lost, duplicated and reordered, but one that is sent again and again arrives. \
        *Arbitrary*: an adversary holds the links, and does to messages what `adversary` lists. \
        What a node sends to itself never fails.
        """,
        example: "network: {links: fair-loss, loss: 20%, duplicate: 5%}", standard: "`reliable`")

    private static let linkKeys: [Key] = [
        Key(
            "links", .words(linkWords, parameter: true), "How links behave.",
            example: "links: fair-loss", standard: "`reliable`"),
        Key(
            "loss", probability,
            "Chance that a message is lost. Not on reliable links.",
            example: "loss: 20%", standard: "10% on fair-loss links"),
        Key(
            "duplicate", probability,
            "Chance that a message that is not lost arrives twice. `0%` forbids duplication. Not on reliable links.",
            example: "duplicate: 5%", standard: "5% on fair-loss links"),
        Key(
            "fifo", .words("true", "false", parameter: true),
            "Whether each link keeps the order in which messages were sent.",
            example: "fifo: true", standard: "`false`"),
        topology, bandwidth, between, rules,
        Key(
            "adversary",
            .oneOf([adversaryWords, .list(ListShape(adversaryWords, "a list of words", distinct: true))]),
            """
            What the adversary on arbitrary links may do. *eavesdrop*: it learns what messages say. *modify*: a message arrives with \
            something else in it. *drop*: a message is lost. *spoof*: it makes up messages, from anybody. *replay*: a message \
            comes once more, which needs `eavesdrop`.
            """,
            example: "adversary: [eavesdrop, drop]", standard: "all of it"),
    ]

    static let timing = Key(
        "timing",
        .oneOf([
            .words(timingWords, parameter: true), .section(Section("timing", "'timing'", timingKeys)),
        ]),
        """
        What may be assumed of time. *Synchronous*: no message takes longer than a bound that the nodes know; \
        `on round r` works in rounds. *Asynchronous*: messages and handlers may take any time. *Partially \
        synchronous*: asynchronous for a while, synchronous after it.
        """,
        example: "timing: {model: synchronous, latency: 1ms..10ms}", standard: "`asynchronous`")

    private static let timingKeys: [Key] = [
        Key(
            "model", .words(timingWords, parameter: true), "What may be assumed of time.",
            example: "model: synchronous", standard: "`asynchronous`"),
        Key(
            "latency", distribution,
            """
            How long a message takes: a duration, a range (uniform), `exponential(mean)`, `normal(mean, sd)`, \
            `lognormal(median=, sigma=)`, `pareto(scale=, shape=)`, `empirical([..])`.
            """,
            example: "latency: lognormal(median=5ms, sigma=0.5)",
            standard: "0 to the bound; asynchronous: `exponential(10ms)`"),
        Key(
            "bound", .code("a duration"),
            "The longest time that a message takes, known to the nodes as `bound`.",
            example: "bound: 10ms", standard: "the largest latency, or 10ms"),
        Key(
            "asynchronous",
            .oneOf([
                .section(
                    Section(
                        "timing.asynchronous", "'asynchronous'", [
                            Key(
                                "mean-every", .code("a duration"),
                                "Mean time from the end of one bad period to the beginning of the next.",
                                example: "mean-every: 10s", required: true),
                            Key(
                                "mean-for", .code("a duration"), "Mean length of a bad period.",
                                example: "mean-for: 1s", required: true),
                            Key(
                                "latency", distribution, "Latency of what is sent in it.",
                                example: "latency: exponential(1s)", standard: "`exponential(10 * bound)`"),
                        ])),
                .list(
                    ListShape(
                        .section(
                            Section(
                                "timing.asynchronous.PERIOD", "a period of 'asynchronous'", [
                                    Key(
                                        "from", .code("a moment"), "When it begins.", example: "from: 1s",
                                        required: true),
                                    Key(
                                        "for", .code("a duration"), "How long it lasts.", example: "for: 2s",
                                        required: true),
                                    Key(
                                        "latency", distribution, "Latency of what is sent in it.",
                                        example: "latency: exponential(1s)", standard: "`exponential(10 * bound)`"),
                                ])), "a list of periods")),
            ]),
            """
            Bad periods, in which a partially synchronous system is asynchronous: given, or drawn with exponential gaps and \
            lengths. Nodes do not know them. What is sent in one arrives at the latest when the bound has passed since its end.
            """,
            example: "asynchronous: [{from: 1s, for: 2s, latency: exponential(1s)}]",
            standard: "one from the start, with an exponential length of mean `100 * bound`"),
        Key(
            "pauses",
            .section(
                Section(
                    "timing.pauses", "'pauses'", [
                        Key(
                            "every", distribution, "Time from the end of one pause to the beginning of the next.",
                            example: "every: exponential(5s)", required: true),
                        Key("for", distribution, "How long one takes.", example: "for: 10ms..300ms", required: true),
                    ])),
            "Nodes stop for a while, between handlers, and go on: each for itself. Not in synchronous systems.",
            example: "pauses: {every: exponential(5s), for: 10ms..300ms}", standard: "none"),
        Key(
            "clock",
            .section(
                Section(
                    "timing.clock", "'clock'", [
                        Key(
                            "skew", .code("a duration"),
                            "How far two clocks may be apart at the start: each shows something from 0 to this then.",
                            example: "skew: 50ms", standard: "0ms"),
                        Key(
                            "drift", .code("a rate like 100 ppm"),
                            "How much too fast or slow it may run: its rate is something from 1 - drift to 1 + drift.",
                            example: "drift: 100 ppm", standard: "0 ppm"),
                    ])),
            "Each node has a clock of its own, which `now` and its timers go by. Links and rounds go by real time.",
            example: "clock: {skew: 50ms, drift: 100 ppm}",
            standard: "exact"),
        Key(
            "step", distribution,
            "The time that a handler takes. Until then the node is busy, and what reaches it waits. Not in rounds.",
            example: "step: 1ms", standard: "0ms"),
    ]
}
