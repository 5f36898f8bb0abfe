import ScenDiagnostics
import ScenModel

extension SyntaxReader {
    mutating func timeline(_ node: YAMLNode?) -> [ScenarioSyntax.TimelineItem] {
        (node?.items ?? []).compactMap { item($0) }
    }

    private mutating func item(_ node: YAMLNode) -> ScenarioSyntax.TimelineItem? {
        let moment = moment(node)
        var duration: Expression?
        if let written = node["for"] {
            guard let read = expression(written) else { return nil }
            duration = read
        }
        for entry in node.entries ?? [] {
            guard let action = action(entry, in: node), let moment else { continue }
            return ScenarioSyntax.TimelineItem(
                moment: moment, action: action, key: identifier(entry.key), duration: duration)
        }
        return nil
    }

    private mutating func moment(_ node: YAMLNode) -> ScenarioSyntax.TimelineItem.Moment? {
        if let at = node["at"] { return expression(at).map { .at($0) } }
        return expression(node["when"]).map { .when($0) }
    }

    /// Nil if the key is none that is carried out, or what stands under it cannot be read.
    private mutating func action(_ entry: YAMLEntry, in node: YAMLNode) -> ScenarioSyntax.TimelineItem.Action? {
        if let action = Timeline.NodeAction(rawValue: entry.key.text) {
            if let items = entry.value.items { return .nodes(action, .names(items.compactMap { identifier($0) })) }
            return expression(entry.value).map { .nodes(action, .expression($0)) }
        }
        switch entry.key.text {
        case "partition":
            return .partition((entry.value.items ?? []).map { ($0.items ?? []).compactMap { identifier($0) } })
        case "heal": return .heal
        case "cut": return link(entry.value).map { .cut($0) }
        case "latency", "loss":
            guard let value = expression(entry.value) else { return nil }
            var link: ScenarioSyntax.Link?
            if let written = node["link"] {
                guard let read = self.link(written) else { return nil }
                link = read
            }
            return entry.key.text == "loss" ? .loss(value, link) : .latency(value, link)
        default: return nil
        }
    }
}
