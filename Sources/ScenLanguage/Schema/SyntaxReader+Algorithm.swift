import ScenDiagnostics

extension SyntaxReader {
    mutating func algorithm(_ node: YAMLNode) -> AlgorithmSyntax? {
        guard let entries = node.entries else { return nil }
        var algorithm = AlgorithmSyntax(span: node.span)
        algorithm.assumes = (node["assumes"]?.entries ?? []).compactMap { entry in
            identifier(entry.value).map { AlgorithmSyntax.Assumption(key: identifier(entry.key), word: $0) }
        }
        algorithm.uses = named(node["uses"]) { $0.identifier($1) }
        algorithm.provides = identifier(node["provides"])
        algorithm.constants = named(node["constants"]) { $0.expression($1) }
        algorithm.types = named(node["types"]) { $0.typeDefinition($1) }
        algorithm.input = type(node["input"])
        algorithm.decides = type(node["decides"])
        algorithm.delivers = type(node["delivers"])
        algorithm.messages = named(node["messages"]) { $0.fields($1) }
        algorithm.variables = variables(node["state"], stable: false) + variables(node["stable"], stable: true)
        algorithm.functions = (node["functions"]?.entries ?? []).compactMap { function($0) }
        // What is sound and no section is a handler.
        algorithm.handlers = entries.compactMap { KeyTable.algorithmKeys.contains($0.key.text) ? nil : handler($0) }
        return algorithm
    }

    private mutating func typeDefinition(_ node: YAMLNode) -> AlgorithmSyntax.TypeDefinition? {
        if let items = node.items { return .enumeration(items.compactMap { identifier($0) }) }
        if node.entries != nil { return fields(node).map { .record($0) } }
        return type(node).map { .alias($0) }
    }

    /// Nil if one of them cannot be read.
    private mutating func fields(_ node: YAMLNode) -> AlgorithmSyntax.Fields? {
        let fields = named(node) { $0.type($1) }
        return fields.count == node.entries?.count ? fields : nil
    }

    private mutating func variables(_ node: YAMLNode?, stable: Bool) -> [VariableSyntax] {
        (node?.entries ?? []).compactMap { entry in
            guard let scalar = entry.value.scalar,
                let variable = parser(scalar).variable(name: identifier(entry.key), stable: stable, into: &bag)
            else {
                refused.insert(entry.key.text)
                return nil
            }
            return variable
        }
    }

    private mutating func function(_ entry: YAMLEntry) -> AlgorithmSyntax.Function? {
        let header = parser(entry.key).functionHeader(into: &bag)
        guard let scalar = entry.value.scalar, let body = parser(scalar).functionBody(into: &bag), let header
        else {
            refused.insert(String(entry.key.text.prefix { $0 != "(" && $0 != " " }))
            return nil
        }
        return AlgorithmSyntax.Function(name: header.name, parameters: header.parameters, body: body)
    }

    private mutating func handler(_ entry: YAMLEntry) -> AlgorithmSyntax.Handler? {
        let trigger = parser(entry.key).trigger(into: &bag)
        guard let scalar = entry.value.scalar else { return nil }
        let body = parser(scalar).block(into: &bag)
        guard let trigger else { return nil }
        guard HandlerKeys.looksLike(entry.key.text) else {
            bag.report(.unknownKey(entry.key.text, in: "an algorithm", at: entry.key.span, nearest: nil, notes: []))
            return nil
        }
        if let refused = Self.refused(trigger) { bag.report(.notSupported(refused, at: entry.key.contentPlace)) }
        // What it handles is known even where what it does is not.
        return AlgorithmSyntax.Handler(trigger: trigger, body: body ?? [], span: entry.key.contentPlace)
    }

    /// What this version does not carry out yet.
    private static func refused(_ trigger: AlgorithmSyntax.Trigger) -> String? {
        switch trigger {
        case .start, .recover, .message, .timer, .round, .when: nil
        case .request: "'on request'"
        case .layerSend: "a request of the layer above"
        case .indication: "an indication of a used layer"
        }
    }
}
