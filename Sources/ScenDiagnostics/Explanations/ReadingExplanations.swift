extension Explanation {
    /// Files and YAML.
    static let reading: [DiagnosticCode: Explanation] = [
        .unreadableFile: .init(
            """
            A path on the command line leads to nothing that can be read: it does not exist, permission is missing, it is \
            a device or a pipe, a folder holds no *.yaml or *.yml, or a pattern matches nothing.
            """,
            wrong: "scen run scenario/two-generals.yaml", right: "scen run scenarios/two-generals.yaml"),
        .fileTooLarge: .init(
            """
            A scenario is written by hand and has some kilobytes. A far larger file is a mistake, and reading it would \
            take long.
            """,
            right: "Check that the path is that of a scenario."),
        .yamlSyntax: .init(
            """
            The text is not YAML, so that nothing can be said about its keys. The place is where reading stopped; the \
            mistake may be a little before it: a missing ':', an unclosed bracket or quote, or a line that is indented \
            unlike its neighbours.
            """,
            wrong: "nodes: [a, b", right: "nodes: [a, b]"),
        .invalidEncoding: .init(
            "A scenario is UTF-8 text. Here is a byte that cannot stand in UTF-8, or a control character.",
            right: "Save the file as UTF-8 without control characters."),
        .tabIndentation: .init(
            "YAML does not allow tabs in indentation, because nobody can see how wide they are.",
            wrong: "network:\n\tlinks: reliable", right: "network:\n  links: reliable"),
        .duplicateKey: .init(
            "A key stands twice in one mapping. YAML tools keep one of the two in silence; scen refuses to guess which.",
            wrong: "run: {simulate: 100}\nrun: {simulate: 1000}", right: "run: {simulate: 1000}"),
        .severalDocuments: .init(
            "One file holds one scenario. '---' begins a second YAML document.",
            wrong: "scenario: A\n---\nscenario: B", right: "Write each scenario into a file of its own."),
        .emptyFile: .init(
            "The file has no content besides comments, so there is no scenario in it.",
            right: "scenario: A title\nnodes: 2\nalgorithm: ...\nexpect: ..."),
        .nestingTooDeep: .init(
            "Lists and mappings are nested deeper than any scenario needs. The limit keeps a hostile file from using up memory.",
            wrong: "nodes: [[[[[[...]]]]]]", right: "nodes: [a, b]"),
        .aliasesTooLarge: .init(
            """
            An alias ('*name') stands for everything below its anchor ('&name'). Aliases of aliases grow without bound, \
            and one inside of its own anchor never ends, so what they expand to is limited.
            """,
            wrong: "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]   # and so on", right: "Write the repeated part out."),
        .unknownAlias: .init(
            "'*name' repeats what an anchor '&name' earlier in the file marks, and there is no such anchor.",
            wrong: "inputs: *votes", right: "inputs: &votes {n1: yes, others: no}   # or quote a text that begins with '*'"),
        .unsupportedYAML: .init(
            """
            Some of YAML has no meaning in a scenario: tags ('!!int'), directives ('%YAML'), and keys that are not plain \
            words.
            """,
            wrong: "nodes: !!int 4", right: "nodes: 4"),
        .flowSplit: .init(
            """
            Inside of { } and [ ] YAML takes every comma for the end of an item, also the comma of a call such as \
            f(x, y). What is left of the text cannot have been meant.
            """,
            wrong: "expect:\n  enough: {always: max(a, b) < 3}",
            right: "expect:\n  enough:\n    always: max(a, b) < 3"),
    ]

    /// Keys and the kinds of their values.
    static let keys: [DiagnosticCode: Explanation] = [
        .unknownKey: .init(
            """
            No such key exists at this place. Unknown keys are errors, not passed over: a misspelt fault that is silently \
            ignored would make a test pass.
            """,
            wrong: "netwrok: reliable", right: "network: reliable"),
        .missingKey: .init(
            "A key is missing without which the scenario, or this part of it, has no meaning.",
            wrong: "scenario: A title\nnodes: 2", right: "scenario: A title\nnodes: 2\nalgorithm: ...\nexpect: ..."),
        .wrongKind: .init(
            "The value is a text where a list or a mapping is expected, or the other way round.",
            wrong: "tags: lecture", right: "tags: [lecture]"),
        .wrongWord: .init(
            "At this place only certain words have a meaning, and this is none of them.",
            wrong: "network: relaible", right: "network: reliable"),
        .invalidName: .init(
            """
            Names have letters, digits and '_' and do not begin with a digit; names of nodes, of words and of algorithms \
            may have hyphens inside. Words of the language ('if', 'in', 'me') cannot be names.
            """,
            wrong: "state:\n  2nd: int", right: "state:\n  second: int"),
        .conflictingKeys: .init(
            "Two keys stand together that exclude each other, or a key stands without the one that it belongs to.",
            wrong: "nodes: {count: 3, names: [a, b]}", right: "nodes: {names: [a, b]}"),
        .notSupported: .init(
            """
            This is part of the language, but this version of scen cannot carry it out yet. Passing over it would give a \
            verdict about another system than the one described.
            """,
            wrong: "network: {topology: ring}", right: "Leave it out, or use a newer version."),
    ]
}
