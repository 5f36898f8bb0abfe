import ScenModel

extension StoryPhrases {
    func timeline(_ item: Timeline.Item, _ phase: Story.Phase) -> String {
        switch item.action {
        case .nodes(let action, _): return "nobody to \(action.rawValue)"
        case .partition(let sets):
            let split = sets.map { "{\(nodes($0))}" }.joined(separator: " | ")
            if phase == .ends { return "the partition \(split) ends" }
            let inSets = Set(sets.flatMap { $0 })
            let rest = story.types.nodeNames.indices.filter { !inSets.contains($0) }
            return "the network splits: \(split)" + (rest.isEmpty ? "" : "; all sets reach \(nodes(rest))")
        case .heal: return "the network heals: no link is cut"
        case .cut(let links):
            let text = Self.plain(links.text)
            return phase == .begins ? "\(text) is cut" : "the cut of \(text) ends"
        case .latency(_, let text, let links): return change("latency", text, links, phase)
        case .loss(_, let text, let links): return change("loss", text, links, phase)
        }
    }

    private func change(_ what: String, _ text: String, _ links: Timeline.Links?, _ phase: Story.Phase) -> String {
        let place = links.map { " on \(Self.plain($0.text))" } ?? ""
        let text = Self.plain(text)
        return phase == .begins ? "\(what)\(place) is now \(text)" : "\(what)\(place) is \(text) no longer"
    }
}
