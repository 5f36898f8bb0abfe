import ScenModel

/// What an adversary does, on the links or by a faulty node.
extension StoryPhrases {
    func interference(_ interference: Interference, _ message: Value, from: Int, to: Int) -> String {
        let receives = "\(values.node(to)) receives "
        let sender = " from \(values.node(from))"
        switch interference {
        case .modifies(let number, let original):
            return receives + "#\(number) \(value(message))\(sender): changed by the adversary, sent was \(difference(original, from: message))"
        case .spoofs:
            return receives + "\(value(message))\(sender): made up by \(story.hasAdversary ? "the adversary" : "it")"
        case .replays(let number):
            return receives + "#\(number) \(value(message))\(sender): replayed by the adversary"
        }
    }
}
