extension Explanation {
    /// The system model and what is expected of it.
    static let models: [DiagnosticCode: Explanation] = [
        .lossOnReliableLinks: .init(
            "On reliable links a message is received if and only if it is sent, once. They neither lose nor duplicate.",
            wrong: "network: {links: reliable, loss: 10%}", right: "network: {links: fair-loss, loss: 10%}"),
        .adversaryMismatch: .init(
            """
            On arbitrary links an adversary does what `adversary` lists, and nothing happens by chance. To replay messages it has \
            to see them. What it knows can be asked where not everybody knows it: of values of types without end.
            """,
            wrong: "network: {links: arbitrary, loss: 10%}", right: "network: {links: arbitrary, adversary: [drop]}"),
        .faultNotInNodeModel: .init(
            """
            The node model says what a faulty node may do: crash-stop nodes stop for ever, crash-recovery nodes may come \
            back, byzantine nodes may lie. This fault is not among it.
            """,
            wrong: "nodes: {count: 3, model: crash-stop}\nfaulty: {n1: {crash: 2s, recover: 3s}}",
            right: "nodes: {count: 3, model: crash-recovery}\nfaulty: {n1: {crash: 2s, recover: 3s}}"),
        .algorithmsDiffer: .init(
            """
            A faulty node that runs another algorithm takes part in the same system: its messages are the same messages, and its input \
            and its decision are of the same types. It may leave out what it does not use, and have messages of its own.
            """,
            wrong: "algorithms:\n  honest: {messages: {Vote: {value: bool}}, ..}\n  liar: {messages: {Vote: {value: 0..1}}, ..}",
            right: "algorithms:\n  honest: {messages: {Vote: {value: bool}}, ..}\n  liar: {messages: {Vote: {value: bool}}, ..}"),
        .nothingToLieAbout: .init(
            """
            A lie puts another value into a field of a message, and only types with an end have values to choose from: `bool`, \
            ranges, enumerations, nodes, and what is put together of them. No such field is in this message, so liars \
            send it as it is; that nothing goes wrong with it then shows nothing.
            """,
            wrong: "nodes: {count: 4, model: byzantine}\nfaulty: {up-to: 1, behaviour: lie}\n..\n  messages: {Value: {value: int}}",
            right: "  messages: {Value: {value: 0..3}}"),
        .tooManyFaulty: .init(
            "More nodes are said to be faulty than there are.",
            wrong: "nodes: 3\nfaulty: {up-to: 4}", right: "nodes: 3\nfaulty: {up-to: 1}"),
        .tooManyNodes: .init(
            "There are more nodes than scen can hold, in one case or in all cases together.",
            wrong: "nodes: 10000000", right: "nodes: 1000"),
        .tooManyLinks: .init(
            "A topology has more links than scen can hold. `complete`, the default, needs no list of its links.",
            wrong: "topology: {edges: [client <-> server]}   # groups of 10,000 nodes",
            right: "topology: {edges: [client <-> server1]}"),
        .tooManyCases: .init(
            """
            Every combination of parameter values is a case of its own, and there are more of them than anybody would \
            wait for.
            """,
            wrong: "parameters: {a: 1..1000, b: 1..1000}", right: "parameters: {a: 1..10, b: 1..10}"),
        .noCases: .init(
            """
            Nothing is left to be run: a parameter has no value, no combination satisfies 'where', or an expectation's \
            'when' holds in no case. Then nothing would be tested.
            """,
            wrong: "parameters: {n: 1..3}\nwhere: n > 5", right: "parameters: {n: 1..8}\nwhere: n > 5"),
        .timingMismatch: .init(
            """
            The timing model does not have what is asked of it: asynchronous systems have no bound and no rounds (and, where \
            all their runs are explored, no clock), \
            synchronous ones no latency without a largest value and no pauses, and only partially synchronous ones have \
            bad periods.
            """,
            wrong: "timing: {model: synchronous, latency: exponential(10ms)}",
            right: "timing: {model: synchronous, latency: 1ms..10ms}"),
        .assumptionBroken: .init(
            """
            A warning: the algorithm 'assumes' a stronger model than this scenario has. It may be just what is to be \
            shown, but whatever is found says nothing against the algorithm: if the assumptions are wrong, all bets are off.
            """,
            wrong: "network: fair-loss\nalgorithm:\n  assumes: {network: reliable}",
            right: "network: reliable   # or expect the violation: 'agreement: violated'"),
        .parameterShadows: .init(
            """
            A parameter has a name that means something else everywhere. 'n' and 'bound' are allowed if the parameter is \
            what the model declares.
            """,
            wrong: "parameters: {n: [3, 4]}\nnodes: 5", right: "parameters: {n: [3, 4]}\nnodes: n"),
        .neverHappens: .init(
            "A warning: an item of the timeline, or a bad period, has a moment behind the end of every run, so nothing comes of it.",
            wrong: "timeline: [{at: 2m, crash: n1}]\nrun: {simulate: {for: 60s}}",
            right: "timeline: [{at: 2m, crash: n1}]\nrun: {simulate: {for: 5m}}"),
        .nothingToHeal: .init(
            "'heal' ends the partitions and cuts that are in force, and there can be none at this moment.",
            wrong: "timeline:\n  - {at: 1s, heal: all}\n  - {at: 2s, cut: a -> b}",
            right: "timeline:\n  - {at: 1s, cut: a -> b}\n  - {at: 2s, heal: all}"),
        .noForm: .init(
            "An expectation does not say what is expected: it needs a form such as 'always', 'possible' or 'probability'.",
            wrong: "expect:\n  safe: {verdict: holds}", right: "expect:\n  safe: {always: x < 3, verdict: holds}"),
        .severalForms: .init(
            "One expectation has one form, so that one verdict belongs to it.",
            wrong: "expect:\n  fine: {always: a, eventually: b}",
            right: "expect:\n  safe: {always: a}\n  live: {eventually: b}"),
        .missingComparison: .init(
            "A statistic is compared with something: 'at-least', 'at-most', 'equals' or 'between'.",
            wrong: "lost: {probability: not b.heard}", right: "lost: {probability: not b.heard, at-most: 5%}"),
        .needsExploration: .init(
            "This can be judged only by visiting every run: 'run: exhaustive'. Samples do not show it.",
            wrong: "run: {simulate: 1000}", right: "run: exhaustive"),
        .needsSimulation: .init(
            "A statistic speaks of runs that chance has drawn. 'run: exhaustive' visits every run and draws none; both may stand together.",
            wrong: "run: exhaustive\nexpect:\n  lost: {probability: not b.heard, at-most: 5%}",
            right: "run: [simulate, exhaustive]\nexpect:\n  lost: {probability: not b.heard, at-most: 5%}"),
        .notOverParameters: .init(
            "'where', 'when' and 'holds iff' decide about whole cases: they may use parameters, and nothing of a run.",
            wrong: "agreement: holds iff time < 5s", right: "agreement: holds iff rounds > f"),
    ]
}
