import ScenDiagnostics

/// Faults of timing.
extension SyntaxReader {
    mutating func asynchronous(_ entry: YAMLEntry?) -> ScenarioSyntax.Asynchronous? {
        guard let entry else { return nil }
        if let items = entry.value.items {
            var periods: [ScenarioSyntax.BadPeriod] = []
            for item in items where item.entries != nil {
                var period = ScenarioSyntax.BadPeriod(span: item.span)
                period.from = expression(item["from"])
                period.length = expression(item["for"])
                period.latency = expression(item["latency"])
                periods.append(period)
            }
            return ScenarioSyntax.Asynchronous(when: .given(periods), span: entry.key.span)
        }
        guard entry.value.entries != nil else { return nil }
        return ScenarioSyntax.Asynchronous(
            when: .recurring(
                meanEvery: expression(entry.value["mean-every"]), meanLength: expression(entry.value["mean-for"]),
                latency: expression(entry.value["latency"])), span: entry.key.span)
    }

    mutating func clock(_ node: YAMLNode?) -> ScenarioSyntax.Clock? {
        guard let node, node.entries != nil else { return nil }
        var clock = ScenarioSyntax.Clock()
        clock.skew = expression(node["skew"])
        clock.drift = expression(node["drift"])
        return clock
    }

    mutating func pauses(_ entry: YAMLEntry?) -> ScenarioSyntax.Pauses? {
        guard let entry, entry.value.entries != nil else { return nil }
        var pauses = ScenarioSyntax.Pauses(span: entry.key.span)
        pauses.every = expression(entry.value["every"])
        pauses.length = expression(entry.value["for"])
        return pauses
    }
}
