package import ScenDiagnostics

/// From YAML nodes to the scenario as written: every key and the kind of every value is checked against the one
/// table of keys, and every text is parsed.
package enum ScenarioReader {
    /// Nil if so much is wrong that there is nothing to analyse.
    package static func read(_ root: YAMLNode, into bag: inout DiagnosticBag) -> ScenarioSyntax? {
        let words = HyphenatedWords(in: root)
        var checker = ShapeChecker(parameters: words.parameters)
        let sound = checker.root(root)
        bag.report(contentsOf: checker.bag.all)
        guard let sound else { return nil }

        var reader = SyntaxReader(hyphenated: words.all)
        var scenario = reader.scenario(sound)
        scenario?.refused = checker.refused.union(reader.refused).union(laterNames(in: sound)).sorted()
        bag.report(contentsOf: reader.bag.all)
        if let scenario { bag.report(contentsOf: NameSpaces.clashes(in: scenario)) }
        return scenario
    }

    /// Names that are declared under keys that are refused, and of which expectations speak: workloads, and the messages of
    /// layers.
    private static func laterNames(in root: YAMLNode) -> [String] {
        let algorithms = (root["algorithms"]?.entries ?? []).map(\.value)
        let hasLayers = ([root["algorithm"]].compactMap { $0 } + algorithms).contains { $0["uses"] != nil }
        let messages = hasLayers ? algorithms.flatMap { $0["messages"]?.entries ?? [] } : []
        return ((root["workload"]?.entries ?? []) + messages).map(\.key.text)
    }
}

extension SyntaxReader {
    fileprivate mutating func scenario(_ root: YAMLNode) -> ScenarioSyntax? {
        let algorithms = named(root["algorithms"]) { $0.algorithm($1) }
        let algorithm = algorithm(of: root, among: algorithms)
        let nodes = nodes(root.entry("nodes"))
        let parameters = named(root["parameters"]) { $0.values($1) }
        let condition = expression(root["where"])
        let network = root.entry("network").map { self.network($0) }
        let timing = root.entry("timing").map { self.timing($0) }
        let faulty = faulty(root["faulty"])
        let timeline = timeline(root["timeline"])
        let inputs = inputs(root["inputs"])
        let outcomes = named(root["outcomes"]) { $0.expression($1) }
        let run = run(root["run"])
        let expectations = expectations(root["expect"])
        guard let algorithm, let nodes else { return nil }

        var scenario = ScenarioSyntax(
            title: root["scenario"]?.scalar?.text ?? "", nodes: nodes, algorithm: algorithm, run: run,
            span: root.span)
        scenario.description = root["description"]?.scalar?.text
        scenario.tags = (root["tags"]?.items ?? root["tags"].map { [$0] } ?? []).compactMap(\.scalar?.text)
        scenario.parameters = parameters.map { ScenarioSyntax.Parameter(name: $0.name, values: $0.content) }
        scenario.condition = condition
        scenario.network = network
        scenario.timing = timing
        scenario.faulty = faulty ?? .nobody
        scenario.faultKeys = faultKeys(root["faulty"])
        scenario.algorithms = algorithms
        scenario.timeline = timeline
        scenario.inputs = inputs
        scenario.outcomes = outcomes
        scenario.expectations = expectations
        return scenario
    }

    private mutating func values(_ node: YAMLNode) -> ScenarioSyntax.Parameter.Values? {
        if let items = node.items {
            let values = items.compactMap { expression($0) }
            return values.count == items.count ? .list(values) : nil
        }
        guard let value = expression(node) else { return nil }
        if case .range(let low, let high) = value.kind { return .range(low, high) }
        return .single(value)
    }

    /// Written in place, or the name of one of `algorithms`.
    private mutating func algorithm(
        of root: YAMLNode, among algorithms: [ScenarioSyntax.Named<AlgorithmSyntax>]
    ) -> AlgorithmSyntax? {
        guard let node = root["algorithm"] else { return nil }
        guard let scalar = node.scalar else { return algorithm(node) }
        if let found = algorithms.first(where: { $0.name.text == scalar.text }) { return found.content }
        let known = (root["algorithms"]?.entries ?? []).map(\.key.text)
        if known.contains(scalar.text) { return nil }
        if scalar.text.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }) {
            bag.report(.notSupported("an algorithm in another file", at: scalar.span))
        } else {
            let nearest = Suggestion.nearest(scalar.text, among: known)
            bag.report(.unknownAlgorithm(scalar.text, at: scalar.span, nearest: nearest))
        }
        return nil
    }

    // MARK: Inputs, run

    private mutating func inputs(_ node: YAMLNode?) -> ScenarioSyntax.Inputs? {
        guard let node else { return nil }
        if node.entries != nil, node["any"] == nil {
            return .each(named(node) { $0.input($1) })
        }
        return input(node).map { .all($0) }
    }

    private mutating func input(_ node: YAMLNode) -> ScenarioSyntax.InputValue? {
        if let scalar = node.scalar {
            return scalar.text == "any" ? .any(scalar.span) : expression(node).map { .value($0) }
        }
        guard let choice = node["any"] else { return nil }
        guard let items = choice.items else { return expression(choice).map { .anyOf($0) } }
        let values = items.compactMap { expression($0) }
        guard values.count == items.count else { return nil }
        let height = 1 + (values.map(\.height).max() ?? 0)
        return .anyOf(Expression(.list(values), at: choice.span, height: height))
    }

    private mutating func run(_ node: YAMLNode?) -> ScenarioSyntax.Run {
        var run = ScenarioSyntax.Run()
        for word in node?.items ?? node.map({ [$0] }) ?? [] {
            switch word.scalar?.text {
            case "simulate": run.simulate = ScenarioSyntax.Run.Simulate()
            case "exhaustive": run.exhaustive = ScenarioSyntax.Run.Exhaustive(span: word.span)
            default: break
            }
        }
        if let entry = node?.entry("simulate") {
            var simulate = ScenarioSyntax.Run.Simulate()
            simulate.runs = count(entry.value.entries == nil ? entry.value : entry.value["runs"])
            simulate.horizon = expression(entry.value["for"])
            simulate.seed = expression(entry.value["seed"])
            run.simulate = simulate
        }
        if let entry = node?.entry("exhaustive") {
            var exhaustive = ScenarioSyntax.Run.Exhaustive(span: entry.key.span)
            exhaustive.bounds = named(entry.value) { $0.count($1) }
            run.exhaustive = exhaustive
        }
        if run.simulate == nil, run.exhaustive == nil { run.simulate = ScenarioSyntax.Run.Simulate() }
        return run
    }
}
