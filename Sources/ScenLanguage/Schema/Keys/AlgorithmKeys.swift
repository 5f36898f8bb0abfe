/// What nodes run.
extension KeyTable {
    static let algorithm = Key(
        "algorithm",
        .oneOf([.code("the name of an algorithm"), .section(algorithmSection)]),
        "What nodes run: written here, or the name of one in `algorithms`.",
        example: "algorithm:\n  messages: {Ping: {}}\n  on start: |\n    send Ping() to others", required: true)

    static let algorithms = Key(
        "algorithms",
        .entries(
            Entries(
                "NAME", .name(.algorithm), .section(algorithmSection), "a mapping from names to algorithms",
                atLeastOne: true)),
        "Algorithms by name.",
        example: "algorithms:\n  eager:\n    on start: decide input")

    static let algorithmKeys = Set(algorithmSection.keys.map(\.name))

    private static let statements = Shape.code("statements")

    private static let algorithmSection = Section(
        "algorithm", "an algorithm",
        handlers: HandlerKeys(
            body: statements,
            examples: ["on start", "on recover", "on round r", "on timer", "on request", "when"]),
        [
            assumes, uses, provides, constants, types,
            Key(
                "input", type, "The type of each node's `input`.", example: "input: plan"),
            Key(
                "decides", type,
                "The type of what nodes decide: declares `decide v` and `decision: maybe TYPE`.",
                example: "decides: plan"),
            Key(
                "delivers", type,
                "The type of what nodes deliver: declares `deliver m` and `delivered: list of TYPE`.",
                example: "delivers: message"),
            messages,
            Key(
                "state", .entries(variables),
                "What a node remembers: name -> `TYPE`, `TYPE = INITIAL`, or an initial value. A crash ends it.",
                example: "state: {round: int, acks: set of node, ready: false}"),
            Key(
                "stable", .entries(variables), "The same on stable storage: a crash does not end it.",
                example: "stable: {log: list of entry}"),
            functions,
        ])

    private static let type = Shape.code("a type")

    private static let variables = Entries(
        "NAME", .name(.variable), .value("a type or an initial value"),
        "a mapping from names to types or initial values")

    private static let fields = Entries(
        "FIELD", .name(.field), type, "a mapping from fields to types", whole: true)

    private static let assumes = Key(
        "assumes",
        .section(
            Section(
                "algorithm.assumes", "'assumes'", [
                    Key("network", .words(allow(linkWords)), "The links it needs.", example: "network: reliable"),
                    Key("nodes", .words(allow(nodeWords)), "The faults it stands.", example: "nodes: crash-stop"),
                    Key("timing", .words(allow(timingWords)), "The timing it needs.", example: "timing: synchronous"),
                ])),
        "The model for which the algorithm is right. A scenario whose model is weaker is warned about.",
        example: "assumes: {network: reliable, nodes: crash-stop, timing: synchronous}")

    /// An assumption may name a model that cannot be run yet.
    private static func allow(_ words: [AllowedWord]) -> [AllowedWord] { words.map { AllowedWord($0.text) } }

    private static let uses = Key(
        "uses",
        .entries(
            Entries(
                "ALIAS", .name(.variable), .name(.algorithm), "a mapping from aliases to algorithms",
                atLeastOne: true)),
        "The layers below: alias -> algorithm.", example: "uses: {link: retransmit, fd: timeout-detector}", .later)

    private static let provides = Key(
        "provides", .name(.algorithm),
        "What the algorithm is to the layer above: `link`, `broadcast`, `failure-detector`, `consensus` or another "
            + "name.",
        example: "provides: failure-detector")

    private static let constants = Key(
        "constants",
        .entries(Entries("NAME", .name(.variable), .value("a value"), "a mapping from names to values")),
        "Name -> value, the same in every node. It may use parameters and the constants above it.",
        example: "constants: {quorum: n div 2 + 1}")

    private static let types = Key(
        "types",
        .entries(
            Entries(
                "NAME", .name(.type),
                .oneOf([
                    type, .list(ListShape(.name(.word), "a list of words", distinct: true)), .entries(fields),
                ]),
                "a mapping from names to types")),
        "Name -> a list of words (an enumeration), a mapping from fields to types (a record), or another type.",
        example: "types: {plan: [attack, retreat], entry: {term: int, value: plan}}")

    private static let messages = Key(
        "messages",
        .entries(
            Entries("NAME", .name(.message), .entries(fields), "a mapping from messages to their fields")),
        "Name -> fields with their types; `{}` for a message without fields.",
        example: "messages: {Order: {path: list of node, plan: plan}, Ack: {}}")

    private static let functions = Key(
        "functions",
        .entries(
            Entries(
                "NAME(PARAMETERS)", .functionHeader, .code("an expression or statements"),
                "a mapping from functions like value(path) to what they do")),
        "Header -> an expression, or statements with `return`.",
        example: "functions:\n  value(path): heard.get(path, retreat)")
}
