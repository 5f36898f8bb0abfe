extension Explanation {
    /// Types, and values that can be computed before anything runs.
    static let types: [DiagnosticCode: Explanation] = [
        .typeMismatch: .init(
            "The value is of another type than the place asks for. Nothing is converted in silence.",
            wrong: "state:\n  acks: set of node\non start: |\n  acks = 0",
            right: "state:\n  acks: set of node\non start: |\n  acks = {}"),
        .unknownTypeOfValue: .init(
            "What type this has cannot be found out: an empty list, set or map, or 'none', says nothing of its elements.",
            wrong: "let heard = {}", right: "state:\n  heard: set of node"),
        .wrongArguments: .init(
            "A function is called with too many or too few arguments, or with a name that it does not have.",
            wrong: "majority(votes)", right: "majority(votes, retreat)"),
        .wrongFields: .init(
            "A message, timer or record has other fields than are given here.",
            wrong: "messages:\n  Order: {path: list of node, plan: plan}\non start: |\n  send Order(attack) to others",
            right: "send Order([me], attack) to others"),
        .notAssignable: .init(
            """
            Only the node's own state and locals can be changed. Parameters, constants, fields of a received message and \
            the state of other nodes cannot.
            """,
            wrong: "others.count = 0", right: "send Reset() to others"),
        .needsInitialValue: .init(
            """
            Omitted initial values are empty, zero, false or 'none'. An enumeration or a node has no such value, so one \
            has to be given, or the type is 'maybe T'.
            """,
            wrong: "state:\n  plan: plan", right: "state:\n  plan: maybe plan"),
        .missingReturn: .init(
            "A function that gives a value can end without giving one.",
            wrong: "larger(a, b): |\n  if a > b:\n    return a", right: "larger(a, b): |\n  if a > b:\n    return a\n  return b"),
        .infiniteType: .init(
            "A record contains itself, so that its value would never end. A list or a map of it may.",
            wrong: "types:\n  tree: {left: tree, right: tree}", right: "types:\n  tree: {children: list of tree}"),
        .notConstant: .init(
            "This is needed before a run begins, and what stands here is known only during a run.",
            wrong: "run: {simulate: {for: now + 5s}}", right: "run: {simulate: {for: 5s}}"),
        .outOfRange: .init(
            "A value lies outside of what has a meaning: a probability outside 0% to 100%, no nodes, an empty range.",
            wrong: "network: {links: fair-loss, loss: 120%}", right: "network: {links: fair-loss, loss: 20%}"),
        .evaluation: .init(
            """
            Something that is computed before any run fails: a division by zero, a number that grows too large, a key \
            that a map does not have.
            """,
            wrong: "parameters: {n: [0, 1]}\nwhere: 10 div n > 2", right: "parameters: {n: [1, 2]}\nwhere: 10 div n > 2"),
    ]
}
