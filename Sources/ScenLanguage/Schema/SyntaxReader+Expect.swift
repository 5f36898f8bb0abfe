import ScenDiagnostics

extension SyntaxReader {
    mutating func expectations(_ node: YAMLNode?) -> [ScenarioSyntax.Expectation] {
        (node?.entries ?? []).compactMap { expectation($0) }
    }

    /// Nil for what this version refuses, so that nothing else is said about it.
    private mutating func expectation(_ entry: YAMLEntry) -> ScenarioSyntax.Expectation? {
        let name = identifier(entry.key)
        let property = KeyTable.properties.first { $0.text == name.text }
        if let scalar = entry.value.scalar {
            guard property?.support == .now else { return nil }
            var expectation = ScenarioSyntax.Expectation(name: name, form: nil)
            guard let verdict = verdict(scalar) else { return nil }
            expectation.verdict = verdict
            return expectation
        }
        guard let entries = entry.value.entries else { return nil }
        let form = entries.first { KeyTable.form($0.key.text) != nil }
        if let property {
            guard property.support == .now else { return nil }
        } else if form.flatMap({ KeyTable.form($0.key.text) })?.support != .now {
            return nil
        }
        var expectation = ScenarioSyntax.Expectation(name: name, form: nil)
        if let form, form.key.text == "leads-to" {
            guard let content = leadsTo(form.value) else { return nil }
            expectation.form = ScenarioSyntax.Expectation.Form(key: identifier(form.key), expression: content.from)
            expectation.leadsTo = content
        } else if let form {
            guard let content = expression(form.value) else { return nil }
            expectation.form = ScenarioSyntax.Expectation.Form(key: identifier(form.key), expression: content)
        }
        if let scalar = entry.value["verdict"]?.scalar {
            guard let verdict = verdict(scalar) else { return nil }
            expectation.verdict = verdict
        }
        expectation.when = expression(entry.value["when"])
        expectation.within = expression(entry.value["within"])
        expectation.quantile = expression(entry.value["q"])
        let executions = entry.value["executions"]?.items ?? []
        expectation.executions = executions.compactMap { self.expression($0) }
        guard expectation.executions.count == executions.count else { return nil }
        expectation.atAnyState = entry.value["at"] != nil
        expectation.comparisons = entries.compactMap { comparison($0) }
        return expectation
    }

    private mutating func leadsTo(_ node: YAMLNode) -> ScenarioSyntax.Expectation.LeadsTo? {
        let entries = node["for-all"]?.entries ?? []
        let variables = named(node["for-all"]) { $0.expression($1) }
        guard let from = expression(node["from"]), let to = expression(node["to"]), variables.count == entries.count else {
            return nil
        }
        return ScenarioSyntax.Expectation.LeadsTo(from: from, to: to, variables: variables)
    }

    private mutating func comparison(_ entry: YAMLEntry) -> ScenarioSyntax.Named<[Expression]>? {
        guard KeyTable.comparisonNames.contains(entry.key.text) || entry.key.text == "tolerance" else { return nil }
        let nodes = entry.value.items ?? [entry.value]
        let values = nodes.compactMap { expression($0) }
        guard values.count == nodes.count else { return nil }
        return ScenarioSyntax.Named(name: identifier(entry.key), content: values)
    }

    private mutating func verdict(_ scalar: YAMLScalar) -> ScenarioSyntax.Expectation.Verdict? {
        switch Verdict(scalar.text) {
        case .holds: return .holds
        case .violated: return .violated
        case .holdsIff(let start):
            return parser(scalar.suffix(from: start)).expression(into: &bag).map { .holdsIff($0) }
        case nil: return nil
        }
    }
}
