/// Draws that are the same on every machine, for random scenarios (Knuth's multiplier for 64 bits).
protocol Drawing {
    var state: UInt64 { get set }
}

extension Drawing {
    /// 0 up to `count`, which is left out.
    mutating func below(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }
    mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func one<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }
}
