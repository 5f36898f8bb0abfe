/// Network, timing, nodes, faults, inputs, the way to run, and what an algorithm assumes.
extension Diagnostic {
    /// `what`: "'loss'", "the bound".
    package static func outOfRange(
        _ what: String, is value: String, expected: String, at span: SourceSpan, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            .outOfRange, "\(what) is \(value)", at: span,
            label: "expected \(expected)" + (hint.map { "; \($0)" } ?? ""))
    }

    /// A probability that is not between 0 and 1; `percent` where a percentage was probably meant.
    package static func notAProbability(
        _ what: String, is value: String, percent: String?, at span: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .outOfRange, "\(what) is \(value)", at: span,
            label: percent.map { "did you mean '\($0)%'?" } ?? "a probability lies between 0% and 100%")
    }

    package static func emptyRange(_ what: String, low: String, high: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .outOfRange, "the range of \(what) is empty", at: span, label: "a range starts at its lower bound: \(high)..\(low)")
    }

    /// A parameter stands where the model wants a word and does not hold a fitting one.
    package static func parameterIsNoWord(
        _ name: String, _ value: String, for what: String, words: [String], nearest: String?, at span: SourceSpan,
        usedAt: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .wrongWord, "\(what) cannot be '\(value)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "expected \(alternatives(words))",
            notes: [Note("\(what) takes the parameter '\(name)' here", at: usedAt)])
    }

    // MARK: Network

    package static func onReliableLinks(_ key: String, at span: SourceSpan, network: SourceSpan?) -> Diagnostic {
        let what = key == "loss" ? "lose" : "duplicate"
        return Diagnostic(
            .lossOnReliableLinks, "reliable links \(what) nothing", at: span,
            label: "'links: fair-loss' has '\(key)'",
            notes: network.map { [Note("the links are reliable here", at: $0)] }
                ?? [Note("links are reliable unless 'links' says otherwise")])
    }

    // MARK: Timing

    package static func boundWithoutSynchrony(at span: SourceSpan, timing: SourceSpan) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "an asynchronous model has no bound on latency", at: span,
            label: "'model: synchronous' has one", notes: [Note("the model is asynchronous here", at: timing)])
    }

    package static func unboundedLatency(_ distribution: String, model: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "in a \(model) model latency has a largest value, and '\(distribution)' has none",
            at: span,
            label: model == "synchronous"
                ? "use a range like 1ms..10ms, or 'model: asynchronous'"
                : "use a range like 1ms..10ms, or say when it is 'asynchronous': the bound is then one that nobody knows")
    }

    package static func latencyAboveBound(
        _ largest: String, bound: String, at span: SourceSpan, boundAt: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "the latency may be \(largest), above the bound of \(bound)", at: span,
            notes: [Note("the bound is here", at: boundAt)])
    }

    package static func roundsWithoutSynchrony(at span: SourceSpan, timing: SourceSpan?) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "'on round' needs synchronous timing", at: span, label: "a round lasts as long as the bound",
            notes: timing.map { [Note("the timing is another one here", at: $0)] }
                ?? [Note("timing is asynchronous unless 'timing' says otherwise")])
    }

    package static func unknownDistribution(
        _ name: String, at span: SourceSpan, nearest: String?, known: [String]
    ) -> Diagnostic {
        Diagnostic(
            .unknownFunction, "no distribution is called '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? (name == "uniform" ? "a range is uniform: 1ms..10ms" : nil),
            notes: [Note("distributions are \(alternatives(known, "and")), a duration and a range")])
    }

    package static func distributionArguments(
        _ name: String, takes parameters: [String], at span: SourceSpan, example: String
    ) -> Diagnostic {
        Diagnostic(
            .wrongArguments, "'\(name)' takes \(alternatives(parameters, "and"))", at: span, label: "for example \(example)")
    }

    package static func distributionLabel(
        _ label: String, of name: String, at span: SourceSpan, nearest: String?, known: [String]
    ) -> Diagnostic {
        Diagnostic(
            .wrongArguments, "'\(name)' has no argument called '\(label)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "expected \(alternatives(known))")
    }

    // MARK: Nodes

    package static func noNodes(_ count: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .outOfRange, "the number of nodes is \(count)", at: span, label: "a system has at least one node")
    }

    package static func tooManyNodes(_ count: Int, max: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(.tooManyNodes, "there are \(count) nodes", at: span, label: "at most \(max) are allowed")
    }

    package static func tooManyNodesInAllCases(max: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .tooManyNodes, "all cases together have more than \(max) nodes", at: span, label: "run fewer cases at once")
    }

    package static func tooManyVariables(_ nodes: Int, _ variables: Int, max: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .tooManyNodes, "\(nodes) nodes with \(variables) variables each would take too much memory", at: span,
            label: "at most \(max) variables are allowed in all, so \(max / variables) such nodes")
    }

    package static func tooManyNodesToExplore(_ count: Int, max: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .tooManyNodes, "there are \(count) nodes, and every run of them is to be explored", at: span,
            label: "at most \(max) can be explored; 'run: simulate' samples runs")
    }

    package static func nodeNameTaken(
        _ name: String, of group: String, by what: String, at span: SourceSpan, other: SourceSpan?
    ) -> Diagnostic {
        Diagnostic(
            .duplicateName, "the nodes of '\(group)' include '\(name)', which is \(what) too", at: span,
            label: "choose another name", notes: other.map { [Note("'\(name)' is here", at: $0)] } ?? [])
    }

    package static func unknownNode(
        _ name: String, at span: SourceSpan, nearest: String?, expected: String
    ) -> Diagnostic {
        Diagnostic(
            .unknownNode, "no node or group is called '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "expected \(expected)")
    }

    package static func nodeNamedTwice(_ node: String, by name: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
        let message = node == name ? "'\(node)' stands here twice" : "'\(name)' has the node '\(node)', which is named already"
        return Diagnostic(.duplicateName, message, at: span, notes: [Note("the first is here", at: first)])
    }

    // MARK: Faults

    package static func notARangeOfMoments(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.typeMismatch, "'between' takes a range of moments", at: span, label: "for example 0s..5s")
    }

    package static func recoveryBeforeCrash(
        crash: String, recovery: String, at span: SourceSpan, crashAt: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .outOfRange, "the recovery at \(recovery) is not later than the crash at \(crash)", at: span,
            label: "a node comes back after it has crashed", notes: [Note("the crash is here", at: crashAt)])
    }

    package static func tooManyFaulty(_ count: Int, of nodes: Int, in group: String?, at span: SourceSpan) -> Diagnostic {
        let have = nodes == 1 ? "is only 1 node" : "are only \(nodes) nodes"
        return Diagnostic(
            .tooManyFaulty, "\(count) nodes cannot be faulty", at: span,
            label: "there \(have)" + (group.map { " in '\($0)'" } ?? ""))
    }

    package static func faultNotInNodeModel(
        _ fault: String, model: String, needs: String, at span: SourceSpan, modelAt: SourceSpan?
    ) -> Diagnostic {
        Diagnostic(
            .faultNotInNodeModel, "a \(model) node cannot have '\(fault)'", at: span,
            label: "'\(fault)' needs 'model: \(needs)'",
            notes: [nodeModelNote(model, at: modelAt)])
    }

    package static func crashesAgain(_ count: Int, at span: SourceSpan, modelAt: SourceSpan?) -> Diagnostic {
        Diagnostic(
            .faultNotInNodeModel, "a crash-stop node cannot crash \(count) times: after the first it stays down", at: span,
            label: "nodes that come back need 'model: crash-recovery'", notes: [nodeModelNote("crash-stop", at: modelAt)])
    }

    package static func neverRecovers(at span: SourceSpan, modelAt: SourceSpan?) -> Diagnostic {
        Diagnostic(
            .warning, .unusedHandler, "this handler never runs: a crash-stop node does not come back", at: span,
            notes: [nodeModelNote("crash-stop", at: modelAt)])
    }

    /// `what`: "the message 'Vote'", "the input". `there`: what it is in the other, "{value: bool}"; nil: it has none.
    package static func algorithmsDiffer(_ what: String, there: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .algorithmsDiffer, "\(what) differs from that of the algorithm that correct nodes run", at: span,
            label: there.map { "there it is \($0)" } ?? "that has none")
    }

    package static func broadcastInAlternative(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notSupported, "a broadcast of an algorithm that only faulty nodes run is not supported yet", at: span,
            label: "the algorithm of the correct nodes has no 'on broadcast'")
    }

    package static func runsTheAlgorithm(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .warning, .neverHappens, "'\(name)' is what correct nodes run, too", at: span,
            label: "a node that runs it does nothing wrong")
    }

    package static func nothingToLieAbout(_ message: String, fields: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .warning, .nothingToLieAbout, "liars cannot change anything in the message '\(message)'", at: span,
            label: fields == 0 ? "it has no fields; 'omit' would leave it out" : "none of its fields has a type with few values, like 0..3")
    }

    private static func nodeModelNote(_ model: String, at span: SourceSpan?) -> Note {
        span.map { Note("the nodes are \(model) here", at: $0) } ?? Note("nodes are crash-stop unless 'model' says otherwise")
    }

    // MARK: Inputs

    package static func inputsWithoutInput(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .conflictingKeys, "the algorithm takes no input", at: span,
            label: "it would declare its type with 'input: TYPE'")
    }

    package static func noInputs(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .missingKey, "the algorithm takes an input, and no node is given one", at: span,
            label: "add 'inputs', for example 'inputs: any'")
    }

    package static func missingInputs(_ nodes: [String], count: Int, at span: SourceSpan) -> Diagnostic {
        let more = count > nodes.count ? " and \(count - nodes.count) more" : ""
        return Diagnostic(
            .missingKey, "\(nodes.map { "'\($0)'" }.joined(separator: ", "))\(more) \(count == 1 ? "has" : "have") no input",
            at: span, label: "'others: VALUE' gives one to all that are not named")
    }

    package static func endlessInputs(type: String, at span: SourceSpan, example: String) -> Diagnostic {
        Diagnostic(
            .outOfRange, "'any' value of the type '\(type)' is too many to choose from", at: span,
            label: "say which, for example \(example)")
    }

    package static func tooManyInputs(_ count: Int?, max: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .outOfRange, "\(count.map { "\($0)" } ?? "far too many") values to choose an input from", at: span,
            label: "at most \(max) are allowed")
    }

    package static func rangeOfInputs(type: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .typeMismatch, "a range has whole numbers, and the input is of the type '\(type)'", at: span,
            label: "list the values")
    }

    package static func noInputsToChooseFrom(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.outOfRange, "there is no value to choose an input from", at: span)
    }

    // MARK: Assumptions

    /// `assumed`, `given`: "reliable links", "crash-stop nodes", "synchronous timing".
    package static func assumptionBroken(
        assumed: String, given: String, at span: SourceSpan, givenAt: SourceSpan?
    ) -> Diagnostic {
        Diagnostic(
            .warning, .assumptionBroken, "the algorithm assumes \(assumed), and the scenario has \(given)", at: span,
            label: "all bets are off", notes: givenAt.map { [Note("the scenario says so here", at: $0)] } ?? [])
    }

    static func alternatives(_ words: [String], _ conjunction: String = "or") -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}
