extension Explanation {
    /// Expressions and statements as text.
    static let syntax: [DiagnosticCode: Explanation] = [
        .invalidToken: .init(
            "A character or symbol stands here that the language does not have; often one of another language.",
            wrong: "if a && b:", right: "if a and b:"),
        .syntax: .init(
            """
            Words and symbols do not stand together in a way that has a meaning. Expressions are Python's, with \
            'implies', 'div', 'mod' and ranges such as 1..5; statements are listed in grammar/.
            """,
            wrong: "send Vote(yes) others", right: "send Vote(yes) to others"),
        .indentation: .init(
            """
            Lines that belong together are indented alike. After 'if', 'elif', 'else' and 'for' the lines below are \
            indented deeper; nowhere else.
            """,
            wrong: "if ready:\nsend Go() to others", right: "if ready:\n  send Go() to others"),
        .invalidUnit: .init(
            """
            A duration is a number with one of ns, us, ms, s, m, h, d, y directly behind it; a share has %, a drift ppm. \
            A plain number is not a duration.
            """,
            wrong: "set timer Retry() after 20 millis", right: "set timer Retry() after 20ms"),
        .numberTooLarge: .init(
            "Whole numbers lie between -2^62 and 2^62 - 1; durations are whole nanoseconds of that size, some 146 years.",
            wrong: "count: 99999999999999999999", right: "count: 999999999"),
        .expressionTooDeep: .init(
            "Brackets, operators or blocks are nested deeper than anybody can read; the limit keeps scen itself safe.",
            wrong: "x = ((((((((...))))))))", right: "Give parts names with 'let', or write a function."),
    ]

    /// What names stand for.
    static let names: [DiagnosticCode: Explanation] = [
        .unknownName: .init(
            "No node, group, parameter, constant, state or local has this name where it is used.",
            wrong: "if me == genaral1:", right: "if me == general1:"),
        .unknownFunction: .init(
            "Neither the language nor 'functions' of the algorithm has a function of this name.",
            wrong: "if length(acks) > 2:", right: "if len(acks) > 2:"),
        .unknownMember: .init(
            """
            A value has no part of this name. Records have their fields; in expectations a node p has p.STATE, p.up, \
            p.crashed, p.input and p.decision.
            """,
            wrong: "always: general1.atacks", right: "always: general1.attacks"),
        .unknownMessage: .init(
            "Messages are declared under 'messages', with their fields. This one is not.",
            wrong: "messages:\n  Vote: {}\non start: |\n  send Vot() to others",
            right: "messages:\n  Vote: {}\non start: |\n  send Vote() to others"),
        .unknownTimer: .init(
            "A timer exists through its handler 'on timer NAME(..)'. No handler has this name.",
            wrong: "set timer Retri() after 5ms", right: "set timer Retry() after 5ms   # with 'on timer Retry(): |'"),
        .unknownType: .init(
            """
            Types are bool, int, LOW..HIGH, real, string, duration, node, list of T, set of T, map of K to V, maybe T, \
            (A, B), message, and those declared under 'types'.
            """,
            wrong: "state:\n  count: integer", right: "state:\n  count: int"),
        .unknownProperty: .init(
            "An expectation by name alone is a property of the library; 'scen list' shows them. An own one needs a form.",
            wrong: "expect:\n  agrement: holds", right: "expect:\n  agreement: holds"),
        .unknownOutcome: .init(
            "'outcome' is compared with a text that no entry of 'outcomes' has, so it would never be true.",
            wrong: "possible: outcome == \"defeat\"", right: "outcomes:\n  defeat: not city.held"),
        .unknownNode: .init(
            "No node or group of nodes has this name.",
            wrong: "nodes: [a, b]\nfaulty: [c]", right: "nodes: [a, b]\nfaulty: [b]"),
        .unknownAlgorithm: .init(
            "'algorithm' names one that 'algorithms' does not declare.",
            wrong: "algorithms: {floodset: {...}}\nalgorithm: flodset", right: "algorithm: floodset"),
        .duplicateName: .init(
            "Two things of one kind have the same name, so that it would not be clear which is meant.",
            wrong: "nodes: [a, b, a]", right: "nodes: [a, b, c]"),
        .ambiguousName: .init(
            "The name could stand for several things here, and they are of different types.",
            wrong: "types: {vote: [yes, no], answer: [yes, no]}\nlet x = yes",
            right: "types: {vote: [yes, no], answer: [agreed, refused]}"),
        .nameNotAllowedHere: .init(
            """
            The name is known, but has no meaning here: 'me' and 'now' exist only in handlers, 'faulty', 'correct' and \
            'outcome' only in expectations, nodes not where the system is still being described.
            """,
            wrong: "expect:\n  fine: {always: me.up}", right: "expect:\n  fine: {always: all(p.up for p in correct)}"),
        .unusedHandler: .init(
            "A handler waits for a message or timer that no algorithm of the scenario sends or sets.",
            wrong: "on timer Retry(): |   # and no 'set timer Retry()'", right: "set timer Retry() after 20ms"),
        .unhandledMessage: .init(
            "A message is sent, and nobody has a handler for it: it would be received and nothing would happen.",
            wrong: "send Ack() to p   # and no 'on Ack()'", right: "on Ack() from p: |\n  add p to acks"),
    ]
}
