import ScenModel

extension StoryPhrases {
    private static let clocksMax = 8

    /// `n1 starts at 12 ms and is 40 ppm fast; n2 ..`
    func clocks() -> String {
        let shown = whole ? story.clocks[...] : story.clocks.prefix(Self.clocksMax)
        var parts = shown.enumerated().map { node, clock in
            "\(values.node(node)) starts at \(TimeText.Scale(for: [clock.start]).text(clock.start))" + rate(clock.deviation)
        }
        if shown.count < story.clocks.count { parts.append("…") }
        return parts.joined(separator: "; ")
    }

    private func rate(_ deviation: Int) -> String {
        guard deviation != 0 else { return "" }
        let share = Double(deviation.magnitude) / 1e12
        let amount =
            share < 0.001
            ? NumberText.exact(share * 1e6, significant: 3) + " ppm" : NumberText.exactPercent(share, significant: 3)
        return " and is \(amount) \(deviation > 0 ? "fast" : "slow")"
    }
}
