import ScenDiagnostics

/// Network, timing, nodes, faults.
extension SyntaxReader {
    mutating func network(_ entry: YAMLEntry) -> ScenarioSyntax.Network {
        let node = entry.value
        var network = ScenarioSyntax.Network(span: entry.key.span.union(node.span), short: node.scalar != nil)
        network.links = word(node.scalar == nil ? node["links"] : node)
        network.loss = expression(node["loss"])
        network.duplicate = expression(node["duplicate"])
        network.fifo = word(node["fifo"])
        network.adversary = adversary(node["adversary"])
        network.topology = topology(node["topology"])
        network.bandwidth = bandwidth(node["bandwidth"])
        network.between = between(node["between"])
        network.rules = rules(node["rules"])
        return network
    }

    mutating func timing(_ entry: YAMLEntry) -> ScenarioSyntax.Timing {
        let node = entry.value
        var timing = ScenarioSyntax.Timing(span: entry.key.span.union(node.span))
        timing.model = word(node.scalar == nil ? node["model"] : node)
        timing.latency = expression(node["latency"])
        timing.bound = expression(node["bound"])
        timing.asynchronous = asynchronous(node.entry("asynchronous"))
        timing.pauses = pauses(node.entry("pauses"))
        timing.clock = clock(node["clock"])
        timing.step = expression(node["step"])
        return timing
    }

    mutating func nodes(_ entry: YAMLEntry?) -> ScenarioSyntax.Nodes? {
        guard let entry else { return nil }
        let node = entry.value
        let who: ScenarioSyntax.Nodes.Who?
        if node.scalar != nil {
            who = expression(node).map { .count($0) }
        } else if let items = node.items ?? node["names"]?.items {
            who = .names(items.compactMap { identifier($0) })
        } else if let groups = node["groups"] {
            who = .groups(named(groups) { $0.expression($1) })
        } else {
            who = expression(node["count"]).map { .count($0) }
        }
        guard let who else { return nil }
        return ScenarioSyntax.Nodes(
            who: who, prefix: identifier(node["prefix"]), model: word(node["model"]),
            span: entry.key.span.union(node.span))
    }

    mutating func faulty(_ node: YAMLNode?) -> ScenarioSyntax.Faulty? {
        guard let node else { return nil }
        if node.scalar != nil { return .nobody }
        if let items = node.items { return .list(items.compactMap { identifier($0) }) }
        for (key, exactly) in [("up-to", false), ("exactly", true)] {
            guard let entry = node.entry(key) else { continue }
            guard let count = expression(entry.value) else { return nil }
            return .some(count: count, exactly: exactly, of: identifier(node["of"]), fault(node))
        }
        var each: [ScenarioSyntax.Named<ScenarioSyntax.Fault>] = []
        for entry in node.entries ?? [] {
            // Keys of the other form that are left over when `up-to` was wrong.
            guard entry.value.entries != nil, !["crash", "recover"].contains(entry.key.text) else { continue }
            each.append(ScenarioSyntax.Named(name: identifier(entry.key), content: fault(entry.value)))
        }
        return .each(each)
    }

    private mutating func fault(_ node: YAMLNode) -> ScenarioSyntax.Fault {
        var fault = ScenarioSyntax.Fault()
        fault.crash = moment(node.entry("crash"))
        fault.recover = moment(node.entry("recover"))
        fault.crashes = expression(node["crashes"])
        fault.mttf = expression(node["mttf"])
        if let mttr = node.entry("mttr"), let expression = expression(mttr.value) {
            fault.mttr = ScenarioSyntax.Named(name: identifier(mttr.key), content: expression)
        }
        if let behaviour = node["behaviour"] { fault.behaviour = (behaviour.items ?? [behaviour]).compactMap { word($0) } }
        fault.runs = identifier(node["runs"])
        return fault
    }

    private mutating func moment(_ entry: YAMLEntry?) -> ScenarioSyntax.Fault.Moment? {
        guard let entry else { return nil }
        let isBetween = entry.value.scalar == nil
        return expression(isBetween ? entry.value["between"] : entry.value).map {
            .init(key: identifier(entry.key), expression: $0, isBetween: isBetween)
        }
    }

    /// What Byzantine nodes alone have.
    func faultKeys(_ node: YAMLNode?) -> [Identifier] {
        let mappings = [node].compactMap { $0 } + (node?.entries ?? []).map(\.value)
        return mappings.flatMap { $0.entries ?? [] }.filter { entry in
            // A mapping stands under a node that is called like a key.
            ["behaviour", "runs"].contains(entry.key.text) && entry.value.entries == nil
        }.map { identifier($0.key) }
    }
}
