/// How a scenario is run.
extension KeyTable {
    private static let methods = [AllowedWord("simulate"), AllowedWord("exhaustive")]

    static let run = Key(
        "run",
        .oneOf([
            .words(methods),
            .list(ListShape(.words(methods), "a list of the words simulate and exhaustive", distinct: true)),
            .section(
                Section("run", "'run'", rules: [.atLeastOne(["simulate", "exhaustive"])], [simulate, exhaustive])),
        ]),
        """
        `simulate` samples runs, `exhaustive` visits every run within a scope; a list of both, or a mapping with \
        both, does both: logical forms are then judged by the explorer, statistics by the simulator.
        """,
        example: "run: {simulate: {runs: 500, for: 1m, seed: 7}}", standard: "`simulate`")

    private static let simulate = Key(
        "simulate",
        .oneOf([
            .code("a number of runs"),
            .section(
                Section(
                    "run.simulate", "'simulate'", [
                        Key(
                            "runs", .code("a number of runs"), "How many runs are drawn.", example: "runs: 500",
                            standard: "1000"),
                        Key(
                            "for", .code("a duration"), "A run that has not ended by then is cut off.",
                            example: "for: 1m", standard: "60s"),
                        Key(
                            "seed", .code("a whole number"), "Fixes every draw.", example: "seed: 7", standard: "1"),
                    ])),
        ]),
        "How many runs, or a mapping with more.", example: "simulate: 4000")

    private static let exhaustive = Key(
        "exhaustive",
        .section(
            Section(
                "run.exhaustive", "'exhaustive'", [
                    bound("steps", "Steps of one run.", "40"),
                    bound("losses", "Messages lost in one run.", "2"),
                    bound("duplicates", "Messages duplicated in one run.", "1", standard: "1"),
                    bound("copies", "Equal messages in flight from one node to another.", "2", standard: "2"),
                    bound("forgeries", "Messages made up, changed or replayed in one run.", "2"),
                    Key("for", .code("a duration"), "Where runs end.", example: "for: 50ms", standard: "no end"),
                    bound("states", "A limit, not scope: states after which the verdict is inconclusive.", "5M"),
                ])),
        "The scope of the exploration: the verdict holds within it and names it.",
        example: "exhaustive: {steps: 40, losses: 2}")

    private static func bound(
        _ name: String, _ meaning: String, _ value: String, standard: String = "unlimited"
    ) -> Key {
        Key(name, .code("a whole number or unlimited"), meaning, example: "\(name): \(value)", standard: standard)
    }
}
