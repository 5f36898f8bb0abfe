extension Explanation {
    /// Errors of the scenario that show only while it runs: the run has failed, and with it the case.
    static let running: [DiagnosticCode: Explanation] = [
        .overflow: .init(
            "A whole number became larger than 2^62 - 1 or smaller than -2^62.",
            wrong: "x = x * x   # again and again", right: "x = (x * x) mod 1000003"),
        .divisionByZero: .init(
            "'div', 'mod' or '/' by zero.",
            wrong: "share = total div len(acks)", right: "share = total div len(acks) if len(acks) > 0 else 0"),
        .missingMapKey: .init(
            "A map has no entry for this key.",
            wrong: "x = votes[p]", right: "x = votes.get(p, no)   # or ask 'p in votes' first"),
        .indexOutsideList: .init(
            "A list has no element of this number. The first has the number 0; the last len(list) - 1.",
            wrong: "x = log[len(log)]", right: "x = log[len(log) - 1]   # or last(log)"),
        .emptyCollection: .init(
            "The first, last, smallest or largest element of nothing does not exist.",
            wrong: "x = min(seen)", right: "if len(seen) > 0:\n  x = min(seen)"),
        .rangeViolated: .init(
            "A variable of a range type LOW..HIGH was to take a value outside of it.",
            wrong: "state:\n  turn: 1..3\non start: |\n  turn += 3", right: "turn = turn mod 3 + 1"),
        .assertionFailed: .init(
            "An 'assert' of the algorithm did not hold. The run that leads there is told below the error.",
            wrong: "assert len(acks) <= n", right: "Find out from the events why it does not hold."),
        .noneUsed: .init(
            "A 'maybe' value is 'none' where a value is needed.",
            wrong: "send Vote(plan) to others   # plan: maybe plan", right: "if plan != none:\n  send Vote(plan) to others"),
        .negativeExponent: .init(
            "A whole number to a negative power is no whole number.",
            wrong: "x = 2 ** -1", right: "x = 2.0 ** -1"),
        .negativeDelay: .init(
            "A timer cannot go off in the past.",
            wrong: "set timer Retry() after deadline - now", right: "set timer Retry() after max(deadline - now, 0ms)"),
        .stepBudget: .init(
            "A handler takes more steps than any that ends: it is probably a loop over far too much, or endless recursion.",
            wrong: "for i in 1..1000000000:", right: "Do less in one handler, or let a timer continue."),
        .recursionTooDeep: .init(
            "Functions call each other deeper than the limit: a recursion that does not come to its end.",
            wrong: "f(x): f(x + 1)", right: "f(x): x if x >= 10 else f(x + 1)"),
        .valueTooLarge: .init(
            "A list, set, map or text has more elements than the limit, or is so large that changing it again and again takes the time of a whole run: it grows without end.",
            wrong: "append m to log   # on every message, for ever", right: "Keep what is needed, and drop the rest."),
        .eventBudget: .init(
            "A run has more events than the limit: nodes send or set timers without end.",
            wrong: "on Ping() from p: |\n  send Ping() to nodes", right: "run: {simulate: {runs: 100, for: 1s}}"),
        .tooManyPending: .init(
            """
            More messages are on their way, or timers set, than a run may have at a time: each message leads to more than one \
            other, or a queue is filled faster than it empties.
            """,
            wrong: "on Ping() from p: |\n  send Ping() to others", right: "on Ping() from p: |\n  if not seen:\n    seen = true\n    send Ping() to others"),
        .memoryBudget: .init(
            "The values of a run need more memory than the limit.",
            wrong: "log = log + log", right: "Keep less in 'state'."),
        .noLink: .init(
            """
            The topology has no link from this node to that one. In handlers `neighbours` is the set of nodes to which `me` \
            can send; what is for the others must be passed on. A node sends to itself without a link.
            """,
            wrong: "network: {topology: ring}\n# ..\nsend Token() to others", right: "send Token() to neighbours"),
        .neverReturns: .init(
            "A function that gives a value has ended without giving one.",
            wrong: "larger(a, b): |\n  if a > b:\n    return a", right: "larger(a, b): |\n  if a > b:\n    return a\n  return b"),
    ]
}
